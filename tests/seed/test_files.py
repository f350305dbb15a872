"""The invented city: made the same each time, valid in every value, lifelike, and nobody in it exists."""

from collections import Counter
from typing import Any

import pytest

from matching.catalogue import HOMES
from matching.facts import FactError
from matching.neighbourhoods import DRESDEN
from matching.profiles import PROFILES
from seed_data.files import FOLDER, read_lines, read_toml
from seed_data.generate import generated
from seed_data.making.people import OLDER, SURNAMES, YOUNGER
from wohnberatung.bridge.request_form import tells_about_health

Record = dict[str, Any]
MEGABYTE = 1024 * 1024
OLD_HOUSES_UNTIL = 1918

DWELLINGS = read_lines("dwellings.jsonl")
REQUESTS = read_lines("requests.jsonl")
PROJECTS = read_toml("projects.toml")["project"]
ORGANISATIONS = {record["id"]: record for record in read_toml("organisations.toml")["organisation"]}
PEOPLE = read_toml("accounts.toml")["account"]
HOMES_OF_PROJECTS = [home for project in PROJECTS for home in project.get("home", ())]
PLACES = [place for project in PROJECTS for place in project["place"]]


def everything_said_about_dwellings() -> list[list[Record]]:
    return [record["facts"] for record in DWELLINGS] + [home["said"] for home in HOMES_OF_PROJECTS]


def known(said: list[Record], *levels: str) -> Record:
    return {key: value for one in said if not levels or one["level"] in levels for key, value in one["facts"].items()}


def demands() -> list[tuple[Record, Record, Record]]:
    """(organisation, project or nothing, demand) of every offer."""
    of_dwellings = [(ORGANISATIONS[r["organisation"]], {}, d) for r in DWELLINGS for d in r["offer"]["demands"]]
    return of_dwellings + [
        (ORGANISATIONS[project["organisation"]], project, demand)
        for project in PROJECTS
        for place in project["place"]
        for demand in place["demands"]
    ]


def test_a_place_asks_for_as_many_hours_as_the_sheet_of_its_project_says() -> None:
    keys = ("community_hours_month", "help_hours_month")
    asked = [
        (place["title"], demand["key"], demand["wanted"], said)
        for project in PROJECTS
        for place in project["place"]
        for demand in place["demands"]
        if demand["key"] in keys and (said := (project["facts"] | place["facts"]).get(demand["key"])) is not None
    ]
    assert asked
    assert [each for each in asked if each[2] != each[3]] == []


@pytest.mark.parametrize("name", ["dwellings.jsonl", "requests.jsonl", "openimmo_beispiel.zip"])
def test_making_a_file_anew_changes_nothing(name: str) -> None:
    committed = (FOLDER / name).read_bytes()
    assert generated()[name] == committed, "run: python -m seed_data.generate"


def test_the_city_has_the_agreed_size() -> None:
    assert len(DWELLINGS) + len(HOMES_OF_PROJECTS) == 350
    assert len(REQUESTS) == 140
    assert len(PROJECTS) == 12
    assert 13 <= len(ORGANISATIONS) <= 20
    assert sum("provider" not in person["roles"] for person in PEOPLE) == 5
    assert (
        sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file() and file.suffix != ".pyc")
        < 1.5 * MEGABYTE
    )


def test_every_value_is_one_the_catalogue_takes() -> None:
    said = [(facts, "dwelling") for record in everything_said_about_dwellings() for facts in record]
    said += [(facts, "offer") for record in DWELLINGS for facts in record["offer"]["facts"]]
    said += [(place, "offer") for place in PLACES] + [(project, "project") for project in PROJECTS]
    for record, owner in said:
        for key, value in record["facts"].items():
            fact = HOMES.fact(key)
            assert fact.owner == owner, key
            assert fact.read(value) is not None, key


def test_every_demand_and_every_requirement_can_be_asked() -> None:
    for _organisation, _project, demand in demands():
        HOMES.demand_criterion(demand["key"]).read_wanted(demand["wanted"])
    for record in REQUESTS:
        keys = [asked["key"] for asked in record["needs"]["requirements"]]
        assert len(keys) == len(set(keys)), record["id"]
        for asked in record["needs"]["requirements"]:
            try:
                HOMES.criterion(asked["key"]).read_wanted(asked["wanted"])
            except FactError as error:
                pytest.fail(f"{record['id']}: {error}")
        for key, value in record["needs"]["household"].items():
            assert HOMES.household_fact(key).read(value) is not None


def test_a_tenth_of_the_dwellings_is_surveyed_and_little_is_known_of_the_rest() -> None:
    said = everything_said_about_dwellings()
    surveyed = [record for record in said if known(record, "measured")]
    assert 0.08 <= len(surveyed) / len(said) <= 0.12
    facts = len(HOMES.facts_of("dwelling"))
    shares = [len(known(record, "stated", "measured")) / facts for record in said if record not in surveyed]
    assert sum(shares) / len(shares) < 0.3


def test_what_was_measured_agrees_with_itself() -> None:
    for said in everything_said_about_dwellings():
        found = known(said, "measured")
        if {"step_free", "steps_to_flat"} <= found.keys():
            assert found["step_free"] == (found["steps_to_flat"] == 0)
        if found.get("has_lift") is False and found.get("floor", 0) > 0:
            assert found.get("steps_to_flat", 1) > 0
            assert "lift_cabin_width_cm" not in found
        assert not (found.get("shower_level") and found.get("has_bathtub"))


def test_old_houses_rarely_have_a_lift_and_new_ones_mostly_a_level_shower() -> None:
    old = [
        facts
        for facts in map(known, everything_said_about_dwellings())
        if facts.get("year_built", 2026) < OLD_HOUSES_UNTIL
    ]
    new = [facts for facts in map(known, everything_said_about_dwellings()) if facts.get("year_built", 0) >= 2016]
    assert sum(facts.get("has_lift") is True for facts in old) < 0.15 * len(old)
    showers = [facts["shower_level"] for facts in new if "shower_level" in facts]
    assert sum(showers) > 0.8 * len(showers) > 0


def test_some_adverts_promise_what_a_survey_does_not_find() -> None:
    wrong = 0
    for said in everything_said_about_dwellings():
        measured, claimed = known(said, "measured"), known(said, "claimed")
        wrong += any(measured[key] != value for key, value in claimed.items() if key in measured)
    assert wrong >= 1


def test_every_address_lies_in_its_neighbourhood() -> None:
    for record in DWELLINGS:
        district = known(record["facts"])["district"]
        assert district in DRESDEN.postcodes[record["postcode"]], record["id"]
        assert DRESDEN.nearest(record["lat"], record["lon"])[0] == district, record["id"]


def test_no_two_dwellings_share_an_address() -> None:
    records = [*DWELLINGS, *HOMES_OF_PROJECTS]
    places = Counter((record["street"], record["house_number"], record["unit"]) for record in records)
    assert max(places.values()) == 1


def test_most_offers_are_published() -> None:
    statuses = Counter(record["offer"]["status"] for record in DWELLINGS)
    assert statuses["published"] > 300
    assert {"reserved", "let", "withdrawn", "draft"} < statuses.keys()


def test_projects_show_every_form_of_living_together_and_every_stage() -> None:
    forms = {project["facts"]["living_form"] for project in PROJECTS}
    assert forms == set(HOMES.fact("living_form").options) - {"self_contained"}
    assert {project["facts"]["stage"] for project in PROJECTS} == set(HOMES.fact("stage").options)
    assert all(len(project["facts"]["self_description"]) > 200 for project in PROJECTS)


def test_every_needs_profile_is_asked_for_and_some_ask_for_two() -> None:
    chosen = Counter(key for record in REQUESTS for key in record["needs"]["profiles"])
    assert all(chosen[profile.key] >= 5 for profile in PROFILES)
    assert sum(len(record["needs"]["profiles"]) > 1 for record in REQUESTS) >= 5
    assert sum(not record["needs"]["profiles"] for record in REQUESTS) >= 10


def test_those_who_would_live_with_others_say_so_in_their_own_words() -> None:
    texts = [record["needs"]["text"] for record in REQUESTS if record["needs"]["text"]]
    assert len(texts) > 60
    assert len(set(texts)) == len(texts)


def test_what_needs_a_consent_is_kept_only_with_it() -> None:
    for record in REQUESTS:
        needs, consents = record["needs"], record["consents"]
        assert ("health" in consents) == tells_about_health(needs["profiles"], needs["household"])
        assert ("contact" in consents) == (record["contact"]["reach"] != "none")
        assert "contact" in consents or record["contact"].keys() == {"name", "reach"}
        assert "matching" in consents or record["through"] != "web_form"


def test_nobody_in_the_data_exists() -> None:
    contacts = [record["contact"] for record in REQUESTS]
    for person in [*contacts, *(contact["helper"] for contact in contacts if "helper" in contact)]:
        first, surname = person["name"].split(" ")
        assert first in OLDER + YOUNGER
        assert surname in SURNAMES
        assert person.get("email", ".example").endswith(".example")
        assert person.get("phone", "030 23125000").startswith(("030 23125", "0171 39200"))
    assert all(person["email"].endswith(".example") for person in PEOPLE)


def test_offers_ask_only_what_the_law_lets_them_ask() -> None:
    for organisation, project, demand in demands():
        form = project.get("facts", {}).get("living_form")
        if demand["key"] == "age_group":
            assert organisation["flats"] <= 50
            assert form == "homeshare"
            assert demand["importance"] == "wish"
        if demand["key"] == "care_entitled":
            assert form == "care_flat_share"
