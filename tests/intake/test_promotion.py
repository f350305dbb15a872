"""What a delivery does to dwellings and offers, on both databases."""

import pytest
from sqlalchemy import func, select

from tests.factories import advisor, make_organisation, make_request
from tests.intake.deliveries import FLAT, PLACE, full, home, openimmo, provider
from tests.intake.promoting import flat, gone, offers, stage, states, take
from wohnberatung.accounts.models import Organisation
from wohnberatung.brokerage.services.rankings import ranked_offers
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.dwellings.models import Dwelling, FactRecord, Offer
from wohnberatung.dwellings.services.dwellings import Address, save_dwelling
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import save_offer, withdraw_offer
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.models import ImportedObject, ImportRecord, ImportRun, ImportSource, ObjectState
from wohnberatung.intake.services import promotion, taking_over

TABLES = (Organisation, Dwelling, Offer, FactRecord, ImportSource, ImportedObject, ImportRun, ImportRecord)


def counts(session):
    session.expire_all()
    return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) for table in TABLES}


def test_a_new_object_becomes_a_dwelling_and_a_published_offer(session):
    lift = '<ausstattung><fahrstuhl PERSONEN="true"/></ausstattung>'
    report = take(openimmo(provider(flat(more=lift))))
    (offer,) = offers(session).values()
    assert states(report) == {"A1": "new"}
    assert (offer.status, offer.source, offer.rent_warm_eur) == ("published", "openimmo:AN1", 620)
    assert (offer.dwelling.street, offer.dwelling.town, offer.dwelling.floor) == ("Musterweg", "Dresden", 2)
    assert offer.dwelling.evidence["has_lift"]["level"] == "claimed"
    assert offer.evidence["rent_warm_eur"] == {
        "level": "stated",
        "date": "2026-11-20",
        "source": "Lieferung von Wohnhof Genossenschaft (erfunden)",
    }
    assert offer.dwelling.organisation_id == offer.organisation_id


def test_a_claim_from_prose_keeps_its_sentence_in_the_history(session):
    text = "<freitexte><objektbeschreibung>Ruhig. Bodengleiche Dusche.</objektbeschreibung></freitexte>"
    report = take(openimmo(provider(flat(more=text))))
    record = session.scalars(select(FactRecord).where(FactRecord.key == "shower_level")).one()
    assert (record.value, record.level, record.sentence) == (True, "claimed", "Bodengleiche Dusche.")
    assert "laut Anzeige: „Bodengleiche Dusche.“" in report.outcomes[0].claims[0]


def test_an_imported_flat_is_ranked_as_to_be_clarified(session):
    text = "<freitexte><objektbeschreibung>Die Wohnung ist stufenlos erreichbar.</objektbeschreibung></freitexte>"
    (outcome,) = take(openimmo(provider(flat(more=text)))).outcomes
    must = {"key": "step_free", "wanted": True, "importance": "must"}
    (match,) = ranked_offers(make_request(must).request, advisor()).ranking.matches
    assert (match.offer, match.outlook.value) == (outcome.offer_id, "clarify")


def test_the_district_is_told_with_its_certainty(session):
    (outcome,) = take(openimmo(provider(flat(place=PLACE.replace("Johannstadt-Nord", "Johanstadt"))))).outcomes
    assert "Johannstadt-Nord, zu 45 % sicher" in outcome.place
    assert offers(session)["A1"].dwelling.evidence["district"]["level"] == "claimed"


def test_a_district_that_is_a_mere_guess_stays_unknown_and_says_so(session):
    elsewhere = "<geo><plz>01169</plz><ort>Dresden</ort><strasse>Musterweg</strasse></geo>"
    (outcome,) = take(openimmo(provider(flat(place=elsewhere)))).outcomes
    assert "nur zu 35 % sicher" in outcome.place
    assert offers(session)["A1"].dwelling.district is None


def test_staging_changes_no_offer(session):
    staged = stage(openimmo(provider(flat())))
    found = counts(session)
    assert states(staged.report) == {"A1": "new"}
    assert (found["offers"], found["dwellings"], found["organisations"], found["fact_records"]) == (0, 0, 0, 0)
    assert (found["import_runs"], found["import_records"]) == (1, 1)


def test_the_same_file_again_changes_nothing_at_all(session):
    document = full(provider(flat(1), flat(2), home("", obid="X", action="DELETE")))
    take(document)
    before = counts(session), {offer.id: offer.version for offer in offers(session).values()}
    again = stage(document)
    assert again.is_done
    assert set(states(again.report).values()) == {"unchanged", "unknown"}
    assert (counts(session), {offer.id: offer.version for offer in offers(session).values()}) == before


def test_the_same_content_in_another_file_changes_no_offer(session):
    take(openimmo(provider(flat())))
    before = counts(session)
    report = take(openimmo(provider(flat())) + "\n")
    after = counts(session)
    assert states(report) == {"A1": "unchanged"}
    assert after == {**before, "import_runs": 2, "import_records": 2}


def test_a_change_is_told_field_by_field(session):
    take(openimmo(provider(flat())))
    moved = PLACE.replace("<etage>2", "<etage>3").replace("Musterweg", "Beispielweg")
    (outcome,) = take(openimmo(provider(flat(rent=640, place=moved)))).outcomes
    told = {change.label: (change.before, change.after) for change in outcome.differences}
    assert outcome.state == ObjectState.CHANGED
    assert told == {
        "Adresse": ("Musterweg 4 b, 01307 Dresden", "Beispielweg 4 b, 01307 Dresden"),
        "Etage": ("2. Obergeschoss", "3. Obergeschoss"),
        "Warmmiete": ("620 €", "640 €"),
    }
    assert offers(session)["A1"].rent_warm_eur == 640


def test_what_the_office_added_to_an_address_stays(session):
    point = '<geokoordinaten breitengrad="51.05" laengengrad="13.77"/></geo>'
    take(openimmo(provider(flat(place=PLACE.replace("</geo>", point)))))
    dwelling = offers(session)["A1"].dwelling
    save_dwelling(dwelling, address=Address("Musterweg", "4 b", "01307", "Dresden", "2. OG links", 51.05, 13.77))
    assert states(take(openimmo(provider(flat())))) == {"A1": "unchanged"}
    dwelling = offers(session)["A1"].dwelling
    assert (dwelling.unit, dwelling.lat, dwelling.lon) == ("2. OG links", 51.05, 13.77)


def test_releasing_the_address_is_a_change(session):
    take(openimmo(provider(flat())))
    more = "<verwaltung_objekt><objektadresse_freigeben>true</objektadresse_freigeben></verwaltung_objekt>"
    (outcome,) = take(openimmo(provider(flat(more=more)))).outcomes
    assert [change.words for change in outcome.differences] == ["Adresse öffentlich ändert sich von nein zu ja."]
    assert offers(session)["A1"].dwelling.public_address == "Musterweg 4 b, 01307 Dresden"


def test_what_an_advisor_measured_is_never_overwritten(session):
    lift = '<ausstattung><fahrstuhl PERSONEN="{}"/></ausstattung>'
    take(openimmo(provider(flat(more=lift.format("true")))))
    record_facts(offers(session)["A1"].dwelling, {"has_lift": False}, "measured", source="Hausbesuch")
    (outcome,) = take(openimmo(provider(flat(rent=640, more=lift.format("true"))))).outcomes
    assert offers(session)["A1"].dwelling.has_lift is False
    assert any("Aufzug bleibt bei nein" in note for note in outcome.notes)


def test_an_implausible_value_is_told_and_the_flat_still_comes(session):
    report = take(openimmo(provider(flat(more="<flaechen><wohnflaeche>9000</wohnflaeche></flaechen>"))))
    assert "Wohnfläche bleibt unbekannt: 9.000 m²" in report.outcomes[0].faults[0]
    assert offers(session)["A1"].dwelling.living_area_sqm is None
    assert "Nicht verwendbare Werte: 1." in report.summary


def test_a_deletion_withdraws_the_offer_and_keeps_the_dwelling(session):
    take(openimmo(provider(flat(1), flat(2))))
    report = take(openimmo(provider(gone(1))))
    assert states(report) == {"A1": "withdrawn"}
    assert {key: offer.status for key, offer in offers(session).items()} == {"A1": "withdrawn", "A2": "published"}
    assert counts(session)["dwellings"] == 2


def test_a_partial_delivery_leaves_what_it_does_not_name(session):
    take(openimmo(provider(flat(1), flat(2))))
    take(openimmo(provider(flat(1))))
    assert {offer.status for offer in offers(session).values()} == {"published"}


def test_a_full_delivery_ends_what_it_does_not_name_but_only_of_its_sender(session):
    take(openimmo(provider(*map(flat, range(1, 7))), provider(flat(9), anid="AN2", name="Anderes Haus")))
    report = take(full(provider(*map(flat, range(1, 6)))))
    assert states(report)["A6"] == "gone"
    ended = {key for key, offer in offers(session).items() if offer.status == "withdrawn"}
    assert ended == {"A6"}


def test_many_removals_need_a_person(session):
    take(full(provider(*map(flat, range(1, 8)))))
    document = full(provider(*map(flat, range(1, 6))))
    staged = stage(document)
    assert "2 von 7" in staged.report.too_many_removals
    with pytest.raises(promotion.TooManyRemovals):
        taking_over.promote(staged.run_id)
    assert {offer.status for offer in offers(session).values()} == {"published"}
    taking_over.promote(staged.run_id, allow_removals=True)
    assert sum(offer.status == "withdrawn" for offer in offers(session).values()) == 2


def test_deletions_by_name_need_a_person_too_when_they_are_many(session):
    take(full(provider(*map(flat, range(1, 8)))))
    with pytest.raises(promotion.TooManyRemovals):
        take(openimmo(provider(gone(1), gone(2))))


def test_an_empty_full_delivery_needs_a_person(session):
    take(full(provider(flat(1), flat(2))))
    with pytest.raises(promotion.TooManyRemovals):
        take(full(provider()))


def test_what_the_sender_took_back_returns_with_him(session):
    take(openimmo(provider(flat())))
    take(openimmo(provider(gone(1))))
    (outcome,) = take(openimmo(provider(flat())) + "\n").outcomes
    assert (outcome.state, offers(session)["A1"].status) == (ObjectState.CHANGED, "published")
    assert "Wieder im Angebot." in outcome.notes


@pytest.mark.parametrize("status", ["withdrawn", "let"])
def test_what_somebody_else_ended_stays_ended(session, status):
    take(openimmo(provider(flat())))
    save_offer(offers(session)["A1"], status=status)
    (outcome,) = take(openimmo(provider(flat(rent=640)))).outcomes
    assert offers(session)["A1"].status == status
    assert any("bleibt es" in note for note in outcome.notes)


def test_a_reserved_offer_is_not_torn_from_its_household(session):
    take(openimmo(provider(flat())))
    save_offer(offers(session)["A1"], status="reserved")
    (outcome,) = take(openimmo(provider(gone(1)))).outcomes
    assert offers(session)["A1"].status == "reserved"
    assert any("reserviert" in note for note in outcome.notes)


def test_deleting_what_was_never_here_is_told_and_harmless(session):
    report = take(openimmo(provider(gone(1))))
    assert states(report) == {"A1": "unknown"}
    assert counts(session)["offers"] == 0


def test_a_parking_space_is_skipped_in_words(session):
    parking = home("<objektkategorie><objektart><parken/></objektart></objektkategorie>")
    (outcome,) = take(openimmo(provider(parking))).outcomes
    assert outcome.state == ObjectState.SKIPPED
    assert "kein Wohnraum" in outcome.notes[0]


def test_a_home_that_cannot_be_had_any_more_ends_with_the_reason_and_comes_back(session):
    take(openimmo(provider(flat())))
    let = flat().replace(
        "<verwaltung_techn>", "<verwaltung_objekt><vermietet>1</vermietet></verwaltung_objekt><verwaltung_techn>"
    )
    (outcome,) = take(openimmo(provider(let))).outcomes
    assert (outcome.state, outcome.notes[0]) == (ObjectState.WITHDRAWN, "nicht zu haben (vermietet)")
    assert offers(session)["A1"].status == "withdrawn"
    (outcome,) = take(openimmo(provider(let)) + "<!-- again -->").outcomes
    assert (outcome.state, offers(session)["A1"].status) == (ObjectState.SKIPPED, "withdrawn")
    take(openimmo(provider(flat())) + "<!-- free -->")
    assert offers(session)["A1"].status == "published"


def test_an_object_is_recognised_when_it_gets_its_id_later_or_loses_it(session):
    for obid in (None, "A1", None, "A1"):
        take(openimmo(provider(flat(obid=obid))) + f"<!-- {obid} -->")
    assert counts(session)["offers"] == 1
    assert states(take(openimmo(provider(home("", obid="A1", extern=None, action="DELETE"))))) == {"A1": "withdrawn"}


def test_two_objects_with_one_number_are_not_mistaken_for_each_other(session):
    same_number = [home(FLAT + PLACE, obid=obid, extern="WE") for obid in ("A1", "A2")]
    take(openimmo(provider(*same_number)))
    take(openimmo(provider(home(FLAT + PLACE, obid=None, extern="WE"))))
    assert set(offers(session)) == {"A1", "A2", "WE"}


def test_the_same_flat_listed_anew_is_the_same_dwelling(session):
    placed = PLACE.replace("</geo>", "<wohnungsnr>12</wohnungsnr></geo>")
    take(openimmo(provider(flat(1, place=placed))))
    record_facts(offers(session)["A1"].dwelling, {"inner_door_clear_width_cm": 88}, "measured")
    take(openimmo(provider(gone(1))))
    (outcome,) = take(openimmo(provider(flat(2, place=placed.replace("Musterweg", "MUSTERWEG"))))).outcomes
    assert offers(session)["A2"].dwelling.inner_door_clear_width_cm == 88
    assert any("schon bekannt" in note for note in outcome.notes)


def test_one_bad_record_refuses_the_whole_delivery(session):
    document = openimmo(provider(flat(1), home(FLAT, obid=None, extern=None), flat(3)))
    before = counts(session)
    with pytest.raises(Unreadable, match=r"Objekt 2 .*objektnr_extern"):
        stage(document)
    assert counts(session) == before


def test_a_fault_while_promoting_leaves_nothing_behind(session):
    staged = stage(openimmo(provider(flat(1), flat(2))))
    spoiled = session.scalars(select(ImportRecord).where(ImportRecord.external_id == "A2")).one()
    spoiled.raw = {**spoiled.raw, "title": 5}
    session.commit()
    with pytest.raises(TypeError):
        taking_over.promote(staged.run_id)
    found = counts(session)
    assert (found["offers"], found["dwellings"], found["organisations"], found["imported_objects"]) == (0, 0, 0, 0)


def test_a_sender_keeps_his_organisation(session):
    known = make_organisation(name="Haus Elbblick (erfunden)")
    take(openimmo(provider(flat())), organisation=known.name)
    take(openimmo(provider(flat(rent=640))))
    assert offers(session)["A1"].organisation_id == known.id
    with pytest.raises(Conflict, match="Haus Elbblick"):
        stage(openimmo(provider(flat(rent=650))), organisation="Andere")


def test_a_new_sender_joins_the_organisation_of_his_name_or_founds_it(session):
    known = make_organisation(name="Wohnhof Genossenschaft (erfunden)")
    report = take(openimmo(provider(flat()), provider(flat(2), anid="AN2", name="Neues Haus")))
    assert offers(session)["A1"].organisation_id == known.id
    assert [note for note in report.notes if "neu angelegt" in note] == [
        "Die Organisation „Neues Haus“ ist neu angelegt. Bitte ihre Art prüfen."
    ]


def test_an_older_file_does_not_undo_a_newer_one(session):
    newer = openimmo(provider(flat(rent=640))).replace("2026-11-20T", "2026-11-21T")
    take(newer)
    take(openimmo(provider(flat(rent=620))))
    assert offers(session)["A1"].rent_warm_eur == 640


def test_a_day_in_the_future_counts_as_today(session):
    take(openimmo(provider(flat())).replace("2026-11-20T", "2031-01-01T"))
    assert offers(session)["A1"].evidence["rent_warm_eur"]["date"] < "2031"


def test_an_offer_withdrawn_here_is_not_brought_back_by_a_repetition(session):
    take(openimmo(provider(flat())))
    withdraw_offer(offers(session)["A1"])
    assert stage(openimmo(provider(flat()))).is_done


def test_an_unknown_delivery_cannot_be_promoted(session):
    with pytest.raises(NotFound):
        taking_over.promote("none")
