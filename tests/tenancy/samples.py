"""One record of every kind that an organisation owns, by the argument of the routes that lead to it.

**A new route with an id**: add the record to the function of its area below, or a new function with `@records`. The
key is the argument's name (`offer_id`), with the blueprint in front where two areas mean different things by it
(`projects.offer_id`). What is no id of a record goes to WORDS. Take drafts where there are any: strangers must not
see them by a public address either.
"""

import io
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from tests.brokerage.ways import on_the_way
from tests.contacts.persons import make_contact
from tests.cooperation.cases import opened
from tests.events.happenings import make_event, sign_up
from tests.factories import advisor, make_dwelling, make_offer, make_organisation, make_project, provider_of
from tests.noticeboard.notices import make_notice, make_report
from tests.people import make_user
from tests.pictures.drawings import drawn
from tests.planning.snapshots import make_report_of_year
from tests.providers.cases import TO_PRESENTED
from tests.viewings.cases import acquainted, in_days, reachable_home
from wohnberatung.accounts.models import Organisation, Passkey, User
from wohnberatung.accounts.services import invitations, organisations, people
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.services.task_steps import add_task
from wohnberatung.brokerage.task_kinds import TaskKind
from wohnberatung.cooperation.services.offered import declare_service
from wohnberatung.cooperation.services.tasks import add_task as add_joint_task
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.demand.models import OfferQuestion
from wohnberatung.directory.services.entries import begin_entry
from wohnberatung.events.models import EventState
from wohnberatung.events.steps import EVENT_STEPS
from wohnberatung.extensions import db
from wohnberatung.initiatives.services.initiatives import begin_initiative
from wohnberatung.initiatives.services.minutes import add_minutes
from wohnberatung.intake.recognise import recognise
from wohnberatung.intake.services.uploads import Sender, create_token, send
from wohnberatung.messages.services.conversations import write
from wohnberatung.network.services.consenting import Wording
from wohnberatung.network.services.consenting import answer as consent_to
from wohnberatung.network.services.introductions import ask_introduction
from wohnberatung.network.services.searches import save_search
from wohnberatung.network.services.sides import at_desk
from wohnberatung.network.services.sites import publish_site, save_site
from wohnberatung.network.services.thread import write as write_to_sides
from wohnberatung.noticeboard.services.reports import decide
from wohnberatung.pictures.received import ReceivedFile, ReceivedType
from wohnberatung.pictures.services import add_pictures
from wohnberatung.projects.services.joining import ask_to_join
from wohnberatung.projects.services.leaflets import add_file
from wohnberatung.projects.services.meetings import save_date
from wohnberatung.providers.models import DeletionRequest, GroupMember
from wohnberatung.providers.services.members import add_member
from wohnberatung.resources.models import ResourceState
from wohnberatung.resources.services.entries import enter
from wohnberatung.resources.steps import RESOURCE_STEPS
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.viewings.services.dates import propose

HOUR = timedelta(hours=1)
# Arguments that name no record, with a value that exists; an endpoint in front where the word depends on it.
WORDS: dict[str, str | int] = {
    "theme": "access",
    "key": "veroeffentlichen",
    "move": "vergeben",
    "projects.move_project move": "zeigen",
    "directory.move_entry move": "zeigen",
    "cooperation.move_task move": "erledigt",
    "events.move_event move": "zeigen",
    "events.move_date move": "absagen",
    "events.move_registration move": "abmelden",
    "noticeboard.move_notice move": "zeigen",
    "what": "aushang",
    "slug": "johannstadt-nord",
    "planning.move_report move": "veroeffentlichen",
    "year": 2026,
    "section": "bedarf",
    "resources.move_own move": "pausieren",
    "resources.ask_own kind": "room",
    "resources.enter_own kind": "room",
    "resources.ask_entry kind": "room",
    "resources.send_entry kind": "room",
    "side": "bieten",
    "step": "idee",
    "way": "bielefelder-modell",
    "brokerage.move_provider_task key": "tick",
    "cube": "bestand",
    "kind": "dwelling",
    "size": "klein",
    "form": "csv",
    "number": 1,
    "filename": "icon.svg",
    "word": "telefon",
    "address": "ja",
    "moment": "2026-12-01T10-00",
}
# Public on purpose, or checked by other means.
OPEN = {"mail.show_mail", "mail.show_html"}  # answer in the demo only, where all people are invented
# Brings two organisations together, so there is nothing of one's own alone to see.
BETWEEN_TWO = {"network.ask_introduction", "network.ask_initiatives"}


class Tenant(NamedTuple):
    """An organisation, its manager, and what it owns: id by argument."""

    organisation: Organisation
    user: User
    actor: Actor
    ids: dict[str, str]

    def value(self, endpoint: str, argument: str) -> str | None:
        return self.ids.get(f"{endpoint.partition('.')[0]}.{argument}") or self.ids.get(argument)


Records = Callable[[Tenant], Mapping[str, str]]
_RECORDS: list[Records] = []


def records(make: Records) -> Records:
    """A function that stores something of the tenant's and names its ids."""
    _RECORDS.append(make)
    return make


def make_tenant() -> Tenant:
    """An organisation with one record of every kind."""
    organisation = make_organisation(kind="initiative")
    user = make_user("provider", organisation_ids=[organisation.id])
    actor = people.load_actor(user.id)
    assert actor is not None
    tenant = Tenant(organisation, user, actor, {})
    add_records(tenant)
    return tenant


def add_records(tenant: Tenant) -> None:
    """One more record of every kind; the ids are those of the newest."""
    for make in _RECORDS:
        tenant.ids.update(make(tenant))


@records
def _accounts(tenant: Tenant) -> Mapping[str, str]:
    colleague = make_user("provider")
    organisations.add_member(colleague.id, tenant.organisation.id)
    db.session.expire_all()
    address = f"{colleague.id}@example.org"
    invitations.invite_member(tenant.organisation.id, tenant.actor, email=address, role="editor")
    invitation = invitations.pending_invitations(tenant.organisation.id, tenant.actor)[0]
    passkey = Passkey(
        user_id=tenant.user.id, credential_id=new_id(), public_key="AQ", sign_count=0, name="Laptop im Büro"
    )
    db.session.add(passkey)
    db.session.flush()
    named = {"user_id": colleague.id, "link_id": invitation.id, "passkey_id": passkey.id}
    return {"organisation_id": tenant.organisation.id, **named}


@records
def _brokerage(tenant: Tenant) -> Mapping[str, str]:
    """Somebody agreed that this provider is asked, and something is to be cleared up with them."""
    offer = make_offer(make_dwelling(tenant.organisation, level="measured", inner_door_clear_width_cm=95))
    match = on_the_way("offer", "interested", "share", "present", offer=offer)
    return {"task_id": add_task(match, TaskKind.DOCUMENTS, owner=Party.PROVIDER).id}


@records
def _dwellings(tenant: Tenant) -> Mapping[str, str]:
    offer = make_offer(make_dwelling(tenant.organisation), status="draft")
    picture = add_pictures("dwelling", offer.dwelling_id, [drawn((9, 9))], actor=tenant.actor)[0]
    question = OfferQuestion(offer_id=offer.id, key="has_lift", helps=1, gain=1.0)
    db.session.add(question)
    db.session.flush()
    return {
        "offer_id": offer.id,
        "dwelling_id": offer.dwelling_id,
        "pictures.subject_id": offer.dwelling_id,
        "picture_id": picture.id,
        "question_id": question.id,
    }


@records
def _projects(tenant: Tenant) -> Mapping[str, str]:
    project: Any = make_project(tenant.organisation)
    begins = clock.now() + timedelta(days=3)
    meeting = save_date(project.id, title="Treffen", starts_at=begins, ends_at=begins + HOUR, actor=tenant.actor)
    file = add_file(project.id, "Satzung", b"%PDF-1.7\n%%EOF\n", tenant.actor)
    said = {"called": "Erika", "text": "Ich komme gern."}
    enquiry, _token = ask_to_join(project.id, said, consent=("2026-11", "Ich willige ein."), actor=tenant.actor)
    place = make_offer(project=project, status="draft")
    project.published = False
    db.session.flush()
    return {
        "project_id": project.id,
        "projects.offer_id": place.id,
        "date_id": meeting.id,
        "file_id": file.id,
        "projects.enquiry_id": enquiry.id,
    }


@records
def _network(tenant: Tenant) -> Mapping[str, str]:
    """A draft, and another site whose owner was introduced to a third organisation and wrote to it."""
    texts = {"title": "Villa", "description": "", "address": ""}
    draft, shown = (save_site(tenant.organisation.id, texts, {"site_kind": "house"}, None) for _number in range(2))
    publish_site(shown.id, tenant.actor)
    group = make_organisation(kind="initiative")
    project = make_project(group)
    wanted = [{"key": "site_kind", "wanted": ["house"], "importance": "must"}]
    save_search(project.id, wanted, "", active=True, actor=provider_of(group))
    asked = ask_introduction(shown.id, project.id, "", advisor(), "Beide wollen ein Haus mit Garten.")
    for actor in (tenant.actor, provider_of(group)):
        wording = Wording("test", "Ja, ich möchte die anderen kennenlernen.")
        consent_to(at_desk(asked.id, actor), agrees=True, wording=wording, version=asked.version)
    file = ReceivedFile(ReceivedType.PDF, b"%PDF-1.7\n%%EOF\n", "Grundriss.pdf")
    message = write_to_sides(at_desk(asked.id, tenant.actor), "Anbei der Grundriss.", [file])
    return {
        "site_id": draft.id,
        "introduction_id": asked.id,
        "network.file_id": message.files[0].id,
        "other_id": make_project(tenant.organisation).id,
    }


@records
def _directory(tenant: Tenant) -> Mapping[str, str]:
    values = {"kind": "association", "name": "Verein Beispiel", "summary": "Wir laden ein.", "citywide": True}
    return {"directory.entry_id": begin_entry(values, tenant.actor).id}


@records
def _cooperation(tenant: Tenant) -> Mapping[str, str]:
    """A service of a draft, and a joint case in which the organisation has something to do."""
    entry_id = tenant.ids["directory.entry_id"]
    service = declare_service(entry_id, {"kind": "hospice", "laws": [], "capacity": "free"}, tenant.actor)
    together = opened(None, tenant.organisation)
    partner, joint = together.partners[0], together.joint
    task = add_joint_task(joint.id, "Zeiten vereinbaren", clock.today(), partner.id, tenant.actor)
    return {
        "cooperation.entry_id": entry_id,
        "service_id": service.id,
        "joint_id": joint.id,
        "partner_id": partner.id,
        "cooperation.task_id": task.id,
    }


@records
def _resources(tenant: Tenant) -> Mapping[str, str]:
    row = enter("gives", "room", {"title": "Saal", "facts": {}}, tenant.actor)
    RESOURCE_STEPS.put(row, ResourceState.WAITING)
    db.session.flush()
    return {"resource_id": row.id}


@records
def _initiatives(tenant: Tenant) -> Mapping[str, str]:
    """On the project of this tenant that was stored last, and as little public as that."""
    begun = begin_initiative(tenant.ids["project_id"], "", tenant.actor, aims="Wir wollen bleiben.")
    pdf = b"%PDF-1.7\n%%EOF\n"
    minutes = add_minutes(begun.slug, clock.today(), "Erstes Treffen", "Wir waren zu fünft.", pdf, tenant.actor)
    return {"initiative": begun.slug, "minutes_id": minutes.id}


@records
def _contacts(tenant: Tenant) -> Mapping[str, str]:
    """Whom everybody may ask belongs to nobody: one that is not shown, so that nobody is led there."""
    return {"contact_id": make_contact(active=False).id}


@records
def _planning(tenant: Tenant) -> Mapping[str, str]:
    """A draft of the office."""
    return {"planning.report_id": make_report_of_year().id}


@records
def _events(tenant: Tenant) -> Mapping[str, str]:
    """A draft to which somebody is expected all the same."""
    event, date = make_event(actor=tenant.actor)
    registration, _token = sign_up(date)
    EVENT_STEPS.put(event, EventState.DRAFT)
    db.session.flush()
    return {"event_id": event.id, "events.date_id": date.id, "registration_id": registration.id}


@records
def _noticeboard(tenant: Tenant) -> Mapping[str, str]:
    """A draft, and another notice that was taken down after a report."""
    draft, gone = make_notice(actor=tenant.actor, public=False), make_notice("Weg damit", actor=tenant.actor)
    report, _token = make_report(gone)
    decide(report.id, "entfernen", reason="Das ist verboten.", version=report.version, actor=advisor())
    return {"notice_id": draft.id, "noticeboard.subject_id": gone.id}


@records
def _providers(tenant: Tenant) -> Mapping[str, str]:
    """Somebody who was presented, and somebody of whom nothing may be known any more."""
    shown, gone = (on_the_way(*TO_PRESENTED, offer=make_offer(make_dwelling(tenant.organisation))) for _each in "ab")
    withdraw_consent(gone.request, "sharing")
    deletion = db.session.scalars(select(DeletionRequest).where(DeletionRequest.match_id == gone.id)).one()
    add_member(tenant.ids["project_id"], "Olga", "olga@example.org", tenant.actor)
    member = db.session.scalars(select(GroupMember).filter_by(project_id=tenant.ids["project_id"])).one()
    late = on_the_way(*TO_PRESENTED, offer=make_offer(make_dwelling(tenant.organisation)))
    take(locked(late.id), "unanswered", by=Party.SYSTEM)
    about = f"antwort-{late.events[-1].id}"
    return {"match_id": shown.id, "deletion_id": deletion.id, "member_id": member.id, "about": about}


@records
def _intake(tenant: Tenant) -> Mapping[str, str]:
    delivery = recognise("bestand.csv", io.BytesIO(b"Objektnummer;PLZ;Warmmiete\nA1;01307;500\n"))
    run = send(delivery, Sender.person(tenant.actor, tenant.organisation.id))
    token, _secret = create_token(tenant.organisation.id, tenant.actor, label="Abgleich", applies=False)
    return {"run_id": run.id, "token_id": token.id}


@records
def _viewings(tenant: Tenant) -> Mapping[str, str]:
    """Somebody who seeks has proposed a date, and the organisation is to choose."""
    pair = acquainted(reachable_home(tenant.organisation))
    propose(pair.seeker, [in_days(4)], version=0)
    file = ReceivedFile(ReceivedType.PDF, b"%PDF-1.7\n%%EOF\n", "Wohnung.pdf")
    message = write(pair.seeker, "provider", "Bis bald.", [file])
    return {
        "viewings.match_id": pair.match.id,
        "messages.match_id": pair.match.id,
        "messages.file_id": message.files[0].id,
    }
