"""What a reason sets going, as a table: read before anything is confirmed. A new effect is one row here, and its code
is in services/acting.py under the same key.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.reasons import DeclineReason, Effect
from wohnberatung.brokerage.states import MatchState
from wohnberatung.brokerage.task_kinds import TaskKind


@dataclass(frozen=True)
class Consequence:
    """`changes` says to the office what confirming does; the one who gives the reason reads PROMISES.
    `leads_to` is where the match goes instead of being closed. `day` is what the day is asked as that goes along.
    `for_project`: other open proposals of the same project to the same person end with it."""

    changes: Any
    leads_to: MatchState | None = None
    day: Any = ""
    for_project: bool = False


E = Effect
_ONLY_PAIR = _l("Nur dieser Vorschlag wird beendet. Gesuch und Angebot bleiben, wie sie sind.")
CONSEQUENCES: dict[Effect, Consequence] = {
    E.NONE: Consequence(_l("Der Vorschlag wird beendet und in keiner Statistik gezählt.")),
    E.CLOSE_PAIR: Consequence(_ONLY_PAIR),
    E.CHANGE_REQUEST: Consequence(
        _l("Der Vorschlag wird beendet. Stimmt die Person zu, ändern Sie hier ihr Gesuch: Ihre Liste ist dann neu."),
    ),
    E.CORRECT_FACT: Consequence(
        _l(
            "Der Vorschlag wird beendet. Was Sie gemessen haben, gilt sofort als Angabe zur Wohnung, und alle Listen "
            "werden neu gereiht. Ohne Maß bleibt die Aufgabe, nachzumessen."
        ),
    ),
    E.SURVEY: Consequence(
        _l("Der Vorschlag wird beendet. Es bleibt die Aufgabe, in der Wohnung nachzumessen; dann kommt er wieder.")
    ),
    E.TASK: Consequence(
        _l("Der Vorschlag wird beendet, und es bleibt eine Aufgabe. Ist sie erledigt, wird er wieder vorgelegt."),
    ),
    E.WAIT_FOR_DAY: Consequence(
        _l("Der Vorschlag ruht bis zu dem Tag, den Sie nennen, und wird dann wieder vorgelegt."),
        leads_to=MatchState.LATER,
        day=_l("Wann wieder vorlegen?"),
    ),
    E.PAUSE_REQUEST: Consequence(
        _l("Der Vorschlag wird beendet, und das Gesuch ruht. An dem Tag, den Sie nennen, fragen wir wieder nach."),
        day=_l("Wann fragen wir wieder nach?"),
    ),
    E.CLOSE_REQUEST: Consequence(
        _l("Das Gesuch wird geschlossen, alle seine Vorschläge werden beendet, reservierte Plätze werden wieder frei."),
    ),
    E.CLOSE_FOR_PROJECT: Consequence(
        _l(
            "Der Vorschlag wird beendet. Auch was der Person sonst aus diesem Projekt vorgeschlagen ist, endet, und "
            "kein Platz darin wird noch einmal vorgeschlagen. Was reserviert ist, bleibt."
        ),
        for_project=True,
    ),
    E.REFER_TO_CARE_ADVICE: Consequence(
        _l("Der Vorschlag wird beendet, und es bleibt die Aufgabe, an die Pflegeberatung zu vermitteln."),
    ),
    E.CHECK_CONTACT: Consequence(
        _l("Der Vorschlag wird beendet, und es bleibt die Aufgabe, nachzusehen, wie jemand zu erreichen ist.")
    ),
    E.CLOSE_OFFER: Consequence(_l("Das Angebot wird beendet. Wem es noch vorgeschlagen ist, bekommt Bescheid.")),
    E.GIVE_ELSEWHERE: Consequence(
        _l(
            "Das Angebot wird beendet, und wem es noch vorgeschlagen ist, bekommt Bescheid. Steht es für mehrere "
            "Plätze eines Projekts, ist nur einer davon weg."
        )
    ),
    E.BLOCK_OFFER: Consequence(
        _l("Das Angebot ist nicht mehr zu sehen, bis die Wohnberatung es wieder freigibt. Es bleibt die Aufgabe dazu.")
    ),
    E.PREEMPT: Consequence(
        _l("Der Platz ist für diese Person vergeben; niemandem wird das angerechnet."), leads_to=MatchState.PREEMPTED
    ),
    E.HOLD: Consequence(_l("Der Vorschlag ruht bis zu dem Tag, den Sie nennen. Seinen Platz behält er.")),
    E.REMATCH: Consequence(
        _l("Es bleibt die Aufgabe, mit der Person zu sprechen: ob sie wieder sucht, allein oder mit anderen.")
    ),
    E.REVIEW_MONTHLY: Consequence(
        _l("Nur dieser Vorschlag wird beendet. Der Text wird jeden Monat gelesen: Vielleicht wird ein Grund daraus.")
    ),
}
# What follows for the one who gives the reason; read beside it.
PROMISES: dict[Effect, Any] = {
    E.CHANGE_REQUEST: _l("Sie können danach Ihr Gesuch ändern."),
    E.CORRECT_FACT: _l("Sie können uns danach sagen, was Sie gemessen haben. Wir messen nach."),
    E.TASK: _l("Wir klären das mit Ihnen und fragen Sie dann noch einmal."),
    E.WAIT_FOR_DAY: _l("Wir fragen nach einem anderen Tag."),
    E.PAUSE_REQUEST: _l("Ihr Gesuch ruht dann. Wir fragen Sie, bevor wir wieder suchen."),
    E.CLOSE_REQUEST: _l("Wir schließen dann Ihr Gesuch."),
    E.CLOSE_FOR_PROJECT: _l("Wir schlagen Ihnen dieses Haus nicht mehr vor, auch keinen anderen Platz darin."),
    E.REFER_TO_CARE_ADVICE: _l("Wir nennen Ihnen, wer zu Hilfe und Betreuung berät."),
}
# Which task a reason leaves.
TASKS: dict[str, TaskKind] = {
    "adaptation_open": TaskKind.ADAPTATION,
    "works_not_possible": TaskKind.ADAPTATION,
    "works_open": TaskKind.ADAPTATION,
    "finance": TaskKind.FINANCING,
    "deposit_open": TaskKind.FINANCING,
    "deposit": TaskKind.FINANCING,
    "papers_missing": TaskKind.DOCUMENTS,
    "eligibility": TaskKind.DOCUMENTS,
}
# The steps by which a reason takes effect: until then somebody may still hand it back.
ACTING = ("confirm", "confirm_refusal", "withdraw", "expire", "missed_twice", "unanswered", "end_living")


def consequence_of(reason: DeclineReason) -> Consequence:
    """The row for what this reason sets going."""
    return CONSEQUENCES[reason.effect]
