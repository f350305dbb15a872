"""Looking around: who sees what, in which order, and what stands in the way. On both databases."""

import pytest
from werkzeug.datastructures import MultiDict

from tests.factories import Address, advisor, make_dwelling, make_offer, make_organisation, make_project
from tests.queries import sent_statements
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.errors import NotFound
from wohnberatung.dwellings.forms import OfferFilterForm
from wohnberatung.dwellings.services.browsing import browse, city_map
from wohnberatung.dwellings.services.offer_sheets import offer_sheet, structured_data


@pytest.fixture
def url_search(app, session):
    """Call with what an address asks."""

    def read(**params):
        return OfferFilterForm(MultiDict(params)).url_search()

    with app.test_request_context():
        yield read


def titles(found):
    return [item.title for item in found.page.items]


def a_home(title, level="stated", offered=None, **facts):
    """A published offer of a dwelling with these facts; `offered` are those of the offer."""
    return make_offer(make_dwelling(level=level, **facts), title=title, **(offered or {}))


def test_without_a_wish_the_newest_come_first(url_search):
    for title in ("erstes", "zweites", "drittes"):
        a_home(title)
    make_offer(title="Entwurf", status="draft")
    make_offer(title="vermietet", status="let")
    assert titles(browse(url_search()))[:3] == ["drittes", "zweites", "erstes"]
    assert not {"Entwurf", "vermietet"} & set(titles(browse(url_search())))


def test_the_unknown_follows_the_known_unless_it_must_be_proven(url_search):
    a_home("unbekannt")
    a_home("laut Anzeige", level="claimed", inner_door_clear_width_cm=95)
    a_home("breit", inner_door_clear_width_cm=95)
    a_home("eng", inner_door_clear_width_cm=60)
    found = browse(url_search(inner_door_clear_width_cm="90"))
    assert titles(found)[0] == "breit"
    assert set(titles(found)) == {"breit", "laut Anzeige", "unbekannt"}
    assert (found.page.total, found.certain) == (3, 1)
    proven = url_search(inner_door_clear_width_cm="90", inner_door_clear_width_cm_sicher="y")
    assert titles(browse(proven)) == ["breit"]


def test_a_card_says_what_suits_and_what_is_open(url_search):
    a_home("Wohnung", has_lift=True, bathroom_door_clear_width_cm=70)
    item = browse(url_search(has_lift="ja", shower_level="ja", bathroom_door_clear_width_cm="90")).page.items[0]
    assert item.fit.outlook == "adapt"
    assert [line.words for line in item.fit.musts.suits] == ["Aufzug: ja"]
    assert [line.text for line in item.fit.musts.unknown] == ["Bodengleiche Dusche: noch nicht bekannt."]
    assert [line.words for line in item.fit.musts.changeable] == ["Lichte Breite der Badtür: 70 cm"]
    assert "Tür verbreitern" in item.fit.musts.changeable[0].text


def test_few_offers_tell_which_filter_costs_most(url_search):
    for rent in (500, 520, 540):
        a_home(f"ohne Aufzug {rent}", offered={"rent_warm_eur": rent}, has_lift=False)
    a_home("teuer", offered={"rent_warm_eur": 900}, has_lift=True)
    found = browse(url_search(has_lift="ja", rent_warm_eur="600"))
    assert found.page.total == 0
    assert [(cost.chip.words, cost.more) for cost in found.costs] == [
        ("Aufzug", 3),
        ("Warmmiete: höchstens 600 €, Spielraum 10 €", 1),
    ]
    assert browse(url_search(**found.costs[0].chip.without)).page.total == 3


def test_a_word_is_looked_for_in_what_is_public_only(url_search):
    hidden = make_dwelling(address=Address("Geheimweg", "7", "01307", "Dresden"))
    shown = make_dwelling(address=Address("Offenweg", "8", "01309", "Dresden"))
    shown.address_released = True
    make_offer(hidden, title="Mit Balkon")
    make_offer(shown, title="Mit Garten")
    for word, expected in {
        "Geheimweg": [],
        "offenweg": ["Mit Garten"],
        "01307": ["Mit Balkon"],
        "balkon": ["Mit Balkon"],
        "Balkon Garten": [],
        "%": [],
    }.items():
        assert titles(browse(url_search(suche=word))) == expected
        assert titles(browse(url_search(suche=word, haushalt_persons="1"))) == expected


def test_an_offer_that_asks_for_something_else_is_left_out(url_search):
    make_offer(title="klein", demands=({"key": "persons", "wanted": [None, 2], "importance": "must"},))
    make_offer(title="für alle")
    assert set(titles(browse(url_search(haushalt_persons="4")))) == {"für alle"}
    assert set(titles(browse(url_search(haushalt_persons="2")))) == {"für alle", "klein"}
    assert set(titles(browse(url_search(has_lift="ja")))) == {"für alle", "klein"}


def test_the_map_counts_what_passes_wherever_it_lies(url_search):
    a_home("a", district="06", has_lift=True)
    a_home("b", district="06", has_lift=False)
    a_home("c", district="11", has_lift=True)
    a_home("d", has_lift=True)
    city = city_map(url_search(has_lift="ja", district="11"))
    counts = {place.tile.code: place.count for place in city.neighbourhoods if place.count}
    assert (counts, city.elsewhere, city.total) == ({"06": 1, "11": 1}, 1, 3)
    assert {place.tile.code for place in city.neighbourhoods if place.chosen} == {"11"}
    johannstadt = next(place for place in city.neighbourhoods if place.tile.code == "06")
    assert titles(browse(url_search(**johannstadt.params))) == ["a"]


def test_places_in_projects_and_homes_of_ones_own_are_told_apart(url_search):
    a_home("Wohnung")
    make_offer(project=make_project(living_form="multi_generation"), title="Platz")
    assert titles(browse(url_search(living_form="multi_generation"))) == ["Platz"]
    assert titles(browse(url_search(living_form="self_contained"))) == ["Wohnung"]


def test_a_sheet_shows_the_whole_address_to_the_office_only(url_search):
    offer = make_offer(make_dwelling(address=Address("Geheimweg", "7", "01307", "Dresden"), district="06"))
    public = offer_sheet(offer.id, VISITOR, url_search())
    assert (public.address, public.shown.neighbourhood) == ("01307 Dresden", "Johannstadt-Nord")
    assert offer_sheet(offer.id, advisor(), url_search()).address == "Geheimweg 7, 01307 Dresden"
    data = str(structured_data(offer_sheet(offer.id, advisor(), url_search()), "https://example.org/x", "Büro"))
    assert "Geheimweg" not in data


def test_search_engines_learn_what_somebody_stands_for(url_search):
    dwelling = make_dwelling(living_area_sqm=64.5, rooms=2.5, has_lift=True, floor=3)
    offer = make_offer(dwelling, title="Schön", rent_warm_eur=640.5, available_from="2027-02-01")
    claimed = make_offer(make_dwelling(level="claimed", has_lift=True), level="claimed", rent_warm_eur=1)
    data = structured_data(offer_sheet(offer.id, VISITOR, url_search()), "https://example.org/x", "Büro")
    assert data["priceSpecification"]["price"] == 640.5
    assert data["availabilityStarts"] == "2027-02-01"
    home = data["itemOffered"]
    assert (home["@type"], home["numberOfRooms"], home["floorSize"]["value"], home["floorLevel"]) == (
        "Apartment",
        2.5,
        64.5,
        "3",
    )
    assert home["amenityFeature"] == [{"@type": "LocationFeatureSpecification", "name": "Aufzug", "value": True}]
    unsure = structured_data(offer_sheet(claimed.id, VISITOR, url_search()), "https://example.org/x", "Büro")
    assert "priceSpecification" not in unsure
    assert "amenityFeature" not in unsure["itemOffered"]


def test_what_is_not_published_is_for_its_owner_and_not_for_search_engines(url_search):
    organisation = make_organisation()
    offer = make_offer(make_dwelling(organisation), status="draft")
    with pytest.raises(NotFound):
        offer_sheet(offer.id, VISITOR, url_search())
    sheet = offer_sheet(offer.id, advisor(), url_search(profil="wheelchair"))
    assert sheet.shown.fit is None
    assert structured_data(sheet, "https://example.org/x", "Büro") is None


def test_more_offers_cost_no_more_queries(url_search):
    asked = url_search(has_lift="ja", suche="Haus")
    a_home("Haus 0", has_lift=True)
    browse(asked)

    def sent():
        with sent_statements() as statements:
            browse(asked), browse(url_search()), city_map(asked)
        pictured = [statement for statement in statements if "FROM pictures" in statement]
        assert len(pictured) == 2, "one for each list, whatever it shows; the map shows none"
        return len(statements)

    before = sent()
    for number in range(1, 6):
        a_home(f"Haus {number}", has_lift=True)
    browse(asked)  # takes the new ones into the frame
    assert sent() == before
    assert before <= 13
