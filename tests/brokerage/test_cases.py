"""Matches as cases of the office: picked, proposed, withdrawn, with limits and a history that stays."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests.brokerage.cases import BALCONY, DOOR, asked, home, mails, offered, reviewed, steps_of
from tests.factories import advisor, make_organisation, make_request, move_request_to, provider_of
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance, match_sheet, review
from wohnberatung.brokerage.services.proposals import answer
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.offers import withdraw_offer
from wohnberatung.privacy.encryption import KeyDestroyed, destroy
from wohnberatung.seekers.services.consents import withdraw_consent
from wohnberatung.seekers.services.requests import change_request


def test_a_candidate_becomes_a_case_with_what_the_engine_said(session):
    submitted = asked()
    match = reviewed(submitted, home(balcony=False))
    sheet = match_sheet(match.id, advisor())
    assert (match.state, steps_of(match), sheet.result.outlook) == ("under_review", ["review"], "fits")
    assert sheet.result.engine.keys() >= {"catalogue", "weights"}
    assert [(reason.label, reason.found_words) for reason in sheet.result.suiting] == [
        ("Lichte Breite der Innentüren", "95 cm")
    ]
    door, balcony = sheet.result.reasons
    assert sheet.result.worth_knowing == [balcony]
    assert (door.key, door.wanted, door.found, door.grade) == (DOOR["key"], 90, 95, "met")
    assert (balcony.key, balcony.grade) == (BALCONY["key"], "missed")
    assert door.sentences.keys() == {"advisor", "seeker", "provider"}
    assert submitted.request.state == "active"


def test_what_was_said_then_stays_although_the_home_changes(session):
    offer = home()
    match = reviewed(offer=offer)
    record_facts(offer.dwelling, {DOOR["key"]: 70}, "measured", source="Nachgemessen")
    assert match_sheet(match.id, advisor()).result.reasons[0].found == 95


def test_the_stored_result_tells_nobody_what_a_person_needs(session):
    match = offered()
    answer_row = session.execute(text("SELECT * FROM matches")).mappings().one()
    events = session.execute(text("SELECT * FROM match_events")).mappings().all()
    assert b"door" not in bytes(answer_row["result"])
    assert "door" not in str([dict(row) for row in events])
    destroy(match.request.person_key)
    session.flush()
    with pytest.raises(KeyDestroyed):
        match_sheet(match.id, advisor())


def test_picking_twice_is_one_case(session):
    submitted, offer = asked(), home()
    first, second = reviewed(submitted, offer), reviewed(submitted, offer)
    assert first.id == second.id
    assert steps_of(first) == ["review"]


def test_proposing_twice_is_one_proposal_and_one_mail(session):
    match = offered()
    advance(match.id, "offer", advisor())
    assert steps_of(match) == ["review", "offer"]
    assert len(mails()) == 1
    assert match.events[1].told == ["seeker"]


def test_without_consent_there_is_no_case(session):
    submitted, offer = asked(), home()
    withdraw_consent(submitted.request, "matching")
    with pytest.raises(Forbidden, match="Einwilligung"):
        reviewed(submitted, offer)


@pytest.mark.parametrize("state", ["paused", "withdrawn", "closed"])
def test_nothing_is_proposed_to_a_request_that_rests(session, state):
    submitted, offer = asked(), home()
    match = reviewed(submitted, offer) if state == "paused" else None
    move_request_to(submitted.request, state)
    with pytest.raises(DomainError, match="ruht"):
        advance(match.id, "offer", advisor()) if match else reviewed(submitted, offer)


def test_a_request_that_looks_like_spam_is_not_worked_on(session):
    submitted = asked(held_for="many_from_one_address")
    with pytest.raises(DomainError, match="zurückgehalten"):
        reviewed(submitted)


def test_what_is_not_published_cannot_be_proposed(session):
    offer = home()
    match = reviewed(offer=offer)
    withdraw_offer(offer)
    with pytest.raises(DomainError, match="nicht mehr zu haben"):
        advance(match.id, "offer", advisor())
    with pytest.raises(DomainError, match="nicht mehr zu haben"):
        reviewed(offer=offer)


def test_a_person_gets_three_proposals_at_once_and_no_more(session):
    submitted = asked()
    for _ in range(3):
        offered(submitted)
    with pytest.raises(DomainError, match="schon 3 Vorschläge"):
        offered(submitted)


def test_an_answer_that_ends_a_proposal_makes_room_for_the_next(session):
    submitted = asked()
    matches = [offered(submitted) for _ in range(3)]
    answer(submitted.token, matches[0].id, "declined", version=matches[0].version, given=Given("area"))
    assert offered(submitted).state == "offered"


def test_a_home_is_proposed_to_five_at_once_and_no_more(app, session, monkeypatch):
    offer = home()
    for _ in range(5):
        offered(offer=offer)
    with pytest.raises(DomainError, match="schon 5 Gesuchen"):
        offered(offer=offer)
    monkeypatch.setitem(app.config, "OFFERS_PER_PLACE", 6)
    assert offered(offer=offer).state == "offered"


def test_a_pair_that_was_turned_down_comes_up_again_only_if_something_changed(session):
    submitted, offer = asked(), home()
    match = offered(submitted, offer)
    answer(submitted.token, match.id, "declined", version=match.version, given=Given("area"))
    advance(match.id, "confirm", advisor())
    with pytest.raises(DomainError, match="Die Lage passt nicht"):
        review(submitted.request.id, offer.id, advisor())
    record_facts(offer.dwelling, {BALCONY["key"]: True}, "measured", source="Gesehen")
    session.commit()
    assert review(submitted.request.id, offer.id, advisor()).state == "under_review"
    assert steps_of(match) == ["review", "offer", "declined", "confirm", "review"]
    assert len(match_sheet(match.id, advisor()).result.suiting) == 2


def test_a_changed_wish_opens_a_pair_again(session):
    submitted, offer = asked(), home()
    match = offered(submitted, offer)
    answer(submitted.token, match.id, "declined", version=match.version, given=Given("size"))
    change_request(
        submitted.request, version=submitted.request.version, needs={"requirements": [DOOR | {"wanted": 80}]}
    )
    assert review(submitted.request.id, offer.id, advisor()).state == "under_review"


@pytest.mark.parametrize("reason", ["date", "not_now", "adaptation_open", "finance"])
def test_some_reasons_let_the_pair_come_up_again(session, reason):
    submitted, offer = asked(), home()
    match = offered(submitted, offer)
    answer(submitted.token, match.id, "declined", version=match.version, given=Given(reason))
    assert review(submitted.request.id, offer.id, advisor()).state == "under_review"


def test_withdrawing_needs_a_reason_and_tells_only_who_has_seen_it(session):
    seen, unseen = offered(), reviewed()
    for given in (Given(), Given("area"), Given("no such reason")):
        with pytest.raises(DomainError) as refused:
            advance(seen.id, "withdraw", advisor(), given=given)
        assert refused.value.field == "reason"
    with pytest.raises(DomainError) as refused:
        advance(seen.id, "withdraw", advisor(), given=Given("office_other"))
    assert refused.value.field == "note"
    before = len(mails())
    for match in (seen, unseen):
        advance(match.id, "withdraw", advisor(), given=Given("condition", "Wasserschaden im Keller"))
    assert (seen.state, unseen.state, len(mails())) == ("cancelled", "cancelled", before + 1)
    assert "Wasserschaden" not in mails()[-1].text + mails()[-1].html
    last = match_sheet(seen.id, advisor()).history[-1]
    assert (last.note, str(last.reason)) == ("Wasserschaden im Keller", "Zustand oder Sicherheit müssen geprüft werden")


def test_two_advisors_do_not_overwrite_each_other(session):
    match = reviewed()
    version = match.version
    advance(match.id, "offer", advisor(), version=version)
    with pytest.raises(Conflict):
        advance(match.id, "withdraw", advisor(), version=version, given=Given("mistake"))


def test_a_step_that_does_not_lead_from_here_is_refused(session):
    match = reviewed()
    with pytest.raises(Conflict, match="in Prüfung"):
        advance(match.id, "confirm", advisor())
    for key in ("interested", "expire", "fly"):
        with pytest.raises(NotFound):
            advance(match.id, key, advisor())


def test_matches_are_the_offices_alone(session):
    match = reviewed()
    stranger = provider_of(make_organisation())
    for deed in (
        lambda: review(match.request_id, match.offer_id, stranger),
        lambda: advance(match.id, "offer", stranger),
        lambda: match_sheet(match.id, stranger),
    ):
        with pytest.raises(Forbidden):
            deed()


def test_history_cannot_be_rewritten(session):
    reviewed()
    session.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        session.execute(text("UPDATE match_events SET step = 'offer'"))


def test_closing_one_match_never_deletes_another(session):
    submitted = asked()
    matches = [offered(submitted) for _ in range(2)]
    advance(matches[0].id, "withdraw", advisor(), given=Given("mistake"))
    assert set(session.scalars(select(BrokeredMatch.state))) == {"cancelled", "offered"}


def test_a_request_without_mails_is_proposed_to_all_the_same(session):
    match = offered(make_request(DOOR, contact={"name": "Erika", "phone": "0351 1", "reach": "phone"}))
    assert (match.state, match.events[1].told, mails()) == ("offered", [], [])
