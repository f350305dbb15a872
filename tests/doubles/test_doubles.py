"""The same dwelling, request or case twice: found, shown field by field, merged, parted again."""

import pytest

from tests.appointments.cases import CONTACT, advisor_with_hours, booked
from tests.brokerage.cases import BALCONY, DOOR, home, reviewed
from tests.cases.factories import make_case
from tests.factories import advisor, make_dwelling, make_offer, make_organisation, make_request
from tests.people import make_user, sign_in
from tests.pictures.drawings import drawn
from wohnberatung.appointments.services.booking import attach
from wohnberatung.cases.services.cases import cases_reached_by, load_case, open_case
from wohnberatung.cases.services.drafts import NEW_TALK, load_draft, save_draft
from wohnberatung.cases.services.follow_ups import add_follow_up, due_follow_ups, follow_ups_of, understand
from wohnberatung.cases.services.people import people_of, save_person
from wohnberatung.cases.services.requests import link_request, requests_of
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.core.transactions import transaction
from wohnberatung.doubles.models import DoubleState, LikelyDouble
from wohnberatung.doubles.services import decisions
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.dwellings.services.listings import list_dwellings
from wohnberatung.extensions import db
from wohnberatung.jobs import services
from wohnberatung.letters.services.letters import draft, keep, letters_about, load_letter, suggested
from wohnberatung.measures.services.measures import add_goal, add_measure, goals_of, measures_of
from wohnberatung.pictures.services import add_pictures, album, bytes_of
from wohnberatung.seekers.models import RequestState
from wohnberatung.surveys.services.surveys import agree_to_pictures, begin_survey, load_survey, save_room, surveys_of

PERSON = {"name": "Gerda Puschkow", "email": "gerda@example.org", "phone": "0351 4711", "reach": "email"}
TYPO = PERSON | {"name": "Puschkov Gerda", "phone": "+49 351 4711"}


def someone():
    user = make_user("advisor")
    return Actor(user_id=user.id, name=user.name, roles=frozenset({ADVISOR}))


def searched():
    decisions.keep(decisions.search())


def only_pair(kind, actor=None):
    searched()
    (sheet,) = decisions.pairs_for_list(actor or advisor(), kind)
    return sheet


@pytest.fixture
def flats(session):
    """A flat that was entered twice, once with a typing error and what only the survey knew."""
    owner = make_organisation()
    here = {"postcode": "01159", "town": "Dresden", "unit": "2. OG links"}
    first = make_dwelling(
        owner, address=Address(street="Wernerstraße", house_number="12", **here), level="stated",
        living_area_sqm=61.5, floor=2, rooms=3, inner_door_clear_width_cm=80,
    )  # fmt: skip
    second = make_dwelling(
        owner, address=Address(street="Wermerstraße", house_number="12", **here), level="measured",
        living_area_sqm=61.5, floor=2, rooms=3, inner_door_clear_width_cm=93, has_lift=True,
    )  # fmt: skip
    for _number in range(8):
        make_dwelling(address=Address(street=f"Andere Gasse {_number}", house_number="1", postcode="01067"))
    return first, second, make_offer(second, title="Die zweite")


@pytest.mark.parametrize(
    ("other", "verdict"),
    [("Gerda Puschkow", "agree"), ("gerda  puschkow", "agree"), ("Puschkov Gerda", "similar")],
)
def test_only_what_is_written_alike_is_called_the_same(session, other, verdict):
    actor = someone()
    for name in (PERSON["name"], other):
        make_case(actor, name=name, phone="0351 4711", email="gerda@example.org")
    session.commit()
    assert {field.label: field.verdict for field in only_pair("case", actor).fields}["Nachname"] == verdict


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Müller-Platz, Jörg", "Jörg", "Müller-Platz"),
        ("von der Heide, Anna", "Anna von der", "Heide"),
        ("Jörg Müller-Platz", "Jörg", "Müller-Platz"),
    ],
)
def test_a_name_with_a_comma_is_compared_as_it_says_itself(session, written, first, last):
    actor = someone()
    for name in (written, f"{first} {last}"):
        make_case(actor, name=name, phone="0351 4711", email="joerg@example.org")
    session.commit()
    compared = {field.label: (field.a, field.b, field.verdict) for field in only_pair("case", actor).fields}
    assert compared["Vorname"] == (first, first, "agree")
    assert compared["Nachname"] == (last, last, "agree")


def test_a_dwelling_entered_twice_becomes_one_and_two_again(flats):
    first, second, offer = flats
    before = dict(first.evidence)
    sheet = only_pair("dwelling")
    verdicts = {field.label: field.verdict for field in sheet.fields}
    assert verdicts.get("Straße") != "agree"
    assert verdicts["Hausnummer"] == "agree"
    decisions.merge(sheet.double.id, first.id, advisor())
    assert offer.dwelling is first
    assert (first.inner_door_clear_width_cm, first.has_lift) == (93, True)
    assert first.evidence["inner_door_clear_width_cm"]["level"] == "measured"
    assert second.id not in {item.id for item in list_dwellings(advisor()).items}
    decisions.undo(sheet.double.id, advisor())
    assert offer.dwelling is second
    assert (first.inner_door_clear_width_cm, first.has_lift) == (80, None)
    assert first.evidence == before
    assert second.id in {item.id for item in list_dwellings(advisor()).items}


def test_what_was_learned_since_stays_when_a_merge_is_undone(flats):
    from wohnberatung.dwellings.services.facts import record_facts

    first, _second, _offer = flats
    sheet = only_pair("dwelling")
    decisions.merge(sheet.double.id, first.id, advisor())
    record_facts(first, {"inner_door_clear_width_cm": 95}, "measured", actor=advisor())
    decisions.undo(sheet.double.id, advisor())
    assert first.inner_door_clear_width_cm == 95


def test_homes_of_two_owners_are_shown_but_never_merged(session):
    address = Address(street="Wernerstraße", house_number="12", postcode="01159", town="Dresden", unit="3. OG")
    pair = [make_dwelling(make_organisation(), address=address, living_area_sqm=50, floor=3) for _ in range(2)]
    for number in range(8):
        make_dwelling(address=Address(street=f"Andere Gasse {number}", house_number="1", postcode="01067"))
    sheet = only_pair("dwelling")
    with pytest.raises(DomainError, match="verschiedenen Anbietern"):
        decisions.merge(sheet.double.id, pair[0].id, advisor())


def others():
    for number in range(6):
        make_request(contact={"name": f"Person Nummer {number}", "email": f"p{number}@example.org", "reach": "email"})


def test_a_request_sent_twice_is_closed_for_the_other(session):
    first, second = (make_request(DOOR, contact=contact).request for contact in (PERSON, TYPO))
    others()
    sheet = only_pair("request")
    decisions.merge(sheet.double.id, first.id, advisor())
    assert (first.state, second.state) == (RequestState.NEW, RequestState.CLOSED)
    decisions.undo(sheet.double.id, advisor())
    assert second.state == RequestState.NEW


def test_a_request_with_open_proposals_is_not_closed(session):
    first = make_request(DOOR, BALCONY, contact=PERSON)
    second = make_request(DOOR, contact=TYPO)
    others()
    reviewed(second, home())
    sheet = only_pair("request")
    with pytest.raises(DomainError, match=second.request.receipt_number):
        decisions.merge(sheet.double.id, first.request.id, advisor())
    decisions.merge(sheet.double.id, second.request.id, advisor())


def test_two_cases_of_one_person_come_together_with_their_requests(session):
    actor = someone()
    first, second = (open_case(content=content, actor=actor) for content in (PERSON, TYPO))
    for number in range(6):
        open_case(content={"name": f"Mensch Nummer {number}", "email": f"m{number}@example.org"}, actor=actor)
    request = make_request(DOOR).request
    link_request(second, request.receipt_number, actor)
    sheet = only_pair("case", actor)
    decisions.merge(sheet.double.id, first.id, actor)
    assert requests_of(first, actor) == [request]
    assert load_case(second.id, actor).state == "closed"
    decisions.undo(sheet.double.id, actor)
    assert requests_of(first, actor) == []
    assert load_case(second.id, actor).state == "open"


@pytest.fixture
def two_cases(session):
    """One person twice, each time with something to be done: (advisor, left, right)."""
    actor = someone()
    left, right = (open_case(content=content, actor=actor) for content in (PERSON, TYPO | {"notes": "Hört schlecht"}))
    for number in range(6):
        open_case(content={"name": f"Mensch Nummer {number}", "email": f"m{number}@example.org"}, actor=actor)
    for case, text in ((left, "heute Antrag stellen (Frist!)"), (right, "heute Widerspruch einlegen, Frist läuft ab")):
        add_follow_up(case, understand(text), actor)
    return actor, left, right


def to_do(case):
    return sorted(text for _row, text in follow_ups_of(case))


def history(case, actor):
    return [str(entry.title) for entry in timeline(case, actor)]


@pytest.mark.parametrize("keep_left", [True, False])
def test_what_is_to_be_done_in_either_case_is_due_in_the_one_that_stays(two_cases, keep_left):
    actor, left, right = two_cases
    kept, gone = (left, right) if keep_left else (right, left)
    sheet = only_pair("case", actor)
    decisions.merge(sheet.double.id, kept.id, actor)
    both = ["Antrag stellen (Frist!)", "Widerspruch einlegen, Frist läuft ab"]
    assert (to_do(kept), to_do(gone)) == (both, [])
    assert sorted(text for _row, text in due_follow_ups(actor, clock.today())) == both
    assert f"Hier aufgegangen: Fall {gone.number}" in history(kept, actor)
    assert f"Aufgegangen in: Fall {kept.number}" in history(gone, actor)
    assert f"{gone.number}: Fall angelegt" in history(kept, actor)
    decisions.undo(sheet.double.id, actor)
    assert (to_do(left), to_do(right)) == ([both[0]], [both[1]])
    assert f"Wieder getrennt: Fall {gone.number}" in history(kept, actor)
    assert f"Wieder getrennt: Fall {kept.number}" in history(gone, actor)
    assert f"{gone.number}: Fall angelegt" not in history(kept, actor)


def test_people_plans_and_appointments_go_along_and_come_back(two_cases):
    actor, left, right = two_cases
    save_person(right, {"name": "Tochter", "phone": "0351 998877"}, role="helper", consent="oral", actor=actor)
    goal = add_goal(right, "Wieder allein duschen")
    measure = add_measure(right, {"title": "Haltegriffe", "kind": "aid", "goal_id": goal.id}, actor)
    visit = booked(advisor_with_hours()).appointment
    attach(visit, right)
    sheet = only_pair("case", actor)
    decisions.merge(sheet.double.id, left.id, actor)
    assert [content["name"] for _person, content in people_of(left)] == ["Tochter"]
    assert cases_reached_by("0351 998877") == [left.id]
    assert [text for _goal, text in goals_of(left)] == ["Wieder allein duschen"]
    assert [each.title for each in measures_of(left)] == ["Haltegriffe"]
    assert (visit.case_id, visit.person_key_id, visit.plain_content["name"]) == (
        left.id,
        left.person_key_id,
        CONTACT["name"],
    )
    decisions.undo(sheet.double.id, actor)
    assert (goals_of(left), measures_of(left), people_of(left)) == ([], [], [])
    assert (goal.case_id, measure.case_id, visit.case_id, visit.person_key_id) == (*[right.id] * 3, right.person_key_id)
    assert (visit.plain_content["name"], measure.plain_content["title"]) == (CONTACT["name"], "Haltegriffe")
    assert cases_reached_by("0351 998877") == [right.id]


@pytest.mark.parametrize("keep_left", [True, False])
@pytest.mark.usefixtures("picture_folder")
def test_surveys_go_along_with_their_pictures_and_come_back(two_cases, keep_left):
    """Open ones are gone on with, and a letter of the case that stays tells what the last one found."""
    actor, left, right = two_cases
    kept, gone = (left, right) if keep_left else (right, left)
    survey = begin_survey(gone, actor, surveyed_on=clock.today())
    save_room(load_survey(survey.id, actor), "rooms", {DOOR["key"]: 78}, "Bad eng", version=0)
    agree_to_pictures(load_survey(survey.id, actor), True)
    image = drawn((40, 30))
    add_pictures("survey", survey.id, [image], alt="Enges Bad", actor=actor)
    sheet = only_pair("case", actor)
    decisions.merge(sheet.double.id, kept.id, actor)
    for owner, other in ((kept, gone), (gone, kept)):
        (found,) = surveys_of(owner, actor)
        assert surveys_of(other, actor) == []
        assert (found.survey.id, found.room("rooms")["note"]) == (survey.id, "Bad eng")
        ((picture, words),) = [(each.picture, each.alt) for each in album("survey", survey.id, actor).pictures]
        assert (picture.person_key_id, words, bytes_of(picture)) == (owner.person_key_id, "Enges Bad", image.large)
        save_room(found, "rooms", {DOOR["key"]: 77}, "Bad eng", version=found.room("rooms")["version"])
        if owner is kept:
            decisions.undo(sheet.double.id, actor)


@pytest.mark.parametrize("keep_left", [True, False])
def test_what_is_being_typed_goes_along_and_comes_back(two_cases, keep_left):
    actor, left, right = two_cases
    kept, gone = (left, right) if keep_left else (right, left)
    save_draft(gone, NEW_TALK, {"note": "Sie sagt, dass"}, actor)
    sheet = only_pair("case", actor)
    decisions.merge(sheet.double.id, kept.id, actor)
    assert load_draft(gone, NEW_TALK, actor) is None
    assert load_draft(kept, NEW_TALK, actor)[1] == {"note": "Sie sagt, dass"}
    save_draft(kept, NEW_TALK, {"note": "Sie sagt, dass es geht"}, actor)
    decisions.undo(sheet.double.id, actor)
    assert load_draft(kept, NEW_TALK, actor) is None
    assert load_draft(gone, NEW_TALK, actor)[1] == {"note": "Sie sagt, dass es geht"}


def test_of_two_drafts_both_texts_stand_in_the_case_that_stays(two_cases):
    actor, left, right = two_cases
    save_draft(left, NEW_TALK, {"note": "Links", "minutes": 5}, actor)
    save_draft(right, NEW_TALK, {"note": "Rechts"}, actor)
    sheet = only_pair("case", actor)
    decisions.merge(sheet.double.id, left.id, actor)
    together = {"note": f"Links\n\nAus dem Fall {right.number}:\nRechts", "minutes": 5}
    assert load_draft(left, NEW_TALK, actor)[1] == together
    decisions.undo(sheet.double.id, actor)
    assert load_draft(right, NEW_TALK, actor)[1] == {"note": "Rechts"}
    assert load_draft(left, NEW_TALK, actor)[1] == together, "what was begun since stays"


@pytest.mark.parametrize("keep_left", [True, False])
def test_letters_of_either_case_are_found_from_the_one_that_stays(two_cases, keep_left):
    actor, left, right = two_cases
    kept, gone = (left, right) if keep_left else (right, left)
    rows = {
        case: keep(case, draft(case, "advice", {**suggested(case, actor), "written": "Gut."}, actor), actor)
        for case in (left, right)
    }
    sheet = only_pair("case", actor)
    decisions.merge(sheet.double.id, kept.id, actor)
    assert {found.letter.id for found in letters_about(kept, actor)} == {row.id for row in rows.values()}
    assert [found.letter.id for found in letters_about(gone, actor)] == [rows[gone].id]
    assert load_letter(rows[gone].id, actor).title
    decisions.undo(sheet.double.id, actor)
    assert [found.letter.id for found in letters_about(kept, actor)] == [rows[kept].id]


def test_cases_of_others_are_no_pairs_for_me(session):
    actor = someone()
    for content in (PERSON, TYPO):
        open_case(content=content, actor=actor)
    for number in range(6):
        open_case(content={"name": f"Mensch Nummer {number}", "email": f"m{number}@example.org"}, actor=actor)
    sheet = only_pair("case", actor)
    assert decisions.pairs_for_list(someone(), "case") == []
    with pytest.raises(NotFound):
        decisions.pair_sheet(sheet.double.id, someone())


def test_what_people_decided_survives_the_next_search(flats):
    sheet = only_pair("dwelling")
    decisions.keep_apart(sheet.double.id, advisor())
    searched()
    assert decisions.pairs_for_list(advisor(), "dwelling") == []
    assert len(decisions.pairs_for_list(advisor(), "dwelling", DoubleState.DISTINCT)) == 1
    with pytest.raises(Conflict):
        decisions.merge(sheet.double.id, flats[0].id, advisor())


def test_the_night_finds_and_forgets(flats):
    db.session.commit()
    work = services.find("doubles")

    class Job:
        def tell(self, done, total, words=""):
            assert done <= total

    assert work.run(Job()).startswith("1 Paar wartet")
    with transaction():
        flats[1].house_number = "99"
        flats[1].street = "Ganz woanders"
        flats[1].unit = ""
        flats[1].floor = 7
    assert work.run(Job()).startswith("0 Paare warten")
    assert db.session.query(LikelyDouble).count() == 0


def test_the_pages(client, flats):
    sign_in(client, make_user("advisor"))
    searched()
    assert "Wohnung Beispiel" in client.get("/doppelte").text
    (row,) = db.session.query(LikelyDouble).all()
    page = f"/doppelte/{row.id}"
    assert client.submit(page, {}, button="Zusammenführen").status_code == 400
    merged = client.submit(page, {"kept": flats[0].id}, button="Zusammenführen")
    assert "rückgängig" in merged.text
    assert "Nichts zu entscheiden" in client.get("/doppelte").text
    assert "Zusammenführen" in client.submit(page, {}, button="Rückgängig machen").text
    assert "Gemerkt" in client.submit(page, {}, button="Das sind zwei verschiedene").text
    assert "Nichts zu entscheiden" in client.get("/doppelte?art=request").text
    sign_in(client, make_user("provider"))
    assert client.get("/doppelte").status_code == 403
