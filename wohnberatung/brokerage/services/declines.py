"""A no, opened to be confirmed: what it sets going, what is known of that now, and what the person measured."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from matching.facts import Fact
from matching.grading import Grade
from matching.kinds import Criterion
from matching.offer_against_requests import judge_offer
from matching.outlook import count_musts
from wohnberatung.bridge.frames import frame_of_offers
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.brokerage.consequences import Consequence, consequence_of
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.reasons import REASONS, DeclineReason
from wohnberatung.brokerage.services.concerned import facts_about, wishes_about
from wohnberatung.brokerage.services.history import Given, locked
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.brokerage.services.proposals import Proposal, open_proposal
from wohnberatung.brokerage.services.same_project import ending_along, staying, titles
from wohnberatung.brokerage.services.task_steps import add_task, claims_about
from wohnberatung.brokerage.states import MatchState
from wohnberatung.brokerage.task_kinds import TaskKind
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import NotFound
from wohnberatung.dwellings.services.sheets import FactRow, fact_row
from wohnberatung.seekers.services.open_requests import open_requests
from wohnberatung.seekers.services.requests import needs_of

HOW_KNOWN = {"measured": _l("gemessen"), "stated": _l("vom Anbieter angegeben"), "claimed": _l("laut Anzeige")}
# Steps that confirm what somebody said before.
CONFIRMING = ("confirm", "confirm_refusal")


@dataclass(frozen=True)
class Decline:
    """A no that waits to be confirmed: the `facts` and `criteria` it is about, `known` of the facts in words by key,
    `claims` that the person measured, the `stored` requirements. `along` are other proposals that end with it,
    `staying` those of the same project that do not."""

    reason: DeclineReason
    consequence: Consequence
    facts: tuple[Fact, ...]
    known: dict[str, str]
    claims: dict[str, object]
    criteria: tuple[Criterion, ...]
    stored: list[StoredRequirement]
    along: list[str]
    staying: list[str]


def decline_of(match: BrokeredMatch) -> Decline | None:
    """None where nobody has said no, or the reason is not known any more."""
    reason = REASONS.get(match.reason or "")
    if reason is None or match.state not in (MatchState.DECLINED, MatchState.REFUSED):
        return None
    facts = facts_about(reason, (part.fact_owner for part in match.offer.parts))
    return Decline(
        reason=reason,
        consequence=consequence_of(reason),
        facts=facts,
        known={fact.key: _known(_row(match, fact)) for fact in facts},
        claims=claims_about(match),
        criteria=wishes_about(reason),
        stored=needs_of(match.request)["requirements"],
        along=titles(ending_along(match, reason)),
        staying=titles(staying(match)) if consequence_of(reason).for_project else [],
    )


def confirm(
    match_id: str, key: str, actor: Actor, *, version: int | None, given: Given
) -> tuple[BrokeredMatch, tuple[int, int] | None]:
    """Take the step that confirms a no. With measures: in how many lists the home was before, and is now."""
    match = locked(match_id)
    counts = bool(given.facts) and given.measured
    before = lists_with(match.offer_id) if counts else 0
    advance(match_id, key, actor, version=version, given=given)
    return match, (before, lists_with(match.offer_id)) if counts else None


def lists_with(offer_id: str) -> int:
    """For how many of the requests that are open now this home comes into question without works."""
    frame, found = frame_of_offers([offer_id]), open_requests()
    if not found.each:
        return 0
    judged = judge_offer(found.index, frame, frame.position[offer_id])
    return int((count_musts(judged.musts, judged.positions, Grade.ADAPTABLE) == 0).sum())


def measurable(proposal: Proposal) -> tuple[Fact, ...]:
    """What the one who declined may say about the home; nothing where the reason was another."""
    if proposal.match.state is not MatchState.DECLINED:
        return ()
    return facts_about(proposal.reason, (part.fact_owner for part in proposal.match.offer.parts))


def say_measured(token: str, match_id: str, facts: dict[str, object], *, version: int | None) -> None:
    """What the person measured: a question to the office, which measures before it counts.

    Raises NotFound for a wrong link or where the no was about something else, Conflict where the match was changed.
    """
    allowed = {fact.key for fact in measurable(open_proposal(token, match_id))}
    if not facts or not facts.keys() <= allowed:
        raise NotFound(_("Das lässt sich hier nicht sagen."))
    match = locked(match_id)
    check_version(match, version)
    add_task(match, TaskKind.MEASURE, claims=facts, reason=match.reason)


def _row(match: BrokeredMatch, fact: Fact) -> FactRow:
    part = next(part for part in match.offer.parts if part.fact_owner == fact.owner)
    return fact_row(part, fact)


def _known(row: FactRow) -> str:
    if not row.known:
        return _("Bisher nicht bekannt")
    return _("Bisher: %(value)s (%(how)s)", value=row.text, how=HOW_KNOWN.get(row.level or "", _("nicht geprüft")))
