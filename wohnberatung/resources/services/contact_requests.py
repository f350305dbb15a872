"""Contact with a private person: asked for at the office, read by it, passed on without a name, and released to both
sides once the other one agrees as well. Whoever withdraws ends it, and nothing is shown any more."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db
from wohnberatung.privacy import audit
from wohnberatung.privacy.encryption import new_person_key
from wohnberatung.resources.models import ContactRequest, ContactRequestState, PersonContact, Resource
from wohnberatung.resources.services.entries import give_link, public_resource
from wohnberatung.resources.services.mails import tell_asker, tell_owner
from wohnberatung.resources.steps import REQUEST_STEPS

CONTACT = ("name", "phone", "email")


@dataclass(frozen=True)
class ContactSheet:
    """One request as one side may see it: its text, and the `contact` of the other side once it is released; `told` are
    the names of what the other side sees of one's own. `steps` are the buttons."""

    request: ContactRequest
    message: str
    contact: dict[str, str]
    told: tuple[str, ...]
    steps: tuple[Step[ContactRequest], ...]


def ask_contact(
    resource_id: str,
    contact: PersonContact,
    message: str,
    *,
    consent: tuple[str, str],
    language: str,
    held_for: HoldReason | None,
) -> tuple[ContactRequest, str]:
    """Store it sealed, for the office to read first; returns it with the secret of its link. Raises NotFound for what
    is not public, Conflict where whoever offers it says in public how to reach them."""
    resource = public_resource(resource_id)
    if not resource.is_private:
        raise Conflict(_("Hier steht auf der Seite, wie Sie Kontakt aufnehmen."))
    token = new_token()
    row = ContactRequest(id=new_id(), resource=resource, person_key=new_person_key(), token_hash=hash_token(token))
    row.language, row.held_for, row.released = language, held_for, {}
    row.consent_version, row.consent_text = consent
    row.plain_content = {name: str(said) for name, said in contact.items()} | {"message": message.strip()}
    db.session.add(row)
    db.session.flush()
    if not held_for:
        tell_asker(row, "contact_request_received", token)
    return row, token


def request_by_link(token: str) -> ContactRequest:
    """For whoever asked; NotFound once it is erased."""
    row = db.session.scalar(_loaded().where(ContactRequest.token_hash == hash_token(token)))
    if row is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return row


def request_about(resource: Resource, request_id: str) -> ContactRequest:
    """Of this entry, and passed on to whose it is; NotFound else."""
    row = db.session.scalar(_loaded().where(ContactRequest.id == request_id))
    if row is None or row.resource_id != resource.id or row.state == ContactRequestState.ASKED:
        raise _gone()
    return row


def request_at_office(request_id: str, actor: Actor) -> ContactRequest:
    """Forbidden for everybody but the office, NotFound where there is none."""
    only_office(actor)
    row = db.session.scalar(_loaded().where(ContactRequest.id == request_id))
    if row is None:
        raise _gone()
    return row


def move_request(row: ContactRequest, key: str, party: Party, *, version: int | None, actor: Actor | None) -> None:
    """Go a step; the same step twice is one. At the step by which both agree, what is told to whom is written down.
    Raises as `StepTable.check` does, Conflict where the form was made from another version."""
    if REQUEST_STEPS.is_done(row, key, party):
        return
    if version is not None:
        check_version(row, version)
    step = REQUEST_STEPS.take(row, key, by=party)
    if row.state == ContactRequestState.RELEASED:
        row.released_at = clock.now()
        row.released = {"asker": _named(_of_asker(row)), "owner": _named(_of_owner(row))}
    row.held_for = None
    db.session.flush()
    if actor is not None:
        audit.record(
            "introduced" if row.state == ContactRequestState.RELEASED else "read",
            f"{row.__tablename__}|{row.id}",
            actor,
        )
    if step.told == "contact_asked":
        tell_owner(row.resource, step.told, give_link(row.resource))
    elif step.told:
        tell_asker(row, step.told)


def for_asker(row: ContactRequest) -> ContactSheet:
    """As whoever asked sees it by their link."""
    return _sheet(row, Party.SEEKER, _of_owner(row), "asker")


def for_owner(row: ContactRequest) -> ContactSheet:
    """As the other side sees it: the text, and who it is from once both agree."""
    return _sheet(row, Party.PROVIDER, _of_asker(row), "owner")


def for_office(row: ContactRequest) -> ContactSheet:
    """The office knows both sides: it has to bring them together."""
    content = row.plain_content
    return ContactSheet(
        row, content["message"], _of_asker(row), tuple(row.released.get("asker", ())),
        REQUEST_STEPS.offered(row, Party.OFFICE),
    )  # fmt: skip


def open_requests(actor: Actor) -> list[ContactRequest]:
    """Those that the office has to read, the longest waiting first. Forbidden for everybody else."""
    only_office(actor)
    asked = _loaded().where(ContactRequest.state == ContactRequestState.ASKED)
    return list(db.session.scalars(asked.order_by(ContactRequest.created_at, ContactRequest.id)))


def _sheet(row: ContactRequest, party: Party, other: dict[str, str], side: str) -> ContactSheet:
    met = row.state == ContactRequestState.RELEASED
    told = tuple(row.released.get(side, ()))
    steps = REQUEST_STEPS.offered(row, party)
    return ContactSheet(row, row.plain_content["message"], other if met else {}, told, steps)


def _of_asker(row: ContactRequest) -> dict[str, str]:
    return {name: row.plain_content[name] for name in CONTACT if row.plain_content.get(name)}


def _of_owner(row: ContactRequest) -> dict[str, str]:
    contact = dict(row.resource.plain_contact or {}) if row.resource.is_private else {}
    return {name: str(contact[name]) for name in CONTACT if contact.get(name)}


def _named(contact: dict[str, str]) -> list[str]:
    return [name for name in CONTACT if name in contact]


def _loaded() -> Select[ContactRequest]:
    resource = joinedload(ContactRequest.resource)
    return select(ContactRequest).options(
        resource.joinedload(Resource.person_key), joinedload(ContactRequest.person_key)
    )


def _gone() -> NotFound:
    return NotFound(_("Diese Anfrage gibt es nicht."))
