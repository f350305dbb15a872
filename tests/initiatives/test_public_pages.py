"""Steps and ways of living for everybody: each names who helps, each speaks three languages, each says its sources."""

from typing import Any

import pytest

from matching.criteria.living import LIVING_FORM
from seed_data.files import read_table
from tests.contacts.persons import make_contact
from tests.directory.entries import make_entry
from tests.factories import make_project
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.initiatives.groups import make_initiative
from wohnberatung.advice.services.parameters import add_funding_programs
from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.extensions import db
from wohnberatung.initiatives.checklist import BY_KEY, PHASES, STEPS
from wohnberatung.initiatives.services.help import all_help
from wohnberatung.initiatives.services.ways import WAYS

LANGUAGES = ("de", "leicht", "en")


def text_of(answer: Any) -> str:
    return words(Page(answer.text).root.find(".//main"))


def test_every_step_is_in_a_phase_and_has_somebody_who_helps() -> None:
    assert [step for _phase, steps in PHASES for step in steps] == list(STEPS)
    assert len(BY_KEY) == len(STEPS)
    assert all(step.topics and step.kinds for step in STEPS)


def test_programmes_and_living_forms_that_are_named_exist() -> None:
    programs = {row["key"] for row in read_table("funding_programs.csv")}
    assert {key for each in (*STEPS, *WAYS) for key in each.programs} <= programs
    assert {form for way in WAYS for form in way.forms} <= LIVING_FORM.options.keys()


def test_whoever_is_near_is_named_at_their_steps(session: Any) -> None:
    name = make_contact(quarters=["Altstadt"], topics=["shared"]).user.name
    entry = make_entry("Haus der Nachbarn", kind="neighbourhood_centre")
    helping = all_help(place_of("06"))
    assert [each.name for each in helping["wohnform"].contacts] == [name]
    assert helping["nachbarschaft"].contacts == [], "asked about something else"
    assert entry in helping["idee"].entries
    assert all_help(place_of("21"))["idee"].entries == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_can_be_read_in_every_language(client: CheckingClient, language: str) -> None:
    initiative, _actor = make_initiative(seeks_people="Zwei Familien")
    make_entry("Haus der Nachbarn", kind="neighbourhood_centre")
    add_funding_programs(read_table("funding_programs.csv"))
    db.session.commit()
    spoken = {"sprache": language}
    for address in ("/initiativen", f"/initiativen/{initiative.slug}", "/wohnmodelle"):
        assert client.get(address, query_string=spoken).status_code == 200
    answer = client.get("/schritte-zum-haus", query_string={**spoken, "stadtteil": "johannstadt-nord"})
    assert "Haus der Nachbarn" in text_of(answer)
    for way in WAYS:
        assert client.get(f"/wohnmodelle/{way.key}", query_string=spoken).status_code == 200


def test_a_way_names_groups_that_live_so_and_what_is_still_to_be_checked(client: CheckingClient) -> None:
    make_project(name="Neun Türen", living_form="cluster_flat")
    make_project(name="Noch geheim", living_form="cluster_flat", published=False)
    db.session.commit()
    page = text_of(client.get("/wohnmodelle/clusterwohnung"))
    assert "Neun Türen" in page
    assert "Noch geheim" not in page
    assert "Noch zu prüfen" in page
    assert "zukunftbau.de" in page
    assert client.get("/wohnmodelle/luftschloss").status_code == 404


def test_a_place_shows_its_initiatives(client: CheckingClient) -> None:
    make_initiative("Runde am Fluss")
    db.session.commit()
    assert "Runde am Fluss" in text_of(client.get("/stadtteile/johannstadt-nord"))
    assert "Runde am Fluss" in text_of(client.get("/initiativen", query_string={"stadtteil": "johannstadt-nord"}))
    assert "Runde am Fluss" not in text_of(client.get("/initiativen", query_string={"stadtteil": "pieschen-sued"}))
