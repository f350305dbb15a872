"""What is stored about a private person, told to them in full by their link (GDPR Articles 15 and 20). Times are ISO
8601 in UTC."""

from wohnberatung.core import clock
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.resources.models import ContactRequest, ContactRequestState, Resource
from wohnberatung.resources.services.contact_requests import for_owner
from wohnberatung.resources.services.requests_of import requests_about


def told_of_resource(row: Resource) -> ExportedRecord:
    """An entry with the requests for contact that were passed on; of whoever asked no more than the page shows."""
    passed_on = [each for each in requests_about(row) if each.state != ContactRequestState.ASKED]
    return {
        "exported_at": clock.now().isoformat(),
        "side": str(row.side),
        "state": str(row.state),
        "title": row.title,
        "facts": {**row.resource_values(), **row.room_values()},
        "weekly": list(row.weekly),
        "closures": list(row.closures),
        "requirements": list(row.requirements),
        "contact": dict(row.plain_contact or {}),
        "consent": {"version": row.consent_version, "text": row.consent_text, "given_at": row.created_at.isoformat()},
        "language": row.language,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
        "confirmed_at": row.confirmed_at.isoformat(),
        "contact_requests": [_request(each, for_owner(each).contact, "owner") for each in passed_on],
    }


def told_of_request(row: ContactRequest) -> ExportedRecord:
    """What somebody asked, and what was told to the other side."""
    content = row.plain_content
    return {
        "exported_at": clock.now().isoformat(),
        "about": row.resource.title,
        "content": dict(content),
        "consent": {"version": row.consent_version, "text": row.consent_text, "given_at": row.created_at.isoformat()},
        "language": row.language,
        **_request(row, {}, "asker"),
    }


def _request(row: ContactRequest, contact: dict[str, str], side: str) -> ExportedRecord:
    return {
        "state": str(row.state),
        "message": row.plain_content["message"],
        "contact": contact,
        "told_to_the_other_side": list(row.released.get(side, ())),
        "released_at": row.released_at.isoformat() if row.released_at else None,
        "created_at": row.created_at.isoformat(),
    }
