"""Pages of appointments: booking, one's own appointment by link, the office's calendar and its hours."""

from flask import Blueprint

blueprint = Blueprint("appointments", __name__)

# The pages hang themselves on the blueprint above.
from wohnberatung.appointments.views import booking, calendar, my_appointment, office
