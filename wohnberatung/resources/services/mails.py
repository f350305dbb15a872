"""What people are told by mail: that there is something to read under their link, never what it says."""

from wohnberatung.dwellings.services.provider_desk import address_of
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.resources.models import ContactRequest, Resource


def address_of_owner(row: Resource) -> str:
    """Where a private person or an organisation reads mail; empty where nobody knows, and for the office's own."""
    if row.is_private:
        contact = row.plain_contact
        return contact["email"] if contact else ""
    return (address_of(row.organisation_id) or "") if row.organisation_id else ""


def tell_owner(row: Resource, template: str, token: str) -> None:
    """A private person gets a link; an organisation opens the page with its account."""
    db.session.flush()
    if address := address_of_owner(row):
        queue_mail(
            template,
            to=address,
            language=row.language,
            person_key=row.person_key,
            in_dialogue=template != "resource_received",
            token=token,
            resource_id=row.id,
            title=row.title,
            state=str(row.state),
        )


def tell_asker(row: ContactRequest, template: str, token: str = "") -> None:
    """Whoever asked for contact, where they left an address. Their link they have from the first mail."""
    if address := row.plain_content.get("email"):
        queue_mail(
            template,
            to=address,
            language=row.language,
            person_key=row.person_key,
            in_dialogue=template != "contact_request_received",
            token=token,
            title=row.resource.title,
            state=str(row.state),
        )
