"""What somebody may ask a contact person about, and how soon they get an answer."""

from datetime import date, timedelta
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from wohnberatung.core.holidays import holiday_on
from wohnberatung.core.languages import Words

# Working days until a question must have its answer; the office promises it on the page.
ANSWERED_WITHIN = 5
_SATURDAY = 5


class ContactTopic(StrEnum):
    """A field of the office's work."""

    SEEKING = "seeking"
    ADAPTING = "adapting"
    OFFERING = "offering"
    SHARED = "shared"
    NEIGHBOURHOOD = "neighbourhood"


TOPIC_LABELS: dict[ContactTopic, Words] = {
    ContactTopic.SEEKING: _l("Eine Wohnung suchen"),
    ContactTopic.ADAPTING: _l("Eine Wohnung umbauen"),
    ContactTopic.OFFERING: _l("Eine Wohnung anbieten"),
    ContactTopic.SHARED: _l("Gemeinschaftlich wohnen"),
    ContactTopic.NEIGHBOURHOOD: _l("Nachbarschaft und Initiativen"),
}


def answer_due(asked_on: date) -> date:
    """The last working day on which the answer comes in time."""
    day, left = asked_on, ANSWERED_WITHIN
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY and holiday_on(day) is None
    return day
