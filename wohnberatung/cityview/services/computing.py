"""A city view is worked out from what was kept for it, once when it is asked for and again when somebody doubts it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.catalogue import HOMES
from matching.json_input import ContractError
from matching.json_output import SCORE_DIGITS
from matching.proposals.allocation import Allocation, Assignment, allocate
from matching.proposals.assignment_values import Crew
from matching.proposals.groups import Group, form_groups
from matching.ranking import Match, match_of
from matching.text_similarity import TextIndex
from matching.worker_processes import ClusterError
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.cityview.models import (
    AskedRequest,
    CityInput,
    CityProposal,
    CityRun,
    ProposalAnswer,
    ProposedKind,
    Recheck,
    ToldAlternative,
)
from wohnberatung.cityview.services.inputs import CityInputs, gather, kept_inputs, letters_of, read_inputs
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.settings import setting
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Running
from wohnberatung.extensions import db
from wohnberatung.jobs.services import enqueue
from wohnberatung.seekers.models import HousingRequest

COMPUTE, RECHECK = "city_view", "city_view_again"


@dataclass(frozen=True)
class Answered:
    """One proposal: what for whom, and why."""

    kind: ProposedKind
    request: str
    offer: str
    answer: ProposalAnswer


def ask(actor: Actor, protection: float) -> CityRun:
    """A new city view, worked out by a worker. `protection`, 0 to 1, is how much scarce homes are kept for those who
    need them. Forbidden for anybody but the office."""
    only_office(actor)
    run = CityRun(id=new_id(), asked_by=actor.user_id, protection=protection, amounts_of=clock.today())
    db.session.add(run)
    db.session.flush()
    run.job_id = enqueue(COMPUTE, {"run": run.id}, key=f"{COMPUTE}:{run.id}").id
    return run


def ask_again(run_id: str, actor: Actor) -> CityRun:
    """Have a city view worked out once more. Forbidden for anybody but the office, DomainError where it is not made."""
    only_office(actor)
    run = get_run(run_id)
    if run.made_at is None:
        raise DomainError(_("Diese Stadtsicht ist noch nicht gerechnet."))
    run.recheck, run.rechecked_at = None, None
    run.job_id = enqueue(RECHECK, {"run": run.id}, key=f"{RECHECK}:{run.id}").id
    return run


def get_run(run_id: str) -> CityRun:
    """NotFound where there is none."""
    run = db.session.get(CityRun, run_id)
    if run is None:
        raise NotFound(_("Diese Stadtsicht gibt es nicht."))
    return run


def compute(job: Running) -> str:
    """Keep the inputs first, then propose from what was kept. What takes long happens outside of transactions. Raises
    DomainError where the inputs cannot be read, the cluster does not answer, or who asked is gone."""
    run = get_run(job.arguments["run"])
    actor = load_actor(run.asked_by)
    if actor is None:
        raise DomainError(_("Wer die Stadtsicht wollte, arbeitet nicht mehr hier."))
    if run.made_at is None:
        job.tell(0, 1, _("Gesuche und Angebote werden zusammengestellt."))
        with transaction():
            run = get_run(run.id)
            if run.supply is None:
                db.session.add_all(gather(run, actor))
        answers, allocation = _worked_out(get_run(run.id), job)
        with transaction():
            _keep(get_run(run.id), answers, allocation)
    return _("Die Stadtsicht ist gerechnet.")


def recompute(job: Running) -> str:
    """The same once more, compared to the letter."""
    run = get_run(job.arguments["run"])
    outcome = compare(run, job)
    with transaction():
        run = get_run(run.id)
        run.recheck, run.rechecked_at = outcome, clock.now()
    return _("Die Stadtsicht ist nachgerechnet.")


def compare(run: CityRun, job: Running) -> Recheck:
    """Whether the kept inputs give what is stored, letter by letter."""
    if run.catalogue != HOMES.version:
        return Recheck.RULES
    if len(kept_inputs(run)) != run.requests:
        return Recheck.GONE
    answers, allocation = _worked_out(run, job)
    again = letters_of([_letters(each) for each in answers]), allocation.total, allocation.gap
    return Recheck.SAME if again == (letters_of(_stored(run)), run.total, run.gap) else Recheck.DIFFERENT


def _worked_out(run: CityRun, job: Running) -> tuple[list[Answered], Allocation]:
    asked = [_asked(kept) for kept in kept_inputs(run)]
    try:
        inputs = read_inputs(run, asked)
    except ContractError as error:
        raise DomainError(_("Die Angaben lassen sich nicht lesen: %(fault)s", fault=error.faults[0])) from error
    db.session.rollback()  # nobody waits for what is read while it is worked out
    steps = 2 * len(asked) or 1
    words = _("Wer könnte wohin ziehen?")
    crew = Crew(cluster=setting("CLUSTER") or None, progress=lambda done, _all: job.tell(done, steps, words))
    try:
        allocation = allocate(inputs.requests, inputs.frame, inputs.priorities, crew)
    except ClusterError as error:
        raise DomainError(str(error)) from error
    job.tell(len(asked), steps, _("Wer könnte zusammen wohnen?"))
    groups = form_groups(inputs.requests, inputs.frame, inputs.fund, inputs.houses)
    job.tell(len(asked), steps, _("Die Gründe werden aufgeschrieben."))
    return list(_answers(inputs, allocation, groups)), allocation


def _asked(kept: CityInput) -> AskedRequest:
    return kept.plain_asked


def _answers(inputs: CityInputs, allocation: Allocation, groups: tuple[Group, ...]) -> Iterator[Answered]:
    texts = TextIndex(inputs.frame.texts)
    requests = {request.id: request for request in inputs.requests}

    def judged(request: str, offer: str) -> Match:
        return match_of(requests[request], inputs.frame, offer, texts=texts)

    for item in sorted(allocation.assignments, key=lambda each: (-each.score, each.request)):
        match = judged(item.request, item.offer)
        answer: ProposalAnswer = {**_why(match), "alternative": _alternative(item)}
        yield Answered(ProposedKind.HOME, item.request, item.offer, answer)
    for group in groups:
        for member in group.requests:
            yield Answered(
                ProposedKind.GROUP, member, group.offer, _place_in(group, member, judged(member, group.offer))
            )


def _why(match: Match) -> ProposalAnswer:
    return {
        "score": round(match.score, SCORE_DIGITS),
        "outlook": match.outlook.value,
        "reasons": [
            {
                "key": reason.key,
                "side": reason.side,
                "importance": reason.importance,
                "grade": reason.grade,
                "sentence": reason.sentence,
            }
            for reason in match.reasons
        ],
        "works": [
            {"label": works.label, "cost_eur": [int(end) for end in works.cost_eur]} for works in match.adaptations
        ],
    }


def _alternative(item: Assignment) -> ToldAlternative | None:
    other = item.alternative
    if other is None:
        return None
    return {
        "offer": other.offer,
        "score": round(other.score, SCORE_DIGITS),
        "given_to": other.given_to,
        "better": other.better,
    }


def _place_in(group: Group, member: str, match: Match) -> ProposalAnswer:
    with_others = [pair for pair in group.agreements if member in pair[:2]]
    return {
        **_why(match),
        "score": round(group.score, SCORE_DIGITS),
        "agreements": [
            {"request": other if one == member else one, "agreement": round(agreement, SCORE_DIGITS)}
            for one, other, agreement in with_others
        ],
        "pooled_eur": round(group.pooled_funding_eur, 2),
        "to_clarify": [HOMES.criterion(key).label for key in group.to_clarify],
    }


def _keep(run: CityRun, answers: list[Answered], allocation: Allocation) -> None:
    """Nothing where another worker was faster."""
    if run.made_at is not None:
        return
    people = {kept.request_id: kept.request for kept in kept_inputs(run)}
    for place, each in enumerate(answers):
        if each.request in people:  # who has gone meanwhile is proposed nothing
            db.session.add(_proposal(run, place, each, people[each.request]))
    run.total, run.gap, run.made_at = allocation.total, allocation.gap, clock.now()
    db.session.flush()


def _proposal(run: CityRun, place: int, each: Answered, request: HousingRequest) -> CityProposal:
    proposal = CityProposal(
        id=new_id(), run_id=run.id, request=request, offer_id=each.offer, kind=each.kind, place=place
    )
    proposal.plain_answer = each.answer
    return proposal


def _stored(run: CityRun) -> list[list[object]]:
    query = select(CityProposal).options(joinedload(CityProposal.request)).where(CityProposal.run_id == run.id)
    proposals = db.session.scalars(query.order_by(CityProposal.place))
    return [[each.kind, each.request_id, each.offer_id, each.plain_answer] for each in proposals]


def _letters(each: Answered) -> list[object]:
    return [each.kind, each.request, each.offer, each.answer]
