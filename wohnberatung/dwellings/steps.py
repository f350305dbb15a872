"""The life of an offer: which step leads from where to where, and who takes it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict
from wohnberatung.core.steps import Party, RequiredReason, Step, StepTable
from wohnberatung.dwellings.models import Offer, OfferStatus

S = OfferStatus
OFFERING, OFFICE, SYSTEM = (Party.PROVIDER, Party.OFFICE), (Party.OFFICE,), (Party.SYSTEM,)

PUBLISH, RESERVE, FREE, LET, WITHDRAW = "veroeffentlichen", "reservieren", "wieder-frei", "vermietet", "zurueckziehen"
APPROVE, RETURN, READ_AGAIN, EXPIRE = "freigeben", "zurueckgeben", "wieder-pruefen", "abgelaufen"
DELIVER, UNDELIVER = "geliefert", "lieferung-zurueck"
SHOW_PLACE, CHECK_PLACE = "platz-zeigen", "platz-pruefen"

# To publish means to hand it to the office where trust or the wording ask for it.
OFFER_STEPS: StepTable[Offer] = StepTable(
    Step(
        PUBLISH,
        OFFERING,
        (S.DRAFT,),
        S.PUBLISHED,
        _l("Veröffentlichen"),
        _l("Ihr Angebot ist jetzt öffentlich zu sehen."),
        instead=(S.REVIEW,),
    ),
    Step(RESERVE, OFFERING, (S.PUBLISHED,), S.RESERVED, _l("Reservieren"), _l("Das Angebot ist reserviert.")),
    # The text may have been changed while nobody could read it.
    Step(
        FREE,
        OFFERING,
        (S.RESERVED,),
        S.PUBLISHED,
        _l("Wieder freigeben"),
        _l("Das Angebot ist wieder zu sehen."),
        instead=(S.REVIEW,),
    ),
    Step(
        LET,
        OFFERING,
        (S.PUBLISHED, S.RESERVED, S.REVIEW),
        S.LET,
        _l("Vermietet"),
        _l("Schön. Das Angebot ist beendet, was wir über die Wohnung wissen, bleibt für das nächste Mal."),
        asks=True,
    ),
    Step(
        WITHDRAW,
        (*OFFERING, Party.SYSTEM),
        (S.DRAFT, S.REVIEW, S.PUBLISHED, S.RESERVED),
        S.WITHDRAWN,
        _l("Zurückziehen"),
        _l("Das Angebot ist zurückgezogen, was wir über die Wohnung wissen, bleibt für das nächste Mal."),
        asks=True,
    ),
    Step(
        APPROVE,
        OFFICE,
        (S.REVIEW,),
        S.PUBLISHED,
        done=_l("Das Angebot ist veröffentlicht."),
        told="offer_approved",
    ),
    Step(
        RETURN,
        OFFICE,
        (S.REVIEW,),
        S.DRAFT,
        done=_l("Das Angebot ist zurückgegeben."),
        reason=RequiredReason("note", _l("Bitte schreiben Sie, was geändert werden soll.")),
        told="offer_returned",
    ),
    Step(READ_AGAIN, SYSTEM, (S.PUBLISHED,), S.REVIEW),
    Step(EXPIRE, SYSTEM, (S.PUBLISHED,), S.WITHDRAWN, told="offers_ended"),
    # A sender has delivered it (again), or a delivery is taken back: then it is as it was before.
    Step(DELIVER, SYSTEM, (S.DRAFT, S.PUBLISHED, S.LET, S.WITHDRAWN), S.PUBLISHED, instead=(S.REVIEW,)),
    Step(
        UNDELIVER,
        SYSTEM,
        (S.DRAFT, S.REVIEW, S.PUBLISHED, S.WITHDRAWN),
        S.WITHDRAWN,
        instead=(S.DRAFT, S.REVIEW, S.PUBLISHED),
    ),
    # A place in a project: it waits with a page that nobody sees yet, and one that was taken may become free again.
    Step(SHOW_PLACE, OFFERING, (S.DRAFT, S.LET, S.WITHDRAWN), S.PUBLISHED, instead=(S.DRAFT, S.REVIEW)),
    Step(CHECK_PLACE, OFFERING, (S.PUBLISHED,), S.PUBLISHED, instead=(S.DRAFT, S.REVIEW)),
    begins=(S.DRAFT,),
    field="status",
    refused=lambda offer: Conflict(_("Das geht nicht mehr: Das Angebot hat inzwischen einen anderen Stand.")),
)
