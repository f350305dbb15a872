"""A home stays one offer whatever its sender calls it, and two homes with one number stay two."""

import pytest

from tests.factories import make_dwelling, make_offer, make_organisation
from tests.intake import uploads
from tests.intake.deliveries import FLAT, PLACE, full, home, openimmo, provider
from tests.intake.promoting import flat, gone, offers, take
from wohnberatung.dwellings.services.dwellings import Address


def at(number="4 b", unit="", storey="2"):
    unit = f"<wohnungsnr>{unit}</wohnungsnr>" if unit else ""
    place = PLACE.replace("4 b", number).replace("<etage>2", f"<etage>{storey}")
    return place.replace("</geo>", f"{unit}</geo>")


def numbered(number, place, action="CHANGE"):
    """As a sender knows it who gives no ids."""
    return home(FLAT + place + "<preise><warmmiete>600</warmmiete></preise>", obid=None, extern=number, action=action)


def told(report):
    return [outcome.state.value for outcome in report.outcomes]


def public(session):
    return sorted(
        f"{one.dwelling.house_number} {one.dwelling.unit}".strip()
        for one in offers(session).values()
        if one.status == "published"
    )


@pytest.mark.parametrize("unit", ["", "EG links"])
def test_another_program_with_other_ids_makes_no_second_offer(session, unit):
    take(openimmo(provider(flat(1, place=at(unit=unit)), flat(2, place=at("6")))))
    first = offers(session)["A1"].id
    report = take(full(provider(flat(1, rent=640, place=at(unit=unit[:5]), obid="NEW-1"), flat(2, place=at("6")))))
    assert told(report) == ["changed", "unchanged"]
    assert public(session) == sorted([f"4 b {unit[:5]}".strip(), "6"])
    assert offers(session)["A1"].rent_warm_eur == 640
    assert offers(session)["A1"].id == first


def test_other_id_and_other_number_of_a_flat_that_is_known_by_its_unit(session):
    take(openimmo(provider(flat(1, place=at(unit="EG links")))))
    report = take(openimmo(provider(flat(77, rent=640, place=at(unit="EG LINKS")))))
    assert (told(report), public(session)) == (["changed"], ["4 b EG LINKS"])


@pytest.mark.parametrize("anid", ["AN1-2", "AN10000000000000"])
@pytest.mark.parametrize("unit", ["", "EG links"])
def test_another_key_of_the_sender_makes_no_second_offer(session, anid, unit):
    take(openimmo(provider(flat(1, place=at(unit=unit)))))
    report = take(openimmo(provider(flat(1, place=at(unit=unit), obid="NEW-1"), anid=anid)))
    assert (told(report), len(public(session))) == (["changed"], 1)
    assert told(take(openimmo(provider(flat(1, place=at(unit=unit), obid="NEW-1"), anid=anid)) + "\n")) == ["unchanged"]
    assert told(take(full(provider()) + "<!-- the old program -->")) == []


def test_the_farewell_of_the_old_program_ends_nothing(session):
    take(openimmo(provider(flat(1))))
    take(openimmo(provider(flat(1, obid="NEW-1"))))
    assert told(take(openimmo(provider(gone(1))))) == ["unchanged"]
    assert public(session) == ["4 b"]
    assert told(take(openimmo(provider(home("", obid="NEW-1", extern="WE 1", action="DELETE"))))) == ["withdrawn"]


@pytest.mark.parametrize("turned", [False, True])
def test_old_and_new_id_in_one_delivery_are_one_offer(session, turned):
    take(openimmo(provider(flat(1))))
    both = [gone(1), flat(1, obid="NEW-1")]
    take(openimmo(provider(*(both[::-1] if turned else both))))
    assert public(session) == ["4 b"]


def test_one_number_in_two_houses_is_two_flats_whatever_came_first(session):
    nine, eleven = numbered("7", at("9", "EG", "0")), numbered("7", at("11", "2. OG"))
    take(openimmo(provider(nine, eleven)))
    assert public(session) == ["11 2. OG", "9 EG"]
    assert told(take(openimmo(provider(eleven, nine)) + "\n")) == ["unchanged"] * 2
    assert told(take(openimmo(provider(eleven)))) == ["unchanged"]
    assert told(take(openimmo(provider(numbered("7", at("9", "EG", "0"), "DELETE"))))) == ["withdrawn"]
    assert public(session) == ["11 2. OG"]


def test_a_number_gets_a_second_flat_later(session):
    nine, eleven = numbered("7", at("9")), numbered("7", at("11"))
    take(openimmo(provider(nine)))
    assert told(take(openimmo(provider(eleven, nine)))) == ["new", "unchanged"]
    assert public(session) == ["11", "9"]


@pytest.mark.parametrize("other", [at("6"), at(storey="3"), at(unit="EG rechts")])
def test_another_house_storey_or_unit_under_a_known_number_is_another_flat(session, other):
    unit = "EG links" if "rechts" in other else ""
    take(openimmo(provider(flat(1, place=at(unit=unit)))))
    assert told(take(openimmo(provider(flat(1, place=other, obid="B1"))))) == ["new"]


def test_deleted_and_changed_in_one_file_ends_in_the_later_state(session):
    take(openimmo(provider(flat(1))))
    take(openimmo(provider(gone(1), flat(1, rent=640))))
    assert (public(session), offers(session)["A1"].rent_warm_eur) == (["4 b"], 640)
    take(openimmo(provider(flat(1, rent=650), gone(1))))
    assert public(session) == []


def test_rooms_of_one_flat_stay_several_offers(session):
    room = FLAT.replace('<wohnung wohnungtyp="ETAGE"/>', '<zimmer zimmertyp="ZIMMER"/>')
    first, second = (home(room + at(unit="EG links"), obid=f"Z{n}", extern=f"Z {n}") for n in (1, 2))
    take(openimmo(provider(first)))
    assert told(take(openimmo(provider(second)))) == ["new"]
    assert len(public(session)) == 2


def test_what_was_entered_by_hand_is_the_flat_that_is_delivered(session):
    owner = make_organisation(name="Wohnhof Genossenschaft (erfunden)")
    by_hand = make_offer(make_dwelling(owner, Address("Musterweg", "4 b", "01307", "Dresden", "EG links")))
    assert told(take(openimmo(provider(flat(1, place=at(unit="EG links")))))) == ["changed"]
    assert [one.id for one in offers(session).values()] == [by_hand.id]


TABLE = "Objektnummer;Straße;Hausnummer;PLZ;Lage im Haus;Warmmiete\n"


def test_tables_keep_homes_of_one_number_apart_and_a_person_says_what_is_new(session):
    owner = make_organisation(name="Wohnhof")
    clerk = uploads.clerk_of(owner)
    rows = "7;Kennweg;9;01129;EG;600\n7;Kennweg;11;01129;2. OG;600\n8;Kennweg;13;01129;EG;600\n"
    uploads.take(TABLE + rows, clerk, owner)
    assert public(session) == ["11 2. OG", "13 EG", "9 EG"]
    run_id = uploads.send(TABLE + "88;Kennweg;13;01129;EG;640\n", clerk, owner)
    assert {key: one.state.value for key, one in uploads.outcomes(run_id).items()} == {"88": "changed"}


def test_the_same_row_twice_is_one_home_however_its_street_is_spelt(session):
    owner = make_organisation(name="Wohnhof")
    rows = "7;Kennstraße;9;01129;EG;600\n7;Kennstr.;9;01129;EG;610\n"
    uploads.take(TABLE + rows, uploads.clerk_of(owner), owner)
    assert [one.rent_warm_eur for one in offers(session).values()] == [610]
