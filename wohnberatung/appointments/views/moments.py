"""How moments and days stand in the addresses of these pages."""

from datetime import UTC, date, datetime

from flask import abort

from wohnberatung.appointments.views import blueprint

_WRITTEN = "%Y%m%dT%H%MZ"


@blueprint.app_template_filter("slot_word")
def slot_word(moment: datetime) -> str:
    """A moment as it stands in an address: in UTC, so that it means one moment on every day of the year."""
    return moment.astimezone(UTC).strftime(_WRITTEN)


def moment_in(word: str) -> datetime:
    """The moment again; 404 for what is none."""
    try:
        return datetime.strptime(word, _WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        abort(404)


def day_in(text: str | None, otherwise: date) -> date:
    """A day of the query, ISO; what is none counts as not given."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return found if 2000 <= found.year <= 2100 else otherwise
