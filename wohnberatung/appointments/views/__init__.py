"""Pages of appointments: booking, one's own appointment by link, the office's calendar and its hours."""

from wohnberatung.appointments.views import booking, calendar, hours, mine, office
from wohnberatung.appointments.views.blueprint import blueprint

__all__ = ["blueprint", "booking", "calendar", "hours", "mine", "office"]
