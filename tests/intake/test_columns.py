"""Somebody's own words for columns: asked once, then known for this organisation."""

import io

import pytest
from sqlalchemy import select

from tests.factories import make_organisation
from tests.intake.uploads import clerk_of, done, outcomes, run_of, send, take
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.intake.headings import suggestion
from wohnberatung.intake.models import ColumnMeaning
from wohnberatung.intake.recognise import recognise
from wohnberatung.intake.services import columns, decisions, exports, queries, uploads
from wohnberatung.jobs import worker

OWN = "Bestandskürzel;Gasse;Nummero;PLZ;m2 Wohnen;Bezahlung warm;Mieter\nW1;Weg;1;01307;62,5;640;Herr Geheim\n"
MEANT = {
    "Bestandskürzel": "external_id", "Gasse": "street", "Nummero": "house_number", "m2 Wohnen": "living_area_sqm",
    "Bezahlung warm": "rent_warm_eur", "Mieter": "",
}  # fmt: skip


def test_strange_headings_are_asked_about_once_and_known_from_then_on(owner, clerk):
    run_id = send(OWN, clerk, owner)
    run = run_of(run_id)
    assert run.state == "asking"
    found = {column.heading: column for column in columns.columns_of_run(run)}
    assert (list(found)[-1], found["PLZ"].word) == ("PLZ", "postcode")
    assert found["m2 Wohnen"].examples == ("62,5",)
    assert b"Geheim" not in run.columns
    done(columns.assign_columns, run_id, clerk, MEANT)
    done(decisions.apply_run, run_id, clerk)
    home = db.session.scalar(select(Offer))
    assert (home.external_id, home.dwelling.street, home.dwelling.living_area_sqm) == ("W1", "Weg", 62.5)
    assert (home.rent_warm_eur, home.status, run_of(run_id).columns) == (640, "published", None)
    again = send(OWN.replace("640", "650"), clerk, owner)
    assert (run_of(again).state, outcomes(again)["W1"].state) == ("staged", "changed")
    stranger = make_organisation()
    assert run_of(send(OWN, clerk_of(stranger), stranger)).state == "asking"


def test_columns_that_are_left_alone_contradict_nothing(owner, clerk):
    two = OWN.replace("Mieter", "Mieter;Bad").replace("Herr Geheim", "Herr Geheim;Wanne")
    run_id = send(two, clerk, owner)
    done(columns.assign_columns, run_id, clerk, MEANT | {"Bad": ""})
    assert [outcome.notes for outcome in outcomes(run_id).values()] == [[]]


def test_what_was_said_can_be_said_otherwise_while_the_preview_waits(owner, clerk):
    run_id = send("Objektnummer;PLZ;Nr\nW1;01307;5\n", clerk, owner)
    assert run_of(run_id).state == "staged"
    done(columns.assign_columns, run_id, clerk, {"Objektnummer": "external_id", "PLZ": "postcode", "Nr": "floor"})
    done(decisions.apply_run, run_id, clerk)
    assert db.session.scalar(select(Offer)).dwelling.floor == 5
    with pytest.raises(Conflict):
        columns.assign_columns(run_id, clerk, {"Objektnummer": "external_id"})


def test_a_table_needs_a_number_and_strangers_say_nothing(owner, clerk):
    run_id = send(OWN, clerk, owner)
    with pytest.raises(DomainError, match="Welche Spalte ist die Objektnummer"):
        columns.assign_columns(run_id, clerk, MEANT | {"Bestandskürzel": ""})
    with pytest.raises(NotFound):
        columns.assign_columns(run_id, clerk_of(make_organisation()), MEANT)
    assert db.session.scalar(select(ColumnMeaning)) is None


def test_a_program_is_not_asked_but_told(owner, clerk):
    token, _secret = uploads.create_token(owner.id, clerk, label="Nacht", applies=True)
    delivery = recognise("nacht.csv", io.BytesIO(b"Objektnummer;PLZ;Hausmeister\nW1;01307;Herr Emsig\n"))
    run_id = uploads.send(delivery, uploads.Sender(owner.id, token=token)).id
    db.session.commit()
    worker.do_due()
    assert (run_of(run_id).state, "„Hausmeister“" in run_of(run_id).notes[0]) == ("promoted", True)


@pytest.mark.parametrize(
    ("heading", "word"), [("Wohnflche", "living_area_sqm"), ("Strassse", "street"), ("Bemerkung", ""), ("Mieter", "")]
)
def test_a_heading_that_is_nearly_known_is_suggested(heading, word):
    assert suggestion(heading) == word


def offer(number):
    db.session.expire_all()
    return db.session.scalar(select(Offer).where(Offer.external_id == number))


def test_a_rent_that_cannot_be_is_a_fault_to_be_put_right_from_the_report(owner, clerk):
    headings = "Objektnummer;PLZ;Kaltmiete;NK;HK;Warmmiete\n"
    run = take(headings + "W1;01307;400;100;60;41.500\nW2;01307;400;100;60;560\n", clerk, owner)
    assert queries.counts_of(run)["fehler"] == 1
    (fault,) = outcomes(run.id)["W1"].faulty
    assert ("im Monat kann nicht stimmen" in fault.words, fault.given) == (True, "41.500")
    assert (offer("W1").rent_warm_eur, offer("W2").rent_warm_eur) == (None, 560)
    report = exports.report_file("csv", run).decode("utf-8-sig")
    take(report.replace('"41.500"', '"560"'), clerk, owner, name="fehler.csv")
    assert offer("W1").rent_warm_eur == 560
