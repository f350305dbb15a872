"""How long links to proposals are kept; the matches themselves go with their request."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.brokerage.models import MatchLink
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import Rule

RULES = (
    Rule(
        "match_links",
        _l("Links zu Vorschlägen, die nicht mehr gelten"),
        _l("löschen"),
        0,
        lambda now: select(MatchLink).where(MatchLink.valid_until < now),
        db.session.delete,
    ),
)
