"""What we write is OpenImmo 1.2.7 by its rules, and the rules find what is not."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import make_dwelling, make_offer
from tests.intake.deliveries import read
from tests.intake.openimmo_rules import faults
from wohnberatung.bridge.imports import facts_from
from wohnberatung.extensions import db
from wohnberatung.intake.openimmo_writer import HomeForExport, write_openimmo
from wohnberatung.intake.result import RawAddress
from wohnberatung.intake.services import exports

# By import path, in an order of its own.
VALUES = {
    "verwaltung_objekt/haustiere": "false",
    "derived/available_from": "2027-02-01",
    "verwaltung_objekt/max_personen": "2",
    "ausstattung/rollstuhlgerecht": "true",
    "ausstattung/fahrstuhl@PERSONEN": "true",
    "ausstattung/bad@WANNE": "false",
    "flaechen/anzahl_zimmer": "2.5",
    "flaechen/wohnflaeche": "62.5",
    "derived/warm_rent": "710",
    "derived/gross_cold_rent": "650",
    "zustand_angaben/baujahr": "1936",
    "geo/etage": "2",
    "objektkategorie/vermarktungsart@MIETE_PACHT": "true",
    "derived/district": "06",
    "infrastruktur/distanzen@distanz_zu=BUS": "0.4",
    "infrastruktur/distanzen@distanz_zu=EINKAUFSMOEGLICHKEITEN": "0.25",
    "verwaltung_objekt/min_mietdauer@min_dauer=MONAT": "12",
    "zustand_angaben/energiepass/wertklasse": "C",
    "zustand_angaben/energiepass/endenergiebedarf": "98.4",
    "zustand_angaben/energiepass/epart": "BEDARF",
    "zustand_angaben/energiepass/unbekannt": "1",
    "zustand_angaben/unbekannt": "1",
}
PLACE = RawAddress("Musterweg", "4 b", "2. OG", "01307", "Dresden", "Johannstadt-Nord", 51.05, 13.77, True)


def written(values: dict[str, str], address: RawAddress = PLACE) -> bytes:
    home = HomeForExport("o1", "", "Titel", "Text", address, date(2026, 11, 2), values, {"Türbreite": "88"})
    return write_openimmo(("a", "Anbieter"), [home, home], datetime(2026, 11, 29, 8, tzinfo=UTC), "a@example.org")


@pytest.mark.parametrize("values", [VALUES, dict(reversed(VALUES.items())), {}, {"geo/etage": "2.5"}])
@pytest.mark.parametrize("address", [PLACE, RawAddress(), RawAddress(lat=51.05, lon=13.77), RawAddress(town="Dresden")])
def test_it_is_valid_whatever_is_known(values: dict[str, str], address: RawAddress) -> None:
    assert faults(written(values, address)) == []


def test_it_says_what_is_known_and_since_when() -> None:
    text = written(VALUES).decode()
    for said in (
        "<stand_vom>2026-11-02</stand_vom>", '<bad WANNE="false"/>', "<abdatum>2027-02-01</abdatum>",
        "<kaltmiete>650</kaltmiete>", "<warmmiete>710</warmmiete>", 'feldname="Türbreite"',
    ):  # fmt: skip
        assert said in text


@pytest.mark.parametrize(
    ("was", "is_now", "fault"),
    [
        ("<stand_vom>2026-11-02</stand_vom>", "", "stand_vom is missing"),
        ("<epart>BEDARF<", "<epart>demand<", "'demand' is not allowed"),
        ("<epart>BEDARF</epart>", "<wertklasse>C</wertklasse><epart>BEDARF</epart>", "out of order: wertklasse"),
        ('distanz_zu="BUS"', 'distanz_zu="TRAM"', "distanz_zu='TRAM' is not allowed"),
        ("<abdatum>2027-02-01</abdatum>", "<abdatum>bald</abdatum>", "'bald' is not allowed"),
        ("<etage>2</etage>", "<etage>2</etage><strasse>x</strasse>", "out of order"),
        ("<etage>2</etage>", "<stock>2</stock>", "stock does not belong here"),
        ("<etage>2</etage>", "<etage>EG</etage>", "'EG' is not allowed"),
        ('<bad WANNE="false"/>', '<bad WANNE="nein"/>', "WANNE='nein' is not allowed"),
        ('GEWERBE="false"', "", "has no GEWERBE"),
        ("<max_personen>2<", "<max_personen>0<", "'0' is not allowed"),
        ("<email_zentrale>a@example.org</email_zentrale>", "", "cannot be reached"),
        ("<baujahr>1936</baujahr>", "<baujahr>1936</baujahr><baujahr>1937</baujahr>", "stands there twice"),
    ],
)
def test_the_rules_find_what_is_wrong(was: str, is_now: str, fault: str) -> None:
    document = written(VALUES).decode()
    assert was in document
    assert any(fault in found for found in faults(document.replace(was, is_now).encode()))


def test_what_the_interface_has_words_for_comes_back_without_our_free_fields(owner, clerk):
    ours = {
        "energy_certificate": "demand", "energy_kwh_sqm": 98.4, "energy_class": "C", "energy_source": "heat_pump",
        "shop_distance_m": 250, "home_condition": "modernised", "fitted_kitchen": True, "cellar": False,
    }  # fmt: skip
    theirs = {
        "min_term_months": 12, "deposit_months": 3, "rent_net_cold_eur": 400, "deposit_eur": 1200, "wbs_type": "L",
        "smoking_allowed": False, "care_on_site": True, "tenure": "rent", "furnished": True,
    }  # fmt: skip
    for change in ({}, {"energy_certificate": "consumption"}, {"energy_certificate": "missing"}):
        facts = ours | change
        if change.get("energy_certificate") == "missing":
            del facts["energy_kwh_sqm"]
        offer = make_offer(make_dwelling(owner, level="stated", **facts), level="stated", **theirs)
        db.session.flush()
        (home,) = read(exports.stock_file("openimmo", clerk, offer.organisation_id)).records[-1:]
        said = facts_from(home.values).facts
        assert {key: said.get(key) for key in facts | theirs} == facts | theirs
