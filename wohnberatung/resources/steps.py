"""What becomes of a resource or need, and of a request for contact: which step leads where, and who takes it."""

from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, RequiredReason, Step, StepTable
from wohnberatung.resources.models import ContactRequest, ContactRequestState, Resource, ResourceState

S, R = ResourceState, ContactRequestState
# Whose it is: a private person by their link, an organisation with an account, or the office.
OWNER, OFFICE, SYSTEM = (Party.SEEKER, Party.PROVIDER, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

APPROVE, DECLINE, PAUSE, RESUME, CONFIRM = "freigeben", "ablehnen", "pausieren", "wieder-zeigen", "stimmt"
READ_AGAIN, LAPSE = "wieder-pruefen", "ruhen"
PASS_ON, REFUSE, AGREE, SAY_NO, AGREED_BY_PHONE = "weitergeben", "nicht-weitergeben", "ja", "nein", "ja-am-telefon"
WITHDRAW, END, FALL = "zurueckziehen", "beenden", "entfaellt"


def _enter(resource: Resource, state: StrEnum) -> None:
    """Whoever waits for the office does so since the first day; what becomes public is right on that day."""
    if state == S.PUBLISHED and resource.state != S.PUBLISHED:
        resource.confirmed_at, resource.asked_at = clock.now(), None
    resource.waits_since = (resource.waits_since or clock.now()) if state == S.WAITING else None
    resource.state = S(state)


RESOURCE_STEPS: StepTable[Resource] = StepTable(
    Step(
        APPROVE,
        OFFICE,
        (S.WAITING,),
        S.PUBLISHED,
        _l("Freigeben"),
        _l("Der Eintrag ist jetzt für alle zu sehen."),
        told="resource_news",
    ),
    Step(
        DECLINE,
        OFFICE,
        (S.WAITING,),
        S.DECLINED,
        _l("Nicht veröffentlichen"),
        _l("Der Eintrag wird nicht veröffentlicht."),
        reason=RequiredReason("reason", _l("Bitte schreiben Sie, warum der Eintrag nicht veröffentlicht wird.")),
        told="resource_news",
    ),
    Step(
        PAUSE,
        OWNER,
        (S.WAITING, S.PUBLISHED),
        S.PAUSED,
        _l("Nicht mehr zeigen"),
        _l("Der Eintrag ist nicht mehr zu sehen."),
    ),
    # To show it again means to hand it to the office where trust or the wording ask for it.
    Step(
        RESUME,
        OWNER,
        (S.PAUSED, S.DECLINED),
        S.PUBLISHED,
        _l("Wieder zeigen"),
        _l("Der Eintrag ist jetzt für alle zu sehen."),
        instead=(S.WAITING,),
    ),
    Step(
        CONFIRM,
        OWNER,
        (S.PUBLISHED,),
        S.PUBLISHED,
        _l("Alles stimmt noch"),
        _l("Danke. Der Eintrag bleibt stehen."),
        stays=True,
    ),
    Step(READ_AGAIN, SYSTEM, (S.PUBLISHED,), S.WAITING),
    Step(LAPSE, SYSTEM, (S.PUBLISHED,), S.PAUSED),
    begins=(S.WAITING, S.PUBLISHED),
    refused=lambda row: Conflict(_("Das geht nicht mehr: Der Eintrag hat inzwischen einen anderen Stand.")),
    enter=_enter,
)

# The seeker is who asks for contact, the provider who is asked.
REQUEST_STEPS: StepTable[ContactRequest] = StepTable(
    Step(
        PASS_ON,
        OFFICE,
        (R.ASKED,),
        R.PASSED_ON,
        _l("An die andere Seite weitergeben"),
        _l("Die andere Seite kann die Nachricht jetzt lesen, ohne Namen."),
        told="contact_asked",
    ),
    Step(
        REFUSE,
        OFFICE,
        (R.ASKED, R.PASSED_ON),
        R.DECLINED,
        _l("Nicht weitergeben"),
        _l("Die Anfrage ist abgelehnt."),
        told="contact_answered",
    ),
    Step(
        AGREE,
        (Party.PROVIDER,),
        (R.PASSED_ON,),
        R.RELEASED,
        _l("Ja, Kontakt austauschen"),
        _l("Sie kennen sich jetzt: Name und Kontakt stehen auf beiden Seiten."),
        told="contact_answered",
    ),
    Step(
        AGREED_BY_PHONE,
        OFFICE,
        (R.PASSED_ON,),
        R.RELEASED,
        _l("Die andere Seite hat am Telefon zugestimmt"),
        _l("Name und Kontakt stehen jetzt auf beiden Seiten."),
        told="contact_answered",
    ),
    Step(
        SAY_NO,
        (Party.PROVIDER,),
        (R.PASSED_ON,),
        R.DECLINED,
        _l("Nein, danke"),
        _l("Wir sagen ab. Von Ihnen erfährt niemand etwas."),
        told="contact_answered",
    ),
    Step(
        WITHDRAW,
        (Party.SEEKER,),
        (R.ASKED, R.PASSED_ON, R.RELEASED),
        R.ENDED,
        _l("Anfrage zurückziehen"),
        _l("Die Anfrage ist zurückgezogen. Ihr Kontakt ist nicht mehr zu sehen."),
    ),
    Step(
        END,
        (Party.PROVIDER,),
        (R.RELEASED,),
        R.ENDED,
        _l("Einwilligung zurücknehmen"),
        _l("Ihr Kontakt ist nicht mehr zu sehen."),
    ),
    # What it was about is no longer shown.
    Step(FALL, SYSTEM, (R.ASKED, R.PASSED_ON, R.RELEASED), R.ENDED),
    begins=(R.ASKED,),
    final=(R.DECLINED, R.ENDED),
    refused=lambda row: Conflict(_("Das geht nicht mehr: Die Anfrage hat inzwischen einen anderen Stand.")),
)
