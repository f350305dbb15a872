"""A neighbourhood worked out of an address is shown as the guess that it is; streets of certain homes come first."""

import pytest

from tests.factories import advisor
from tests.intake.deliveries import FLAT, home, openimmo, provider
from tests.intake.promoting import offers, take
from wohnberatung.bridge.neighbourhoods import Streets, find_district
from wohnberatung.dwellings.services.showcase import history_lines

COSTS = "<preise><warmmiete>600</warmmiete></preise><flaechen><anzahl_zimmer>2</anzahl_zimmer></flaechen>"


def at(obid, street, number, postcode="01159", named=""):
    place = f"<geo><plz>{postcode}</plz><ort>Dresden</ort><strasse>{street}</strasse><hausnummer>{number}</hausnummer>"
    place += f"<regionaler_zusatz>{named}</regionaler_zusatz></geo>"
    return home(FLAT + place + COSTS, obid=obid, extern=f"WE {obid}")


def known(offer):
    return offer.dwelling.district, offer.dwelling.evidence["district"]["level"]


@pytest.mark.parametrize(
    ("street", "number", "postcode", "expected"),
    [
        ("Musterstr.", "4", "01159", ("92", "stated")),  # the same house, written otherwise
        ("Musterstraße", "17", "01159", ("92", "claimed")),
        ("Andere Straße", "4", "01159", ("93", "claimed")),  # by the postcode alone
        ("Musterstraße", "4", "01129", ("24", "claimed")),
    ],
)
def test_a_street_of_certain_homes_decides_before_a_postcode(session, street, number, postcode, expected):
    take(openimmo(provider(at("A1", "Musterstraße", "4", named="Löbtau-Nord"))))
    take(openimmo(provider(at("A2", street, number, postcode))))
    assert known(offers(session)["A2"]) == expected


@pytest.mark.parametrize("second", [("01159", "Musterweg", "9", "93"), ("01159", "Musterweg", "4", "93")])
def test_a_street_in_two_neighbourhoods_decides_nothing(second):
    streets = Streets([("01159", "Musterweg", "4", "92"), second])
    by_street = streets.find("01159", "Musterweg", "7")
    assert (by_street, find_district("", "01159", by_street=by_street).certainty) == (None, 0.45)


def test_a_guess_teaches_no_street(session):
    take(openimmo(provider(at("A1", "Musterweg", "4"))))
    (outcome,) = take(openimmo(provider(at("A2", "Musterweg", "4")))).outcomes
    assert "Postleitzahl 01159" in outcome.place


def test_the_name_in_the_delivery_outweighs_the_street(session):
    take(openimmo(provider(at("A1", "Musterweg", "4", named="Löbtau-Nord"))))
    take(openimmo(provider(at("A2", "Musterweg", "4", named="Naußlitz"))))
    assert offers(session)["A2"].dwelling.district == "94"


@pytest.mark.parametrize(
    ("named", "shown", "title"),
    [
        ("", "vermutlich Löbtau-Süd (zu 45 % sicher)", "2 rooms"),
        ("Löbtau-Nord", "Löbtau-Nord", "2 rooms in Löbtau-Nord"),
    ],
)
def test_a_guess_is_shown_as_one_and_never_in_the_title(client, named, shown, title):
    take(openimmo(provider(at("A1", "Musterweg", "4", named=named))))
    page = client.get("/angebote").text
    assert shown in page
    assert ("vermutlich" in page) is not bool(named)
    english = client.get("/angebote?sprache=en").text
    assert f">{title}<" in english


@pytest.mark.parametrize(
    ("sent", "language", "title"),
    [
        ("", "de", "2 Zimmer"),
        ("", "en", "2 rooms"),
        ("Hell und ruhig", "de", "Hell und ruhig"),
    ],
)
def test_an_advert_without_a_title_is_called_by_what_is_known(client, sent, language, title):
    named = f"<freitexte><objekttitel>{sent}</objekttitel></freitexte>" if sent else ""
    take(openimmo(provider(at("A1", "Musterweg", "4").replace("</immobilie>", f"{named}</immobilie>"))))
    page = client.get(f"/angebote?sprache={language}").text
    assert f">{title}<" in page
    assert "ohne Titel" not in page


@pytest.mark.parametrize(("named", "levels"), [("", {"guessed"}), ("Löbtau-Nord", {"stated"})])
def test_the_history_of_a_home_keeps_the_guess_apart_from_claims(session, named, levels):
    take(openimmo(provider(at("A1", "Musterweg", "4", named=named))))
    lines = history_lines(offers(session)["A1"].dwelling, advisor())
    assert {line.level for line in lines if line.fact.key == "district"} == levels
