"""What becomes of a request for discretion: which step leads where. The office takes all of them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party, RequiredReason, Step, StepTable
from wohnberatung.discretion.models import DECIDED, DiscretionRequest, DiscretionState

S = DiscretionState
OFFICE = (Party.OFFICE,)
ASK, GRANT, PARTLY, REFUSE, WITHDRAW = "stellen", "genehmigt", "teilweise", "abgelehnt", "zurueckziehen"
REOPEN, PUBLISH, HIDE = "wieder-offen", "veroeffentlichen", "verbergen"
WHY = RequiredReason("decision_reason", _l("Bitte schreiben Sie, wie die Entscheidung begründet ist."))


def is_complete(row: DiscretionRequest) -> None:
    """DomainError where nobody could decide about it."""
    if not (row.deviation.strip() and row.grounds.strip()):
        raise DomainError(_("Bitte schreiben Sie zuerst, wovon abgewichen werden soll und warum."))
    if not row.authority.strip():
        raise DomainError(_("Bitte sagen Sie zuerst, welches Amt zuständig ist."))


def teaches_something(row: DiscretionRequest) -> None:
    """DomainError where others could not learn anything from it."""
    if not (row.summary.strip() and row.lessons.strip()):
        raise DomainError(_("Bitte schreiben Sie zuerst, worum es ging und was andere daraus lernen können."))


def _decide(key: str, state: DiscretionState, label: Words) -> Step[DiscretionRequest]:
    return Step(key, OFFICE, (S.ASKED,), state, label, _l("Die Entscheidung ist eingetragen."), reason=WHY)


DISCRETION_STEPS: StepTable[DiscretionRequest] = StepTable(
    Step(
        ASK, OFFICE, (S.DRAFT,), S.ASKED, _l("Antrag ist gestellt"), _l("Als gestellt vermerkt."), guards=(is_complete,)
    ),
    _decide(GRANT, S.GRANTED, _l("Genehmigt")),
    _decide(PARTLY, S.PARTLY, _l("Teilweise genehmigt")),
    _decide(REFUSE, S.REFUSED, _l("Abgelehnt")),
    Step(WITHDRAW, OFFICE, (S.DRAFT, S.ASKED), S.WITHDRAWN, _l("Zurückgezogen"), _l("Als zurückgezogen vermerkt.")),
    Step(
        REOPEN,
        OFFICE,
        (*DECIDED, S.WITHDRAWN),
        S.ASKED,
        _l("Wieder offen"),
        _l("Der Antrag ist wieder offen."),
        guards=(is_complete,),
    ),
    Step(
        PUBLISH,
        OFFICE,
        DECIDED,
        S.GRANTED,
        _l("Veröffentlichen"),
        _l("Das Beispiel ist jetzt für alle zu lesen, ohne Namen und Ort."),
        guards=(teaches_something,),
        stays=True,
        button=lambda row, _by: row.published_at is None,
    ),
    Step(
        HIDE,
        OFFICE,
        DECIDED,
        S.GRANTED,
        _l("Nicht mehr veröffentlichen"),
        _l("Das Beispiel ist nicht mehr öffentlich."),
        stays=True,
        button=lambda row, _by: row.published_at is not None,
    ),
    begins=(S.DRAFT,),
    refused=lambda _row: Conflict(_("Das geht nicht mehr: Der Antrag hat inzwischen einen anderen Stand.")),
)
