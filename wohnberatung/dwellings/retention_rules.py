"""How long links in mails to providers are kept."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.dwellings.models import AvailabilityLink
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import Rule

RULES = (
    Rule(
        "availability_links",
        _l("Links, mit denen Anbieter Angebote bestätigen"),
        _l("löschen"),
        0,
        lambda now: select(AvailabilityLink).where(AvailabilityLink.valid_until < now),
        db.session.delete,
    ),
)
