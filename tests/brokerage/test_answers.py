"""Answers of those who seek: by either link, once, changed until somebody acts on them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine

from tests.brokerage.cases import asked, home, link_in, mails, offered, reviewed, steps_of
from tests.cases.factories import make_advisor
from tests.factories import advisor, move_request_to
from tests.people import make_user, sign_in
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance, match_sheet, record_answer, review
from wohnberatung.brokerage.services.proposals import answer, open_proposal, proposals_for_seeker
from wohnberatung.core import clock
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.core.transactions import transaction
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import withdraw_offer
from wohnberatung.extensions import db
from wohnberatung.seekers.services.consents import has_consent, withdraw_consent
from wohnberatung.seekers.services.contacts import wants_letter
from wohnberatung.seekers.services.requests import contact_of

GIVEN = {
    "interested": Given(),
    "declined": Given("too_expensive", "Wir haben nur 500 Euro."),
    "later": Given(until=clock.today() + timedelta(weeks=4)),
    "help_wanted": Given(note="Bitte rufen Sie an."),
}


def secret_in(mail):
    return link_in(mail).split("/")[2]


@pytest.mark.parametrize("key", GIVEN)
def test_every_answer_is_kept_with_what_was_said(session, key):
    submitted = asked()
    match = offered(submitted)
    answer(submitted.token, match.id, key, version=match.version, given=GIVEN[key])
    line = match_sheet(match.id, advisor()).history[-1]
    assert (match.state, line.event.step, line.who) == (key, key, "Suchende Person")
    assert (line.event.reason, line.note) == (GIVEN[key].reason, GIVEN[key].note)


@pytest.mark.parametrize("key", GIVEN)
def test_an_answer_on_the_telephone_is_the_person_s_own_and_says_who_took_it_down(session, key):
    submitted, anna = asked(), make_advisor("Anna Beraterin")
    match = offered(submitted)
    record_answer(match.id, key, anna, version=match.version, given=GIVEN[key])
    line = match_sheet(match.id, anna).history[-1]
    assert (match.state, line.event.party) == (key, "seeker")
    assert line.who == "Suchende Person am Telefon, aufgenommen von Anna Beraterin"
    answer(submitted.token, match.id, "interested", version=match.version)
    assert match.state == "interested", "by the link it can still be changed"


def test_an_answer_on_the_telephone_is_refused_as_the_person_s_own_would_be(session):
    anna = make_advisor()
    match, unseen = offered(asked()), reviewed(asked())
    for wrong, field in (("declined", "reason"), ("later", "until")):
        with pytest.raises(DomainError) as refused:
            record_answer(match.id, wrong, anna, version=match.version, given=Given())
        assert refused.value.field == field
    with pytest.raises(NotFound):
        record_answer(match.id, "confirm", anna, version=match.version, given=Given())
    with pytest.raises(Conflict):
        record_answer(match.id, "interested", anna, version=match.version + 1, given=Given())
    with pytest.raises(Conflict):
        record_answer(unseen.id, "interested", anna, version=unseen.version, given=Given())


def test_a_link_from_a_mail_opens_this_proposal_and_nothing_else(session):
    submitted = asked()
    match, other = offered(submitted), offered(submitted)
    secret = secret_in(mails()[0])
    assert open_proposal(secret, match.id).match is match
    answer(secret, match.id, "interested", version=match.version)
    for wrong in ((secret, other.id), ("a" * 26, match.id), (asked().token, match.id), (secret, "a" * 26)):
        with pytest.raises(NotFound):
            open_proposal(*wrong)


def test_a_link_from_a_mail_ends_with_the_deadline_the_request_s_own_does_not(session):
    submitted = asked()
    match = offered(submitted)
    with time_machine.travel(match.due_at + timedelta(seconds=1), tick=False):
        with pytest.raises(NotFound):
            open_proposal(secret_in(mails()[0]), match.id)
        assert open_proposal(submitted.token, match.id).waits


def test_what_was_not_released_cannot_be_seen(session):
    submitted = asked()
    match = reviewed(submitted)
    assert proposals_for_seeker(submitted.request) == ()
    with pytest.raises(NotFound):
        open_proposal(submitted.token, match.id)


def test_the_same_answer_twice_is_one(session):
    submitted = asked()
    match = offered(submitted)
    version = match.version
    for _ in range(2):
        answer(submitted.token, match.id, "interested", version=version)
    assert steps_of(match) == ["review", "offer", "interested"]


def test_of_two_different_answers_from_the_same_page_the_second_is_asked_back(session):
    submitted = asked()
    match = offered(submitted)
    version = match.version
    answer(submitted.token, match.id, "interested", version=version)
    with pytest.raises(Conflict) as conflict:
        answer(submitted.token, match.id, "help_wanted", version=version)
    assert conflict.value.current == {"Ihre Antwort": "Sie haben Interesse"}
    assert conflict.value.submitted == {"Ihre Antwort": "Ich brauche Hilfe"}


def test_a_person_may_think_again_until_the_office_has_acted(session):
    submitted = asked()
    match = offered(submitted)
    for key in ("interested", "help_wanted", "declined", "later", "interested", "declined"):
        answer(submitted.token, match.id, key, version=match.version, given=GIVEN[key])
    advance(match.id, "confirm", advisor())
    assert open_proposal(submitted.token, match.id).answers == ()
    with pytest.raises(Conflict):
        answer(submitted.token, match.id, "interested", version=match.version)


@pytest.mark.parametrize(
    ("key", "given", "field"),
    [
        ("declined", Given(), "reason"),
        ("declined", Given("condition"), "reason"),
        ("declined", Given("other"), "note"),
        ("later", Given(), "until"),
        ("later", Given(until=clock.today()), "until"),
        ("help_wanted", Given(note="x" * 2001), "note"),
    ],
)
def test_an_incomplete_answer_says_what_is_missing(session, key, given, field):
    submitted = asked()
    match = offered(submitted)
    with pytest.raises(DomainError) as refused:
        answer(submitted.token, match.id, key, version=match.version, given=given)
    assert refused.value.field == field
    assert match.state == "offered"


@pytest.mark.parametrize("key", ["offer", "withdraw", "expire", "nonsense"])
def test_a_link_gives_no_right_to_the_steps_of_others(session, key):
    submitted = asked()
    match = offered(submitted)
    with pytest.raises(NotFound):
        answer(submitted.token, match.id, key, version=match.version)


def test_what_is_gone_can_only_be_declined(session):
    submitted, offer = asked(), home()
    match = offered(submitted, offer)
    withdraw_offer(offer)
    with pytest.raises(DomainError, match="nicht mehr zu haben"):
        answer(submitted.token, match.id, "interested", version=match.version)
    answer(submitted.token, match.id, "declined", version=match.version, given=Given("not_said"))
    assert match.state == "declined"


def test_taking_back_the_consent_reaches_proposals_already_sent(session):
    submitted = asked()
    waiting, declined, unseen = offered(submitted), offered(submitted), reviewed(submitted)
    answer(submitted.token, declined.id, "declined", version=declined.version, given=Given("area"))
    secret, sent = secret_in(mails()[0]), len(mails())
    withdraw_consent(submitted.request, "matching")
    assert {match.state for match in (waiting, declined, unseen)} == {"cancelled"}
    assert waiting.events[-1].reason == "consent_withdrawn"
    assert proposals_for_seeker(submitted.request) == ()
    for token in (secret, submitted.token):
        with pytest.raises(NotFound):
            open_proposal(token, waiting.id)
    assert len(mails()) == sent


def test_taking_back_another_consent_leaves_proposals_alone(session):
    submitted = asked()
    match = offered(submitted)
    withdraw_consent(submitted.request, "sharing")
    assert match.state == "offered"


@pytest.mark.parametrize("state", ["withdrawn", "closed"])
def test_ending_a_request_ends_its_proposals(session, state):
    submitted = asked()
    match = offered(submitted)
    move_request_to(submitted.request, state)
    assert (match.state, match.events[-1].reason) == ("cancelled", "request_ended")


def test_the_newest_proposal_comes_first(session):
    submitted = asked()
    titles = ["Erste", "Zweite", "Dritte"]
    for title in titles:
        offered(submitted, home(title))
    assert [proposal.title for proposal in proposals_for_seeker(submitted.request)] == titles[::-1]


def test_twenty_answers_at_once_are_one(own_app):
    with own_app.app_context():
        with transaction():
            submitted, offer = asked(), home()
            pair = submitted.request.id, offer.id
        with transaction():
            match = advance(review(*pair, advisor()).id, "offer", advisor())
            match_id, version = match.id, match.version

    def say(number):
        key = list(GIVEN)[number % len(GIVEN)]
        try:
            with own_app.app_context(), transaction():
                answer(submitted.token, match_id, key, version=version, given=GIVEN[key])
        except Conflict:
            return None
        return key

    with ThreadPoolExecutor(8) as pool:
        said = {key for key in pool.map(say, range(20)) if key}
    with own_app.app_context():
        match = db.session.get(BrokeredMatch, match_id)
        assert said == {match.state}
        assert len(match.events) == 3


def test_an_answer_typed_for_longer_than_a_session_lives_is_shown_again(client):
    submitted = asked()
    match = offered(submitted)
    path = f"/vorschlag/{submitted.token}/{match.id}/passt-nicht"
    fields = {"reason": "doors", "note": "Ich habe 74 cm gemessen.", "version": match.version, "csrf_token": "alt"}
    shown = client.post(path, data=fields)
    assert (shown.status_code, "74 cm gemessen" in shown.text, "lange offen" in shown.text) == (400, True, True)
    assert match.state == "offered"


def test_a_proposal_tells_rent_size_the_day_what_must_be_and_what_works_cost(client, session):
    submitted = asked()
    offer = home(width=78, living_area_sqm=54)
    record_facts(offer, {"rent_warm_eur": 655.5}, "stated", source="Testangabe")
    match = offered(submitted, offer)
    page = client.get(f"/vorschlag/{submitted.token}/{match.id}").text
    for expected in ("655,50 €", "54 m²", "(muss sein)", "Damit es passt", offer.number, "Zurück zu meinem Gesuch"):
        assert expected in page, expected
    by_mail = client.get(f"/vorschlag/{secret_in(mails()[0])}/{match.id}").text
    assert "Zurück zu meinem Gesuch" not in by_mail
    assert "/mein-gesuch/link-verloren" in by_mail


def test_who_wants_help_and_cannot_be_reached_is_asked_how_first(client, session):
    submitted = asked(contact={"reach": "none"}, purposes=("matching",))
    match = offered(submitted)
    page = f"/vorschlag/{submitted.token}/{match.id}/hilfe"
    assert client.submit(page, {"note": "Bitte helfen."}, button="Antwort senden").status_code == 400
    without = {"reach": "phone", "phone": "0351 1234567"}
    assert "Ohne Ihre Einwilligung" in client.submit(page, without, button="Antwort senden").text
    client.submit(page, without | {"consent": "y", "note": "Bitte anrufen."}, button="Antwort senden")
    assert match.state == "help_wanted"
    assert contact_of(submitted.request)["phone"] == "0351 1234567"
    assert has_consent(submitted.request, "contact")


def test_who_wants_help_by_letter_is_asked_where_it_goes(client, session):
    """Without a telephone and without e-mail: the office finds the address with the answer on its desk."""
    submitted = asked(contact={"reach": "none"}, purposes=("matching",))
    match = offered(submitted)
    page = f"/vorschlag/{submitted.token}/{match.id}/hilfe"
    refused = client.submit(page, {"reach": "post", "consent": "y"}, button="Antwort senden")
    assert "Bitte ergänzen Sie: Postanschrift." in refused.text
    entered = {"reach": "post", "address": "Elbweg 1\n01307 Dresden", "consent": "y"}
    client.submit(page, entered, button="Antwort senden")
    assert match.state == "help_wanted"
    contact = contact_of(submitted.request)
    assert (contact["reach"], contact["address"].split()) == ("post", ["Elbweg", "1", "01307", "Dresden"])
    assert wants_letter(submitted.request)
    sign_in(client, make_user("advisor"))
    shown = client.get(f"/gesuche/{submitted.request.id}").text
    assert "mit einem Brief" in shown
    assert "Elbweg 1" in shown


def test_who_wants_help_may_also_look_on_their_own_page(client, session):
    submitted = asked(contact={"reach": "none"}, purposes=("matching",))
    match = offered(submitted)
    page = f"/vorschlag/{submitted.token}/{match.id}/hilfe"
    client.submit(page, {"reach": "none"}, button="Antwort senden")
    assert match.state == "help_wanted"
    assert not has_consent(submitted.request, "contact")


def test_who_can_be_reached_is_asked_nothing_more(client, session):
    submitted = asked()
    match = offered(submitted)
    assert 'name="reach"' not in client.get(f"/vorschlag/{submitted.token}/{match.id}/hilfe").text
