"""After living somewhere has ended: a conversation, seeking again with what was learned, a group that is split."""

from datetime import timedelta

import pytest
import time_machine

from matching.criteria import living
from tests.brokerage.cases import CONTACT, DOOR, home, mails, steps_of
from tests.brokerage.ways import CONSENTS, TO_COMPLETED, TO_RESERVED, go, on_the_way, sharing
from tests.factories import advisor, make_offer, make_organisation, make_project, make_request
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.providers.cases import landlord_of
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.aftercare.services.afterwards import housemates, seek_again, split_group
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import review
from wohnberatung.brokerage.services.task_steps import tasks_of
from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.steps import Party
from wohnberatung.extensions import db
from wohnberatung.learning.services.outcomes import outcome_of
from wohnberatung.privacy import retention
from wohnberatung.providers.services.inbox import answered_by
from wohnberatung.seekers.services.requests import move_request, needs_of
from wohnberatung.seekers.steps import WITHDRAW

MOVED_IN = TO_COMPLETED[:-2]
HOURS, HELP = living.COMMUNITY_HOURS.key, living.HELP_HOURS.key


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor", name="Anna Beraterin"))
    return client


@pytest.fixture
def house(session):
    """A shared house with four places, of an initiative."""
    project = make_project(make_organisation(kind="initiative"), name="Haus am Hang")
    return [make_offer(project=project, title=f"Zimmer {number}") for number in range(4)]


def test_who_lives_there_is_not_sought_for_and_ending_it_by_mistake_is_undone(session):
    match = on_the_way(*MOVED_IN)
    assert match.request.state == "paused"
    go(match, "end_living")
    assert [task.state for task in tasks_of(match)] == ["open"]
    go(match, "undo")
    assert (match.state, match.reason, match.request.state) == ("moved_in", None, "paused")
    assert [task.state for task in tasks_of(match)] == ["dropped"]
    other = on_the_way(*MOVED_IN, "undo")
    assert (other.state, other.request.state) == ("works", "active")


def test_who_lives_there_is_not_asked_whether_they_still_seek(session):
    match = on_the_way(*MOVED_IN)
    with time_machine.travel(clock.now() + timedelta(days=300), tick=False) as calendar:
        assert asked_whether_they_seek() == 0
        go(match, "end_living", "talked", "rematch")
        calendar.shift(timedelta(days=190))
        assert asked_whether_they_seek() == 1


def asked_whether_they_seek() -> int:
    db.session.flush()
    return next(line.count for line in retention.report() if line.rule.key == "request_ask")


def test_what_ended_is_not_undone_once_somebody_else_has_the_place(session):
    match, other = on_the_way(*MOVED_IN), sharing()
    go(match, "end_living")
    match.offer.status = "published"
    on_the_way(*TO_RESERVED, submitted=other, offer=match.offer)
    with pytest.raises(DomainError, match="schon für jemand anderen"):
        go(match, "undo")


def test_after_a_conversation_the_person_seeks_again_with_what_was_learned(office, session, house):
    helps = {"key": HELP, "wanted": 10, "importance": "wish"}
    submitted = make_request(DOOR, helps, contact=CONTACT, purposes=CONSENTS)
    match = on_the_way(*MOVED_IN, submitted=submitted, offer=house[0])
    landlord = landlord_of(match.offer)
    best = [home(f"Wohnung {number}") for number in range(4)]
    session.commit()
    there = f"/vorschlaege/{match.id}"
    office.submit(f"{there}/angaben/end_living", {"reason": "trial_ended"})
    assert [str(shown.said) for shown in answered_by(load_actor(landlord.id))] == ["Das Wohnen bei Ihnen ist beendet."]
    refused = office.submit(f"{there}/wieder-suchen", {"note": "Abends zu laut"}, button="Wieder suchen")
    assert "Sprechen Sie erst mit der Person" in text_of(refused)
    assert match.request.state == "paused"
    office.submit(f"{there}/angaben/talked", {"note": "Sie will allein wohnen."})
    assert [task.state for task in tasks_of(match)] == ["done"]
    before = len(mails())
    learned = {"note": "Abends zu laut", f"{HOURS}_importance": "must", HOURS: "4", f"{HELP}_importance": "", HELP: ""}
    done = office.submit(f"{there}/wieder-suchen", learned, button="Wieder suchen")
    assert "3 Angebote liegen in Prüfung" in done.text
    assert (match.state, match.request.state, match.events[-1].plain_note) == ("closed", "active", "Abends zu laut")
    wanted = {entry["key"]: entry["wanted"] for entry in needs_of(match.request)["requirements"]}
    assert wanted == {DOOR["key"]: 90, HOURS: 4}, "what was learned stands there, what does not matter any more is gone"
    assert [mail.mail.template for mail in mails()[before:]] == ["match_news"]
    page = text_of(office.get(f"/mein-gesuch/{submitted.token}"))
    assert "Sie wohnen dort nicht mehr" in page
    assert not outcome_of(match).accepted
    assert len(best) == 4
    with pytest.raises(DomainError, match="schon einmal nicht zusammengepasst"):
        review(match.request_id, house[1].id, advisor())
    assert seek_again(match.id, advisor(), version=None, given=Given()) == (match, 0), "the same twice is once"


def test_who_does_not_seek_again_has_a_closed_request_and_who_withdrew_it_opens_it_alone(session):
    match, other = (on_the_way(*MOVED_IN, "end_living", "talked") for _who in range(2))
    go(match, "let_be")
    assert (match.state, match.request.state, match.stage.meaning) == ("closed", "closed", "Sie müssen nichts tun.")
    move_request(other.request, WITHDRAW, by=Party.SEEKER)
    with pytest.raises(DomainError, match="selbst zurückgezogen"):
        seek_again(other.id, advisor(), version=other.version, given=Given(note="Sucht wieder"))


def test_a_group_is_split_into_single_requests_that_stay_open(office, session, house):
    lives, ended, hopes, stays = (
        on_the_way(*MOVED_IN, offer=house[0]),
        on_the_way(*MOVED_IN, "end_living", offer=house[1]),
        on_the_way(*TO_RESERVED, offer=house[2]),
        on_the_way(*TO_RESERVED[:6], offer=house[3]),
    )
    stranger = on_the_way(*TO_RESERVED)
    session.commit()
    assert housemates(ended, advisor()) == [ended, *sorted((lives, hopes, stays), key=lambda each: each.id)]
    with pytest.raises(DomainError):
        split_group(ended.id, [ended.id, stranger.id], advisor(), version=None, note="")
    page = f"/vorschlaege/{ended.id}/gruppe-teilen"
    refused = office.submit(page, {"members": []}, button="Gruppe teilen")
    assert (refused.status_code, "Bitte wählen Sie, für wen" in refused.text) == (400, True)
    before = len(mails())
    done = office.submit(page, {"members": [ended.id, lives.id, hopes.id]}, button="Gruppe teilen")
    assert "3 Gesuche stehen jetzt für sich" in done.text
    assert [(each.state, each.reason, each.request.state) for each in (lives, ended, hopes)] == [
        ("closed", "group_ended", "active")
    ] * 3
    assert steps_of(stays)[-1] != "split"
    assert stays.request.state == "active"
    assert house[2].status == "published", "a reserved place is free again"
    told = [mail.mail.template for mail in mails()[before:]]
    assert sorted(told) == ["match_news"] * 3
    with pytest.raises(DomainError, match="eigene Wohnung"):
        go(stranger, "split")
