"""Why a match ends: a code table. A new reason is one row. Source: brokerage concept, reasons.

Never codes: origin, religion, sexual orientation, a diagnosis, "does not fit us". Declining has no penalty.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.core.steps import Party

SEEKER, OFFICE, SYSTEM = Party.SEEKER, Party.OFFICE, Party.SYSTEM


@dataclass(frozen=True)
class DeclineReason:
    """`wording` is what the person picks, `advice` what the office does then. `reopens`: the same pair may be
    proposed again though nothing changed. `needs_text`: it says nothing by itself. `group` is for figures."""

    code: str
    side: Party
    wording: Any
    group: str
    advice: Any = ""
    reopens: bool = False
    needs_text: bool = False


_MEASURE = _l(
    "Nachmessen oder nachfragen und die Angabe an der Wohnung berichtigen; alle Listen werden dann neu gereiht."
)
_AGREE = _l("Die Anforderung mit der Person besprechen und im Gesuch ändern.")
REASONS: dict[str, DeclineReason] = {
    reason.code: reason
    for reason in (
        DeclineReason("area", SEEKER, _l("Die Lage passt nicht"), "place", _l("Das gesuchte Gebiet enger fassen.")),
        DeclineReason("too_expensive", SEEKER, _l("Das ist zu teuer"), "money", _l("Die Obergrenze im Gesuch ändern.")),
        DeclineReason("size", SEEKER, _l("Größe, Zimmer oder Grundriss passen nicht"), "size", _AGREE),
        DeclineReason("entrance", SEEKER, _l("Ich komme nicht gut ins Haus"), "access", _MEASURE),
        DeclineReason("lift", SEEKER, _l("Der Aufzug fehlt oder passt nicht"), "access", _MEASURE),
        DeclineReason("doors", SEEKER, _l("Die Türen passen nicht"), "access", _MEASURE),
        DeclineReason("bathroom", SEEKER, _l("Das Bad passt nicht"), "access", _MEASURE),
        DeclineReason("turning_space", SEEKER, _l("Ich habe zu wenig Platz zum Bewegen"), "access", _MEASURE),
        DeclineReason("parking", SEEKER, _l("Ich brauche einen anderen Stellplatz"), "access", _MEASURE),
        DeclineReason("access", SEEKER, _l("Etwas anderes ist nicht barrierefrei genug"), "access", _MEASURE),
        DeclineReason(
            "adaptation_open",
            SEEKER,
            _l("Ein Umbau würde helfen, ist aber noch nicht möglich"),
            "access",
            _l("Zustimmung, Geld und Zeit für den Umbau klären und dann noch einmal vorschlagen."),
            reopens=True,
        ),
        DeclineReason(
            "date",
            SEEKER,
            _l("Der Termin passt nicht"),
            "time",
            _l("Nach dem frühesten Termin fragen und dann noch einmal vorschlagen."),
            reopens=True,
        ),
        DeclineReason("living_together", SEEKER, _l("Regeln, Tiere oder Lautstärke passen nicht"), "living", _AGREE),
        DeclineReason(
            "support",
            SEEKER,
            _l("Hilfe und Betreuung passen nicht"),
            "living",
            _l("An die Pflegeberatung verweisen."),
        ),
        DeclineReason(
            "finance",
            SEEKER,
            _l("Kaution oder Bezahlung sind noch nicht sicher"),
            "money",
            _l("Zu Kaution und Förderung beraten."),
            reopens=True,
        ),
        DeclineReason(
            "not_now",
            SEEKER,
            _l("Ich möchte im Moment nicht umziehen"),
            "time",
            _l("Anbieten, das Gesuch ruhen zu lassen."),
            reopens=True,
        ),
        DeclineReason(
            "found_other",
            SEEKER,
            _l("Ich habe etwas anderes gefunden"),
            "found",
            _l("Nachfragen und das Gesuch abschließen."),
        ),
        DeclineReason(
            "other", SEEKER, _l("Etwas anderes"), "other", _l("Lesen, was die Person schreibt."), needs_text=True
        ),
        DeclineReason("not_said", SEEKER, _l("Das möchte ich nicht sagen"), "other"),
        DeclineReason("needs_changed", OFFICE, _l("Die Anforderungen haben sich geändert"), "advice", reopens=True),
        DeclineReason("facts_wrong", OFFICE, _l("Angaben zur Wohnung fehlen oder sind falsch"), "advice", reopens=True),
        DeclineReason("condition", OFFICE, _l("Zustand oder Sicherheit müssen geprüft werden"), "home", reopens=True),
        DeclineReason(
            "eligibility",
            OFFICE,
            _l("Nachweise fehlen noch, zum Beispiel WBS oder Mitgliedschaft"),
            "money",
            reopens=True,
        ),
        DeclineReason("not_reached", OFFICE, _l("Die Person ist nicht zu erreichen"), "time", reopens=True),
        DeclineReason("mistake", OFFICE, _l("Versehentlich angelegt"), "none", reopens=True),
        DeclineReason("office_other", OFFICE, _l("Anderer Grund"), "other", reopens=True, needs_text=True),
        DeclineReason("no_answer", SYSTEM, _l("Keine Antwort bis zur Frist"), "time", reopens=True),
        DeclineReason("asked_later", SYSTEM, _l("Der vereinbarte Tag ist da"), "time", reopens=True),
        DeclineReason("place_gone", SYSTEM, _l("Das Angebot ist vergeben oder zurückgezogen"), "supply", reopens=True),
        DeclineReason(
            "consent_withdrawn", SYSTEM, _l("Die Einwilligung wurde zurückgenommen"), "consent", reopens=True
        ),
        DeclineReason("request_ended", SYSTEM, _l("Das Gesuch wurde beendet"), "consent", reopens=True),
    )
}


def reasons_for(side: Party) -> list[DeclineReason]:
    """The reasons that this side may give, in the order in which they are offered."""
    return [reason for reason in REASONS.values() if reason.side is side]
