"""What matches keep about a person: exported, erased, and gone with the consent to keep it."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select, text

from tests.brokerage.cases import BALCONY, DOOR, asked, home, mails, offered, steps_of
from tests.committed import committed
from tests.factories import advisor, make_request
from tests.papers.reading import words_of
from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent, MatchLink
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import match_sheet
from wohnberatung.brokerage.services.proposals import answer, open_proposal
from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.mail.services.delivery import claim, mark_sent
from wohnberatung.privacy import retention
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.data_export import export_paper, stored_about
from wohnberatung.seekers.services.reconfirmation import block_request
from wohnberatung.seekers.services.self_service import erase_my_request

carry_out = committed(retention.carry_out)

CONTACT = {"name": "Erika Beispiel", "email": "erika@example.org", "reach": "email"}


def test_the_export_tells_everything_about_matches(session):
    submitted = asked()
    match = offered(submitted, home("Wohnung am Park"))
    answer(submitted.token, match.id, "help_wanted", version=match.version, given=Given(note="Bitte anrufen"))
    (told,) = json.loads(json.dumps(stored_about(submitted.token)))["matches"]
    assert (told["offer"], told["state"]) == ("Wohnung am Park", "help_wanted")
    assert [event["step"] for event in told["events"]] == ["review", "offer", "help_wanted"]
    assert told["events"][-1]["note"] == "Bitte anrufen"
    assert told["events"][1]["told"] == ["seeker"]
    assert told["result"]["reasons"][0]["sentences"]["seeker"]
    words = words_of(export_paper(submitted.token, "de"))
    for expected in ("Wohnung am Park", "Wir melden uns bei Ihnen", "Bitte anrufen"):
        assert expected in words, expected


def test_erasing_a_request_erases_its_matches(session):
    submitted = asked()
    offered(submitted)
    session.commit()
    erase_my_request(submitted.token)
    for table in (BrokeredMatch, MatchEvent, MatchLink):
        assert session.scalar(select(func.count()).select_from(table)) == 0


def test_without_the_consent_to_health_kept_results_lose_what_tells_of_it(session):
    submitted = make_request(DOOR, BALCONY, contact=CONTACT, profiles=("wheelchair",))
    match = offered(submitted)
    answer(submitted.token, match.id, "help_wanted", version=match.version, given=Given(note="Wegen der MS"))
    withdraw_consent(submitted.request, "health")
    session.expire_all()
    sheet = match_sheet(match.id, advisor())
    assert [reason.key for reason in sheet.result.reasons] == [BALCONY["key"]]
    assert [line.note for line in sheet.history] == ["", "", ""]
    assert steps_of(match) == ["review", "offer", "help_wanted"]
    assert open_proposal(submitted.token, match.id).match.id == match.id


def test_another_consent_leaves_kept_results_alone(session):
    submitted = asked()
    match = offered(submitted)
    withdraw_consent(submitted.request, "contact")
    assert len(match_sheet(match.id, advisor()).result.reasons) == 2


def test_a_blocked_request_hides_its_matches_from_the_office(session):
    submitted = asked()
    match = offered(submitted)
    block_request(submitted.request)
    assert match.state == "cancelled"
    with pytest.raises(NotFound):
        match_sheet(match.id, advisor())


def test_links_that_ended_and_mails_that_left_are_forgotten(session):
    offered()
    letter = claim()
    mark_sent(letter)
    session.commit()
    rules = {rule.key: rule for rule in retention.rules() if rule.key in ("match_links", "mails_done", "mails_stuck")}
    with time_machine.travel(clock.now() + timedelta(days=12), tick=False):
        assert {key: carry_out(rule).count for key, rule in rules.items()} == {
            "mails_done": 0,
            "mails_stuck": 0,
            "match_links": 1,
        }
    with time_machine.travel(clock.now() + timedelta(days=92), tick=False):
        assert carry_out(rules["mails_done"]).count == 1
    assert session.scalars(select(OutgoingMail)).all() == []
    assert mails() == []


def test_what_people_wrote_can_be_blanked_but_not_what_happened(session):
    submitted = asked()
    match = offered(submitted)
    answer(submitted.token, match.id, "help_wanted", version=match.version, given=Given(note="Bitte anrufen"))
    session.execute(text("UPDATE match_events SET note = NULL"))
    session.expire_all()
    assert match.events[-1].note is None
