"""What follows a contract, as tables: how a funding programme decides, which documents there are, how far they are."""

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l


class FundingDecision(StrEnum):
    """What a programme says to an application."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"


class PaperKind(StrEnum):
    """What a document is."""

    CONTRACT = "contract"
    ENTITLEMENT = "entitlement"
    COST_OFFER = "cost_offer"
    DECISION = "decision"
    OTHER = "other"


class PaperState(StrEnum):
    """How far a document is."""

    ARRIVED = "arrived"
    CHECKED = "checked"
    RETURNED = "returned"


DECISIONS: dict[FundingDecision, Any] = {
    FundingDecision.OPEN: _l("noch keine Entscheidung"),
    FundingDecision.APPROVED: _l("bewilligt"),
    FundingDecision.REFUSED: _l("abgelehnt"),
}
PAPER_KINDS: dict[PaperKind, Any] = {
    PaperKind.CONTRACT: _l("Vertrag"),
    PaperKind.ENTITLEMENT: _l("Nachweis, zum Beispiel WBS oder Mitgliedschaft"),
    PaperKind.COST_OFFER: _l("Kostenvoranschlag"),
    PaperKind.DECISION: _l("Bescheid einer Förderstelle"),
    PaperKind.OTHER: _l("Anderes"),
}
# The same for the one who brought it.
FOR_BRINGER: dict[PaperState, Any] = {
    PaperState.ARRIVED: _l("Die Datei ist da. Wir sehen sie uns an."),
    PaperState.CHECKED: _l("Die Datei ist in Ordnung."),
    PaperState.RETURNED: _l("Die Datei passt noch nicht. Bitte schicken Sie eine andere."),
}
PAPER_STATES: dict[PaperState, Any] = {
    PaperState.ARRIVED: _l("da, noch nicht geprüft"),
    PaperState.CHECKED: _l("geprüft"),
    PaperState.RETURNED: _l("nicht in Ordnung"),
}
