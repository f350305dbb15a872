"""What is wrong in a delivery is told, and whether it was before; nobody is asked to decide where nothing changes."""

import pytest

from tests.intake.deliveries import FLAT, PLACE, home, openimmo, provider
from tests.intake.uploads import run_of, send, take
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.organisations import add_member
from wohnberatung.extensions import db

FAULTY = "<zustand_angaben><baujahr>19777</baujahr></zustand_angaben>"
HOLIDAYS = "<verwaltung_objekt><als_ferien>true</als_ferien></verwaltung_objekt>"
TABLE = "Objektnummer;Straße;Hausnummer;PLZ;Warmmiete;Baujahr\n"
ROWS = "W1;Musterweg;4;01307;620;1977\n"


def delivery(*more):
    return openimmo(
        provider(*(home(FLAT + PLACE + each, obid=f"A{n}", extern=f"WE {n}") for n, each in enumerate(more)))
    )


@pytest.mark.parametrize("more", [FAULTY, HOLIDAYS])
def test_a_delivery_with_the_same_faults_ends_by_itself_and_names_them(owner, clerk, more):
    take(delivery("", more), clerk, owner)
    again = run_of(send(delivery("", more), clerk, owner))
    assert (again.state, again.amiss.startswith("Fehlerhaft oder übersprungen wie zuvor: WE 1")) == ("promoted", True)
    assert ("Baujahr" in again.amiss, "Neu" in again.amiss) == (FAULTY in more, False)


def test_a_new_fault_that_changes_nothing_ends_by_itself_and_is_told_apart(owner, clerk):
    take(delivery("", FAULTY), clerk, owner)
    again = run_of(send(delivery(FAULTY, FAULTY), clerk, owner))
    assert again.state == "promoted"
    assert again.amiss == (
        "Fehlerhaft oder übersprungen wie zuvor: WE 1, Musterweg 4 b (Baujahr)."
        " Neu fehlerhaft oder übersprungen: WE 0, Musterweg 4 b (Baujahr)."
    )


def test_another_value_is_another_fault_and_one_that_was_mended_is_none(owner, clerk):
    take(delivery(FAULTY), clerk, owner)
    assert run_of(send(delivery(FAULTY.replace("19777", "29777")), clerk, owner)).amiss.startswith("Neu")
    take(delivery(FAULTY.replace("19777", "1977")), clerk, owner)
    assert run_of(send(delivery(FAULTY), clerk, owner)).amiss.startswith("Neu")


def test_rows_that_are_left_out_wait_once_while_columns_can_be_assigned(owner, clerk):
    strange = TABLE + ROWS + "W2;;;;500;1980\nW3;Musterweg;6;01307;640;19777\n"
    take(strange, clerk, owner)
    again = run_of(send(strange + "\n", clerk, owner))
    assert (again.state, again.amiss.count("wie zuvor"), again.amiss.count("Neu")) == ("promoted", 1, 0)
    more = run_of(send(strange + "W4;;;;510;1980\n", clerk, owner))
    assert (more.state, "Neu fehlerhaft oder übersprungen: W4" in more.amiss) == ("staged", True)


def test_the_list_of_deliveries_says_which_faults_last(client, owner, clerk):
    take(delivery("", FAULTY), clerk, owner)
    send(delivery("", FAULTY), clerk, owner)
    user = make_user("provider")
    add_member(user.id, owner.id, "manager")
    db.session.commit()
    sign_in(client, user)
    page = client.get("/einlesen").text
    assert "wie zuvor: WE 1, Musterweg 4 b (Baujahr)." in page
    assert "wartet auf Sie" not in page
