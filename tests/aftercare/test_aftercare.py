"""How it goes after moving in: asked on the day over a year, answered by link or telephone, told and forgotten."""

import json
from datetime import date, datetime, timedelta

import pytest
import time_machine

from tests.brokerage.cases import DOOR, link_in, mails, steps_of
from tests.brokerage.ways import CONSENTS, TO_COMPLETED, go, on_the_way, sharing
from tests.cases.factories import actor_of, make_case
from tests.committed import committed
from tests.factories import advisor, make_request
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.aftercare.living import Living
from wohnberatung.aftercare.services import asking
from wohnberatung.aftercare.services.answers import LivingSaid, answer_by_secret, record_answer
from wohnberatung.aftercare.services.personal_data import checks_about, checks_in_words, waiting_checks
from wohnberatung.cases.services.requests import link_request
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core import clock
from wohnberatung.core.clock import BERLIN
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.seekers.services.consents import withdraw_consent

ask_all = committed(asking.ask_all)
MOVED_IN = TO_COMPLETED[:-2]
# So that the first day of asking comes after the clocks have changed, and so does the second.
MOVED = (2026, 8, 10, 12)

# The days around those on which one asks and on which the clocks change, and one of each other month.
YEAR = (
    *((date(2026, month, 15), 1) for month in (8, 9, 10)),
    (date(2026, 10, 24), 3),
    (date(2026, 11, 6), 8),
    *((date(2027, month, 15), 1) for month in (1, 2, 3)),
    (date(2027, 3, 27), 3),
    *((date(2027, month, 15), 1) for month in (5, 7)),
    (date(2027, 8, 7), 8),
    (date(2027, 10, 30), 3),
)


def at(*moment):
    return time_machine.travel(datetime(*moment, tzinfo=BERLIN), tick=False)


def moved_in(**options):
    with at(*MOVED):
        return on_the_way(*MOVED_IN, submitted=sharing(**options))


def secret(mail):
    return link_in(mail).split("/")[2].partition("?")[0]


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def test_over_a_year_everybody_is_asked_twice_and_on_the_day(session):
    match = moved_in()
    asked_on = []
    for first, days in YEAR:
        for day in (first + timedelta(days=number) for number in range(days)):
            # Just after midnight and late in the evening in Berlin.
            for hour in (0, 23):
                with at(day.year, day.month, day.day, hour, 30):
                    asked_on += [clock.today()] * ask_all()
    assert asked_on == [date(2026, 11, 9), date(2027, 8, 10)]
    assert [step for step in steps_of(match) if step == "ask_how_it_goes"] == ["ask_how_it_goes"] * 2
    assert [mail.mail.template for mail in mails()][-2:] == ["how_it_goes"] * 2


def test_completed_matches_are_asked_after_a_year_too_unless_they_said_no(session):
    match, other = moved_in(), moved_in()
    for each in (match, other):
        with at(2026, 11, 9, 9):
            ask_all()
            record_answer(each.id, LivingSaid("well", ask_again=each is match), advisor())
            go(each, "complete")
    with at(2027, 8, 11, 9):
        assert ask_all() == 1
    assert [len(asking.checks_of(each.id)) for each in (match, other)] == [2, 1]
    assert (match.state, match.due_at) == ("completed", None)


def test_who_moved_in_long_ago_is_not_surprised(session):
    moved_in()
    with at(2027, 2, 20, 9):
        assert ask_all() == 0


def test_the_link_of_the_mail_opens_a_few_questions_in_the_language_of_the_person(client, session):
    match = moved_in(language="leicht")
    with at(2026, 11, 9, 9):
        ask_all()
        page = client.get(link_in(mails()[-1]))
        assert "Wohnen Sie noch in der Wohnung?" in text_of(page)
        assert asking.checks_of(match.id)[0].answered_at is None
        refused = client.submit(link_in(mails()[-1]), {"missing": "Ein Griff"})
        assert (refused.status_code, "Bitte wählen Sie eine Antwort" in refused.text) == (400, True)
        sent = {"living": "lacking", "missing": "Ein Griff im Bad", "ask_again": "yes"}
        done = client.submit(link_in(mails()[-1]), sent)
        assert "Ein Griff im Bad" in text_of(done)
    assert steps_of(match)[-1] == "told_how_it_goes"
    assert match.followed_up_on == date(2026, 11, 9)
    assert match.last_day == date(2027, 8, 10)
    (check,) = asking.checks_of(match.id)
    assert (check.plain_answer["missing"], check.ask_again, check.handled_at) == ("Ein Griff im Bad", True, None)
    assert b"Griff" not in check.answer


def test_the_same_answer_twice_is_one_and_another_one_is_refused(session):
    match = moved_in()
    with at(2026, 11, 9, 9):
        ask_all()
        token = secret(mails()[-1])
        (check,) = asking.checks_of(match.id)
        said = LivingSaid("well", ask_again=True)
        answer_by_secret(token, match.id, said, version=check.version)
        answer_by_secret(token, match.id, said, version=check.version)
        with pytest.raises(Conflict):
            answer_by_secret(token, match.id, LivingSaid("left", ask_again=True), version=check.version)
    assert check.handled_at is not None
    with at(2026, 12, 24, 9), pytest.raises(NotFound):
        answer_by_secret(token, match.id, said, version=check.version)
    with at(2026, 11, 10, 9), pytest.raises(NotFound):
        answer_by_secret("falsch", match.id, said, version=check.version)


def test_who_reads_no_mails_is_called_and_the_answer_is_taken_down(client, session):
    with at(*MOVED):
        contact = {"name": "Erika", "reach": "phone", "phone": "0351 1"}
        match = on_the_way(*MOVED_IN, submitted=make_request(DOOR, contact=contact, purposes=CONSENTS))
    before = len(mails())
    with at(2026, 11, 9, 9):
        ask_all()
        assert len(mails()) == before
        (line,) = waiting_checks(advisor()).lines
        assert "anrufen" in line.detail
        sign_in(client, make_user("advisor"))
        page = f"/vorschlaege/{match.id}/nach-dem-einzug"
        done = client.submit(page, {"living": "left", "missing": "", "ask_again": "no"}, button="Antwort festhalten")
        assert "Nein, ich wohne dort nicht mehr" in text_of(done)
        (line,) = waiting_checks(advisor()).lines
        assert "hat geantwortet" in line.detail
        done = client.submit(page, {}, button="Ist erledigt")
        assert waiting_checks(advisor()).count == 0
        assert "Wieder suchen" not in text_of(client.get(f"/vorschlaege/{match.id}"))
        ended = client.submit(f"/vorschlaege/{match.id}/angaben/end_living", {"reason": "trial_ended"})
        assert "Wieder suchen" in text_of(ended)


def test_after_two_weeks_without_an_answer_the_office_calls(session):
    moved_in()
    with at(2026, 11, 9, 9):
        ask_all()
        assert waiting_checks(advisor()).count == 0
    with at(2026, 11, 23, 10):
        assert waiting_checks(advisor()).count == 1


def test_nobody_is_asked_before_they_live_there(session):
    with at(*MOVED):
        match = on_the_way(*TO_COMPLETED[:10])
        with pytest.raises(DomainError):
            record_answer(match.id, LivingSaid("well"), advisor())
    with at(2026, 11, 9, 9):
        assert ask_all() == 0


def test_answers_stand_at_the_case_and_are_told_and_forgotten(session):
    anna, bert = (actor_of(make_user("advisor")) for _who in range(2))
    match = moved_in()
    case = make_case(anna)
    with at(2026, 11, 9, 9):
        link_request(case, match.request.receipt_number, anna)
        record_answer(match.id, LivingSaid("lacking", "Ein Griff im Bad", True), anna)
    told = " ".join(entry.text for entry in timeline(case, anna))
    assert "Ein Griff im Bad" in told
    assert "Ein Griff im Bad" in json.dumps(checks_about(match.request))
    assert checks_in_words(match.request)
    case.blocked = True
    session.flush()
    assert (waiting_checks(bert).count, waiting_checks(anna).count) == (0, 1)
    withdraw_consent(match.request, "health")
    (record,) = checks_about(match.request)
    assert record["answer"] == {"living": Living.LACKING}


def test_a_link_answers_for_nobody_else(session):
    match, other = moved_in(), moved_in()
    with at(2026, 11, 9, 9):
        ask_all()
        own = next(mail for mail in mails()[::-1] if mail.text.find(match.id) > 0)
        with pytest.raises(NotFound):
            answer_by_secret(secret(own), other.id, LivingSaid("well", ask_again=True), version=1)
