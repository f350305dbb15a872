"""What reasons do, once they are confirmed: the code behind each row of consequences.py."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import gettext as _

from wohnberatung.bridge.questionnaires import by_owner
from wohnberatung.brokerage.consequences import ACTING, CONSEQUENCES, TASKS, consequence_of
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import REASONS, DeclineReason, Effect
from wohnberatung.brokerage.services.places import lose_place
from wohnberatung.brokerage.services.several_places import is_promised
from wohnberatung.brokerage.services.task_steps import add_task
from wohnberatung.brokerage.states import MatchState
from wohnberatung.brokerage.task_kinds import TaskKind
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import OfferStatus
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import advance
from wohnberatung.dwellings.steps import LET, OFFER_STEPS, READ_AGAIN, WITHDRAW
from wohnberatung.extensions import db
from wohnberatung.seekers.models import OPEN_STATES, HousingRequest, RequestState
from wohnberatung.seekers.services.requests import change_request, move_request, needs_of
from wohnberatung.seekers.steps import CLOSE, PAUSE

if TYPE_CHECKING:
    from wohnberatung.brokerage.services.history import Given

SOURCE = "Rückmeldung zu einem Vorschlag"


class Acting(NamedTuple):
    """A confirmed reason: of which match, with what came along, by whom."""

    match: BrokeredMatch
    reason: DeclineReason
    given: "Given"
    actor: Actor | None

    def leave(self, kind: TaskKind, *, due_on: date | None = None, claims: Mapping[str, object] | None = None) -> None:
        """A task that this reason leaves to do: until that day, with what was said of the home."""
        note, code = self.given.note, self.reason.code
        add_task(self.match, kind, due_on=due_on, note=note, claims=claims, reason=code, actor=self.actor)


def reason_acting(match: BrokeredMatch, step: Step[BrokeredMatch], given: "Given") -> DeclineReason | None:
    """The reason that takes effect with this step, the one it gives or the one that was given before."""
    return REASONS.get(given.reason or match.reason or "") if step.key in ACTING else None


def state_after(step: Step[BrokeredMatch], reason: DeclineReason | None) -> MatchState | None:
    """Where the match goes because of the reason; None where the step itself says so."""
    leads_to = consequence_of(reason).leads_to if reason else None
    return leads_to if leads_to in step.instead else None


def check_along(match: BrokeredMatch, step: Step[BrokeredMatch], reason: DeclineReason | None, given: "Given") -> None:
    """Raises DomainError at `until` where the reason wants a day to come and there is none."""
    if reason is None or step.key not in ("confirm", "confirm_refusal") or not consequence_of(reason).day:
        return
    if given.until is None or given.until <= clock.today():
        raise DomainError(_("Bitte wählen Sie einen Tag in der Zukunft."), "until")


def act(match: BrokeredMatch, reason: DeclineReason | None, given: "Given", actor: Actor | None) -> None:
    """Do what the reason sets going; all of it in the transaction of its step.

    Raises FactsRefused for measures that cannot be, Conflict where the request was changed meanwhile.
    """
    if reason is not None:
        CODE[reason.effect](Acting(match, reason, given, actor))
        db.session.flush()


def _nothing(_acting: Acting) -> None:
    """The step itself is all."""


def _change_request(acting: Acting) -> None:
    change_wishes(acting.match.request, acting.given, acting.actor)


def change_wishes(request: HousingRequest, given: "Given", actor: Actor | None) -> None:
    """What the person wants from now on, of what was asked about; nothing where nothing was asked.

    Raises Conflict where the request was changed meanwhile."""
    wanted = given.requirements
    if wanted is None:
        return
    check_version(request, given.request_version)
    changed = {entry["key"] for entry in wanted} | set(given.asked_about)
    kept = [entry for entry in needs_of(request)["requirements"] if entry["key"] not in changed]
    needs = {**needs_of(request), "requirements": [*kept, *wanted]}
    change_request(request, version=request.version, needs=needs, actor=actor)


def _correct_fact(acting: Acting) -> None:
    facts = {key: value for key, value in acting.given.facts.items() if value is not None}
    if facts and acting.given.measured:
        correct(acting.match, facts, acting.actor)
    else:
        acting.leave(TaskKind.MEASURE, claims=facts)


def correct(match: BrokeredMatch, facts: Mapping[str, object], actor: Actor | None) -> None:
    """Measured by the office: it stands in the home itself, for everybody's list, until somebody measures again."""
    parts = {part.fact_owner: part for part in match.offer.parts}
    for owner, values in by_owner(facts).items():
        if owner in parts:
            record_facts(parts[owner], values, "measured", source=SOURCE, actor=actor)


def _wait_for_measure(acting: Acting) -> None:
    acting.leave(TaskKind.MEASURE)


def _leave_task(acting: Acting) -> None:
    acting.leave(TASKS[acting.reason.code])


def _pause_request(acting: Acting) -> None:
    if acting.match.request.state in OPEN_STATES:
        move_request(acting.match.request, PAUSE, by=Party.OFFICE)
    acting.leave(TaskKind.ASK_AGAIN, due_on=acting.given.until)


def _close_request(acting: Acting) -> None:
    if acting.match.request.state != RequestState.CLOSED:
        move_request(acting.match.request, CLOSE, by=Party.OFFICE)


def _refer(acting: Acting) -> None:
    acting.leave(TaskKind.CARE_ADVICE)


def _check_contact(acting: Acting) -> None:
    acting.leave(TaskKind.CONTACT)


def _close_offer(acting: Acting) -> None:
    _end_offer(acting, WITHDRAW)


def _give_elsewhere(acting: Acting) -> None:
    """One place of several is gone; the only one or the last ends the offer."""
    if not lose_place(acting.match, acting.actor):
        _end_offer(acting, LET)


def _end_offer(acting: Acting, key: str) -> None:
    """Others who hope for it are told by the deadlines. What is another's of ours already, stays theirs."""
    offer = acting.match.offer
    if offer.status in OFFER_STEPS[key].sources and not is_promised(acting.match):
        advance(offer, key, by=Party.OFFICE, actor=acting.actor)


def _block_offer(acting: Acting) -> None:
    """Back to the office's desk of offers to be looked at: from there it is released again."""
    if acting.match.offer.status == OfferStatus.PUBLISHED:
        advance(acting.match.offer, READ_AGAIN, by=Party.SYSTEM, actor=acting.actor)
    acting.leave(TaskKind.CONDITION)


def _talk(acting: Acting) -> None:
    acting.leave(TaskKind.AFTERWARDS)


E = Effect
CODE: dict[Effect, Callable[[Acting], None]] = {
    **dict.fromkeys(CONSEQUENCES, _nothing),
    E.CHANGE_REQUEST: _change_request,
    E.CORRECT_FACT: _correct_fact,
    E.SURVEY: _wait_for_measure,
    E.TASK: _leave_task,
    E.PAUSE_REQUEST: _pause_request,
    E.CLOSE_REQUEST: _close_request,
    E.REFER_TO_CARE_ADVICE: _refer,
    E.CHECK_CONTACT: _check_contact,
    E.CLOSE_OFFER: _close_offer,
    E.GIVE_ELSEWHERE: _give_elsewhere,
    E.BLOCK_OFFER: _block_offer,
    E.REMATCH: _talk,
}
