"""Merging twice the same dwelling, request or case: one stays, nothing is lost, and it can be undone."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from matching.duplicates.fields import DWELLING, PERSON, Field
from wohnberatung.bridge.columns import KnownBy
from wohnberatung.bridge.summary import needs_summary
from wohnberatung.brokerage.services.matches import has_open_matches
from wohnberatung.cases.models import Case, CaseKind, CaseRequest, CaseState
from wohnberatung.cases.services.cases import load_case, load_cases, note_lookups, phone_numbers, take_case_step
from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.open_work import move_back, move_open_work
from wohnberatung.cases.services.requests import requests_of
from wohnberatung.cases.steps import CLOSE as CLOSE_CASE
from wohnberatung.cases.steps import REOPEN
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party
from wohnberatung.core.texts import as_spoken
from wohnberatung.doubles.models import BeforeMerge
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.dwellings.services.facts import known_now, record_facts, restore_facts
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, RequestState
from wohnberatung.seekers.services.requests import contact_of, load_request, load_requests, move_request, needs_of
from wohnberatung.seekers.steps import CLOSE, RESTORE

Values = Mapping[str, object]


@dataclass(frozen=True)
class DoubleSide:
    """One record of a pair as a person reads it: its name, where it is opened, the values that were compared, and
    a sentence where it must not be merged."""

    id: str
    title: str
    endpoint: str
    arguments: Mapping[str, str]
    values: Values


class DoubleSubject(Protocol):
    """One kind of record."""

    label: Words
    fields: tuple[Field, ...]

    def records(self) -> Iterator[tuple[str, Values]]:
        """Every record that can have a double: its id, and the values that are compared."""

    def sides(self, record_ids: Collection[str], actor: Actor) -> dict[str, DoubleSide]:
        """The records to show by id, without those that are gone or that this person may not read. As many queries
        for many as for one."""

    def need(self, record_id: str, actor: Actor) -> dict[str, str]:
        """What else tells the two apart, by label in words: what somebody needs, how a home is."""

    def merge(self, kept_id: str, gone_id: str, actor: Actor) -> BeforeMerge:
        """Put one into the other. Returns what undoing needs; DomainError where something stands against it."""

    def part(self, kept_id: str, gone_id: str, before: BeforeMerge, actor: Actor) -> None:
        """Undo it. What has happened since stays with the record that was kept."""


def named(full_name: str) -> dict[str, str]:
    """First and last name as the comparison takes them; swapped ones are recognised there."""
    *first, last = as_spoken(full_name).replace(",", " ").split() or [""]
    return {"first_name": " ".join(first), "last_name": last}


class Dwellings:
    """All dwellings; only those of one organisation can be merged, as nobody may reach another's."""

    label: Words = _l("Wohnungen")
    fields = DWELLING

    def records(self) -> Iterator[tuple[str, Values]]:
        columns = [getattr(Dwelling, field.name) for field in self.fields]
        query = select(Dwelling.id, *columns).where(Dwelling.merged_into_id.is_(None))
        for dwelling_id, *values in db.session.execute(query.order_by(Dwelling.id)):
            yield dwelling_id, dict(zip((field.name for field in self.fields), values, strict=True))

    def sides(self, record_ids: Collection[str], actor: Actor) -> dict[str, DoubleSide]:
        rows = db.session.scalars(select(Dwelling).where(Dwelling.id.in_(record_ids)))
        return {dwelling.id: self._side(dwelling) for dwelling in rows}

    def _side(self, dwelling: Dwelling) -> DoubleSide:
        values = {field.name: getattr(dwelling, field.name) for field in self.fields}
        shown = {fact.key: fact for fact in dwelling.own_facts()}
        words = {name: shown[name].format(value) if name in shown and value is not None else value or ""
                 for name, value in values.items()}  # fmt: skip
        return DoubleSide(
            dwelling.id, dwelling.display_title, "dwellings.show_dwelling", {"dwelling_id": dwelling.id}, words
        )

    def need(self, record_id: str, actor: Actor) -> dict[str, str]:
        dwelling, compared = _load(record_id), {field.name for field in self.fields}
        known = dwelling.known_facts()
        shown = [fact for fact in dwelling.own_facts() if fact.key in known and fact.key not in compared]
        return {_(fact.label): fact.format(known[fact.key]) for fact in shown}

    def merge(self, kept_id: str, gone_id: str, actor: Actor) -> BeforeMerge:
        kept, gone = _load(kept_id), _load(gone_id)
        if kept.organisation_id != gone.organisation_id:
            raise DomainError(_("Die beiden Wohnungen gehören verschiedenen Anbietern. Bitte klären Sie es mit ihnen."))
        before = known_now(kept)
        for key, known in (gone.evidence or {}).items():
            _take_over(kept, key, getattr(gone, key), known, actor)
        offers = list(db.session.scalars(select(Offer).where(Offer.dwelling_id == gone.id)))
        for offer in offers:
            offer.dwelling = kept
        gone.merged_into_id = kept.id
        db.session.flush()
        return {"before": before, "after": known_now(kept), "offers": [offer.id for offer in offers]}

    def part(self, kept_id: str, gone_id: str, before: BeforeMerge, actor: Actor) -> None:
        kept, gone = _load(kept_id), _load(gone_id)
        moved = Offer.id.in_(before["offers"]), Offer.dwelling_id == kept.id
        for offer in db.session.scalars(select(Offer).where(*moved)):
            offer.dwelling = gone
        restore_facts(kept, before["before"], before["after"], _("Zusammenführung rückgängig gemacht"))
        gone.merged_into_id = None
        db.session.flush()


def _take_over(kept: Dwelling, key: str, value: object, known: KnownBy, actor: Actor) -> None:
    day = date.fromisoformat(known["date"])
    record_facts(kept, {key: value}, known["level"], observed_on=day, source=known["source"], actor=actor)


def _load(dwelling_id: str) -> Dwelling:
    dwelling = db.session.get(Dwelling, dwelling_id)
    if dwelling is None:
        raise NotFound(_("Diese Wohnung gibt es nicht."))
    return dwelling


ALIVE = (RequestState.NEW, RequestState.ACTIVE, RequestState.PAUSED)


class Requests:
    """Requests that are still looking."""

    label: Words = _l("Gesuche")
    fields = PERSON

    def records(self) -> Iterator[tuple[str, Values]]:
        query = select(HousingRequest).where(HousingRequest.state.in_(ALIVE), HousingRequest.blocked_at.is_(None))
        for request in db.session.scalars(query.order_by(HousingRequest.id)):
            yield request.id, _of_contact(contact_of(request))

    def sides(self, record_ids: Collection[str], actor: Actor) -> dict[str, DoubleSide]:
        return {
            request.id: DoubleSide(
                request.id,
                request.receipt_number,
                "brokerage.show_ranking",
                {"request_id": request.id},
                _of_contact(contact_of(request)),
            )
            for request in load_requests(record_ids, actor)
        }

    def need(self, record_id: str, actor: Actor) -> dict[str, str]:
        return _need_of(load_request(record_id, actor))

    def merge(self, kept_id: str, gone_id: str, actor: Actor) -> BeforeMerge:
        load_request(kept_id, actor)
        gone = load_request(gone_id, actor)
        if has_open_matches(gone.id):
            raise DomainError(
                _("Zum Gesuch %(number)s laufen Vorschläge. Behalten Sie dieses Gesuch, oder beenden Sie sie zuerst.",
                  number=gone.receipt_number)
            )  # fmt: skip
        before: BeforeMerge = {"state": gone.state}
        move_request(gone, CLOSE, by=Party.OFFICE)
        return before

    def part(self, kept_id: str, gone_id: str, before: BeforeMerge, actor: Actor) -> None:
        gone = load_request(gone_id, actor)
        move_request(gone, RESTORE, by=Party.OFFICE, target=RequestState(before["state"]))


class Cases:
    """Cases of people; the requests of both come together, and all that is still to be done. What was written stays
    where it was written, and the history of each tells of the other (`merges_in_timeline`)."""

    label: Words = _l("Fälle")
    fields = PERSON

    def records(self) -> Iterator[tuple[str, Values]]:
        query = select(Case).where(Case.state == CaseState.OPEN, Case.kind != CaseKind.ORGANISATION)
        for case in db.session.scalars(query.order_by(Case.id)):
            yield case.id, _of_contact(content_of(case))

    def sides(self, record_ids: Collection[str], actor: Actor) -> dict[str, DoubleSide]:
        return {
            case.id: DoubleSide(
                case.id, case.number, "cases.show_case", {"case_id": case.id}, _of_contact(content_of(case))
            )
            for case in load_cases(record_ids, actor)
        }

    def need(self, record_id: str, actor: Actor) -> dict[str, str]:
        """Of its requests together, and what was noted."""
        case, found = load_case(record_id, actor), dict[str, str]()
        for request in requests_of(case, actor):
            for label, words in _need_of(request).items():
                found[label] = "; ".join(dict.fromkeys(filter(None, (found.get(label), words))))
        notes = content_of(case)["notes"]
        return found | ({_("Bemerkung"): notes} if notes else {})

    def merge(self, kept_id: str, gone_id: str, actor: Actor) -> BeforeMerge:
        kept, gone = load_case(kept_id, actor), load_case(gone_id, actor)
        if kept.blocked or gone.blocked:
            raise DomainError(_("Gesperrte Fälle werden nicht zusammengeführt."))
        linked = {row.request_id for row in _links(kept.id)}
        moved = []
        for row in _links(gone.id):
            if row.request_id not in linked:
                db.session.add(CaseRequest(case_id=kept.id, request_id=row.request_id))
                moved.append(row.request_id)
        open_work = move_open_work(gone, kept)
        _renew_lookups(kept, gone)
        take_case_step(gone, CLOSE_CASE, version=gone.version, actor=actor)
        return {"requests": moved, "open_work": open_work}

    def part(self, kept_id: str, gone_id: str, before: BeforeMerge, actor: Actor) -> None:
        kept, gone = load_case(kept_id, actor), load_case(gone_id, actor)
        mine = CaseRequest.case_id == kept.id, CaseRequest.request_id.in_(before["requests"])
        db.session.execute(delete(CaseRequest).where(*mine))
        move_back(before.get("open_work", {}), gone, kept)
        _renew_lookups(kept, gone)
        take_case_step(gone, REOPEN, version=gone.version, actor=actor)


def _need_of(request: HousingRequest) -> dict[str, str]:
    summary = needs_summary(needs_of(request))
    lines = dict([*summary.household, *(line for _theme, wishes in summary.wishes for line in wishes)])
    return lines | ({_("Freitext"): summary.text} if summary.text else {})


def _renew_lookups(*cases: Case) -> None:
    """Who is in which case has changed, and with it which numbers find it."""
    for case in cases:
        note_lookups(case)


def _links(case_id: str) -> list[CaseRequest]:
    return list(db.session.scalars(select(CaseRequest).where(CaseRequest.case_id == case_id)))


def _of_contact(contact: Mapping[str, object]) -> Values:
    street, _comma, town = ", ".join(str(contact.get("address") or "").splitlines()).partition(",")
    postcode = next((word for word in town.split() if word.isdigit() and len(word) == 5), "")
    return {
        **named(str(contact.get("name") or "")),
        "street": street.strip(),
        "postcode": postcode,
        "phone": next(iter(phone_numbers(str(contact.get("phone") or ""))), ""),
        "email": contact.get("email") or "",
    }
