"""People twice: as requests from the web, and as cases. One is closed for the other; nothing is rewritten."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from matching.duplicates import PERSON
from wohnberatung.brokerage.services import has_open_matches
from wohnberatung.cases.models import Case, CaseKind, CaseRequest, CaseState
from wohnberatung.cases.services import content_of, load_case, load_cases, set_case_state
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party
from wohnberatung.doubles.services.subjects import Side, Values, named
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, RequestState
from wohnberatung.seekers.services import contact_of, load_request, load_requests, move_request
from wohnberatung.seekers.steps import CLOSE, RESTORE

ALIVE = (RequestState.NEW, RequestState.ACTIVE, RequestState.PAUSED)


class Requests:
    """Requests that are still looking."""

    label = _l("Gesuche")
    fields = PERSON

    def records(self) -> Iterator[tuple[str, Values]]:
        query = select(HousingRequest).where(HousingRequest.state.in_(ALIVE), HousingRequest.blocked_at.is_(None))
        for request in db.session.scalars(query.order_by(HousingRequest.id)):
            yield request.id, _of_contact(contact_of(request))

    def sides(self, record_ids: Collection[str], actor: Actor) -> dict[str, Side]:
        return {
            request.id: Side(
                request.id,
                request.receipt_number,
                "brokerage.show_ranking",
                {"request_id": request.id},
                _of_contact(contact_of(request)),
            )
            for request in load_requests(record_ids, actor)
        }

    def merge(self, kept_id: str, gone_id: str, actor: Actor) -> dict[str, Any]:
        load_request(kept_id, actor)
        gone = load_request(gone_id, actor)
        if has_open_matches(gone.id):
            raise DomainError(
                _("Zum Gesuch %(number)s laufen Vorschläge. Behalten Sie dieses Gesuch, oder beenden Sie sie zuerst.",
                  number=gone.receipt_number)
            )  # fmt: skip
        before = {"state": gone.state}
        move_request(gone, CLOSE, by=Party.OFFICE)
        return before

    def part(self, kept_id: str, gone_id: str, before: Mapping[str, Any], actor: Actor) -> None:
        gone = load_request(gone_id, actor)
        move_request(gone, RESTORE, by=Party.OFFICE, target=RequestState(before["state"]))


class Cases:
    """Cases of people; the requests of both come together, what was written stays where it was written."""

    label = _l("Fälle")
    fields = PERSON

    def records(self) -> Iterator[tuple[str, Values]]:
        query = select(Case).where(Case.state == CaseState.OPEN, Case.kind != CaseKind.ORGANISATION)
        for case in db.session.scalars(query.order_by(Case.id)):
            yield case.id, _of_contact(content_of(case))

    def sides(self, record_ids: Collection[str], actor: Actor) -> dict[str, Side]:
        return {
            case.id: Side(case.id, case.number, "cases.show_case", {"case_id": case.id}, _of_contact(content_of(case)))
            for case in load_cases(record_ids, actor)
        }

    def merge(self, kept_id: str, gone_id: str, actor: Actor) -> dict[str, Any]:
        kept, gone = load_case(kept_id, actor), load_case(gone_id, actor)
        if kept.blocked or gone.blocked:
            raise DomainError(_("Gesperrte Fälle werden nicht zusammengeführt."))
        linked = {row.request_id for row in _links(kept.id)}
        moved = []
        for row in _links(gone.id):
            if row.request_id not in linked:
                db.session.add(CaseRequest(case_id=kept.id, request_id=row.request_id))
                moved.append(row.request_id)
        set_case_state(gone, CaseState.CLOSED, version=gone.version, actor=actor)
        return {"requests": moved}

    def part(self, kept_id: str, gone_id: str, before: Mapping[str, Any], actor: Actor) -> None:
        kept, gone = load_case(kept_id, actor), load_case(gone_id, actor)
        mine = CaseRequest.case_id == kept.id, CaseRequest.request_id.in_(before["requests"])
        db.session.execute(delete(CaseRequest).where(*mine))
        set_case_state(gone, CaseState.OPEN, version=gone.version, actor=actor)


def _links(case_id: str) -> list[CaseRequest]:
    return list(db.session.scalars(select(CaseRequest).where(CaseRequest.case_id == case_id)))


def _of_contact(contact: Mapping[str, Any]) -> dict[str, Any]:
    street, _comma, town = ", ".join(str(contact.get("address") or "").splitlines()).partition(",")
    postcode = next((word for word in town.split() if word.isdigit() and len(word) == 5), "")
    return {
        **named(str(contact.get("name") or "")),
        "street": street.strip(),
        "postcode": postcode,
        "phone": contact.get("phone") or "",
        "email": contact.get("email") or "",
    }
