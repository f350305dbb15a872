"""Pages of resources: for everybody, for who wrote an entry or asks for contact, for organisations and the office."""

from flask import Blueprint

from wohnberatung.bridge.neighbour_resources import kind_label
from wohnberatung.bridge.weekly_hours import DAY_LABELS, WEEKDAYS, closure_words, weekly_words
from wohnberatung.resources.services.homeshare import help_near, homes_near, places_for_homeshare

blueprint = Blueprint("resources", __name__)


def weekday(day: object) -> str:
    """Of a date, in the language being read."""
    return str(DAY_LABELS[WEEKDAYS[day.weekday()]])  # type: ignore[attr-defined]


blueprint.add_app_template_global(kind_label, "resource_kind_label")
blueprint.add_app_template_global(weekly_words)
blueprint.add_app_template_global(closure_words)
blueprint.add_app_template_global(weekday, "weekday_name")
# Hours of help are given for a room as well: both pages lead to each other.
blueprint.add_app_template_global(help_near)
blueprint.add_app_template_global(homes_near)
blueprint.add_app_template_global(places_for_homeshare)

# The pages hang themselves on the blueprint above.
from wohnberatung.resources.views import desk, mine, public
