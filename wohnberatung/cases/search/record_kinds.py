"""What can be found: each kind of record says which words it has, and how a found one is shown to a person."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Organisation
from wohnberatung.cases.models import Case, CasePerson, CaseRequest, Consultation
from wohnberatung.cases.search.index import Document
from wohnberatung.cases.services.content import content_of, person_content
from wohnberatung.cases.services.rights import openable, visible_cases
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import Declared, areas
from wohnberatung.dwellings.models import Dwelling
from wohnberatung.extensions import db
from wohnberatung.projects.models import Project
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import contact_of, visible_requests


@dataclass(frozen=True)
class Hit:
    """A found record for the person who searches: only what they may know of it."""

    title: str
    detail: str = ""
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


Documents = Callable[[Collection[str] | None], Iterable[Document]]
Shown = Callable[[Collection[str], Actor], Mapping[str, Hit]]


@dataclass(frozen=True)
class SearchKind(Declared):
    """`documents` reads the words of these records (None: all); `shown` gives hits by id, leaving out what the person
    may not know of. `follows` names the tables' classes whose changes concern the kind, with the id to read anew."""

    key: str
    label: Words
    documents: Documents
    shown: Shown
    follows: Mapping[type, Callable[[Any], str | None]]


def search_kinds() -> dict[str, SearchKind]:
    """What the areas declare, by key, in the order of the areas."""
    return {kind.key: kind for area in areas() for kind in area.search}


Ids = Collection[str] | None
# How telling a place is: a name more than a remark.
NAME, HELPER, PLACE, REMARK = 1.0, 0.9, 0.7, 0.5
BATCH = 1000


def _read(query: Select[Any], column: Any, ids: Ids) -> Iterator[Any]:
    if ids is not None:
        query = query.where(column.in_(ids))
    yield from db.session.scalars(query.execution_options(yield_per=BATCH))


def _cases(ids: Ids) -> Iterator[Document]:
    others: dict[str, list[tuple[str, float]]] = {}
    people = select(CasePerson).options(joinedload(CasePerson.case))
    for person in _read(people, CasePerson.case_id, ids):
        others.setdefault(person.case_id, []).append((person_content(person)["name"], HELPER))
    for case in _read(select(Case), Case.id, ids):
        content = content_of(case)
        texts = [(content["name"], NAME), (case.number, NAME), (content["address"], PLACE)]
        texts += others.get(case.id, [])
        yield Document("case", case.id, tuple(texts), _only_for(case), case.person_key_id)


def _only_for(case: Case) -> str | None:
    return case.responsible_id if case.blocked else None


def _shown_cases(ids: Collection[str], actor: Actor) -> Mapping[str, Hit]:
    query = visible_cases(actor).options(joinedload(Case.responsible))
    return {
        case.id: Hit(
            content_of(case)["name"],
            _("%(number)s, zuständig: %(name)s", number=case.number, name=case.responsible.name),
            "cases.show_case",
            {"case_id": case.id},
        )
        for case in db.session.scalars(query.where(Case.id.in_(ids)))
    }


def _talks(ids: Ids) -> Iterator[Document]:
    query = select(Consultation).options(joinedload(Consultation.case))
    for row in _read(query.where(Consultation.note.is_not(None)), Consultation.id, ids):
        yield Document("talk", row.id, ((row.plain_note or "", REMARK),), _only_for(row.case), row.case.person_key_id)


def _shown_talks(ids: Collection[str], actor: Actor) -> Mapping[str, Hit]:
    """Notes are for those who may open the case: for all others there is nothing to find."""
    query = select(Consultation).options(joinedload(Consultation.case))
    rows = db.session.scalars(query.where(Consultation.id.in_(ids))).all()
    opened = openable((row.case for row in rows), actor)
    return {
        row.id: Hit(
            content_of(row.case)["name"],
            _("Beratung am %(day)s", day=f"{to_berlin(row.held_at):%d.%m.%Y}"),
            "cases.edit_consultation",
            {"case_id": row.case_id, "consultation_id": row.id},
        )
        for row in rows
        if row.case_id in opened
    }


def _requests(ids: Ids) -> Iterator[Document]:
    query = select(HousingRequest)
    for request in _read(query, HousingRequest.id, ids):
        contact = contact_of(request)
        helper = contact.get("helper") or {}
        texts = (
            (contact.get("name") or "", NAME),
            (request.receipt_number, NAME),
            ((helper.get("name") if isinstance(helper, dict) else "") or "", HELPER),
        )
        yield Document("request", request.id, texts, None, request.person_key_id)


def _shown_requests(ids: Collection[str], actor: Actor) -> Mapping[str, Hit]:
    query = visible_requests(actor)
    return {
        request.id: Hit(
            contact_of(request).get("name") or _("ohne Namen"),
            request.receipt_number,
            "brokerage.show_ranking",
            {"request_id": request.id},
        )
        for request in db.session.scalars(query.where(HousingRequest.id.in_(ids)))
    }


def _dwellings(ids: Ids) -> Iterator[Document]:
    address = (Dwelling.street, Dwelling.house_number, Dwelling.postcode, Dwelling.town)
    query = select(Dwelling.id, Dwelling.title, *address)
    for row in db.session.execute(query if ids is None else query.where(Dwelling.id.in_(ids))):
        place = f"{row.street} {row.house_number} {row.postcode} {row.town}"
        yield Document("dwelling", row.id, ((row.title, NAME), (place, NAME)))


def _shown_dwellings(ids: Collection[str], actor: Actor) -> Mapping[str, Hit]:
    rows = db.session.scalars(select(Dwelling).where(Dwelling.id.in_(ids)))
    return {
        row.id: Hit(row.display_title, row.address, "dwellings.show_dwelling", {"dwelling_id": row.id}) for row in rows
    }


def _projects(ids: Ids) -> Iterator[Document]:
    for row in _read(select(Project), Project.id, ids):
        yield Document("project", row.id, ((row.name, NAME),))


def _shown_projects(ids: Collection[str], actor: Actor) -> Mapping[str, Hit]:
    rows = db.session.scalars(select(Project).where(Project.id.in_(ids), Project.published))
    return {row.id: Hit(row.name, "", "projects.show_project", {"project_id": row.id}) for row in rows}


def _organisations(ids: Ids) -> Iterator[Document]:
    for row in _read(select(Organisation), Organisation.id, ids):
        yield Document("organisation", row.id, ((row.name, NAME),))


def _shown_organisations(ids: Collection[str], actor: Actor) -> Mapping[str, Hit]:
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))
    return {row.id: Hit(row.name, "", "accounts.show_organisation", {"organisation_id": row.id}) for row in rows}


def _own_id(row: Any) -> str:
    return str(row.id)


def _case_id(row: Any) -> str:
    return str(row.case_id)


KINDS = (
    SearchKind("case", _l("Fälle"), _cases, _shown_cases, {Case: _own_id, CasePerson: _case_id, CaseRequest: _case_id}),
    SearchKind("request", _l("Gesuche"), _requests, _shown_requests, {HousingRequest: _own_id}),
    SearchKind("talk", _l("Beratungen"), _talks, _shown_talks, {Consultation: _own_id}),
    SearchKind("organisation", _l("Organisationen"), _organisations, _shown_organisations, {Organisation: _own_id}),
    SearchKind("dwelling", _l("Wohnungen"), _dwellings, _shown_dwellings, {Dwelling: _own_id}),
    SearchKind("project", _l("Wohnprojekte"), _projects, _shown_projects, {Project: _own_id}),
)
