"""What a reason sets going: said before it is confirmed, and done with the step that confirms it."""

from datetime import timedelta

import pytest
import time_machine

from matching.criteria import money, rooms
from tests.brokerage.cases import CONTACT, DOOR, asked, home, mails, offered
from tests.brokerage.ways import TO_RESERVED, on_the_way, sharing
from tests.committed import committed
from tests.factories import advisor, make_offer, make_organisation, make_project, make_request
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.brokerage.consequences import CONSEQUENCES, TASKS
from wohnberatung.brokerage.reasons import REASONS, Effect
from wohnberatung.brokerage.services import deadlines
from wohnberatung.brokerage.services.acting import CODE
from wohnberatung.brokerage.services.concerned import FACTS, WISHES
from wohnberatung.brokerage.services.declines import lists_with
from wohnberatung.brokerage.services.history import Given, take
from wohnberatung.brokerage.services.matches import advance, review
from wohnberatung.brokerage.services.proposals import answer
from wohnberatung.brokerage.services.task_steps import tasks_of
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party
from wohnberatung.providers.services.links import latest_presentation
from wohnberatung.seekers.services.requests import needs_of

keep_deadlines = committed(deadlines.keep_deadlines)
RENT = {"key": money.RENT_WARM.key, "wanted": 600, "importance": "must"}
WIDTH = rooms.INNER_DOOR_CLEAR_WIDTH.key


def declined(reason, submitted=None, offer=None, note=""):
    submitted = submitted or sharing()
    match = offered(submitted, offer)
    answer(submitted.token, match.id, "declined", version=match.version, given=Given(reason, note))
    return match


def refused(reason, offer=None):
    match = on_the_way(*TO_RESERVED[:4], offer=offer)
    advance(match.id, "refuse", advisor(), given=Given(reason))
    return match


def confirmed(match, **given):
    step = "confirm" if match.state == "declined" else "confirm_refusal"
    advance(match.id, step, advisor(), given=Given(**given))
    return match


def left(match):
    return [(task.kind.value, task.owner.value) for task in tasks_of(match)]


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor", name="Anna Beraterin"))
    return client


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def test_every_effect_has_its_row_and_its_code():
    assert CONSEQUENCES.keys() == CODE.keys() == set(Effect)
    assert TASKS.keys() == {code for code, reason in REASONS.items() if reason.effect is Effect.TASK}
    assert FACTS.keys() == {code for code, reason in REASONS.items() if reason.effect is Effect.CORRECT_FACT}
    assert WISHES.keys() == {code for code, reason in REASONS.items() if reason.effect is Effect.CHANGE_REQUEST}


def test_a_measure_stands_in_the_home_and_in_every_list(session):
    """Two people need 90 cm; what one of them found too narrow comes up for neither."""
    first, _second, offer = sharing(), asked(), home()
    match = declined("doors", first, offer)
    assert lists_with(offer.id) == 2
    confirmed(match, facts={WIDTH: 78.0})
    known = offer.dwelling.evidence[WIDTH]
    assert (offer.dwelling.known_facts()[WIDTH], known["level"], known["source"]) == (
        78.0, "measured", "Rückmeldung zu einem Vorschlag"
    )  # fmt: skip
    assert lists_with(offer.id) == 0
    assert left(match) == []
    assert match.state == "closed"


def test_without_a_measure_measuring_is_left_to_do_and_what_is_only_said_corrects_nothing(session):
    match = declined("doors")
    confirmed(match)
    assert left(match) == [("measure", "office")]
    other = declined("doors")
    confirmed(other, facts={WIDTH: 78.0}, measured=False)
    assert other.offer.dwelling.known_facts()[WIDTH] == 95
    assert tasks_of(other)[0].plain_content["claims"] == {WIDTH: 78.0}


def test_the_limit_is_changed_in_the_request_and_the_rest_stays(session):
    submitted = make_request(DOOR, RENT, contact=CONTACT, purposes=("advice", "matching", "health", "contact"))
    match = declined("too_expensive", submitted, home())
    before = submitted.request.version
    wanted = [{**needs_of(submitted.request)["requirements"][1], "wanted": 700}]
    with pytest.raises(DomainError), session.begin_nested():
        confirmed(match, requirements=wanted, request_version=before - 1)
    confirmed(match, requirements=wanted, request_version=before)
    stored = {entry["key"]: entry["wanted"] for entry in needs_of(submitted.request)["requirements"]}
    assert stored == {DOOR["key"]: 90, RENT["key"]: 700}
    assert submitted.request.version == before + 1


def test_a_date_makes_it_rest_until_a_day_and_brings_it_back(session):
    match = declined("date")
    with pytest.raises(DomainError) as missing:
        confirmed(match)
    assert (missing.value.field, match.state) == ("until", "declined")
    day = clock.today() + timedelta(days=30)
    confirmed(match, until=day)
    session.commit()
    assert (match.state, match.due_at) == ("later", clock.start_of_day(day))
    with time_machine.travel(clock.start_of_day(day), tick=False):
        assert keep_deadlines()["wake"] == 1
    assert match.state == "under_review"


def test_whoever_does_not_wish_to_move_now_rests_and_is_asked_again(session):
    match, day = declined("not_now"), clock.today() + timedelta(days=90)
    confirmed(match, until=day)
    assert (match.state, match.request.state) == ("closed", "paused")
    assert [(task.kind.value, task.due_on) for task in tasks_of(match)] == [("ask_again", day)]


def test_whoever_has_found_something_frees_the_place_that_was_kept(session):
    submitted = sharing()
    reserved = on_the_way(*TO_RESERVED, submitted=submitted)
    assert reserved.offer.status == "reserved"
    confirmed(declined("found_other", submitted, home("Noch eine")))
    assert submitted.request.state == "closed"
    assert (reserved.state, reserved.offer.status) == ("cancelled", "published")


@pytest.mark.parametrize(("reason", "status"), [("let_otherwise", "let"), ("taken_back", "withdrawn")])
def test_an_offer_that_is_gone_is_closed_and_the_others_hear_of_it(session, reason, status):
    offer = home()
    other, match = offered(offer=offer), refused(reason, offer)
    assert offer.status == "published"
    confirmed(match)
    session.commit()
    assert offer.status == status
    told = len(mails())
    assert keep_deadlines()["preempt"] == 1
    assert (other.state, len(mails()) - told) == ("preempted", 1)


def test_of_several_places_one_that_was_let_otherwise_is_gone_and_the_last_ends_the_offer(session):
    offer = make_offer(project=make_project(free_places=2), title="Platz in der Gruppe")
    first, second = refused("let_otherwise", offer), refused("let_otherwise", offer)
    confirmed(first)
    assert (offer.status, offer.project.free_places) == ("published", 1)
    confirmed(second)
    assert (offer.status, offer.project.free_places) == ("let", 0)


def test_the_last_place_that_is_let_otherwise_takes_nothing_from_whom_we_have_housed(session):
    offer = make_offer(project=make_project(free_places=2), title="Platz in der Gruppe")
    ours, match = on_the_way(*TO_RESERVED, offer=offer), refused("let_otherwise", offer)
    assert (offer.status, offer.project.free_places) == ("published", 1)
    confirmed(match)
    assert (ours.state, offer.status, offer.project.free_places) == ("reserved", "reserved", 0)


def test_a_place_that_another_of_ours_has_stays_theirs(session):
    offer = home()
    first = on_the_way(*TO_RESERVED[:4], offer=offer)
    second = on_the_way(*TO_RESERVED, offer=offer)
    advance(first.id, "refuse", advisor(), given=Given("let_otherwise"))
    confirmed(first)
    assert (second.state, offer.status) == ("reserved", "reserved")


def test_who_was_not_chosen_is_no_refusal(session):
    match = confirmed(refused("prefers_other"))
    assert (match.state, match.request.state, match.offer.status) == ("preempted", "new", "published") or (
        match.state, match.request.state, match.offer.status
    ) == ("preempted", "active", "published")  # fmt: skip


def test_an_unsafe_home_is_seen_by_nobody_until_it_was_looked_at(session):
    match = offered()
    advance(match.id, "withdraw", advisor(), given=Given("condition", "Feuchter Keller"))
    assert (match.offer.status, left(match)) == ("review", [("condition", "office")])
    with pytest.raises(DomainError):
        review(asked().request.id, match.offer_id, advisor())


def test_a_no_to_a_project_holds_for_its_other_places_and_for_nobody_else(session):
    project = make_project(make_organisation(kind="initiative"))
    place, next_place = (make_offer(project=project, title=title) for title in ("Platz 1", "Platz 2"))
    submitted = make_request(contact=CONTACT)
    confirmed(declined("living_together", submitted, place))
    with pytest.raises(DomainError, match="dieses Projekt"):
        review(submitted.request.id, next_place.id, advisor())
    assert review(make_request(contact=CONTACT).request.id, next_place.id, advisor()).state == "under_review"


def test_a_no_to_a_project_ends_what_else_of_it_is_open_and_says_so_before(office, session):
    project = make_project(make_organisation(kind="initiative"))
    first, second, third = (make_offer(project=project, title=f"Platz {number}") for number in (1, 2, 3))
    submitted = sharing()
    no, open_one = declined("living_together", submitted, first), offered(submitted, second)
    promised = on_the_way(*TO_RESERVED, submitted=submitted, offer=third)
    path, told = f"/vorschlaege/{no.id}/angaben/confirm", len(mails())
    shown = text_of(office.get(path))
    assert "Das endet mit: Platz 2 (vorgeschlagen)" in shown
    assert "Das bleibt, sprechen Sie mit der Person darüber: Platz 3 (reserviert)" in shown
    office.submit(path, {}, button="Ablehnung bestätigen")
    assert [(each.state, each.reason) for each in (no, open_one)] == [("closed", "living_together")] * 2
    assert (promised.state, open_one.events[-1].step, len(mails()) - told) == ("reserved", "project_closed", 1)


def test_the_no_of_a_group_ends_what_else_is_before_it_and_its_links(session):
    project = make_project(make_organisation(kind="initiative"))
    places = [make_offer(project=project, title=f"Platz {number}") for number in (1, 2)]
    submitted = sharing()
    first, other = (on_the_way(*TO_RESERVED[:4], submitted=submitted, offer=place) for place in places)
    take(first, "refuse", by=Party.GROUP, given=Given("group_no"))
    assert other.state == "presented"
    confirmed(first)
    assert other.state == "closed"
    assert latest_presentation(other).ended_at is not None


@pytest.mark.parametrize(
    ("reason", "task"), [("support", "care_advice"), ("finance", "financing"), ("adaptation_open", "adaptation")]
)
def test_what_is_left_to_do_is_a_task(session, reason, task):
    assert [kind for kind, _owner in left(confirmed(declined(reason)))] == [task]


def test_who_did_not_answer_may_not_have_been_reached(session):
    match = offered()
    session.commit()
    with time_machine.travel(match.due_at, tick=False):
        assert keep_deadlines()["expire"] == 1
    assert left(match) == [("contact", "office")]


def test_the_office_reads_what_it_changes_before_it_confirms(office):
    submitted = sharing()
    match = declined("doors", submitted, note="Die Schlafzimmertür ist schmal.")
    path = f"/vorschlaege/{match.id}/angaben/confirm"
    shown = text_of(office.get(path))
    for said in ("Das ändert sich", "alle Listen werden neu gereiht", "Bisher: 95 cm (gemessen)"):
        assert said in shown, said
    refused = office.submit(path, {WIDTH: "sehr schmal"})
    assert (refused.status_code, match.state) == (400, "declined")
    done = office.submit(path, {WIDTH: "78", "known_by": "measured"})
    assert "vorher: 1" in text_of(done)
    assert match.offer.dwelling.known_facts()[WIDTH] == 78


def test_the_office_changes_the_rent_on_the_page_that_confirms(office):
    submitted = make_request(DOOR, RENT, contact=CONTACT)
    match = declined("too_expensive", submitted, home())
    path = f"/vorschlaege/{match.id}/angaben/confirm"
    assert 'value="600"' in office.get(path).text
    office.submit(path, {RENT["key"]: "650"})
    assert match.state == "closed"
    assert needs_of(submitted.request)["requirements"][1]["wanted"] == 650


def test_two_changes_of_one_request_do_not_meet(office, session):
    submitted = make_request(DOOR, RENT, contact=CONTACT)
    match = declined("too_expensive", submitted, home())
    path = f"/vorschlaege/{match.id}/angaben/confirm"
    page = office.submit(path, {RENT["key"]: "650", "request_version": str(submitted.request.version - 1)})
    assert (page.status_code, match.state) == (409, "declined")


def test_the_reasons_of_a_withdrawal_say_what_they_change(office):
    match = offered()
    shown = text_of(office.get(f"/vorschlaege/{match.id}/angaben/withdraw"))
    for said in ("bis die Wohnberatung es wieder freigibt", "Das Gesuch wird geschlossen"):
        assert said in shown, said


def test_the_person_reads_what_follows_and_says_what_they_measured(client, office):
    submitted, offer = sharing(), home()
    match = offered(submitted, offer)
    here = f"/vorschlag/{submitted.token}/{match.id}"
    assert "Wir messen nach" in text_of(client.get(f"{here}/passt-nicht"))
    page = client.submit(f"{here}/passt-nicht", {"reason": "doors"})
    assert "Sagen, was ich gemessen habe" in text_of(page)
    assert client.submit(f"{here}/passt-nicht/gemessen", {}, button="Absenden").status_code == 400
    assert "Wir messen in der Wohnung nach" in text_of(client.submit(f"{here}/passt-nicht/gemessen", {WIDTH: "78"}))
    assert offer.dwelling.known_facts()[WIDTH] == 95, "what is said is a question and no fact"
    assert "Die Person sagt: Lichte Breite der Innentüren 78 cm" in text_of(client.get(f"/vorschlaege/{match.id}"))
    assert 'value="78"' in client.get(f"/vorschlaege/{match.id}/angaben/confirm").text


def test_nothing_is_measured_where_the_no_was_about_something_else(client, session):
    submitted = sharing()
    match = declined("area", submitted)
    here = f"/vorschlag/{submitted.token}/{match.id}"
    assert client.get(f"{here}/passt-nicht/gemessen").location == here
    assert "gemessen habe" not in text_of(client.get(here))
    assert "Mein Gesuch ändern" in text_of(client.get(here))
