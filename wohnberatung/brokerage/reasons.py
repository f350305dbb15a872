"""Why a match ends, rests or takes longer: a code table. A new reason is one row. Source: brokerage concept, reasons.

Never codes: origin, religion, sexual orientation, a diagnosis, "does not fit us". Declining has no penalty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.core.steps import Party

SEEKER, PROVIDER, GROUP, OFFICE, SYSTEM = Party.SEEKER, Party.PROVIDER, Party.GROUP, Party.OFFICE, Party.SYSTEM


class Effect(StrEnum):
    """What a reason sets going beside the step that gave it."""

    NONE = "none"
    CLOSE_PAIR = "close_pair"
    CHANGE_REQUEST = "change_request"
    CORRECT_FACT = "correct_fact"
    SURVEY = "survey"
    TASK = "task"
    WAIT_FOR_DAY = "wait_for_day"
    PAUSE_REQUEST = "pause_request"
    CLOSE_REQUEST = "close_request"
    CLOSE_FOR_PROJECT = "close_for_project"
    REFER_TO_CARE_ADVICE = "refer_to_care_advice"
    CHECK_CONTACT = "check_contact"
    CLOSE_OFFER = "close_offer"
    GIVE_ELSEWHERE = "give_elsewhere"
    BLOCK_OFFER = "block_offer"
    PREEMPT = "preempt"
    HOLD = "hold"
    REMATCH = "rematch"
    REVIEW_MONTHLY = "review_monthly"


@dataclass(frozen=True)
class DeclineReason:
    """`wording` is what that side picks, `advice` what the office does then; `effect` is the key for it. `reopens`: the
    same pair may be proposed again though nothing changed. `needs_text`: it says nothing by itself. `shown`: the other
    side may read it. `group` is for figures; those of `none` are not counted."""

    code: str
    side: Party
    wording: Any
    group: str
    advice: Any = ""
    effect: Effect = Effect.CLOSE_PAIR
    reopens: bool = False
    needs_text: bool = False
    shown: bool = False


_MEASURE = _l(
    "Nachmessen oder nachfragen und die Angabe an der Wohnung berichtigen; alle Listen werden dann neu gereiht."
)
_AGREE = _l("Die Anforderung mit der Person besprechen und im Gesuch ändern.")
_ASK_BACK = _l("Nachfragen, was fehlt, und den Vorschlag dorthin zurückgeben, wo er war.")
E, R = Effect, DeclineReason
_OF_SEEKERS = (
    R("area", SEEKER, _l("Die Lage passt nicht"), "place", _l("Das gesuchte Gebiet enger fassen."), E.CHANGE_REQUEST),
    R(
        "too_expensive",
        SEEKER,
        _l("Das ist zu teuer"),
        "money",
        _l("Die Obergrenze im Gesuch ändern."),
        E.CHANGE_REQUEST,
        shown=True,
    ),
    R("size", SEEKER, _l("Größe, Zimmer oder Grundriss passen nicht"), "size", _AGREE, E.CHANGE_REQUEST, shown=True),
    R("entrance", SEEKER, _l("Ich komme nicht gut ins Haus"), "access", _MEASURE, E.CORRECT_FACT),
    R("lift", SEEKER, _l("Der Aufzug fehlt oder passt nicht"), "access", _MEASURE, E.CORRECT_FACT),
    R("doors", SEEKER, _l("Die Türen passen nicht"), "access", _MEASURE, E.CORRECT_FACT),
    R("bathroom", SEEKER, _l("Das Bad passt nicht"), "access", _MEASURE, E.CORRECT_FACT),
    R("turning_space", SEEKER, _l("Ich habe zu wenig Platz zum Bewegen"), "access", _MEASURE, E.CORRECT_FACT),
    R("parking", SEEKER, _l("Ich brauche einen anderen Stellplatz"), "access", _MEASURE, E.CORRECT_FACT),
    R("access", SEEKER, _l("Etwas anderes ist nicht barrierefrei genug"), "access", _MEASURE, E.CORRECT_FACT),
    R(
        "adaptation_open",
        SEEKER,
        _l("Ein Umbau würde helfen, ist aber noch nicht möglich"),
        "access",
        _l("Zustimmung, Geld und Zeit für den Umbau klären und dann noch einmal vorschlagen."),
        E.TASK,
        reopens=True,
    ),
    R(
        "date",
        SEEKER,
        _l("Der Termin passt nicht"),
        "time",
        _l("Nach dem frühesten Termin fragen und dann noch einmal vorschlagen."),
        E.WAIT_FOR_DAY,
        reopens=True,
        shown=True,
    ),
    R(
        "living_together",
        SEEKER,
        _l("Regeln, Tiere oder Lautstärke passen nicht"),
        "living",
        _AGREE,
        E.CLOSE_FOR_PROJECT,
    ),
    R(
        "support",
        SEEKER,
        _l("Hilfe und Betreuung passen nicht"),
        "living",
        _l("An die Pflegeberatung verweisen."),
        E.REFER_TO_CARE_ADVICE,
    ),
    R(
        "finance",
        SEEKER,
        _l("Kaution oder Bezahlung sind noch nicht sicher"),
        "money",
        _l("Zu Kaution und Förderung beraten."),
        E.TASK,
        reopens=True,
    ),
    R(
        "not_now",
        SEEKER,
        _l("Ich möchte im Moment nicht umziehen"),
        "time",
        _l("Anbieten, das Gesuch ruhen zu lassen."),
        E.PAUSE_REQUEST,
        reopens=True,
    ),
    R(
        "found_other",
        SEEKER,
        _l("Ich habe etwas anderes gefunden"),
        "found",
        _l("Nachfragen und das Gesuch abschließen."),
        E.CLOSE_REQUEST,
    ),
    R(
        "other",
        SEEKER,
        _l("Etwas anderes"),
        "other",
        _l("Lesen, was die Person schreibt."),
        E.REVIEW_MONTHLY,
        needs_text=True,
    ),
    R("not_said", SEEKER, _l("Das möchte ich nicht sagen"), "other"),
)
_OF_PROVIDERS = (
    R(
        "let_otherwise",
        PROVIDER,
        _l("Schon anders vergeben"),
        "supply",
        _ASK_BACK,
        E.GIVE_ELSEWHERE,
        reopens=True,
        shown=True,
    ),
    R(
        "taken_back",
        PROVIDER,
        _l("Wird doch nicht angeboten"),
        "supply",
        _ASK_BACK,
        E.CLOSE_OFFER,
        reopens=True,
        shown=True,
    ),
    R("never_free", PROVIDER, _l("War nicht frei"), "supply", _ASK_BACK, E.CLOSE_OFFER, reopens=True, shown=True),
    R(
        "prefers_other",
        PROVIDER,
        _l("Ein anderer vorgeschlagener Haushalt soll es werden"),
        "choice",
        "",
        E.PREEMPT,
        reopens=True,
    ),
    R(
        "papers_missing",
        PROVIDER,
        _l("Nachweise fehlen, zum Beispiel WBS oder Mitgliedschaft"),
        "money",
        _l("Die Nachweise besorgen und noch einmal vorstellen."),
        E.TASK,
        reopens=True,
        shown=True,
    ),
    R(
        "deposit_open",
        PROVIDER,
        _l("Kaution oder Miete sind noch nicht gesichert"),
        "money",
        _ASK_BACK,
        E.TASK,
        reopens=True,
        shown=True,
    ),
    R(
        "works_not_possible",
        PROVIDER,
        _l("Dem nötigen Umbau stimmen wir zurzeit nicht zu"),
        "access",
        _l("Zustimmung, Geld und Zeit für den Umbau klären und dann noch einmal vorstellen."),
        E.TASK,
        reopens=True,
        shown=True,
    ),
    R(
        "other_day",
        PROVIDER,
        _l("Der Zeitpunkt passt nicht"),
        "time",
        _ASK_BACK,
        E.WAIT_FOR_DAY,
        reopens=True,
        shown=True,
    ),
    R(
        "missed_dates",
        PROVIDER,
        _l("Zwei Termine wurden nicht wahrgenommen"),
        "time",
        _ASK_BACK,
        E.CHECK_CONTACT,
        reopens=True,
    ),
    R("provider_other", PROVIDER, _l("Etwas anderes"), "other", _ASK_BACK, E.REVIEW_MONTHLY, needs_text=True),
)
# A group owes no grounds.
_OF_GROUPS = (
    R("group_no", GROUP, _l("Die Gruppe hat sich nicht dafür entschieden"), "living", "", E.CLOSE_FOR_PROJECT),
    R(
        "too_few_votes",
        GROUP,
        _l("Es haben zu wenige abgestimmt"),
        "living",
        _ASK_BACK,
        reopens=True,
    ),
)
_OF_OFFICE = (
    R("needs_changed", OFFICE, _l("Die Anforderungen haben sich geändert"), "advice", reopens=True),
    R("facts_wrong", OFFICE, _l("Angaben zur Wohnung fehlen oder sind falsch"), "advice", "", E.SURVEY, reopens=True),
    R(
        "condition",
        OFFICE,
        _l("Zustand oder Sicherheit müssen geprüft werden"),
        "home",
        "",
        E.BLOCK_OFFER,
        reopens=True,
    ),
    R(
        "eligibility",
        OFFICE,
        _l("Nachweise fehlen noch, zum Beispiel WBS oder Mitgliedschaft"),
        "money",
        "",
        E.TASK,
        reopens=True,
    ),
    R("deposit", OFFICE, _l("Kaution oder Finanzierung sind noch nicht gesichert"), "money", "", E.TASK, reopens=True),
    R(
        "works_open",
        OFFICE,
        _l("Für den Umbau fehlen noch Zustimmung, Geld oder Zeit"),
        "access",
        "",
        E.TASK,
        reopens=True,
    ),
    R("not_reached", OFFICE, _l("Die Person ist nicht zu erreichen"), "time", "", E.CHECK_CONTACT, reopens=True),
    R("not_supported", OFFICE, _l("Die Person wird nicht mehr von uns begleitet"), "time", "", E.CLOSE_REQUEST),
    R("died", OFFICE, _l("Die Person ist verstorben"), "time", "", E.CLOSE_REQUEST),
    R("moved", OFFICE, _l("Die Person ist anders umgezogen"), "found", "", E.CLOSE_REQUEST),
    R("hospital", OFFICE, _l("Die Person ist in der Klinik oder in der Reha"), "time", "", E.HOLD, reopens=True),
    R("legal_question", OFFICE, _l("Eine rechtliche Frage ist offen"), "time", "", E.HOLD, reopens=True),
    R("agreed_break", OFFICE, _l("Eine Pause ist vereinbart"), "time", "", E.HOLD, reopens=True),
    R("trial_ended", OFFICE, _l("Das Probewohnen ist vorzeitig zu Ende"), "after", "", E.REMATCH),
    R("moved_out", OFFICE, _l("Die Person ist wieder ausgezogen"), "after", "", E.REMATCH),
    R("group_ended", OFFICE, _l("Die Wohngemeinschaft hat sich aufgelöst"), "after", "", E.REMATCH),
    R("mistake", OFFICE, _l("Versehentlich angelegt"), "none", "", E.NONE, reopens=True),
    R("office_other", OFFICE, _l("Anderer Grund"), "other", "", E.REVIEW_MONTHLY, reopens=True, needs_text=True),
)
_OF_SYSTEM = (
    R("no_answer", SYSTEM, _l("Keine Antwort bis zur Frist"), "time", "", E.CHECK_CONTACT, reopens=True),
    R("dates_missed", SYSTEM, _l("Zwei Termine wurden nicht wahrgenommen"), "time", "", E.CHECK_CONTACT, reopens=True),
    R("asked_later", SYSTEM, _l("Der vereinbarte Tag ist da"), "time", "", E.NONE, reopens=True),
    R("place_gone", SYSTEM, _l("Das Angebot ist vergeben oder zurückgezogen"), "supply", "", E.PREEMPT, reopens=True),
    R("consent_withdrawn", SYSTEM, _l("Die Einwilligung wurde zurückgenommen"), "consent", "", E.NONE, reopens=True),
    R("request_ended", SYSTEM, _l("Das Gesuch wurde beendet"), "consent", "", E.NONE, reopens=True),
)
REASONS: dict[str, DeclineReason] = {
    reason.code: reason for reason in (*_OF_SEEKERS, *_OF_PROVIDERS, *_OF_GROUPS, *_OF_OFFICE, *_OF_SYSTEM)
}
# Steps for which only reasons with certain effects are any.
_FOR_STEPS = {"hold": (E.HOLD,), "extend": (E.TASK,), "end_living": (E.REMATCH,)}


def reasons_for(*sides: Party) -> list[DeclineReason]:
    """The reasons that these sides may give, in the order in which they are offered."""
    return [reason for reason in REASONS.values() if reason.side in sides]


def reasons_of_step(key: str, by: Party) -> list[DeclineReason]:
    """Those that go along with a step. A no of those who offer, taken down by the office, has theirs."""
    if key == "refuse":
        return reasons_for(by) if by in (GROUP, PROVIDER) else reasons_for(PROVIDER, GROUP)
    found: Iterable[DeclineReason] = reasons_for(by)
    effects = _FOR_STEPS.get(key)
    if effects is not None:
        return [reason for reason in found if reason.effect in effects or reason.needs_text]
    return [reason for reason in found if reason.effect not in (E.HOLD, E.REMATCH)]
