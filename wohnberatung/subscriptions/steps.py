"""What becomes of a subscription to news: it is asked for, and nothing is sent before its address has confirmed it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.subscriptions.models import NewsSubscription, SubscriptionState

CONFIRM = "bestaetigen"

# To leave is no step: the row is erased.
SUBSCRIPTION_STEPS: StepTable[NewsSubscription] = StepTable(
    Step(
        CONFIRM,
        (Party.SEEKER,),
        (SubscriptionState.ASKED,),
        SubscriptionState.CONFIRMED,
        _l("Ja, schreiben Sie mir"),
        _l("Vielen Dank. Wir schreiben Ihnen, wenn es etwas Neues gibt."),
    ),
    begins=(SubscriptionState.ASKED,),
    final=(SubscriptionState.CONFIRMED,),
    refused=lambda _row: Conflict(_("Das ist schon bestätigt.")),
)
