"""Services of the invented directory, and one joint case, through the same services as everybody else."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import User, UserRole
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.cooperation.kinds import ServiceValues
from wohnberatung.cooperation.models import JointCase, OfferedService
from wohnberatung.cooperation.services.joint import move_joint, prepare_joint
from wohnberatung.cooperation.services.offered import declare_service
from wohnberatung.cooperation.services.partners import ask_partner, record_decision
from wohnberatung.cooperation.services.tasks import THE_OFFICE, add_task
from wohnberatung.cooperation.steps import OPEN
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.directory.models import DirectoryEntry
from wohnberatung.seekers.models import HousingRequest, Purpose, RequestState
from wohnberatung.seekers.services.consents import has_consent
from wohnberatung.seekers.services.requests import visible_requests

Record = Mapping[str, Any]
Store = scoped_session[Session] | Session
OFFICE = Actor(name="Wohnberatung", roles=frozenset({ADVISOR}))
NEEDED = (Purpose.ADVICE, Purpose.HEALTH, Purpose.CONTACT)


def offer_services(session: Store) -> bool:
    """Store every service once; False where some are there already. Flushes and never commits."""
    if session.scalar(select(OfferedService.id).limit(1)) is not None:
        return False
    entries = {row.name: row.id for row in session.scalars(select(DirectoryEntry))}
    for record in read_toml("cooperation.toml")["service"]:
        said = {name: record[name] for name in ("kind", "laws", "capacity", "serves") if name in record}
        row = declare_service(entries[record["entry"]], cast(ServiceValues, said), OFFICE)
        row.as_of = clock.today() - timedelta(days=record["days"])
    session.flush()
    return True


def work_together(session: Store) -> bool:
    """One joint case where there is none yet, for somebody who has agreed to all that it stands on."""
    first = select(User.id).join(UserRole).where(UserRole.role == ADVISOR).order_by(User.created_at, User.email)
    user_id = session.scalar(first.limit(1))
    actor = load_actor(user_id) if user_id else None
    if actor is None or session.scalar(select(JointCase.id).limit(1)) is not None:
        return False
    request = next(_willing(session), None)
    if request is None:
        return False
    told = read_toml("cooperation.toml")["joint"]
    joint = prepare_joint(request.id, actor)
    partners = {each["entry"]: _partner(session, joint, each, actor) for each in told["partner"]}
    session.expire_all()
    move_joint(joint.id, OPEN, joint.version, actor)
    for task in told["task"]:
        due = clock.today() + timedelta(days=task["in_days"])
        add_task(joint.id, task["title"], due, partners.get(task["owner"], THE_OFFICE), actor)
    return True


def _partner(session: Store, joint: JointCase, record: Record, actor: Actor) -> str:
    query = select(OfferedService).join(OfferedService.entry).where(DirectoryEntry.name == record["entry"])
    service = session.scalars(query.where(OfferedService.kind == record["kind"])).one()
    partner = ask_partner(joint.id, service.id, record["need"], with_contact=record["with_contact"], actor=actor)
    if record["decision"]:
        record_decision(joint.id, partner.id, record["decision"], partner.version, actor)
    return partner.id


def _willing(session: Store) -> Iterator[HousingRequest]:
    """Requests that are being worked on, the newest first, of people whom everybody may know of."""
    active = visible_requests(OFFICE).where(HousingRequest.state == RequestState.ACTIVE)
    newest = active.where(HousingRequest.held_for.is_(None)).order_by(HousingRequest.created_at.desc())
    for request in session.scalars(newest.order_by(HousingRequest.id)):
        if all(has_consent(request, purpose) for purpose in NEEDED):
            yield request
