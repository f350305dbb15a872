"""What the invented groups do: dates, people who would like to join, a running vote, a search for a house; sites.

A step of its own after `homes.fill`, through the same services as everybody else.
"""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import Membership, Organisation, User
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, VISITOR, Actor
from wohnberatung.network.models.sites import Site
from wohnberatung.network.services.searches import save_search
from wohnberatung.network.services.sites import save_site
from wohnberatung.projects.forms import CONSENT_TEXT, CONSENT_VERSION
from wohnberatung.projects.models import JoinEnquiry, Project
from wohnberatung.projects.services import joining, meetings, votes
from wohnberatung.projects.services.projects import save_project
from wohnberatung.seeding.introductions import bring_together

Record = Mapping[str, Any]
Store = scoped_session[Session] | Session
# For groups whose members do not sign in to the demo.
OFFICE = Actor(name="Wohnberatung", roles=frozenset({ADVISOR}))


def live_on(session: Store) -> bool:
    """Store everything once; False where it is there already or the groups are not. Flushes and never commits."""
    projects = {project.name: project for project in session.scalars(select(Project))}
    if not projects or session.scalar(select(Site.id).limit(1)) is not None:
        return False
    table = read_toml("initiatives.toml")
    names = {each["id"]: each["name"] for each in read_toml("organisations.toml")["organisation"]}
    for record in table["group"]:
        _group(session, projects[record["project"]], record)
    sites = {record["title"]: _site(session, record, names[record["organisation"]]) for record in table["site"]}
    ids = {title: site.id for title, site in sites.items()}
    bring_together(table, ids, projects, lambda project: _members(session, project)[0])
    return True


def _group(session: Store, project: Project, record: Record) -> None:
    save_project(project, costs=record["costs"].strip(), sharing=record["sharing"].strip())
    members = _members(session, project)
    acting = members[0] if members else OFFICE
    for meeting in record.get("date", ()):
        day = clock.today() + timedelta(days=meeting["in_days"])
        starts_at, ends_at = meetings.moments(
            day, time.fromisoformat(meeting["begins"]), time.fromisoformat(meeting["ends"])
        )
        words = {name: meeting.get(name, "") for name in ("title", "place", "note")}
        meetings.save_date(project.id, starts_at=starts_at, ends_at=ends_at, actor=acting, **words)
    for asked in record.get("enquiry", ()):
        _enquiry(project, asked, members)
    search = record["search"]
    save_search(project.id, search["requirement"], search["text"], active=True, actor=acting)


def _enquiry(project: Project, record: Record, members: list[Actor]) -> None:
    content = {name: record[name].strip() for name in ("called", "text", "name", "phone", "email") if name in record}
    enquiry, _token = joining.ask_to_join(
        project.id,
        content,
        consent=(CONSENT_VERSION, str(CONSENT_TEXT)),
        release_contact=record.get("released", False),
        actor=VISITOR,
    )
    if "answer" in record:
        joining.answer_enquiry(project.id, enquiry.id, record["answer"], enquiry.version, members[0])
    if "vote_days" in record:
        _vote(project, enquiry, record, members)


def _vote(project: Project, enquiry: JoinEnquiry, record: Record, members: list[Actor]) -> None:
    """Not everybody has voted yet."""
    last_day = clock.today() + timedelta(days=record["vote_days"])
    votes.open_vote(project.id, enquiry.id, last_day, members[0])
    for member, choice in zip(reversed(members), record["ballots"], strict=False):
        votes.cast_ballot(project.id, enquiry.id, choice, member)


def _site(session: Store, record: Record, owner: str) -> Site:
    organisation_id = session.scalars(select(Organisation.id).where(Organisation.name == owner)).one()
    texts = {name: record[name] for name in ("title", "description", "address")}
    site = save_site(organisation_id, texts, record["facts"], None)
    site.status = record["status"]
    site.published_at = clock.now() if site.status == "published" else None
    session.flush()
    return site


def _members(session: Store, project: Project) -> list[Actor]:
    """Who acts for the group, in the order in which they joined."""
    query = select(User.id).join(Membership).where(Membership.organisation_id == project.organisation_id)
    found = (load_actor(user_id) for user_id in session.scalars(query.order_by(User.created_at, User.email)))
    return [actor for actor in found if actor is not None]
