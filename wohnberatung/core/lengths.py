"""How long texts may be: one number each for the column, the form field and the service."""

from flask_babel import format_decimal
from flask_babel import gettext as _

from wohnberatung.core.errors import DomainError

# What a picture shows, in words.
ALT = 300
# What somebody adds to a step: a reason, a remark.
NOTE = 2000
# What people write each other, and what they ask.
MESSAGE = 4000


def check_length(text: str, most: int, field: str) -> None:
    """DomainError at the field where the text is longer."""
    if len(text) > most:
        raise DomainError(_("Bitte kürzen Sie den Text auf %(most)s Zeichen.", most=format_decimal(most)), field)
