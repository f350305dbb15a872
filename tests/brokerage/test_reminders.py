"""Reminding many at once: who is on the list, what each would read, and what becomes of each."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from tests.brokerage.cases import DOOR, asked, home, mails, offered, reviewed, steps_of
from tests.brokerage.ways import TO_RESERVED, on_the_way, sharing
from tests.committed import committed
from tests.factories import advisor, make_request
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.providers.cases import presented, voting_group
from wohnberatung.brokerage.models import MatchLink
from wohnberatung.brokerage.services.board import MatchFilter
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.brokerage.services.reminders import remind_all, to_remind
from wohnberatung.core.clock import BERLIN
from wohnberatung.core.errors import DomainError
from wohnberatung.letters.services.by_post import post_letter
from wohnberatung.providers.services import answering
from wohnberatung.seekers.services.post import letters_about

EVERYTHING = MatchFilter()
remind_providers = committed(answering.remind_providers)


def at(*moment):
    return time_machine.travel(datetime(*moment, tzinfo=BERLIN), tick=False)


@pytest.fixture
def office(client):
    sign_in(client, make_user("advisor", name="Anna Beraterin"))
    return client


def text_of(response):
    return words(Page(response.text).root.find(".//main"))


def test_whose_answer_is_awaited_and_whose_time_is_nearly_over_is_on_the_list(session):
    with at(2026, 11, 2, 12):
        waiting, _review = offered(), reviewed()
        agreed = on_the_way(*TO_RESERVED[:5])
    with at(2026, 11, 8, 12):
        assert to_remind(advisor(), EVERYTHING) == [agreed]
    with at(2026, 11, 10, 12):
        assert to_remind(advisor(), EVERYTHING) == [agreed, waiting]


def test_each_is_reminded_for_itself_and_refusals_are_named(session):
    offer = home()
    with at(2026, 11, 2, 12):
        first, second = offered(), offered(offer=offer)
        silent = offered(make_request(DOOR, contact={"name": "Erika", "reach": "phone", "phone": "0351 1"}))
    offer.status = "withdrawn"
    session.flush()
    with at(2026, 11, 11, 12):
        outcomes = remind_all([second.id, silent.id, first.id, first.id], advisor())
        assert [each.goes for each in outcomes] == [False, False, True]
        assert "nicht mehr zu haben" in outcomes[0].refused
        assert "liest niemand E-Mails" in outcomes[1].refused
        assert (steps_of(first)[-1], steps_of(second)[-1], steps_of(silent)[-1]) == ("remind", "offer", "offer")
        assert silent.reminded_at is None
        (again,) = remind_all([first.id], advisor())
        assert "heute schon erinnert" in again.refused
    with at(2026, 11, 12, 0, 1):
        assert remind_all([first.id], advisor())[0].goes


def test_who_is_reminded_after_their_time_gets_it_once_more(session):
    with at(2026, 11, 2, 12):
        match = on_the_way(*TO_RESERVED[:5], submitted=sharing())
    with at(2026, 11, 20, 12):
        (outcome,) = remind_all([match.id], advisor())
        assert "27.11.2026" in outcome.mails[0].text
        assert not match.is_overdue


@pytest.mark.parametrize("chosen", [[], [str(number) for number in range(40)]])
def test_none_and_too_many_are_refused(session, chosen):
    with pytest.raises(DomainError):
        remind_all(chosen, advisor())


def test_what_is_seen_first_is_what_is_sent(office, session):
    with at(2026, 11, 2, 12):
        match, other = offered(asked()), offered(asked())
    with at(2026, 11, 10, 12):
        before, links = len(mails()), session.scalar(select(func.count()).select_from(MatchLink))
        sign_in(office, make_user("advisor"))
        assert match.request.receipt_number in text_of(office.get("/vorschlaege/erinnern"))
        chosen = {"vorschlag": [match.id]}
        shown = office.submit("/vorschlaege/erinnern?alle=ja", chosen, button="Erinnerungen ansehen")
        for told in ("Noch ist nichts verschickt", match.request.receipt_number, "erika@example.org", "12.11.2026"):
            assert told in text_of(shown), told
        assert other.request.receipt_number not in text_of(shown)
        assert (len(mails()), steps_of(match)[-1]) == (before, "offer")
        assert session.scalar(select(func.count()).select_from(MatchLink)) == links
        (form,) = (each for each in Page(shown.text).all("form") if each.attrib["action"].endswith("/senden"))
        sent = [(f.attrib["name"], f.attrib["value"]) for f in form.iter("input")]
        done = office.post("/vorschlaege/erinnern/senden", data=dict(sent), follow_redirects=True)
        assert "1 Erinnerung ist unterwegs" in text_of(done)
        assert (len(mails()), steps_of(match)[-1], steps_of(other)[-1]) == (before + 1, "remind", "offer")
        assert match.events[-1].actor_id is not None
        again = office.post("/vorschlaege/erinnern/senden", data=dict(sent), follow_redirects=True)
        assert again.status_code == 200
        assert len(mails()) == before + 1


def test_who_offers_is_reminded_with_the_others_and_who_wants_post_gets_a_letter(office, session):
    with at(2026, 11, 2, 12):
        asked_provider, landlord = presented()
        vote, members, _project = voting_group()
        by_post = offered(asked(contact={"name": "Erika", "reach": "post", "address": "Elbweg 1, 01307 Dresden"}))
        (proposal,) = letters_about(by_post.id)
    everybody = [asked_provider.id, vote.id, by_post.id]
    with at(2026, 11, 15, 12):
        assert {each.id for each in to_remind(advisor(), EVERYTHING)} == set(everybody)
        (unposted,) = remind_all([by_post.id], advisor())
        assert "noch nicht eingeworfen" in unposted.refused
        post_letter(proposal.id, advisor())
        session.commit()
        sign_in(office, make_user("advisor"))
        shown = office.submit("/vorschlaege/erinnern", {"vorschlag": everybody}, button="Erinnerungen ansehen")
        for told in (landlord.email, *(each.email for each in members), "Wir warten auf Ihre Antwort"):
            assert told in text_of(shown), told
        assert [letter.posted_at is None for letter in letters_about(by_post.id)] == [False]
        sent = {"vorschlag": everybody}
        (form,) = (each for each in Page(shown.text).all("form") if each.attrib["action"].endswith("/senden"))
        keys = {f.attrib["name"]: f.attrib["value"] for f in form.iter("input") if f.attrib["name"] != "vorschlag"}
        done = office.post("/vorschlaege/erinnern/senden", data=sent | keys, follow_redirects=True)
        assert "2 Erinnerungen sind unterwegs." in text_of(done)
        assert "1 Brief ist einzuwerfen." in text_of(done)
        assert [letter.posted_at is None for letter in letters_about(by_post.id)] == [False, True]
        assert [steps_of(each)[-1] for each in (asked_provider, vote)] == ["remind_provider"] * 2
        assert remind_providers() == 0, "who was reminded by hand is not reminded again by itself"


def test_what_is_over_is_kept_up_with_a_new_deadline(office):
    with at(2026, 11, 2, 12):
        match = reviewed()
        with pytest.raises(DomainError):
            advance(match.id, "keep_up", advisor())
    with at(2026, 11, 20, 12):
        sign_in(office, make_user("advisor"))
        page = office.get(f"/vorschlaege/{match.id}")
        assert "noch aktuell?" in text_of(page)
        done = office.submit(
            f"/vorschlaege/{match.id}", {"version": str(match.version)}, button="Noch aktuell: neue Frist"
        )
        assert "noch aktuell?" not in text_of(done)
        assert match.due_at > datetime(2026, 11, 20, tzinfo=BERLIN) + timedelta(days=7)
        assert match.state == "under_review"
