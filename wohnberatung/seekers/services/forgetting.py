"""What goes when a consent goes: needs that tell about health, contact data, and every older version with them."""

from sqlalchemy import delete

from wohnberatung.bridge.presets import without_health
from wohnberatung.extensions import db
from wohnberatung.mail.services.personal import erase_mails
from wohnberatung.seekers.models import HousingRequest, Purpose, RequestVersion
from wohnberatung.seekers.services.drafts import end_changes
from wohnberatung.seekers.services.requests import change_request, contact_of, needs_of

# Parts of a stored contact that neither name nor reach anybody.
IMPERSONAL = ("note",)


def forget(request: HousingRequest, purpose: str) -> None:
    """Remove what only this consent allowed to keep."""
    if purpose == Purpose.HEALTH:
        change_request(request, version=request.version, needs=without_health(needs_of(request)))
    elif purpose == Purpose.CONTACT:
        contact = contact_of(request)
        kept = {name: contact[name] for name in IMPERSONAL if name in contact}
        change_request(request, version=request.version, contact=kept | {"reach": "none"})
        erase_mails(request.person_key)
    else:
        return
    end_changes(request)
    earlier = RequestVersion.number < request.version
    db.session.execute(delete(RequestVersion).where(RequestVersion.request_id == request.id, earlier))
