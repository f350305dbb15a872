"""All open matches at a glance: the columns of the board, what they can be narrowed to, and the same as a list."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from matching.criteria.location import DISTRICT
from wohnberatung.bridge.neighbourhood_fields import neighbourhood_groups
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import returns_to
from wohnberatung.brokerage.services.staleness import AT_TURN, is_stalled, stalled_now
from wohnberatung.brokerage.services.steps import STEPS, awaited_of
from wohnberatung.brokerage.states import STAGES, MatchState
from wohnberatung.cases.models import Case, CaseRequest
from wohnberatung.cases.services.handover import advisors
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.languages import Words
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import shown_to

# So many cards of a column, the most urgent first; all of them are in the list.
SHOWN = 6


@dataclass(frozen=True)
class BoardColumn:
    """States that one works on in the same way."""

    key: str
    label: Words
    states: tuple[MatchState, ...]


S = MatchState
COLUMNS = (
    BoardColumn("pruefung", _l("In Prüfung"), (S.UNDER_REVIEW,)),
    BoardColumn("antwort", _l("Bei der suchenden Person"), (S.OFFERED, S.HELP_WANTED)),
    BoardColumn("interesse", _l("Interesse"), (S.INTERESTED,)),
    BoardColumn("anbieter", _l("Beim Anbieter"), (S.PRESENTED, S.MUTUAL_INTEREST)),
    BoardColumn("kennenlernen", _l("Kennenlernen"), (S.CONTACT_RELEASED, S.VIEWING, S.FEEDBACK)),
    BoardColumn("klaerung", _l("Klären und reservieren"), (S.CLARIFICATION, S.RESERVED)),
    BoardColumn("einzug", _l("Vertrag und Einzug"), (S.CONTRACT, S.WORKS, S.MOVED_IN)),
    BoardColumn("entscheiden", _l("Absagen, zu prüfen"), (S.DECLINED, S.REFUSED, S.ENDED_AFTER_MOVE_IN)),
    BoardColumn("ruht", _l("Ruht"), (S.LATER, S.ON_HOLD)),
)
BY_STATE = {state: column.key for column in COLUMNS for state in column.states}
BY_KEY = {column.key: column for column in COLUMNS}


class Due(StrEnum):
    """What the board can be narrowed to by its deadlines."""

    OVER = "ueberfaellig"
    STALLED = "noch-aktuell"
    SOON = "3-tage"
    WEEK = "7-tage"


DUE_WORDS = {
    Due.OVER: _l("überfällig"),
    Due.STALLED: _l("liegen geblieben: noch aktuell?"),
    Due.SOON: _l("in den nächsten drei Tagen"),
    Due.WEEK: _l("in den nächsten sieben Tagen"),
}
_WITHIN = {Due.SOON: timedelta(days=3), Due.WEEK: timedelta(days=7)}
MINE = "ich"


@dataclass(frozen=True)
class MatchFilter:
    """Each empty where it narrows nothing: a key of `Due`, the id of an advisor or `MINE`, a Stadtbezirk, a column."""

    due: str = ""
    advisor: str = ""
    borough: str = ""
    column: str = ""


EVERYTHING = MatchFilter()


@dataclass(frozen=True)
class NextStep:
    """What may be done next, and the column it leads to; "" where it stays."""

    step: Step[BrokeredMatch]
    column: str


@dataclass(frozen=True)
class MatchCard:
    """One match on the board. `awaits_person`: nothing goes on without their yes."""

    match: BrokeredMatch
    steps: tuple[NextStep, ...]
    has_answers: bool
    awaits_person: bool
    stalled: bool


@dataclass(frozen=True)
class FilledColumn:
    """The first cards of a column and how many matches are in it."""

    column: BoardColumn
    total: int
    cards: tuple[MatchCard, ...]


def board_of(actor: Actor, narrowed: MatchFilter = EVERYTHING) -> list[FilledColumn]:
    """Every column, also the empty ones. Forbidden for everybody but the office."""
    only_office(actor)
    found = found_matches(actor, narrowed)
    counted = found.with_only_columns(BrokeredMatch.state, func.count()).group_by(BrokeredMatch.state)
    totals: dict[str, int] = {}
    for state, number in db.session.execute(counted):
        key = BY_STATE[MatchState(state)]
        totals[key] = totals.get(key, 0) + number
    column = case(*((BrokeredMatch.state.in_(each.states), each.key) for each in COLUMNS))
    # A window counts down each column by itself, so that one query fills them all.
    place = func.row_number().over(partition_by=column, order_by=(BrokeredMatch.due_at, BrokeredMatch.id))
    placed = found.with_only_columns(BrokeredMatch.id, place.label("place")).subquery()
    first = select(placed.c.id).where(placed.c.place <= SHOWN)
    shown = db.session.scalars(in_order(loaded(select(BrokeredMatch).where(BrokeredMatch.id.in_(first))))).all()
    return [
        FilledColumn(
            each,
            totals.get(each.key, 0),
            tuple(_card(match) for match in shown if BY_STATE[MatchState(match.state)] == each.key),
        )
        for each in COLUMNS
    ]


def matches_listed(actor: Actor, narrowed: MatchFilter = EVERYTHING, number: int = 1) -> Page[MatchCard]:
    """The same as a list: those that wait for the office first, the most urgent of them on top."""
    only_office(actor)
    waiting = [state for state, stage in STAGES.items() if stage.turn is Party.OFFICE]
    turn = case((BrokeredMatch.state.in_(waiting), 0), else_=1)
    page = paginate(db.session, in_order(loaded(found_matches(actor, narrowed)), turn), number)
    return Page([_card(match) for match in page.items], page.number, page.size, page.total)


def advisors_by_id() -> dict[str, str]:
    """Who may be asked for: name by id."""
    return {user.id: user.name for user in advisors()}


def boroughs() -> list[str]:
    """The Stadtbezirke by name."""
    return sorted(group.name for group in neighbourhood_groups())


def is_of(user_id: str) -> ColumnElement[bool]:
    """Whose match it is: of whoever is responsible for the case of its request, or stands in there; without a case of
    whoever picked it."""
    in_case = select(CaseRequest.request_id).where(CaseRequest.request_id == BrokeredMatch.request_id)
    theirs = in_case.join(Case, Case.id == CaseRequest.case_id).where(
        or_(Case.responsible_id == user_id, Case.stand_in_id == user_id)
    )
    return or_(theirs.exists(), and_(~in_case.exists(), BrokeredMatch.created_by == user_id))


def _card(match: BrokeredMatch) -> MatchCard:
    answers = STEPS.offered(match, Party.SEEKER)
    steps = tuple(NextStep(step, _leads_to(match, step)) for step in STEPS.offered(match, Party.OFFICE))
    return MatchCard(match, steps, bool(answers), awaited_of(answers) is not None, is_stalled(match))


def _leads_to(match: BrokeredMatch, step: Step[BrokeredMatch]) -> str:
    here = MatchState(match.state)
    reached = returns_to(match, step) or (here if step.stays else MatchState(step.target))
    return "" if BY_STATE.get(reached) == BY_STATE[here] else BY_STATE.get(reached, "")


def found_matches(actor: Actor, narrowed: MatchFilter) -> Select[Any]:
    """Whatever is known of the filter; what is not narrows nothing."""
    query = select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor))
    column = BY_KEY.get(narrowed.column)
    query = query.where(BrokeredMatch.state.in_(column.states if column else BY_STATE))
    if narrowed.due in set(Due):
        query = query.where(_is_due(Due(narrowed.due)))
    if narrowed.advisor:
        query = query.where(is_of((actor.user_id or "") if narrowed.advisor == MINE else narrowed.advisor))
    if codes := _codes_of(narrowed.borough):
        home = Dwelling.__table__.c[DISTRICT.key]
        query = query.where(BrokeredMatch.offer.has(Offer.dwelling.has(home.in_(codes))))
    return query


def _is_due(due: Due) -> ColumnElement[bool]:
    now = clock.now()
    if due is Due.STALLED:
        return stalled_now()
    if due is Due.OVER:
        return BrokeredMatch.state.in_(AT_TURN) & (BrokeredMatch.due_at <= now)
    return (BrokeredMatch.due_at > now) & (BrokeredMatch.due_at <= now + _WITHIN[due])


def _codes_of(borough: str) -> list[str]:
    return [code for group in neighbourhood_groups() if group.name == borough for code, _name in group.neighbourhoods]


def loaded(query: Select[Any]) -> Select[Any]:
    """With what cards and mails tell of each match."""
    person, offer = joinedload(BrokeredMatch.request), joinedload(BrokeredMatch.offer)
    parts = offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project)
    # Consents come along, as flags ask for them.
    consents = person.selectinload(HousingRequest.consents)
    return query.options(*parts, consents, selectinload(BrokeredMatch.events))


def in_order(query: Select[Any], *before: ColumnElement[int]) -> Select[Any]:
    """The most urgent first, within what comes `before`."""
    return query.order_by(*before, BrokeredMatch.due_at, BrokeredMatch.id)
