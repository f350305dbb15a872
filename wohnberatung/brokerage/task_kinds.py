"""What may have to be cleared up beside the steps of a match, as a table: a new kind of task is one row.

Source: brokerage concept, state 7, and the reasons that leave something to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.signing import PaperKind
from wohnberatung.core.steps import Party


class TaskKind(StrEnum):
    """What is to be done."""

    GROUP_VOTE = "group_vote"
    ADAPTATION = "adaptation"
    DOCUMENTS = "documents"
    FINANCING = "financing"
    TRIAL_LIVING = "trial_living"
    MEASURE = "measure"
    CONDITION = "condition"
    CONTACT = "contact"
    CARE_ADVICE = "care_advice"
    ASK_AGAIN = "ask_again"
    AFTERWARDS = "afterwards"


class TaskState(StrEnum):
    """How far it is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class KindOfTask:
    """A kind in words: `label` for the office, `for_provider` for those who offer, empty where they neither do it nor
    hear of it; for the one who seeks see FOR_SEEKER. `owner` does it unless somebody else is named, within `days`.
    `in_clarification`: the office may give it to somebody while a match is being cleared up."""

    label: Any
    owner: Party
    days: int
    for_provider: Any = ""
    in_clarification: bool = True


OFFICE, SEEKER, PROVIDER, GROUP = Party.OFFICE, Party.SEEKER, Party.PROVIDER, Party.GROUP
OFFERING = (PROVIDER, GROUP)
K = TaskKind
TASK_KINDS: dict[TaskKind, KindOfTask] = {
    K.GROUP_VOTE: KindOfTask(
        _l("Die Gruppe stimmt ab"),
        GROUP,
        21,
        for_provider=_l("Stimmen Sie ab, ob die Person zu Ihnen zieht"),
    ),
    K.ADAPTATION: KindOfTask(
        _l("Umbau prüfen: Kosten, Zustimmung, Förderung"),
        OFFICE,
        28,
        for_provider=_l("Sagen Sie uns, ob Sie dem Umbau zustimmen"),
    ),
    K.DOCUMENTS: KindOfTask(
        _l("Nachweise besorgen, zum Beispiel WBS oder Mitgliedschaft"),
        SEEKER,
        14,
        for_provider=_l("Die Person besorgt die Nachweise"),
    ),
    K.FINANCING: KindOfTask(
        _l("Kaution und Finanzierung klären"),
        SEEKER,
        14,
        for_provider=_l("Die Person klärt Kaution und Miete"),
    ),
    K.TRIAL_LIVING: KindOfTask(
        _l("Probewohnen vereinbaren"),
        PROVIDER,
        28,
        for_provider=_l("Vereinbaren Sie mit der Person einige Tage zur Probe"),
    ),
    K.MEASURE: KindOfTask(
        _l("Nachmessen und die Angaben zur Wohnung berichtigen"),
        OFFICE,
        14,
        for_provider=_l("Die Wohnberatung möchte in der Wohnung nachmessen"),
    ),
    K.CONDITION: KindOfTask(
        _l("Zustand und Sicherheit der Wohnung prüfen"),
        OFFICE,
        14,
        for_provider=_l("Die Wohnberatung möchte den Zustand der Wohnung mit Ihnen ansehen"),
        in_clarification=False,
    ),
    K.CONTACT: KindOfTask(_l("Nachsehen, ob und wie jemand zu erreichen ist"), OFFICE, 7, in_clarification=False),
    K.CARE_ADVICE: KindOfTask(
        _l("An die Pflegeberatung vermitteln"),
        OFFICE,
        14,
        in_clarification=False,
    ),
    K.ASK_AGAIN: KindOfTask(_l("Fragen, ob wieder gesucht wird"), OFFICE, 28, in_clarification=False),
    K.AFTERWARDS: KindOfTask(
        _l("Gespräch führen: Wie geht es weiter, wird wieder gesucht?"),
        OFFICE,
        7,
        in_clarification=False,
    ),
}
# What the one who seeks reads of a task; nothing of the others.
FOR_SEEKER: dict[TaskKind, Any] = {
    K.GROUP_VOTE: _l("Die Gruppe spricht miteinander und stimmt ab"),
    K.ADAPTATION: _l("Wir klären, ob die Wohnung umgebaut werden kann und wer das bezahlt"),
    K.DOCUMENTS: _l("Besorgen Sie die Nachweise, zum Beispiel den Wohnberechtigungsschein"),
    K.FINANCING: _l("Klären Sie, wie Sie Kaution und Miete bezahlen. Wir helfen dabei"),
    K.TRIAL_LIVING: _l("Wohnen Sie einige Tage zur Probe, wenn Sie möchten"),
    K.MEASURE: _l("Wir messen in der Wohnung nach"),
    K.CARE_ADVICE: _l("Wir nennen Ihnen, wer zu Hilfe und Betreuung berät"),
    K.AFTERWARDS: _l("Wir sprechen mit Ihnen, wie es weitergeht"),
}
TASK_STATES = {
    TaskState.OPEN: _l("offen"),
    TaskState.DONE: _l("erledigt"),
    TaskState.DROPPED: _l("nicht mehr nötig"),
}
# Where it is not done by whom it usually is: what those who offer read of their own, and what the person reads of it.
PROVIDER_DOES: dict[TaskKind, Any] = {
    K.DOCUMENTS: _l("Schicken Sie uns die Unterlagen, zum Beispiel den Entwurf des Mietvertrags"),
    K.FINANCING: _l("Klären Sie mit uns Kaution und Miete"),
}
OTHERS_DO: dict[TaskKind, Any] = {
    K.DOCUMENTS: _l("Der Anbieter besorgt Unterlagen"),
    K.FINANCING: _l("Der Anbieter klärt mit uns Kaution und Miete"),
}
# What kind of document whoever does it may bring, for the office to check.
PAPERS: dict[TaskKind, PaperKind] = {
    K.DOCUMENTS: PaperKind.ENTITLEMENT,
    K.FINANCING: PaperKind.OTHER,
    K.ADAPTATION: PaperKind.COST_OFFER,
}


class OwnerSays(StrEnum):
    """Whether whoever owns the home agrees to works."""

    AGREED = "agreed"
    NOT_NEEDED = "not_needed"
    REFUSED = "refused"


OWNER_SAYS: dict[OwnerSays, Any] = {
    OwnerSays.AGREED: _l("Der Anbieter stimmt dem Umbau zu."),
    OwnerSays.NOT_NEEDED: _l("Der Anbieter muss nicht zustimmen."),
    OwnerSays.REFUSED: _l("Der Anbieter stimmt dem Umbau nicht zu."),
}
# The same for those who offer.
YOU_SAY: dict[OwnerSays, Any] = {
    OwnerSays.AGREED: _l("Sie stimmen dem Umbau zu."),
    OwnerSays.NOT_NEEDED: _l("Sie müssen nicht zustimmen."),
    OwnerSays.REFUSED: _l("Sie stimmen dem Umbau nicht zu."),
}
OWNERS = {
    OFFICE: _l("Wohnberatung"),
    SEEKER: _l("Suchende Person"),
    PROVIDER: _l("Anbieter"),
    GROUP: _l("Gruppe"),
}


def kinds_to_choose() -> Iterable[TaskKind]:
    """Those that the office may give to somebody."""
    return (kind for kind, told in TASK_KINDS.items() if told.in_clarification)


def sides_of(kind: TaskKind) -> tuple[Party, ...]:
    """Who may be given a task of this kind: the office, and whoever has words for it."""
    told = TASK_KINDS[kind]
    seeker = (SEEKER,) if kind in FOR_SEEKER else ()
    offering = ((GROUP if told.owner is GROUP else PROVIDER),) if told.for_provider else ()
    return (OFFICE, *seeker, *offering)


def words_for_provider(kind: TaskKind, owner: Party) -> Any:
    """What those who offer read of it; empty where they hear nothing of it."""
    theirs = PROVIDER_DOES.get(kind) if owner in OFFERING else None
    return theirs or TASK_KINDS[kind].for_provider


def words_for_seeker(kind: TaskKind, owner: Party) -> Any:
    """What the one who seeks reads of it; empty where they hear nothing of it."""
    others = OTHERS_DO.get(kind) if owner in OFFERING else None
    return others or FOR_SEEKER.get(kind, "")
