"""What is counted for planning: by the engine, of whom may be counted, frozen once a month."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import select

from tests.brokerage.cases import home
from tests.brokerage.ways import on_the_way
from tests.cases.factories import make_advisor, make_case
from tests.factories import make_dwelling, make_offer, make_request
from tests.planning.snapshots import exact_of, published_of, taken
from wohnberatung.cases.services.consultations import Talk, record_consultation
from wohnberatung.cases.services.handover import set_blocked
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core import clock
from wohnberatung.extensions import db
from wohnberatung.jobs import services as jobs
from wohnberatung.jobs import worker
from wohnberatung.planning.models import PlanningSnapshot
from wohnberatung.planning.services import snapshots
from wohnberatung.planning.services.brokering import class_of_days
from wohnberatung.planning.services.tables import CubeTable, TableRow
from wohnberatung.planning.services.works_value import worth_of
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.reconfirmation import erase_request

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
HERE = {"key": "district", "wanted": ["06", "07"], "importance": "must"}


def rent(limit: int) -> dict[str, Any]:
    return {"key": "rent_warm_eur", "wanted": limit, "importance": "must"}


def test_needs_are_counted_as_the_engine_finds_homes_for_them(session: Any) -> None:
    make_offer(make_dwelling(district="06", level="measured", inner_door_clear_width_cm=95), rent_warm_eur=550)
    make_request(DOOR, HERE, rent(600), profiles=("wheelchair",), household={"persons": 2})
    make_request(DOOR, rent(400), household={"persons": 7})
    make_request(rent(500))
    snapshot = taken()
    places = exact_of(snapshot, "stadtteile")
    assert (places["*"], places["06"], places["07"]) == ([3, 1, 1], [1, 1, 1], [1, 1, 1])
    assert places["any"] == [2, 0, 0]
    needs = exact_of(snapshot, "bedarf")
    assert (needs["wheelchair|*"], needs["none|any"]) == ([1, 1, 1], [2, 0, 0])
    assert exact_of(snapshot, "merkmale")["inner_door_clear_width_cm|*"] == [2, 1, 1]
    households = exact_of(snapshot, "haushalte")
    assert (households["2|600"], households["5|400"], households["unknown|500"]) == ([1, 1, 1], [1, 0, 0], [1, 0, 0])


def test_what_alone_stands_in_the_way_is_counted(session: Any) -> None:
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=95), rent_warm_eur=550)
    make_request(DOOR, rent(400))
    make_request(DOOR, rent(600))
    hurdles = exact_of(taken(), "vergeblich")
    assert (hurdles["rent_warm_eur"], hurdles["*"]) == ([1], [1])
    assert "inner_door_clear_width_cm" not in hurdles


def test_who_did_not_agree_and_who_is_blocked_is_nowhere_in_it(session: Any) -> None:
    anna, bert = make_advisor("Anna"), make_advisor("Bert")
    for number in range(3):
        submitted = make_request(rent(600), profiles=("wheelchair",))
        if number == 0:
            withdraw_consent(submitted.request, Purpose.MATCHING)
        elif number == 1:
            submitted.request.blocked_at = clock.now()
        else:
            hidden = make_case(bert)
            link_request(hidden, submitted.request.receipt_number, bert)
            record_consultation(hidden, Talk("phone", 12), bert)
            set_blocked(hidden, True, version=hidden.version, actor=bert)
    seen = make_case(anna)
    record_consultation(seen, Talk("phone", 12), anna)
    snapshot = taken()
    assert exact_of(snapshot, "bedarf") == {}
    assert exact_of(snapshot, "themen")["*|*"] == [1]


def test_talks_count_people_by_the_codes_of_the_office(session: Any) -> None:
    anna = make_advisor()
    case, other = make_case(anna), make_case(anna)
    for _call in range(2):
        record_consultation(case, Talk("phone", 10), anna)
    record_consultation(other, Talk("phone", 10), anna)
    assert exact_of(taken(), "anlaesse") == {"unknown|unknown": [2], "unknown|*": [2], "*|unknown": [2], "*|*": [2]}


def test_matches_tell_how_far_they_came_and_how_long_it_took(session: Any) -> None:
    on_the_way("offer", "interested", offer=home())
    snapshot = taken()
    outcomes = exact_of(snapshot, "ergebnisse")
    assert (outcomes["offered"], outcomes["interested"], outcomes["*"]) == ([1], [1], [1])
    assert exact_of(snapshot, "dauer")["answer|7"] == [1]


@pytest.mark.parametrize(("days", "name"), [(0, "7"), (7, "7"), (8, "14"), (90, "90"), (400, "more")])
def test_durations_are_told_in_classes(days: int, name: str) -> None:
    assert class_of_days(days) == name


def test_what_is_known_of_homes_is_counted_by_where_it_is_known_from(session: Any) -> None:
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=95))
    make_offer(make_dwelling(level="claimed", inner_door_clear_width_cm=95))
    make_offer()
    stock = exact_of(taken(), "bestand")
    key = "inner_door_clear_width_cm"
    assert [stock.get(f"{key}|{level}") for level in ("measured", "stated", "claimed", "unknown", "*")] == [
        [1],
        None,
        [1],
        [1],
        [3],
    ]


def test_a_month_is_taken_once_by_the_worker_and_stays_when_people_are_erased(session: Any) -> None:
    requests = [make_request(rent(600)).request for _number in range(12)]
    db.session.commit()
    jobs.enqueue("planning_figures")
    db.session.commit()
    worker.do_due()
    (snapshot,) = db.session.scalars(select(PlanningSnapshot))
    before = exact_of(snapshot, "stadtteile"), published_of(snapshot, "stadtteile")
    for request in requests:
        erase_request(db.session.get_one(HousingRequest, request.id))
    db.session.commit()
    assert snapshots.take_snapshot() is None
    assert (exact_of(snapshot, "stadtteile"), published_of(snapshot, "stadtteile")) == before
    assert before[0]["*"] == [12, 0, 0]


def test_exact_figures_are_forgotten_and_published_ones_stay(session: Any) -> None:
    for _number in range(30):
        make_request(rent(600))
    snapshot = taken()
    published = published_of(snapshot, "stadtteile")
    assert published["*"][0] >= 10
    assert list(db.session.scalars(snapshots.exact_before(clock.now() - timedelta(days=1)))) == []
    for cube in db.session.scalars(snapshots.exact_before(clock.now() + timedelta(days=1))).all():
        snapshots.forget_exact(cube)
    assert exact_of(snapshot, "stadtteile") == {}
    assert published_of(snapshot, "stadtteile") == published


def test_a_new_home_helps_those_for_whom_there_is_nothing(session: Any) -> None:
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=60), rent_warm_eur=550)
    make_request(DOOR)
    make_request(rent(600))
    units = exact_of(taken(), "eine-mehr")
    assert (units["wheelchair|*"], units["wheelchair|any"], units["*|*"]) == ([1], [1], [1])
    assert "walker|*" not in units, "its doors are narrower"


def test_single_works_that_would_do_are_counted_and_held_against_their_price(session: Any) -> None:
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=80, shower_level=False))
    shower = {"key": "shower_level", "wanted": True, "importance": "must"}
    make_request(DOOR)
    make_request(shower)
    make_request(DOOR, shower)
    make_request({"key": "inner_door_clear_width_cm", "wanted": 80, "importance": "must"})
    works = exact_of(taken(), "umbauten")
    assert works == {"widen_door": [1], "level_shower": [1], "*": [2]}
    row = TableRow("Tür verbreitern", (40,))
    table = SimpleNamespace(rows=(row, TableRow("Bodengleiche Dusche einbauen", (0,))))
    (worth,) = worth_of(cast(CubeTable, table))
    assert (worth.households, worth.cost) == (40, "1.500 € – 3.000 €")
    assert (round(worth.least, 2), round(worth.most, 2)) == (3.33, 6.67)
