"""Who claimed something can take it back; what others know stays, and what is older brings nothing back."""

import csv
import io

import pytest

from tests.intake import uploads
from tests.intake.deliveries import FLAT, PLACE, full, openimmo, provider
from tests.intake.promoting import flat, gone, offers, states, take
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.extensions import db
from wohnberatung.intake.services import exports
from wohnberatung.intake.services.decisions import undo_run
from wohnberatung.intake.spreadsheet_writer import write_csv, write_xlsx

FITTED = """<flaechen><wohnflaeche>55.3</wohnflaeche></flaechen>
<ausstattung><fahrstuhl PERSONEN="true"/><barrierefrei>true</barrierefrei><rollstuhlgerecht>true</rollstuhlgerecht>
<rampe>true</rampe><bad WANNE="true"/></ausstattung>
<freitexte><objekttitel>Rollstuhlgerechte Wohnung</objekttitel>
<objektbeschreibung>Die Wohnung ist rollstuhlgerecht umgebaut, mit Balkon.</objektbeschreibung></freitexte>
<verwaltung_objekt><wbs_sozialwohnung>true</wbs_sozialwohnung><haustiere>true</haustiere></verwaltung_objekt>
<user_defined_simplefield feldname="Lichte Türbreite">86</user_defined_simplefield>
<user_defined_simplefield feldname="Bodengleiche Dusche">ja</user_defined_simplefield>"""
BARE = """<flaechen><wohnflaeche>55.3</wohnflaeche></flaechen>
<ausstattung><fahrstuhl PERSONEN="false"/><barrierefrei>false</barrierefrei><rollstuhlgerecht>false</rollstuhlgerecht>
<rampe>false</rampe><bad WANNE="false"/></ausstattung>
<freitexte><objekttitel>Wohnung Prohlis</objekttitel></freitexte>
<verwaltung_objekt><wbs_sozialwohnung>false</wbs_sozialwohnung><haustiere>false</haustiere></verwaltung_objekt>"""


def on(moment, document):
    return document.replace("2026-11-20T08:00:00", moment)


def known(session):
    (offer,) = offers(session).values()
    return {key: value for part in offer.parts for key, value in part.known_facts().items()}


def test_boxes_that_are_no_longer_ticked_take_back_what_they_claimed(session):
    take(openimmo(provider(flat(more=FITTED))))
    before = known(session)
    assert (before["claimed_level"], before["has_lift"], before["wbs_type"]) == ("wheelchair", True, "L")
    (outcome,) = take(on("2026-11-21T08:00:00", openimmo(provider(flat(more=BARE))))).outcomes
    after = known(session)
    assert not {"claimed_level", "wbs_type", "entrance_door_clear_width_cm", "shower_level"} & after.keys()
    assert (after["has_lift"], after["has_bathtub"], after["pets_allowed"]) == (False, False, False)
    assert {offer.description for offer in offers(session).values()} == {""}
    assert after["living_area_sqm"] == 55.3
    evidence = offers(session)["A1"].dwelling.evidence
    assert evidence["has_lift"]["level"] == evidence["has_bathtub"]["level"] == "claimed"
    told = {change.label: (change.before, change.after) for change in outcome.differences}
    assert told["Angabe in der Anzeige"] == ("rollstuhlgerecht", "")
    assert told["Aufzug"] == ("ja", "nein")


def test_a_value_that_is_not_delivered_any_more_becomes_unknown_and_is_told(session):
    take(openimmo(provider(flat(more="<flaechen><wohnflaeche>62</wohnflaeche></flaechen>"))))
    (outcome,) = take(openimmo(provider(flat()))).outcomes
    assert "living_area_sqm" not in known(session)
    assert "Wohnfläche entfällt; bisher 62 m²." in outcome.lines


def test_a_value_that_cannot_be_read_is_still_said(session):
    take(openimmo(provider(flat(more="<flaechen><wohnflaeche>62</wohnflaeche></flaechen>"))))
    (outcome,) = take(openimmo(provider(flat(more="<flaechen><wohnflaeche>9000</wohnflaeche></flaechen>")))).outcomes
    assert known(session)["living_area_sqm"] == 62
    assert "Wohnfläche bleibt bei 62 m²: 9.000 m² ist nicht plausibel" in outcome.faults[0]


def test_what_was_measured_or_said_by_others_stays(session):
    take(openimmo(provider(flat(more=FITTED))))
    dwelling = offers(session)["A1"].dwelling
    record_facts(dwelling, {"has_lift": True, "entrance_door_clear_width_cm": 85}, "measured", source="Hausbesuch")
    record_facts(dwelling, {"step_free": True}, "stated", source="Eingabe der Wohnberatung")
    take(openimmo(provider(flat(more=BARE))))
    after = known(session)
    assert (after["has_lift"], after["entrance_door_clear_width_cm"], after["step_free"]) == (True, 85, True)


def test_a_record_without_a_place_moves_no_home(session):
    take(openimmo(provider(flat())))
    take(openimmo(provider(flat(place=""))))
    assert known(session)["district"]
    assert offers(session)["A1"].dwelling.street == "Musterweg"


NEWER, OLDER = "2026-11-21T22:15:00", "2026-11-21T08:00:00"


def test_an_older_delivery_brings_no_claim_back(session):
    take(on(NEWER, openimmo(provider(flat(more=BARE)))))
    (outcome,) = take(on(OLDER, openimmo(provider(flat(more=FITTED))))).outcomes
    assert "claimed_level" not in known(session)
    assert outcome.state.value == "unchanged"
    assert outcome.notes == ("Eine neuere Lieferung (21.11.2026) gilt; diese ältere ändert hier nichts.",)


@pytest.mark.parametrize("older", [OLDER, "2026-11-20", "2026-11-21T08:00:00+01:00"])
def test_an_older_delivery_brings_no_offer_back_and_ends_none(session, older):
    take(on(NEWER, openimmo(provider(flat(1), flat(2), flat(3)))))
    take(on(NEWER, openimmo(provider(gone(1)))))
    assert states(take(on(older, full(provider(flat(1), gone(2)))))) == {"A1": "unchanged", "A2": "unchanged"}
    assert {key: offer.status for key, offer in offers(session).items()} == {
        "A1": "withdrawn",
        "A2": "published",
        "A3": "published",
    }


def test_a_day_alone_is_older_than_no_moment_of_it(session):
    take(on("2026-11-21T22:15:00", openimmo(provider(flat(rent=640)))))
    take(on("2026-11-21", openimmo(provider(flat(rent=620)))))
    assert known(session)["rent_warm_eur"] == 620


def test_a_fast_clock_silences_no_later_delivery(session):
    take(on("2031-01-01T08:00:00", openimmo(provider(flat(rent=640)))))
    take(openimmo(provider(flat(rent=620, place=FLAT))))
    session.expire_all()
    (offer,) = offers(session).values()
    assert offer.evidence["rent_warm_eur"]["date"] < "2031"


def test_damaged_text_replaces_no_good_one_and_takes_nothing_back(session):
    words = "<freitexte><objekttitel>Schöne Wohnung</objekttitel><objektbeschreibung>Türen 90 cm breit, bodengleiche"
    words += " Dusche.</objektbeschreibung></freitexte><user_defined_simplefield feldname='Lichte Türbreite'>86"
    words += "</user_defined_simplefield>"
    place = PLACE.replace("Musterweg", "Müllerstraße").replace("Johannstadt-Nord", "Südvorstadt-West")
    take(openimmo(provider(flat(more=words, place=place))))
    before, evidence = known(session), offers(session)["A1"].dwelling.evidence["district"]
    damaged = openimmo(provider(flat(rent=640, more=words, place=place)))
    (outcome,) = take(damaged.replace("ü", "\ufffd").replace("ö", "\ufffd")).outcomes
    (offer,) = offers(session).values()
    assert known(session) == {**before, "rent_warm_eur": 640}
    assert offer.dwelling.evidence["district"] == evidence
    assert (offer.title, offer.dwelling.street) == ("Schöne Wohnung", "Müllerstraße")
    assert offer.description == "Türen 90 cm breit, bodengleiche Dusche."
    assert "Zeichenfehlern" in outcome.notes[-1]


def test_damaged_text_of_a_new_home_comes_as_it_is(session):
    take(openimmo(provider(flat(more="<freitexte><objekttitel>Sch\ufffdn</objekttitel></freitexte>"))))
    assert offers(session)["A1"].title == "Sch\ufffdn"


def test_a_damaged_table_replaces_no_good_title(session, owner):
    clerk = uploads.clerk_of(owner)
    uploads.take("Objektnummer;Titel;Straße;Hausnummer;Warmmiete\nW1;Größe;Grünweg;3;700\n", clerk, owner)
    uploads.take(
        "Objektnummer;Titel;Straße;Hausnummer;Warmmiete\nW1;Gr\ufffd\ufffde;Gr\ufffdnweg;3;710\n", clerk, owner
    )
    (offer,) = offers(session).values()
    assert (offer.title, offer.dwelling.street, offer.rent_warm_eur) == ("Größe", "Grünweg", 710)


TABLE = (
    "Objektnummer;Straße;Hausnummer;Postleitzahl;Ort;Etage;Wohnfläche;Warmmiete;Aufzug;Beschreibung\n"
    "W1;Testweg;1;01307;Dresden;2;60;700;ja;Mit Balkon\n"
)


def stock_with(owner, clerk, form, **cells):
    """The own export as a table, some cells written anew."""
    rows = list(csv.reader(io.StringIO(exports.stock_file("csv", clerk, owner.id).decode("utf-8-sig")), delimiter=";"))
    headings = rows[0]
    changed = [[cells.get(heading, cell) for heading, cell in zip(headings, row, strict=True)] for row in rows[1:]]
    return write_csv(headings, changed) if form == "csv" else write_xlsx("Bestand", headings, changed)


@pytest.mark.parametrize("form", exports.FORMATS)
@pytest.mark.parametrize(("named", "levels"), [("", ["claimed", "claimed"]), ("Löbtau-Nord", ["stated", "stated"])])
def test_a_guess_of_ours_comes_back_with_the_stock_as_the_guess_it_was(session, owner, form, named, levels):
    clerk = uploads.clerk_of(owner)
    table = "Objektnummer;Straße;Hausnummer;Postleitzahl;Ort;Stadtteil;Zimmer\n"
    uploads.take(f"{table}W1;Testweg;1;01159;Dresden;{named};2\nW2;Testweg;2;01159;Dresden;{named};3\n", clerk, owner)
    content = exports.stock_file(form, clerk, owner.id)
    run_id = uploads.send(content, clerk, owner, f"bestand.{form.replace('openimmo', 'xml')}")
    assert {each.state for each in uploads.outcomes(run_id).values()} == {"unchanged"}
    assert [offer.dwelling.evidence["district"]["level"] for offer in offers(session).values()] == levels


@pytest.mark.parametrize("form", exports.TABLES)
@pytest.mark.parametrize("text", ["Hell\r\nruhig", "Hell\n\nruhig", "Feld _xABCD_ so"])
def test_a_text_of_several_lines_comes_back_with_the_stock_as_it_was(session, owner, form, text):
    clerk = uploads.clerk_of(owner)
    uploads.take(f'Objektnummer;Straße;Hausnummer;Beschreibung\nW1;Testweg;1;"{text}"\n', clerk, owner)
    (offer,) = offers(session).values()
    assert offer.description == text.replace("\r", "")
    run_id = uploads.send(exports.stock_file(form, clerk, owner.id), clerk, owner, f"bestand.{form}")
    assert {each.state for each in uploads.outcomes(run_id).values()} == {"unchanged"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_emptied_cells_of_the_own_export_take_back_what_stood_there(session, owner, form):
    clerk = uploads.clerk_of(owner)
    uploads.take(TABLE, clerk, owner)
    dwelling = next(iter(offers(session).values())).dwelling
    record_facts(dwelling, {"balcony": True}, "stated", source="Eingabe des Anbieters")
    record_facts(dwelling, {"step_free": True}, "measured", source="Hausbesuch")
    db.session.commit()
    empty = {"Wohnfläche": "", "Aufzug": "", "Balkon oder Terrasse": "", "Stufenlos erreichbar": "", "Beschreibung": ""}
    run = uploads.take(stock_with(owner, clerk, form, **empty), clerk, owner, name=f"bestand.{form}")
    after = known(session)
    assert not {"living_area_sqm", "has_lift", "balcony"} & after.keys()
    assert (after["step_free"], after["rent_warm_eur"], after["floor"]) == (True, 700, 2)
    assert {offer.description for offer in offers(session).values()} == {""}
    uploads.done(undo_run, run.id, clerk)
    assert (known(session)["living_area_sqm"], known(session)["has_lift"]) == (60, True)


def test_a_column_that_is_not_there_says_nothing(session, owner):
    clerk = uploads.clerk_of(owner)
    uploads.take(TABLE, clerk, owner)
    uploads.take("Objektnummer;Warmmiete\nW1;720\n", clerk, owner)
    assert (known(session)["living_area_sqm"], known(session)["rent_warm_eur"]) == (60, 720)


def test_the_table_of_faulty_values_empties_nothing_else(session, owner):
    clerk = uploads.clerk_of(owner)
    uploads.take(TABLE, clerk, owner)
    uploads.take("Objektnummer;Quelle;Wohnfläche;Warmmiete;Hinweis\nW1;Zeile 2;;710;Bitte berichtigen.\n", clerk, owner)
    assert (known(session)["living_area_sqm"], known(session)["rent_warm_eur"]) == (60, 710)
