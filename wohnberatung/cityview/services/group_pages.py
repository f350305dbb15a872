"""Groups of a city view as people read them: house by house, who is proposed to live there together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from wohnberatung.cityview.models import CityProposal, CityRun, ProposedKind
from wohnberatung.cityview.services.computing import get_run
from wohnberatung.cityview.services.pages import CityLine, lines_of, proposals_of
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.pagination import Page
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db

HOUSES_PER_PAGE = 4


@dataclass(frozen=True)
class CityGroup:
    """Who is proposed for one house; `missing` of the group are no longer there or not to be known of."""

    offer: Offer
    lines: tuple[CityLine, ...]
    missing: int


@dataclass(frozen=True)
class GroupSheet:
    """A page of the houses for which a group is proposed."""

    run: CityRun
    page: Page[CityGroup]


def group_sheet(run_id: str, actor: Actor, number: int = 1) -> GroupSheet:
    """NotFound where there is no such city view, Forbidden for anybody but the office."""
    only_office(actor)
    run = get_run(run_id)
    shared = proposals_of(run, actor, ProposedKind.GROUP)
    by_house = shared.order_by(None).with_only_columns(CityProposal.offer_id, maintain_column_froms=True)
    houses = by_house.group_by(CityProposal.offer_id).order_by(func.min(CityProposal.place))
    total = db.session.scalar(select(func.count()).select_from(houses.order_by(None).subquery())) or 0
    first = (number - 1) * HOUSES_PER_PAGE
    shown = db.session.scalars(houses.limit(HOUSES_PER_PAGE).offset(first)).all()
    members = db.session.scalars(shared.where(CityProposal.offer_id.in_(shown))).all()
    lines = lines_of(members, actor)
    groups = list(_groups([lines[each.id] for each in members]))
    return GroupSheet(run, Page(groups, number, HOUSES_PER_PAGE, total))


def _groups(lines: Sequence[CityLine]) -> Iterable[CityGroup]:
    by_house: dict[str, list[CityLine]] = {}
    for line in lines:
        by_house.setdefault(line.proposal.offer_id, []).append(line)
    for members in by_house.values():
        size = 1 + len(members[0].answer.get("agreements", ()))
        yield CityGroup(members[0].proposal.offer, tuple(members), size - len(members))
