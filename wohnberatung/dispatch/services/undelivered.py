"""Mails that did not arrive, where something can be done about it: at the request, at the case, on the desk."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select, union

from wohnberatung.cases.models import Case
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine
from wohnberatung.cases.services.rights import known_to
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import NotFound
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services import returned
from wohnberatung.privacy.models import PersonKey
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import shown_to


@dataclass(frozen=True)
class Undelivered:
    """One mail, why it did not arrive and what helps; `request_id` or `case_id` is whose person it is."""

    mail: OutgoingMail
    why: str


def undelivered_to(*keys: str) -> list[Undelivered]:
    """For pages of a request or a case that may be shown: mails to the people with these keys."""
    known = select(PersonKey.id).where(PersonKey.id.in_(keys))
    return [Undelivered(mail, returned.why_not(mail)) for mail in db.session.scalars(returned.did_not_arrive(known))]


def settle(mail_id: str, actor: Actor) -> None:
    """Somebody has seen to it. NotFound for one that is not to be known of, or is settled already."""
    only_office(actor)
    mail = db.session.scalar(returned.did_not_arrive(_known_keys(actor)).where(OutgoingMail.id == mail_id))
    if mail is None:
        raise NotFound(_("Diese E-Mail gibt es nicht, oder es ist schon erledigt."))
    returned.settle(mail)


def undelivered_on_desk(actor: Actor) -> DeskContent:
    """Of people that the acting person may know of."""
    found = returned.did_not_arrive(_known_keys(actor))
    count = db.session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    return DeskContent(count, [_line(mail) for mail in db.session.scalars(found.limit(SHOWN))])


def _line(mail: OutgoingMail) -> DeskLine:
    request = db.session.execute(
        select(HousingRequest.id, HousingRequest.receipt_number).where(
            HousingRequest.person_key_id == mail.person_key_id, HousingRequest.blocked_at.is_(None)
        )
    ).first()
    why = returned.why_not(mail)
    if request is not None:
        return DeskLine(request.receipt_number, why, "brokerage.show_ranking", {"request_id": request.id})
    case = db.session.execute(select(Case.id, Case.number).where(Case.person_key_id == mail.person_key_id)).first()
    if case is not None:
        return DeskLine(case.number, why, "cases.show_case", {"case_id": case.id})
    return DeskLine(_("E-Mail vom %(day)s", day=f"{mail.created_at:%d.%m.%Y}"), why)


def _known_keys(actor: Actor) -> Select[Any]:
    requests = select(HousingRequest.person_key_id).where(shown_to(actor))
    cases = select(Case.person_key_id).where(known_to(actor))
    return select(union(requests, cases).subquery().c.person_key_id)
