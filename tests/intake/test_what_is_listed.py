"""A room is listed as a room, what is for sale never with a rent, and what lies in another town not at all."""

import pytest
from sqlalchemy import select

from tests.factories import advisor, make_organisation, make_request
from tests.intake.deliveries import FLAT, PLACE, home, openimmo, provider
from tests.intake.promoting import offers, take
from tests.intake.uploads import clerk_of, outcomes, send
from wohnberatung.brokerage.services.rankings import ranked_offers
from wohnberatung.dwellings.models import Dwelling

ROOM = """<objektkategorie><nutzungsart WOHNEN="true"/><vermarktungsart MIETE_PACHT="true"/>
<objektart><zimmer/></objektart></objektkategorie>"""
FOR_SALE = FLAT.replace('KAUF="false" MIETE_PACHT="true"', 'KAUF="true" MIETE_PACHT="false"')
COSTS = "<preise><pauschalmiete>{}</pauschalmiete></preise><flaechen><wohnflaeche>{}</wohnflaeche></flaechen>"


def room(number, rent, area, kind=ROOM):
    return home(kind + PLACE + COSTS.format(rent, area), obid=f"A{number}", extern=f"WE {number}")


def at(place):
    return home(FLAT + f"<geo>{place}</geo>" + COSTS.format(600, 60))


def test_several_rooms_of_one_home_are_offered_each_with_its_own_rent_and_size(session):
    take(openimmo(provider(room(1, 395, 17), room(2, 420, 21), room(3, 300, 12))))
    found = {offer.rent_warm_eur: offer.dwelling.living_area_sqm for offer in offers(session).values()}
    assert found == {395: 17, 420: 21, 300: 12}
    assert session.scalars(select(Dwelling.unit).order_by(Dwelling.unit)).all() == [f"Zimmer WE {n}" for n in (1, 2, 3)]
    report = take(openimmo(provider(room(1, 400, 17), room(2, 420, 21), room(3, 300, 12))))
    assert [outcome.state.value for outcome in report.outcomes] == ["changed", "unchanged", "unchanged"]


@pytest.mark.parametrize(("kind", "listed"), [(FLAT, 1), (ROOM, 0)])
def test_a_room_is_no_home_of_ones_own(session, kind, listed):
    take(openimmo(provider(room(1, 395, 17, kind))))
    must = {"key": "living_form", "wanted": ["self_contained"], "importance": "must"}
    matches = ranked_offers(make_request(must).request, advisor()).ranking.matches
    assert sum(match.outlook.value == "fits" for match in matches) == listed


@pytest.mark.parametrize(
    ("kind", "tenure", "rent"), [(FOR_SALE, "purchase", None), (FLAT, "rent", 600), (ROOM, "rent", 600)]
)
def test_a_home_for_sale_has_no_rent(session, kind, tenure, rent):
    report = take(openimmo(provider(home(kind + PLACE + COSTS.format(600, 60)))))
    (offer,) = offers(session).values()
    assert (offer.tenure, offer.rent_warm_eur) == (tenure, rent)
    assert ("Warmmiete" in report.outcomes[0].unknown) is False


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("<plz>02625</plz><ort>Bautzen</ort>", "(02625 Bautzen)"),
        ("<plz>55129</plz><ort>Mainz / Lerchenberg</ort>", "(55129 Mainz / Lerchenberg)"),
        ("<ort>Bautzen</ort>", "(Bautzen)"),
        ('<ort>Mainz</ort><geokoordinaten breitengrad="49.95" laengengrad="8.2"/>', "(Mainz)"),
    ],
)
def test_a_home_in_another_town_is_not_listed_and_the_report_says_why(session, place, why):
    (outcome,) = take(openimmo(provider(at(place)))).outcomes
    assert (outcome.state.value, offers(session)) == ("skipped", {})
    assert f"liegt nicht in unserer Stadt {why}" in outcome.notes


@pytest.mark.parametrize(
    "place",
    [
        "<plz>01307</plz><ort>Radebeul</ort>",
        "<ort>Dresden</ort>",
        "<ort>Johannstadt</ort>",
        '<ort>Elbtal</ort><geokoordinaten breitengrad="51.0611" laengengrad="13.6744"/>',
        "<strasse>Musterweg</strasse>",
    ],
)
def test_one_that_may_be_here_is_listed(session, place):
    (outcome,) = take(openimmo(provider(at(place)))).outcomes
    assert outcome.state.value == "new"


@pytest.mark.parametrize(
    ("said", "state", "told"),
    [
        ("frei", "new", ""),
        ("Leerstand", "new", ""),
        ("28.11.2026", "new", ""),
        ("vermietet bis 31.01.2027", "new", "„vermietet bis 31.01.2027“ nicht"),
        ("in Arbeit", "new", "„in Arbeit“ nicht"),
        ("reserviert", "skipped", "nicht zu haben (reserviert)"),
        ("Reserviert (Fam. Beispiel)", "skipped", "nicht zu haben (reserviert)"),
        ("vermietet", "unknown", "nicht zu haben (vermietet)"),
        ("belegt", "unknown", "nicht zu haben (vermietet)"),
    ],
)
def test_a_table_says_what_can_be_had(session, said, state, told):
    owner, heading = make_organisation("Wohnhof Genossenschaft (erfunden)"), "Status" if "nicht" in told else "Stand"
    table = f"Objektnummer;Straße;Hausnummer;Postleitzahl;Ort;{heading};Zimmer\nW1;Testweg;1;01307;Dresden;{said};2\n"
    (outcome,) = outcomes(send(table, clerk_of(owner), owner)).values()
    assert (outcome.state, told in " ".join(outcome.notes), bool(outcome.faults)) == (state, True, False)
    assert bool(told) or not [note for note in outcome.notes if "Stand" in note]
