"""A city view as people read it: what is proposed, beside what is under way, in the words of those who may know."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from matching.proposals.affinity import NO_OPINION
from wohnberatung.accounts.models import User
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD, neighbourhood_groups
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.states import OPEN
from wohnberatung.cityview.models import CityInput, CityProposal, CityRun, ProposalAnswer, ProposedKind, ToldReason
from wohnberatung.cityview.services.computing import get_run
from wohnberatung.cityview.steps import CITY_STEPS
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.dwellings.services.listings import offers_by_id
from wohnberatung.extensions import db
from wohnberatung.jobs.models import Job, JobState
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import shown_to

PER_PAGE = 10
ALIKE, MUCH_ALIKE = 0.6, 0.85
"""From where on people want something alike of living together, and nearly the same."""


@dataclass(frozen=True)
class CityLine:
    """One proposal. `running` is the open match of this very pair; `elsewhere` those of the request with other homes,
    `others` those of the home with other requests: what taking it over stands against. `instead` says what the next
    best home would have been."""

    proposal: CityProposal
    answer: ProposalAnswer
    steps: tuple[Step[CityProposal], ...]
    running: BrokeredMatch | None
    elsewhere: tuple[BrokeredMatch, ...]
    others: tuple[BrokeredMatch, ...]
    instead: str = ""
    with_whom: tuple[str, ...] = ()

    def of(self, *grades: str, importance: str = "") -> list[ToldReason]:
        """The reasons with one of these grades."""
        found = [reason for reason in self.answer["reasons"] if reason["grade"] in grades]
        return [reason for reason in found if not importance or reason["importance"] == importance]


@dataclass(frozen=True)
class CityDistrict:
    """A Stadtbezirk, or group of villages, in which homes are proposed, and how many are."""

    name: str
    proposals: int


@dataclass(frozen=True)
class CityCounts:
    """Of all requests that the reader may know of: how many went in, are proposed a home, go without, and of the
    proposals how many run already and how many stand against an open match."""

    requests: int
    proposed: int
    running: int
    against: int

    @property
    def without(self) -> int:
        return self.requests - self.proposed


@dataclass(frozen=True)
class CitySheet:
    """One city view with the page that is shown: of all proposals, or of those in the Stadtbezirk that was `chosen`.
    `houses` counts those with a group; `unhoused` are the requests without a proposal, by id and number."""

    run: CityRun
    by: str
    job: Job | None
    counts: CityCounts
    page: Page[CityLine]
    districts: tuple[CityDistrict, ...]
    chosen: str
    houses: int
    unhoused: tuple[tuple[str, str], ...]

    @property
    def waits(self) -> bool:
        """For a worker, who makes it or works it out once more."""
        return self.job is not None and self.job.state in (JobState.WAITING, JobState.RUNNING)


def runs_for_list(actor: Actor, number: int = 1) -> Page[tuple[CityRun, str]]:
    """The newest first, with who asked for it."""
    only_office(actor)
    page = paginate(db.session, select(CityRun).order_by(CityRun.asked_at.desc(), CityRun.id.desc()), number)
    names = _names({run.asked_by for run in page.items})
    return Page([(run, names.get(run.asked_by, "")) for run in page.items], page.number, page.size, page.total)


def city_sheet(run_id: str, actor: Actor, number: int = 1, district: str = "") -> CitySheet:
    """NotFound where there is none, Forbidden for anybody but the office. A district in which nothing is proposed
    narrows nothing."""
    only_office(actor)
    run = get_run(run_id)
    homes = proposals_of(run, actor, ProposedKind.HOME)
    districts = tuple(_districts(run, actor))
    chosen = district if any(each.name == district for each in districts) else ""
    if chosen:
        homes = homes.join(CityProposal.offer).join(Offer.dwelling).where(_place().in_(_codes()[chosen]))
    page = paginate(db.session, homes, number, PER_PAGE)
    lines = lines_of(page.items, actor)
    return CitySheet(
        run=run,
        by=_names({run.asked_by}).get(run.asked_by, ""),
        job=db.session.get(Job, run.job_id) if run.job_id else None,
        counts=_counts(run, actor),
        page=Page([lines[each.id] for each in page.items], page.number, page.size, page.total),
        districts=districts,
        chosen=chosen,
        houses=_houses(run, actor),
        unhoused=_unhoused(run, actor),
    )


def proposals_of(run: CityRun, actor: Actor, kind: ProposedKind) -> Select[CityProposal]:
    """Those to requests that the reader may know of, in the order in which they are read."""
    offer = joinedload(CityProposal.offer)
    shown = select(CityProposal).join(CityProposal.request).where(shown_to(actor), CityProposal.run_id == run.id)
    loaded = shown.options(
        joinedload(CityProposal.request), offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project)
    )
    return loaded.where(CityProposal.kind == kind).order_by(CityProposal.place)


def _place() -> ColumnElement[str]:
    """The code of a dwelling's neighbourhood."""
    return Dwelling.__table__.c[NEIGHBOURHOOD.key]


def _codes() -> dict[str, list[str]]:
    """Codes of neighbourhoods by the name of their Stadtbezirk."""
    return {group.name: [code for code, _name in group.neighbourhoods] for group in neighbourhood_groups()}


def _districts(run: CityRun, actor: Actor) -> Iterable[CityDistrict]:
    """Those with proposals, by name. Homes whose place is unknown are in none."""
    place = _place()
    homes = proposals_of(run, actor, ProposedKind.HOME).join(CityProposal.offer).join(Offer.dwelling)
    placed = homes.with_only_columns(place.label("place"), func.count().label("proposals"), maintain_column_froms=True)
    counts = {row.place: row.proposals for row in db.session.execute(placed.order_by(None).group_by(place))}
    for name, codes in sorted(_codes().items()):
        if found := sum(counts.get(code, 0) for code in codes):
            yield CityDistrict(name, found)


def _houses(run: CityRun, actor: Actor) -> int:
    shared = proposals_of(run, actor, ProposedKind.GROUP).order_by(None)
    offers = shared.with_only_columns(func.count(CityProposal.offer_id.distinct()), maintain_column_froms=True)
    return db.session.scalar(offers) or 0


def lines_of(proposals: Sequence[CityProposal], actor: Actor) -> dict[str, CityLine]:
    """By the id of the proposal."""
    answers = {each.id: each.plain_answer for each in proposals}
    open_ones = _under_way(proposals, actor)
    named = [answer["alternative"] for answer in answers.values() if answer.get("alternative")]
    people = {agreed["request"] for answer in answers.values() for agreed in answer.get("agreements", ())}
    numbers = _numbers({other["given_to"] for other in named if other and other["given_to"]} | people, actor)
    offers = offers_by_id({other["offer"] for other in named if other})
    return {
        each.id: CityLine(
            proposal=each,
            answer=answers[each.id],
            steps=CITY_STEPS.offered(each, Party.OFFICE),
            running=next((match for match in open_ones if _pair(match) == (each.request_id, each.offer_id)), None),
            elsewhere=tuple(
                match for match in open_ones if match.request_id == each.request_id and match.offer_id != each.offer_id
            ),
            others=tuple(
                match for match in open_ones if match.offer_id == each.offer_id and match.request_id != each.request_id
            ),
            instead=_instead(answers[each.id], offers, numbers),
            with_whom=tuple(_with_whom(answers[each.id], numbers)),
        )
        for each in proposals
    }


def _under_way(proposals: Sequence[CityProposal], actor: Actor) -> list[BrokeredMatch]:
    concerned = or_(
        BrokeredMatch.request_id.in_({each.request_id for each in proposals}),
        BrokeredMatch.offer_id.in_({each.offer_id for each in proposals}),
    )
    offer = joinedload(BrokeredMatch.offer)
    query = select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor), BrokeredMatch.state.in_(OPEN))
    loaded = (joinedload(BrokeredMatch.request), offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
    return list(db.session.scalars(query.where(concerned).options(*loaded).order_by(BrokeredMatch.id)))


def _pair(match: BrokeredMatch) -> tuple[str, str]:
    return match.request_id, match.offer_id


def _instead(answer: ProposalAnswer, offers: Mapping[str, Offer], numbers: Mapping[str, str]) -> str:
    """What the next best home is, and for whom it is proposed."""
    if "alternative" not in answer:
        return ""
    other = answer["alternative"]
    if other is None:
        return _("Kein anderes Angebot kommt infrage.")
    offer = offers.get(other["offer"])
    title = offer.display_title if offer else _("ein Angebot, das es nicht mehr gibt")
    if other["given_to"] is None:
        return _("Nächste Möglichkeit: %(offer)s. Dort bleibt ein Platz frei.", offer=title)
    whom = numbers.get(other["given_to"])
    number = _("Gesuch %(number)s", number=whom) if whom else _("ein anderes Gesuch")
    if other["better"]:
        return _("%(offer)s passt besser, hilft aber mehr, wo es vorgeschlagen ist: %(who)s.", offer=title, who=number)
    return _("Nächste Möglichkeit: %(offer)s. Vorgeschlagen ist dort: %(who)s.", offer=title, who=number)


def _with_whom(answer: ProposalAnswer, numbers: Mapping[str, str]) -> Iterable[str]:
    """How far one agrees with each other member, in neutral words."""
    for each in answer.get("agreements", ()):
        number = numbers.get(each["request"])
        if number is None:
            continue
        if each["agreement"] == NO_OPINION:
            yield _("%(number)s: Zum Zusammenwohnen ist noch nichts zu vergleichen.", number=number)
        elif each["agreement"] >= MUCH_ALIKE:
            yield _("%(number)s: Sie wünschen sich fast dasselbe.", number=number)
        elif each["agreement"] >= ALIKE:
            yield _("%(number)s: Sie wünschen sich Ähnliches.", number=number)
        else:
            yield _(
                "%(number)s: Manches wünschen sie sich verschieden. Sie sollten vorher darüber sprechen.", number=number
            )


def _counts(run: CityRun, actor: Actor) -> CityCounts:
    seen = select(func.count(CityInput.id)).join(CityInput.request).where(shown_to(actor), CityInput.run_id == run.id)
    pairs = db.session.execute(
        select(CityProposal.request_id, CityProposal.offer_id)
        .join(CityProposal.request)
        .where(shown_to(actor), CityProposal.run_id == run.id, CityProposal.kind == ProposedKind.HOME)
    ).all()
    proposed = {(request, offer) for request, offer in pairs}
    open_ones = select(BrokeredMatch.request_id, BrokeredMatch.offer_id).join(BrokeredMatch.request)
    alive = {
        (request, offer)
        for request, offer in db.session.execute(open_ones.where(shown_to(actor), BrokeredMatch.state.in_(OPEN)))
    }
    running = proposed & alive
    asking, taken = {request for request, _offer in alive - running}, {offer for _request, offer in alive - running}
    against = {pair for pair in proposed - running if pair[0] in asking or pair[1] in taken}
    return CityCounts(db.session.scalar(seen) or 0, len(proposed), len(running), len(against))


def _unhoused(run: CityRun, actor: Actor) -> tuple[tuple[str, str], ...]:
    housed = select(CityProposal.request_id).where(
        CityProposal.run_id == run.id, CityProposal.kind == ProposedKind.HOME
    )
    query = select(HousingRequest.id, HousingRequest.receipt_number).join(
        CityInput, CityInput.request_id == HousingRequest.id
    )
    left = query.where(shown_to(actor), CityInput.run_id == run.id, HousingRequest.id.not_in(housed))
    return tuple(
        (row.id, row.receipt_number) for row in db.session.execute(left.order_by(HousingRequest.receipt_number))
    )


def _numbers(request_ids: Collection[str], actor: Actor) -> dict[str, str]:
    """Receipt numbers of those that the reader may know of."""
    query = select(HousingRequest.id, HousingRequest.receipt_number).where(shown_to(actor))
    found = db.session.execute(query.where(HousingRequest.id.in_(request_ids))).all()
    return {row.id: row.receipt_number for row in found}


def _names(user_ids: Collection[str]) -> dict[str, str]:
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}
