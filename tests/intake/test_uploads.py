"""Deliveries that organisations send: previewed, taken over, put right, taken back; killed at any point."""

import io
import zlib
from dataclasses import replace

import openpyxl
import pytest
from sqlalchemy import func, select

from matching.facts import Choice, Choices, Day, Flag, Measure, NeighbourhoodCode
from tests.factories import advisor, make_dwelling, make_offer, make_organisation
from tests.intake import openimmo_rules
from tests.intake.deliveries import PLACE, full, openimmo, provider
from tests.intake.eighty import FAULTS, FLATS, archive
from tests.intake.test_promotion import flat
from tests.intake.uploads import clerk_of, done, killed_at, outcomes, run_of, send, take
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Dwelling, FactRecord, Offer
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.lifecycle import review
from wohnberatung.dwellings.services.offers import advance, save_offer
from wohnberatung.dwellings.steps import RESERVE
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportedObject, ImportRun
from wohnberatung.intake.services import decisions, exports, jobs, promotion, queries, taking_over, uploads
from wohnberatung.jobs import services, worker
from wohnberatung.jobs.models import Job

TABLE = "Objektnummer;Straße;Hausnummer;PLZ;Warmmiete;Etage\n"


def offers():
    db.session.expire_all()
    return {offer.external_id: offer for offer in db.session.scalars(select(Offer))}


def stored():
    db.session.expire_all()
    return tuple(db.session.scalar(select(func.count()).select_from(table)) for table in (Dwelling, Offer, FactRecord))


def delivery(*flats):
    return openimmo(provider(*flats))


def test_eighty_flats_with_mixed_faults_come_and_are_put_right_from_the_report(owner, clerk):
    run_id = send(archive(), clerk, owner, "bestand.zip")
    run = run_of(run_id)
    counts = queries.counts_of(run)
    assert (run.state, counts["alle"], counts["neu"], counts["fehler"]) == ("staged", FLATS, FLATS - 2, len(FAULTS))
    assert stored() == (0, 0, 0)
    done(decisions.apply_run, run_id, clerk)
    assert run_of(run_id).state == "promoted"
    assert len(offers()) == FLATS - 2
    assert offers()["A3"].dwelling.living_area_sqm is None

    book = openpyxl.load_workbook(io.BytesIO(exports.report_file("xlsx", run_of(run_id))))
    rows = list(book.active.iter_rows())
    assert len(rows) == 1 + len(FAULTS)
    columns = {cell.value: place for place, cell in enumerate(rows[0])}
    area = next(row for row in rows if row[1].value == "A3")[columns["Wohnfläche"]]
    assert area.value == "9000"
    area.value = 90
    corrected = io.BytesIO()
    book.save(corrected)
    again = take(corrected.getvalue(), clerk, owner, name="fehler.xlsx")
    assert again.state == "promoted"
    assert offers()["A3"].dwelling.living_area_sqm == 90
    assert queries.counts_of(again)["geaendert"] == 1
    assert len(offers()) == FLATS - 2


def test_a_report_that_is_sent_back_too_early_makes_no_flats(owner, clerk):
    run_id = send(archive(), clerk, owner, "bestand.zip")
    early = send(exports.report_file("csv", run_of(run_id)), clerk, owner)
    assert {outcome.state for outcome in outcomes(early).values()} == {"skipped"}
    assert "erst übernehmen" in next(iter(outcomes(early).values())).notes[0]


def test_a_preview_tells_differences_field_by_field(owner, clerk):
    take(delivery(flat(1)), clerk, owner)
    run_id = send(delivery(flat(1, rent=640)), clerk, owner)
    (change,) = outcomes(run_id)["A1"].differences
    assert (change.label, change.before, change.after) == ("Warmmiete", "620 €", "640 €")
    assert offers()["A1"].rent_warm_eur == 620


def test_a_table_meets_its_own_rows_again_and_ends_what_a_full_one_does_not_name(owner, clerk):
    lines = [f"W{number};Weg;{number};01307;{600 + number};2" for number in range(8)]
    take(TABLE + "\n".join(lines), clerk, owner, full=True)
    run = take(TABLE + "\n".join(lines[1:]), clerk, owner, full=True)
    assert queries.counts_of(run)["endet"] == 1
    assert {key for key, offer in offers().items() if offer.status == "withdrawn"} == {"W0"}


def test_what_an_advisor_measured_survives_every_table(owner, clerk):
    take(TABLE + "W1;Weg;1;01307;600;2\n", clerk, owner)
    record_facts(offers()["W1"].dwelling, {"floor": 3}, "measured", actor=advisor())
    (outcome,) = outcomes(take(TABLE + "W1;Weg;1;01307;650;2\n", clerk, owner).id).values()
    assert (offers()["W1"].dwelling.floor, offers()["W1"].rent_warm_eur) == (3, 650)
    assert any("Etage bleibt bei 3" in note for note in outcome.notes)


def test_many_removals_ask_a_person(owner, clerk):
    take(full(provider(*map(flat, range(7)))), clerk, owner)
    run_id = send(full(provider(*map(flat, range(5)))), clerk, owner)
    with pytest.raises(promotion.TooManyRemovals):
        decisions.apply_run(run_id, clerk)
    done(decisions.apply_run, run_id, clerk, allow_removals=True)
    assert sum(offer.status == "withdrawn" for offer in offers().values()) == 2


def test_the_office_looks_first_where_it_does_not_trust_yet(owner):
    for trusted, confirmed in ((False, True), (False, False)):
        clerk = clerk_of(owner, trusted=trusted, confirmed=confirmed)
        run_id = send(delivery(flat(1)) + f"<!-- {confirmed} -->", clerk, owner)
        done(decisions.apply_run, run_id, clerk)
        assert run_of(run_id).state == "review"
    owner.confirmed_at = None
    with pytest.raises(DomainError, match="noch nicht bestätigt"):
        decisions.apply_run(run_id, advisor())
    owner.confirmed_at = run_of(run_id).created_at
    db.session.commit()
    assert queries.list_runs(advisor()).items[0].state == "review"
    done(decisions.apply_run, run_id, advisor())
    assert offers()["A1"].status == "published"


def test_likely_doubles_stand_side_by_side_and_a_person_decides(owner, clerk):
    known = make_dwelling(
        owner, Address("Müllerstraße", "4b", "01307", "Dresden", "2. OG"), floor=2, living_area_sqm=62
    )
    line = "Objektnummer;Straße;Hausnummer;PLZ;Lage im Haus;Etage;Wohnfläche;Warmmiete\n"
    line += "W1;Muellerstr.;4 b;01307;2.OG links;2;62;640\nW2;Woanders;9;01159;;1;40;500\n"
    run_id = send(line, clerk, owner)
    (double,) = outcomes(run_id)["W1"].doubles
    assert double.dwelling_id == known.id
    assert {field.label: field.word for field in double.fields}["Wohnfläche"] == "agree"
    assert outcomes(run_id)["W2"].doubles == ()
    number = next(shown.number for shown in queries.shown(queries.shown_objects(run_of(run_id), "doppelt").items))
    done(decisions.decide_double, run_id, clerk, number, known.id)
    assert outcomes(run_id)["W1"].doubles == ()
    done(decisions.apply_run, run_id, clerk)
    assert offers()["W1"].dwelling_id == known.id


def test_a_double_with_an_open_offer_becomes_that_offer(owner, clerk):
    known = make_dwelling(
        owner, Address("Müllerstraße", "4b", "01307", "Dresden", "2. OG"), floor=2, living_area_sqm=62
    )
    offer = make_offer(known, rent_warm_eur=600)
    line = "Objektnummer;Straße;Hausnummer;PLZ;Etage;Wohnfläche;Warmmiete\nW1;Müllerstr.;4b;01307;2;62;640\n"
    run_id = send(line, clerk, owner)
    done(decisions.decide_double, run_id, clerk, 1, known.id)
    done(decisions.apply_run, run_id, clerk)
    assert list(offers().values()) == [offer]
    assert offer.rent_warm_eur == 640


def test_what_a_person_should_read_first_waits_for_the_office(owner, clerk):
    text = "<freitexte><objektbeschreibung>Keine Ausländer.</objektbeschreibung></freitexte>"
    take(delivery(flat(1, more=text), flat(2)), clerk, owner)
    assert (offers()["A1"].status, offers()["A2"].status) == ("review", "published")
    (_first, second) = outcomes(take(delivery(flat(1), flat(2, more=text)), clerk, owner).id).values()
    assert offers()["A2"].status == "review"
    assert any("Wohnberatung" in note for note in second.notes)


def test_the_next_delivery_hides_nothing_that_the_office_let_pass(owner, clerk):
    text = "<freitexte><objektbeschreibung>{}</objektbeschreibung></freitexte>"
    take(delivery(flat(1, more=text.format("Nur an Frauen."))), clerk, owner)
    offer = offers()["A1"]
    review(offer.id, approve=True, note="", version=offer.version, actor=advisor())
    db.session.commit()
    take(delivery(flat(1, rent=700, more=text.format("Hell. Nur an Frauen."))), clerk, owner)
    assert (offers()["A1"].status, offers()["A1"].rent_warm_eur) == ("published", 700)
    take(delivery(flat(1, more=text.format("Nur an Frauen. Keine Kinder."))), clerk, owner)
    assert offers()["A1"].status == "review"


def test_a_delivery_says_that_a_home_can_still_be_had(owner, clerk):
    take(delivery(flat(1)), clerk, owner)
    offers()["A1"].asked_at = clock.now()
    db.session.commit()
    send(delivery(flat(1)) + " ", clerk, owner)
    assert (offers()["A1"].asked_at, offers()["A1"].confirmed_at is None) == (None, False)


def test_the_last_delivery_can_be_taken_back(owner, clerk):
    first = take(delivery(*map(flat, range(6))), clerk, owner)
    record_facts(offers()["A1"].dwelling, {"has_lift": True}, "stated")
    new = (flat(number, place=PLACE.replace("4 b", str(number))) for number in (7, 8))
    moved = full(provider(*(flat(number, rent=700 + number) for number in range(5)), *new))
    last = take(moved, clerk, owner)
    advance(offers()["A8"], RESERVE, by=Party.PROVIDER)
    record_facts(offers()["A2"], {"rent_warm_eur": 655}, "stated")
    db.session.commit()
    assert (offers()["A5"].status, offers()["A7"].status) == ("withdrawn", "published")
    assert [decisions.may_be_undone(run_of(run.id)) for run in (first, last)] == [False, True]
    with pytest.raises(DomainError, match="Nur die letzte"):
        decisions.undo_run(first.id, clerk)
    db.session.rollback()
    done(decisions.undo_run, last.id, clerk)
    now = offers()
    assert run_of(last.id).state == "undone"
    assert (now["A5"].status, now["A7"].status, now["A8"].status) == ("published", "withdrawn", "reserved")
    assert ["inzwischen reserviert" in note for note in run_of(last.id).notes] == [True]
    assert (now["A1"].rent_warm_eur, now["A2"].rent_warm_eur) == (620, 655)
    assert now["A1"].dwelling.has_lift is True
    reasons = db.session.scalars(select(FactRecord.source).where(FactRecord.subject_id == now["A1"].id))
    assert any("zurückgenommen" in source for source in reasons)
    assert decisions.may_be_undone(run_of(first.id))
    assert take(moved, clerk, owner).state == "promoted"
    assert offers()["A7"].status == "published"


def test_strangers_reach_nothing(owner, clerk):
    run_id = send(delivery(flat(1)), clerk, owner)
    stranger_home = make_organisation()
    stranger = clerk_of(stranger_home)
    for deed in (decisions.apply_run, decisions.discard_run, decisions.undo_run, uploads.get_run):
        with pytest.raises(NotFound):
            deed(run_id, stranger)
    with pytest.raises(NotFound):
        uploads.Sender.person(stranger, owner.id)
    assert queries.list_runs(stranger).total == 0
    assert queries.organisations_of(stranger) == [(stranger_home.id, stranger_home.name)]


def test_nobody_overwrites_anothers_flats_by_using_their_names(owner, clerk):
    take(delivery(flat(1)), clerk, owner)
    mine = offers()["A1"]
    home = make_organisation()
    rival = clerk_of(home)
    stolen = send(delivery(flat(1, rent=1)), rival, home)
    assert run_of(stolen).state == "refused"
    assert "anderen Organisation" in run_of(stolen).trouble
    assert owner.name not in run_of(stolen).trouble
    by_id = send(f"Angebots-ID;Objektnummer;Warmmiete\n{mine.id};W1;450\n", rival, home)
    assert {outcome.state for outcome in outcomes(by_id).values()} == {"skipped"}
    same_number = take("Objektnummer;PLZ;Warmmiete\nA1;01307;450\n", rival, home)
    assert queries.counts_of(same_number)["neu"] == 1
    assert mine.rent_warm_eur == 620


@pytest.mark.parametrize("sent", ["Objektnummer;Warmmiete\nA9;450\n", None])
def test_nothing_without_a_place_and_a_title_is_published(owner, clerk, sent):
    nowhere = openimmo(provider(flat(9)).replace(PLACE, "")) if sent is None else sent
    run_id = send(nowhere, clerk, owner)
    (outcome,) = outcomes(run_id).values()
    assert (outcome.state, "Ohne Adresse und ohne Titel" in outcome.notes[-1]) == ("skipped", True)
    corrected = take("Objektnummer;Titel;Warmmiete\nA9;Helle Wohnung;450\n", clerk, owner)
    assert queries.counts_of(corrected)["neu"] == 1


def test_an_unreadable_file_is_refused_in_words_and_can_be_discarded(owner, clerk):
    run_id = send("<kein-openimmo/>", clerk, owner, "falsch.xml")
    assert (run_of(run_id).state, "keine OpenImmo-Datei" in run_of(run_id).trouble) == ("refused", True)
    assert run_of(run_id).document is None
    assert decisions.discard_run(run_id, clerk).state == "discarded"
    with pytest.raises(Conflict):
        decisions.apply_run(run_id, clerk)


def test_a_file_that_waits_is_sealed_and_forgotten_once_it_is_taken_over(owner, clerk):
    run_id = send(archive(), clerk, owner, "bestand.zip")
    kept = run_of(run_id).document
    with pytest.raises(zlib.error):
        zlib.decompress(kept)
    done(decisions.apply_run, run_id, clerk)
    assert run_of(run_id).document is None


def test_the_same_file_twice_is_one_delivery_while_it_is_open(owner, clerk):
    first = send(delivery(flat(1)), clerk, owner)
    assert send(delivery(flat(1)), clerk, owner) == first
    done(decisions.apply_run, first, clerk)
    again = send(delivery(flat(1)), clerk, owner)
    assert again != first
    assert decisions.changes_anything(run_of(again)) is False


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (jobs, "read_delivery"),
        (promotion, "preview"),
        (promotion, "keep_preview"),
        (promotion, "understand"),
        (taking_over.TakingOver, "part"),
        (taking_over, "state_of"),
        (worker.services, "finish"),
    ],
)
def test_a_worker_killed_anywhere_leaves_before_or_after(owner, clerk, monkeypatch, place, name):
    # Whoever dies loses the job at once.
    monkeypatch.setattr(services, "QUEUE", replace(services.QUEUE, lease=-services.QUEUE.lease))
    with killed_at(place, name, monkeypatch):
        run_id = send(delivery(flat(1), flat(2)), clerk, owner)
        done(decisions.apply_run, run_id, clerk)
    assert len(offers()) in (0, 2)
    run = db.session.scalar(select(ImportRun))
    worker.do_due()
    if run_of(run.id).state == "staged":
        done(decisions.apply_run, run.id, clerk)
    assert (run_of(run.id).state, len(offers())) == ("promoted", 2)
    assert db.session.scalar(select(func.count()).select_from(ImportedObject)) == 2
    assert set(db.session.scalars(select(Job.state))) == {"done"}


def test_what_is_taken_away_comes_back_unchanged(owner, clerk):
    take(archive(), clerk, owner, name="bestand.zip")
    manual = make_offer(
        make_dwelling(owner, title="=Titel", floor=-1, district="06", claimed_level="accessible"),
        title='-schräg; mit "Zeichen"',
        level="stated",
        rent_warm_eur=512.35,
        available_from="2027-02-01",
        pets_allowed=False,
    )
    save_offer(manual, description="Erste Zeile\nzweite Zeile")
    before = stored()
    for form in ("csv", "xlsx", "openimmo"):
        run_id = send(exports.stock_file(form, clerk, owner.id), clerk, owner, f"bestand.{form}")
        run, found = run_of(run_id), outcomes(run_id)
        changed = [(outcome.name, outcome.lines) for outcome in found.values() if outcome.state != "unchanged"]
        assert changed == [], form
        assert (len(found), run.notes) == (FLATS - 1, []), form
        assert stored() == before, form


def something(fact):
    """A value the fact takes, and where it can one that is no whole number."""
    match fact:
        case Measure():
            return min(fact.high, fact.low + 60 + fact.step)
        case Flag():
            return True
        case Choices():
            return list(fact.options)[:2]
        case Choice():
            return next(iter(fact.options))
        case Day():
            return "2027-02-01"
        case NeighbourhoodCode():
            return "06"
    return None


def test_our_openimmo_is_valid_and_comes_back_whatever_is_known_of_a_home(owner, clerk):
    everything = {fact.key: value for fact in exports.FACTS if (value := something(fact)) is not None}
    given = [everything, everything | {"floor": -1, "tenure": "purchase", "has_lift": False}, {"tenure": "rent"}, {}]
    # A place that is only guessed would come back as another guess.
    for facts in [each | {"district": "06"} for each in given]:
        of_home = {key: facts[key] for key in facts if hasattr(Dwelling, key)}
        make_offer(
            make_dwelling(owner, level="stated", **of_home),
            level="stated",
            **{key: facts[key] for key in facts if key not in of_home},
        )
    before, known = stored(), sorted(repr(_known(offer)) for offer in db.session.scalars(select(Offer)))
    written = exports.stock_file("openimmo", clerk, owner.id)
    assert openimmo_rules.faults(written) == []
    run_id = send(written, clerk, owner, "bestand.xml")
    changed = [(each.name, each.lines) for each in outcomes(run_id).values() if each.state != "unchanged"]
    assert (changed, stored()) == ([], before)
    assert sorted(repr(_known(offer)) for offer in db.session.scalars(select(Offer))) == known


def _known(offer):
    return sorted({**offer.known_facts(), **offer.dwelling.known_facts()}.items())


def test_the_stock_holds_only_ones_own_and_the_office_has_all(owner, clerk):
    make_offer(make_dwelling(owner), title="Eigene")
    make_offer(title="Fremde")
    mine, all_of_it = (exports.stock_file("csv", actor).decode() for actor in (clerk, advisor()))
    assert ("Eigene" in mine, "Fremde" in mine) == (True, False)
    assert ("Eigene" in all_of_it, "Fremde" in all_of_it) == (True, True)
    assert "Fremde" not in exports.stock_file("csv", clerk, make_organisation().id).decode()
