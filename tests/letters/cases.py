"""A case that a letter has something to tell of, and what an advisor fills in."""

from tests.brokerage.cases import BALCONY, DOOR
from tests.cases.factories import make_case
from tests.factories import make_request
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core import clock
from wohnberatung.measures.services.measures import add_goal, add_measure
from wohnberatung.seeding.homes import fill_tables
from wohnberatung.surveys.services.surveys import begin_survey, load_survey, save_room

GIVEN = {"recipient": "Erika Beispiel\nElbweg 1", "salutation": "Guten Tag,", "written": "Erster Satz.\n\nZweiter."}
MEASURE = {
    "title": "Neue Dusche",
    "kind": "adaptation",
    "option": "level_shower",
    "programs": ["sgb11_40_4"],
    "consents": ["landlord"],
}


def words_in(parts):
    return " | ".join(str(value) for part in parts for key, value in part.items() if key != "kind")


def advised(me, **about):
    """A case with a goal, a measure and a surveyed home."""
    fill_tables()
    case = make_case(me, address="Elbweg 1, 01307 Dresden", **about)
    link_request(case, make_request(DOOR, BALCONY).request.receipt_number, me)
    add_goal(case, "Ich möchte allein duschen.")
    add_measure(case, MEASURE, me)
    row = begin_survey(case, me, surveyed_on=clock.today())
    save_room(load_survey(row.id, me), "rooms", {DOOR["key"]: 78}, "", version=0)
    return case
