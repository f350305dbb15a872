"""Pictures about a person go with that person's key; all others go with what they belong to."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.pictures.models import Picture
from wohnberatung.pictures.services.changing import remove
from wohnberatung.privacy.models import PersonKey
from wohnberatung.privacy.retention import Rule

RULES = (
    Rule(
        "sealed_pictures",
        _l("Bilder zu Personen, deren Daten gelöscht sind"),
        _l("löschen"),
        0,
        lambda now: select(Picture).join(PersonKey).where(PersonKey.destroyed_at < now),
        remove,
    ),
)
