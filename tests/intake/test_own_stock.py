"""The stock that somebody takes away and sends back unchanged says nothing: what could be worked out of it is no word
of theirs, and what they change in it is."""

import csv
import io

import pytest

from tests.factories import make_dwelling, make_offer
from tests.intake.test_office_programs import saved_as_ods
from tests.intake.uploads import outcomes, run_of, send, take
from wohnberatung.dwellings.models import Dwelling, FactRecord, Offer
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.dwellings.services.offers import save_offer
from wohnberatung.extensions import db
from wohnberatung.intake.services import exports
from wohnberatung.intake.spreadsheet_writer import write_csv

ADVERT = "Helle Wohnung mit Balkon, Einbauküche und Aufzug. Rollstuhlgerecht. Haustiere erlaubt."


@pytest.fixture
def homes(owner, clerk):
    """Of each something is known from which more could be worked out."""
    for number, (unit, facts, level) in enumerate(
        [
            ("2. OG links", {}, "stated"),
            ("EG", {"living_area_sqm": 55.5}, "claimed"),
            ("", {"rent_gross_cold_eur": 500, "running_costs_eur": 110, "rent_warm_eur": 580}, "stated"),
            ("", {"rent_gross_cold_eur": 500, "heating_costs_eur": 80, "running_costs_eur": 90}, "claimed"),
            ("DG", {"rent_net_cold_eur": 400, "deposit_months": 3}, "stated"),
            ("Zimmer 4", {"rent_warm_eur": 190, "living_area_sqm": 236}, "stated"),
        ]
    ):
        of_home = {key: value for key, value in facts.items() if hasattr(Dwelling, key)}
        of_offer = {key: value for key, value in facts.items() if key not in of_home}
        home = make_dwelling(owner, Address("Musterweg", str(number + 1), "01307", "Dresden", unit), level, **of_home)
        save_offer(make_offer(home, level=level, **of_offer), description=ADVERT)
    table = "Objektnummer;Straße;Hausnummer;PLZ;Lage im Haus;Warmmiete;Beschreibung\n"
    take(f"{table}W1;Probegasse;1;01307;3. OG;620;{ADVERT}\n", clerk, owner)


def everything():
    db.session.expire_all()
    facts = [
        (part.id, key, value, (part.evidence or {}).get(key))
        for table in (Dwelling, Offer)
        for part in db.session.query(table)
        for key, value in part.known_facts().items()
    ]
    return sorted(facts, key=repr), db.session.query(FactRecord).count()


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods", "openimmo"])
def test_an_unchanged_stock_changes_nothing(homes, owner, clerk, form):
    content = exports.stock_file("xlsx" if form == "ods" else form, clerk, owner.id)
    before = everything()
    run_id = send(saved_as_ods(content) if form == "ods" else content, clerk, owner, f"bestand.{form}")
    changed = {one.name: one.lines for one in outcomes(run_id).values() if one.state != "unchanged"}
    assert (changed, run_of(run_id).state, everything()) == ({}, "promoted", before)


def test_what_somebody_fills_in_is_their_word(homes, owner, clerk):
    rows = list(
        csv.DictReader(io.StringIO(exports.stock_file("csv", clerk, owner.id).decode("utf-8-sig")), delimiter=";")
    )
    (row,) = (row for row in rows if row["Lage im Haus"] == "2. OG links")
    row |= {"Etage": "2", "Warmmiete": "612", "Lage im Haus": "3. OG links"}
    run = take(write_csv([*row], [[*row.values()]]), clerk, owner)
    (told,) = outcomes(run.id).values()
    assert {change.label: change.after for change in told.differences} == {
        "Etage": "2. Obergeschoss",
        "Warmmiete": "612 €",
        "Wohnungsnummer": "3. OG links",
    }


def test_a_program_that_gives_our_file_back_with_another_rent_is_heard(homes, owner, clerk):
    content = exports.stock_file("openimmo", clerk, owner.id).decode()
    assert content.count("<nettokaltmiete>400</nettokaltmiete>") == 1
    run = take(content.replace("<nettokaltmiete>400<", "<nettokaltmiete>420<"), clerk, owner, name="bestand.xml")
    changed = [one for one in outcomes(run.id).values() if one.state == "changed"]
    assert [[change.after for change in one.differences] for one in changed] == [["420 €"]]
