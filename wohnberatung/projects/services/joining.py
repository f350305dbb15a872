"""People who would like to join a group: asked in public, sealed, read by the group and the office, answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import MESSAGE
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import free_receipt_number, hash_token, new_id, new_token
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.services.provider_desk import address_of
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import NOTHING_ELSE, await_release, queue_mail, release_waiting
from wohnberatung.privacy.encryption import new_person_key
from wohnberatung.projects.models import JoinEnquiry, JoinEnquiryState, Project
from wohnberatung.projects.services.projects import get_project, own_project
from wohnberatung.projects.steps import ANSWER, JOIN_STEPS, RELEASE, WRITE

CONTACT = ("name", "phone", "email")
GROUP, PERSON, OFFICE = "group", "person", "office"
PARTIES = {GROUP: Party.GROUP, PERSON: Party.SEEKER, OFFICE: Party.OFFICE}


@dataclass(frozen=True)
class JoinMessage:
    """One line of the dialogue; `by` is group, person or office."""

    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class OpenedEnquiry:
    """An enquiry as somebody may read it: `contact` is empty for a group that it was not released to."""

    enquiry: JoinEnquiry
    called: str
    text: str
    contact: dict[str, str]
    messages: tuple[JoinMessage, ...]


RECEIPT = "join_received"


def ask_to_join(
    project_id: str,
    content: Mapping[str, str],
    *,
    consent: tuple[str, str],
    release_contact: bool = False,
    language: str = "de",
    held_for: HoldReason | None = None,
    actor: Actor,
) -> tuple[JoinEnquiry, str]:
    """Store it sealed; returns it with the secret of its link. `consent` is (version, text) of what was agreed to.
    Raises NotFound where the project is not public."""
    project = get_project(project_id, actor)
    if not project.published:
        raise NotFound(_("Dieses Projekt gibt es nicht."))
    token = new_token()
    enquiry = JoinEnquiry(
        id=new_id(),
        project=project,
        receipt_number=free_receipt_number(JoinEnquiry.receipt_number, "MW"),
        token_hash=hash_token(token),
        state=JoinEnquiryState.QUARANTINED if held_for else JoinEnquiryState.OPEN,
        held_for=held_for,
        language=language,
        person_key=new_person_key(),
        contact_released_at=clock.now() if release_contact else None,
    )
    enquiry.consent_version, enquiry.consent_text = consent
    enquiry.plain_content = dict(content)
    db.session.add(enquiry)
    db.session.flush()
    write_to(enquiry, RECEIPT, token=token)
    tell_group(enquiry)
    return enquiry, token


def open_enquiries(project: Project) -> int:
    """How many wait for the group."""
    waits = (JoinEnquiry.project_id == project.id) & (JoinEnquiry.state == JoinEnquiryState.OPEN)
    return db.session.scalar(select(func.count()).select_from(JoinEnquiry).where(waits)) or 0


def enquiries_of(project_id: str, actor: Actor) -> list[OpenedEnquiry]:
    """For the group's members and the office, open ones first. What looks like spam is for the office alone."""
    project = own_project(project_id, actor)
    waits = JoinEnquiry.state != JoinEnquiryState.OPEN
    query = _loaded().where(JoinEnquiry.project_id == project.id).order_by(waits, JoinEnquiry.created_at.desc())
    if not actor.is_staff:
        query = query.where(JoinEnquiry.state != JoinEnquiryState.QUARANTINED)
    return [opened(enquiry, actor) for enquiry in db.session.scalars(query)]


def enquiries_for_office(actor: Actor, number: int = 1) -> Page[JoinEnquiry]:
    """Of all projects: what looks like spam first, then what waits for a group, the longest waiting on top."""
    only_office(actor)
    waiting = (JoinEnquiryState.QUARANTINED, JoinEnquiryState.OPEN)
    query = _loaded().where(JoinEnquiry.state.in_(waiting))
    return paginate(db.session, query.order_by(JoinEnquiry.state.desc(), JoinEnquiry.created_at), number)


def load_enquiry(project_id: str, enquiry_id: str, actor: Actor) -> OpenedEnquiry:
    """NotFound for strangers, and for the group while the office has not looked at what seems to be spam."""
    own_project(project_id, actor)
    enquiry = db.session.scalar(_loaded().where(JoinEnquiry.id == enquiry_id))
    hidden = enquiry is not None and enquiry.state == JoinEnquiryState.QUARANTINED and not actor.is_staff
    if enquiry is None or enquiry.project_id != project_id or hidden:
        raise NotFound(_("Diese Anfrage gibt es nicht (mehr)."))
    return opened(enquiry, actor)


def answer_enquiry(project_id: str, enquiry_id: str, text: str, version: int | None, actor: Actor) -> None:
    """Write to the person; they read it by their link. Conflict where somebody else was faster."""
    enquiry = load_enquiry(project_id, enquiry_id, actor).enquiry
    check_version(enquiry, version, submitted={str(_("Ihre Antwort")): text})
    say(enquiry, GROUP if actor.belongs_to(enquiry.project.organisation_id) else OFFICE, text)


def release_enquiry(project_id: str, enquiry_id: str, actor: Actor) -> JoinEnquiry:
    """The office says that it is no spam: the group sees it now."""
    enquiry = load_enquiry(project_id, enquiry_id, actor).enquiry
    only_office(actor)
    if enquiry.state == JoinEnquiryState.QUARANTINED:
        JOIN_STEPS.take(enquiry, RELEASE, by=Party.OFFICE)
        enquiry.held_for = None
        db.session.flush()
        release_waiting(enquiry.person_key)
        tell_group(enquiry)
    return enquiry


def steps_of(enquiry: JoinEnquiry, party: Party) -> dict[str, Step[JoinEnquiry]]:
    """What this party may do with it now, by key: its buttons and forms."""
    return {step.key: step for step in JOIN_STEPS.offered(enquiry, party)}


def say(enquiry: JoinEnquiry, by: str, text: str) -> None:
    """Add a line to the dialogue and tell the other side that there is one; whose turn it is follows from who wrote.
    Raises as `StepTable.check` does, DomainError on `text`."""
    if not text.strip() or len(text) > MESSAGE:
        raise DomainError(
            _("Bitte schreiben Sie einen Text mit höchstens %(most)s Zeichen.", most=format_decimal(MESSAGE)), "text"
        )
    JOIN_STEPS.take(enquiry, WRITE if by == PERSON else ANSWER, by=PARTIES[by])
    lines = [*_lines(enquiry), {"by": by, "text": text.strip(), "at": clock.now().isoformat()}]
    enquiry.plain_messages = lines
    enquiry.closed_at = None if by == PERSON else clock.now()
    db.session.flush()
    if by == PERSON:
        tell_group(enquiry)
    else:
        write_to(enquiry, "join_news")


def tell_group(enquiry: JoinEnquiry) -> None:
    """That somebody has written, and where to read it; nothing where it may be spam."""
    address = address_of(enquiry.project.organisation_id)
    if address is not None and not enquiry.held_for:
        queue_mail("join_arrived", to=address, in_dialogue=True, project_id=enquiry.project_id, enquiry_id=enquiry.id)


def opened(enquiry: JoinEnquiry, actor: Actor | None = None) -> OpenedEnquiry:
    """As this person may read it; None is the person who wrote it."""
    content = enquiry.plain_content
    may_know = actor is None or actor.is_staff or enquiry.contact_released_at is not None
    contact = {name: content[name] for name in CONTACT if content.get(name)} if may_know else {}
    messages = (JoinMessage(line["by"], line["text"], datetime.fromisoformat(line["at"])) for line in _lines(enquiry))
    return OpenedEnquiry(enquiry, content.get("called", ""), content.get("text", ""), contact, tuple(messages))


def write_to(enquiry: JoinEnquiry, template: str, **values: object) -> bool:
    """Queue a mail to the person, if they left an address and nobody doubts it is theirs; whether there is one. The
    receipt, which alone holds the link, waits where the enquiry does."""
    email = opened(enquiry).contact.get("email")
    if not email or (enquiry.held_for and template != RECEIPT):
        return False
    mail = queue_mail(
        template,
        to=email,
        language=enquiry.language,
        person_key=enquiry.person_key,
        in_dialogue=template != RECEIPT,
        instead=NOTHING_ELSE,
        receipt_number=enquiry.receipt_number,
        **values,
    )
    if enquiry.held_for:
        await_release(mail)
    return True


def _lines(enquiry: JoinEnquiry) -> list[dict[str, str]]:
    return enquiry.plain_messages or []


def _loaded() -> Select[Any]:
    options = (joinedload(JoinEnquiry.project), joinedload(JoinEnquiry.vote))
    return select(JoinEnquiry).options(*options)
