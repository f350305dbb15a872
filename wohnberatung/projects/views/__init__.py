"""Pages of shared living: for everybody, for people who would like to join, for a group's own desk, for the office."""

from wohnberatung.projects.views import dates, desk, enquiries, files, joining, mine, places, public, rooms
from wohnberatung.projects.views.blueprint import blueprint

__all__ = ["blueprint", "dates", "desk", "enquiries", "files", "joining", "mine", "places", "public", "rooms"]
