"""Dwellings and offers: found again, scoped to organisations, published by the office."""

import pytest
from sqlalchemy.exc import IntegrityError

from matching.ranking import rank
from matching.requests import Request, Requirement
from tests.factories import advisor, make_dwelling, make_offer, make_organisation, make_project, provider_of
from tests.queries import sent_statements
from wohnberatung.bridge.frames import frame_of_offers
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.dwellings.services.dwellings import Address, find_or_create_dwelling, save_dwelling
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.listings import (
    OfferFilter,
    find_offer,
    get_dwelling,
    get_offer,
    list_dwellings,
    list_offers,
)
from wohnberatung.dwellings.services.offers import save_offer, withdraw_offer
from wohnberatung.dwellings.services.sheets import fact_history, fact_sheet

HOME = Address("Pfotenhauerstraße", "12 a", "01307", "Dresden", "2. OG links")


def test_a_dwelling_is_found_again_by_any_spelling_of_its_address(session):
    owner = make_organisation()
    first = find_or_create_dwelling(organisation_id=owner.id, address=HOME)
    for street in ("Pfotenhauerstr.", "PFOTENHAUERSTRASSE", "Pfotenhauer Str."):
        again = Address(street, "12A", "01307", "Dresden", "2.OG links")
        assert find_or_create_dwelling(organisation_id=owner.id, address=again) is first


def test_the_flats_of_a_house_are_different_dwellings(session):
    owner = make_organisation()
    other_unit = Address(HOME.street, HOME.house_number, HOME.postcode, HOME.town, "2. OG rechts")
    no_unit = Address(HOME.street, HOME.house_number, HOME.postcode, HOME.town)
    found = [
        find_or_create_dwelling(organisation_id=owner.id, address=at) for at in (HOME, other_unit, no_unit, no_unit)
    ]
    assert len({dwelling.id for dwelling in found}) == 4
    assert find_or_create_dwelling(organisation_id=make_organisation().id, address=HOME) is not found[0]


def test_an_address_is_public_only_where_it_was_released(session):
    dwelling = make_dwelling(address=HOME)
    assert dwelling.public_address == "01307 Dresden"
    save_dwelling(dwelling, address_released=True)
    assert dwelling.public_address == dwelling.address == "Pfotenhauerstraße 12 a, 01307 Dresden"


def test_an_offer_is_of_a_dwelling_or_a_project(session):
    with pytest.raises(DomainError, match="Wohnung oder ein Projekt"):
        save_offer(organisation_id=make_organisation().id)
    project = make_project()
    offer = save_offer(project_id=project.id, organisation_id=project.organisation_id)
    assert (offer.status, offer.parts) == ("draft", (offer, project))


def test_demands_are_checked_against_the_catalogue(session):
    asked = {"key": "persons", "wanted": [1, 3]}
    offer = make_offer(demands=(asked,))
    assert offer.demands == [{**asked, "importance": "must", "weight": 1, "tolerance": 0}]
    for wrong in (
        {"key": "religion", "wanted": "any"},
        {"key": "persons", "wanted": [3, 1]},
        {"key": "persons", "wanted": [1, 3], "importance": "maybe"},
        {"key": "persons", "wanted": [1, 3], "weight": 9},
        "persons",
    ):
        with pytest.raises(DomainError):
            save_offer(offer, demands=[asked, wrong])
    assert len(offer.demands) == 1


def test_the_office_publishes_and_the_provider_takes_back(session):
    owner = make_organisation(trust="reviewed")
    offer, mine, other = (
        make_offer(make_dwelling(owner), status="draft"),
        provider_of(owner),
        provider_of(make_organisation()),
    )
    save_offer(offer, status="review", actor=mine)
    with pytest.raises(Forbidden):
        save_offer(offer, status="published", actor=mine)
    with pytest.raises(Forbidden):
        save_offer(offer, title="Meine", actor=other)
    save_offer(offer, status="published", actor=advisor())
    assert offer.published_at is not None
    withdraw_offer(offer, actor=mine)
    assert (offer.status, offer.closed_at is None) == ("withdrawn", False)


def test_of_two_people_who_edit_the_second_is_told(session):
    offer = make_offer()
    version = offer.version
    save_offer(offer, title="Erste", version=version)
    with pytest.raises(Conflict):
        save_offer(offer, title="Zweite", version=version)
    assert offer.title == "Erste"


def test_an_import_finds_its_offer_by_its_own_name_once(session):
    offer = make_offer(external_id="obid-1")
    assert find_offer("manual", "obid-1") is offer
    assert find_offer("openimmo", "obid-1") is None
    with pytest.raises(IntegrityError):
        make_offer(external_id="obid-1")


def test_people_see_what_is_theirs_to_see(session):
    owner = make_organisation()
    draft, shown = make_offer(make_dwelling(owner), status="draft"), make_offer()
    sees = {
        name: {offer.id for offer in list_offers(person).items}
        for name, person in (("office", advisor()), ("owner", provider_of(owner)), ("public", VISITOR))
    }
    assert sees == {"office": {draft.id, shown.id}, "owner": {draft.id, shown.id}, "public": {shown.id}}
    assert get_offer(draft.id, provider_of(owner)) is draft
    with pytest.raises(NotFound):
        get_offer(draft.id, VISITOR)
    assert [one.id for one in list_dwellings(provider_of(owner)).items] == [draft.dwelling_id]
    with pytest.raises(NotFound):
        get_dwelling(shown.dwelling_id, provider_of(owner))
    with pytest.raises(Forbidden):
        fact_history(shown.dwelling, VISITOR)


def test_offers_are_narrowed_by_status_and_words(session):
    home = make_offer(make_dwelling(address=HOME), title="Helle Wohnung")
    make_offer(title="Dunkle Wohnung", status="let")
    person = advisor()
    assert [one.id for one in list_offers(person, OfferFilter(statuses=("published",))).items] == [home.id]
    assert [one.id for one in list_offers(person, OfferFilter(text="pfoten helle")).items] == [home.id]
    assert list_offers(person, OfferFilter(text="100%")).items == []
    assert list_offers(person, OfferFilter(text="wohnung")).total == 2


def test_a_list_costs_the_same_queries_however_long_it_is(session):
    def statements_for_list():
        session.expire_all()
        with sent_statements() as statements:
            assert [(offer.dwelling.title, offer.project) for offer in list_offers(advisor()).items]
        return len(statements)

    make_offer()
    one = statements_for_list()
    for _ in range(6):
        make_offer()
    assert statements_for_list() == one == 2


def test_a_fact_sheet_shows_every_fact_with_its_evidence_or_as_unknown(session):
    dwelling = make_dwelling(level="measured", inner_door_clear_width_cm=88.5)
    offer = make_offer(dwelling, level="stated", rent_warm_eur="612,50 €")
    groups = {group.theme: {row.fact.key: row for row in group.rows} for group in fact_sheet(offer)}
    door, lift = groups["rooms"]["inner_door_clear_width_cm"], groups["access"]["has_lift"]
    assert (door.text, door.level, door.source) == ("88,5 cm", "measured", "Testangabe")
    assert (lift.text, lift.known, lift.level) == ("unbekannt", False, None)
    assert groups["money"]["rent_warm_eur"].text == "612,50 €"
    listed = [row.fact.key for group in fact_sheet(offer) for row in group.rows]
    assert sorted(listed) == sorted(fact.key for part in (offer, dwelling) for fact in part.own_facts())


def test_the_history_tells_who_said_what(session):
    owner = make_organisation()
    dwelling = make_dwelling(owner, has_lift=True)
    record_facts(dwelling, {"has_lift": False}, "stated", actor=provider_of(owner), source="Konto")
    told = [(record.value, record.source) for record in fact_history(dwelling, provider_of(owner), "has_lift")]
    assert told == [(False, "Konto"), (True, "Testangabe")]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"steps_to_flat": 24, "has_lift": False}, "nein"),
        ({"steps_to_flat": 0}, "ja"),
        ({"has_lift": False, "floor": 3}, "nein"),
        ({"has_lift": True, "floor": 3}, "unbekannt"),
    ],
)
def test_a_sheet_says_of_step_free_what_the_engine_concludes(session, known, words):
    offer = make_offer(make_dwelling(**known))
    rows = {row.fact.key: row for group in fact_sheet(offer) for row in group.rows}
    assert rows["step_free"].text == words
    frame = frame_of_offers([offer.id])
    (match,) = rank(Request("r", (Requirement("step_free", True),)), frame, include_misses=True).matches
    assert (match.reasons[0].grade == "unknown") is not rows["step_free"].known


def test_a_sheet_does_not_miss_the_width_of_a_lift_that_there_is_not(session):
    groups = fact_sheet(make_offer(make_dwelling(has_lift=False)))
    missing = {row.fact.key for group in groups for row in group.unknown}
    assert "inner_door_clear_width_cm" in missing
    assert not {key for key in missing if key.startswith("lift_")}
