"""What a delivery's preview shows of new homes, what ends by itself, and what is asked before it is done."""

import pytest

from matching.criteria.money import AVAILABLE_FROM
from tests.intake.deliveries import FLAT, PLACE, PROLOG, full, home, openimmo, provider
from tests.intake.uploads import done, outcomes, run_of, send, take
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.organisations import add_member
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.sheets import fact_row
from wohnberatung.extensions import db
from wohnberatung.intake.services import decisions
from wohnberatung.intake.services.promotion import TooManyRemovals

WHOLE = (
    "<preise><nettokaltmiete>412.50</nettokaltmiete><nebenkosten>110</nebenkosten><heizkosten>74</heizkosten></preise>"
    "<flaechen><wohnflaeche>61.24</wohnflaeche><anzahl_zimmer>2.5</anzahl_zimmer></flaechen>"
    '<ausstattung><fahrstuhl PERSONEN="true"/></ausstattung>'
    "<verwaltung_objekt><abdatum>2027-02-01</abdatum></verwaltung_objekt>"
)


def delivery(*more, wrap=openimmo):
    return PROLOG + wrap(provider(*(home(FLAT + PLACE + each, obid=f"A{n}") for n, each in enumerate(more))))


@pytest.mark.parametrize(
    ("more", "told", "unknown"),
    [
        (
            WHOLE,
            {"Warmmiete": "596,50 €", "Bruttokaltmiete": "522,50 €", "Zimmer": "2,5 Zimmer", "Aufzug": "ja",
             "Wohnfläche": "61,24 m²", "Frei ab": "01.02.2027", "Adresse": "Musterweg 4 b, 01307 Dresden"},
            (),
        ),
        (
            "<preise><kaltmiete>389</kaltmiete><nebenkosten>165</nebenkosten></preise>",
            {"Nettokaltmiete": "389 €", "Nebenkosten": "165 €"},
            ("Warmmiete", "Bruttokaltmiete", "Zimmer", "Wohnfläche", "Frei ab"),
        ),
        (
            "<preise><warmmiete>41500</warmmiete></preise><flaechen><anzahl_zimmer>2</anzahl_zimmer></flaechen>",
            {"Zimmer": "2 Zimmer"},
            ("Warmmiete", "Bruttokaltmiete", "Wohnfläche", "Frei ab"),
        ),
    ],
)  # fmt: skip
def test_the_preview_shows_what_a_new_home_is_and_what_nobody_said(owner, clerk, more, told, unknown):
    outcome = outcomes(send(delivery(more), clerk, owner))["A0"]
    assert dict(outcome.values).items() >= told.items()
    assert tuple(outcome.unknown) == unknown


def test_the_page_of_the_preview_shows_it(client, owner, clerk):
    run_id = send(delivery(WHOLE, "<preise><kaltmiete>389</kaltmiete></preise>"), clerk, owner)
    user = make_user("provider")
    add_member(user.id, owner.id, "manager")
    sign_in(client, user)
    page = client.get(f"/einlesen/{run_id}").text
    assert "596,50 €" in page
    assert "Unbekannt bleibt: Warmmiete, Bruttokaltmiete" in page


def test_a_day_that_has_come_is_shown_as_the_pages_will_read_it(owner, clerk):
    run_id = send(delivery(WHOLE.replace("2027-02-01", "2020-02-01")), clerk, owner)
    assert dict(outcomes(run_id)["A0"].values)["Frei ab"] == "sofort (seit 01.02.2020)"
    done(decisions.apply_run, run_id, clerk)
    offer = db.session.query(Offer).one()
    row = fact_row(offer, AVAILABLE_FROM)
    assert (row.text, offer.available_from) == ("sofort", "2020-02-01")

    changed = run_of(send(delivery(WHOLE.replace("2027-02-01", "2020-03-01")), clerk, owner))
    told = "Frei ab ändert sich von sofort (seit 01.02.2020) zu sofort (seit 01.03.2020)."
    assert told in outcomes(changed.id)["A0"].lines


def test_a_delivery_that_says_nothing_new_ends_by_itself(owner, clerk):
    take(delivery(WHOLE), clerk, owner)
    again = run_of(send(delivery(WHOLE), clerk, owner))
    assert (again.state, decisions.changes_anything(again)) == ("promoted", False)


@pytest.mark.parametrize(
    "more",
    [
        WHOLE.replace("110", "111"),
        WHOLE + '<zustand_angaben><verkaufstatus stand="RESERVIERT"/></zustand_angaben>',
    ],
)
def test_one_that_changes_something_waits(owner, clerk, more):
    take(delivery(WHOLE, WHOLE), clerk, owner)
    assert run_of(send(delivery(WHOLE, more), clerk, owner)).state == "staged"


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_full_delivery_without_any_object_asks(owner, clerk, count):
    take(delivery(*[WHOLE] * count), clerk, owner)
    run_id = send(delivery(wrap=full), clerk, owner)
    assert (run_of(run_id).state, "kein Objekt" in run_of(run_id).too_many_removals) == ("staged", True)
    with pytest.raises(TooManyRemovals):
        decisions.apply_run(run_id, clerk)
    done(decisions.apply_run, run_id, clerk, allow_removals=True)
    assert run_of(run_id).state == "promoted"


def test_a_full_delivery_that_still_names_one_ends_the_other_without_asking(owner, clerk):
    take(delivery(WHOLE, WHOLE), clerk, owner)
    assert run_of(send(delivery(WHOLE, wrap=full), clerk, owner)).too_many_removals == ""
