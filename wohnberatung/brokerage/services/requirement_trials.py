"""Trying out other requirements: what the list would be, and what would move, before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.kinds import Criterion
from matching.ranking import order_of
from matching.whatif.concessions import concessions
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.needs import StoredRequirement, engine_request, read_needs
from wohnberatung.brokerage.services.rankings import TOP, ListedMatch, judge_all, listed, matchable_request
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import NotFound
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.listings import offers_by_id
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import change_request, load_request, matching_request, needs_of

Stored = list[StoredRequirement]


@dataclass(frozen=True)
class TrialRequest:
    """The stored request and its requirements, for a form; `also` are keys of criteria offered beside, as yet
    indifferent."""

    request: HousingRequest
    requirements: Stored
    also: tuple[str, ...] = ()

    @property
    def criteria(self) -> list[Criterion]:
        return [HOMES.criterion(key) for key in self._keys]

    @property
    def further(self) -> list[Criterion]:
        """What could be asked beside, by label."""
        return sorted((item for item in HOMES.criteria if item.key not in self._keys), key=lambda item: item.label)

    @property
    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(entry["key"] for entry in self.requirements), *self.also)))


@dataclass(frozen=True)
class RankMove:
    """One offer of the new list; `before` is its rank in the present one, None where it enters."""

    listed: ListedMatch
    before: int | None

    @property
    def places(self) -> int:
        """How many places it rises; negative where it falls."""
        return 0 if self.before is None else self.before - self.listed.match.rank


@dataclass(frozen=True)
class Trial:
    """The whole present list beside the whole new one: of the `before` offers so many as are `leaving` are no longer
    possible, as many as are `entering` are new, and that makes `now`. `moves` are the best of the new list, `left`
    the best of those that leave."""

    before: int
    now: int
    entering: int
    leaving: int
    moves: tuple[RankMove, ...]
    left: tuple[Offer, ...]

    @property
    def changes_anything(self) -> bool:
        return bool(self.leaving or self.entering) or any(move.places for move in self.moves)


def trial_request_of(request_id: str, actor: Actor, also: Sequence[str] = ()) -> TrialRequest:
    """What the request asks; `also` are keys of criteria to be offered beside, as yet indifferent.

    Refusals as for the ranked list; NotFound for a key that the catalogue does not have.
    """
    request = load_request(request_id, actor)
    matchable_request(request, actor)
    if set(also) - {criterion.key for criterion in HOMES.criteria}:
        raise NotFound(_("Dieses Kriterium gibt es nicht."))
    return TrialRequest(request, needs_of(request)["requirements"], tuple(also))


def eased(trial_request: TrialRequest, key: str, step: int) -> Stored:
    """The requirements with one must made a wish (step 0) or loosened so many steps; NotFound where there are none."""
    if step == 0:
        return [
            {**entry, "importance": "wish"} if entry["key"] == key else entry for entry in trial_request.requirements
        ]
    request = matching_request(trial_request.request)
    with current_supply() as supply:
        items = {item.key: item for item in concessions(request, supply.frame, texts=supply.texts).items}
    if key not in items or not 0 < step <= len(items[key].steps):
        raise NotFound(_("So weit lässt sich das nicht lockern."))
    wanted = items[key].steps[step - 1].wanted
    return [{**entry, "wanted": wanted} if entry["key"] == key else entry for entry in trial_request.requirements]


def try_out(trial_request: TrialRequest, requirements: Stored) -> Trial:
    """The list with other requirements. DomainError names the key of the first one that cannot be."""
    needs = read_needs({**needs_of(trial_request.request), "requirements": requirements})
    present, asked = matching_request(trial_request.request), engine_request(trial_request.request.id, needs)
    with current_supply() as supply:
        before, now = (order_of(request, supply.frame, texts=supply.texts) for request in (present, asked))
        judged = judge_all(asked, supply)
    ranks = {offer: rank for rank, offer in enumerate(before, 1)}
    staying = set(now)
    leaving = [offer for offer in before if offer not in staying]
    left = offers_by_id(leaving[:TOP])
    return Trial(
        before=len(before),
        now=len(now),
        entering=len(staying - ranks.keys()),
        leaving=len(leaving),
        moves=tuple(RankMove(item, ranks.get(item.offer.id)) for item in listed(asked, judged).matches),
        left=tuple(left[offer] for offer in leaving[:TOP] if offer in left),
    )


def save_requirements(request_id: str, actor: Actor, *, version: int, requirements: Stored) -> HousingRequest:
    """A new version of the request. Conflict with both texts where somebody changed it meanwhile."""
    request = load_request(request_id, actor)
    matchable_request(request, actor)
    needs = {**needs_of(request), "requirements": requirements}
    return change_request(request, version=version, needs=needs, actor=actor)
