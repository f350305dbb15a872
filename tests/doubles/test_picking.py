"""Two records that somebody knows to be one are named, compared, merged and parted again."""

import pytest

from tests.brokerage.cases import BALCONY, DOOR
from tests.doubles.test_doubles import PERSON, others, someone
from tests.factories import advisor, make_dwelling, make_offer, make_organisation, make_request, provider_of
from tests.people import make_user, sign_in
from wohnberatung.cases.services.cases import load_case, open_case
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core.errors import DomainError, Forbidden, NotFound
from wohnberatung.doubles.services import decisions
from wohnberatung.doubles.services.picking import pick_pair
from wohnberatung.dwellings.services.dwellings import Address

OTHER = {"name": "Gerda Neumann", "phone": "0341 999999", "email": "neu@example.org", "reach": "email"}


@pytest.fixture
def two_cases(session):
    """Of one person who has married: nothing that a search compares agrees but the first name."""
    actor = someone()
    left, right = (open_case(content=content, actor=actor) for content in (PERSON, OTHER | {"notes": "Hört schlecht"}))
    return actor, left, right


def test_two_cases_are_picked_by_number_merged_and_parted(two_cases):
    actor, left, right = two_cases
    double = pick_pair("case", left.number, f" {right.number.lower()} ", actor)
    assert pick_pair("case", right.number, left.number, actor) is double
    decisions.merge(double.id, left.id, actor)
    assert load_case(right.id, actor).state == "closed"
    decisions.undo(double.id, actor)
    assert load_case(right.id, actor).state == "open"


@pytest.mark.parametrize(("first", "second"), [("Puschkow", "Neumann"), ("0351 4711999", "neu@example.org")])
def test_two_cases_are_picked_by_name_or_number_of_the_telephone(session, first, second):
    actor = someone()
    left = open_case(content=PERSON | {"phone": "0351 4711999"}, actor=actor)
    right = open_case(content=OTHER, actor=actor)
    double = pick_pair("case", first, second, actor)
    assert {double.a_id, double.b_id} == {left.id, right.id}


def test_what_nobody_or_several_answer_to_is_told_at_its_field(two_cases):
    actor, left, _right = two_cases
    open_case(content=PERSON | {"email": ""}, actor=actor)
    faults = {}
    for first, second in (("Puschkow", left.number), (left.number, "Zzyzx"), (left.number, left.number)):
        with pytest.raises(DomainError) as raised:
            pick_pair("case", first, second, actor)
        faults[first, second] = (raised.value.field, raised.value.message)
    (several, nothing, same) = faults.values()
    assert (several[0], left.number in several[1], "Gerda Puschkow" in several[1]) == ("first", True, True)
    assert nothing == ("second", "Dazu finden wir nichts. Bitte geben Sie die Nummer an.")
    assert same == ("second", "Das ist zweimal derselbe Eintrag.")


def test_the_need_comes_first_and_what_differs_before_what_is_alike(two_cases):
    actor, left, right = two_cases
    for case, wishes in ((left, (DOOR,)), (right, (DOOR, BALCONY))):
        link_request(case, make_request(*wishes).request.receipt_number, actor)
    sheet = decisions.pair_sheet(pick_pair("case", left.number, right.number, actor).id, actor)
    need = {field.label: field.verdict for field in sheet.need}
    assert need["Bemerkung"] == "blank"
    assert sorted(need.values()) == ["agree", "blank", "blank"]
    verdicts = [field.verdict for field in sheet.fields]
    assert verdicts == sorted(verdicts, key=decisions.VERDICTS.index)
    assert verdicts[0] == "differ"


def test_two_homes_are_picked_by_the_landlords_number_or_a_link(session):
    owner = make_organisation()
    homes = [make_dwelling(owner, address=Address(f"Weg {n}", "1", "01067", "Dresden"), floor=n) for n in (1, 2)]
    make_offer(homes[0]).external_id = "WE 1"
    double = pick_pair("dwelling", "WE 1", f"https://example.org/bestand/wohnungen/{homes[1].id}", advisor())
    assert {double.a_id, double.b_id} == {home.id for home in homes}
    floors = {field.label: field.verdict for field in decisions.pair_sheet(double.id, advisor()).fields}
    assert floors["Etage"] == "differ"


def test_only_the_office_picks_and_only_what_there_is(session):
    others()
    with pytest.raises(NotFound):
        pick_pair("offer", "a", "b", advisor())
    with pytest.raises(Forbidden):
        pick_pair("case", "a", "b", provider_of(make_organisation()))


def test_the_page(client, session):
    actor = make_user("advisor")
    sign_in(client, actor)
    first, second = (make_request(DOOR, contact=contact).request for contact in (PERSON, OTHER))
    assert "Zwei Einträge selbst wählen" in client.get("/doppelte?art=request").text
    page = "/doppelte/waehlen/request"
    refused = client.submit(page, {"first": first.receipt_number, "second": "nirgends"})
    assert (refused.status_code, "Dazu finden wir nichts" in refused.text) == (400, True)
    assert first.receipt_number in refused.text
    shown = client.submit(page, {"first": first.receipt_number, "second": second.receipt_number})
    assert ("Bedarf" in shown.text, "Wahrscheinlichkeit" in shown.text) == (True, False)
    assert "selbst gewählt" in client.get("/doppelte?art=request").text
    assert client.get("/doppelte/waehlen/unbekannt").status_code == 404
