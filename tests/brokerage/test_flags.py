"""Flags that follow from what is stored: judged otherwise since, consent to renew."""

from datetime import timedelta

import pytest
import time_machine

from matching.criteria.rooms import INNER_DOOR_CLEAR_WIDTH
from tests.brokerage.cases import CONTACT, asked, home, offered
from tests.factories import advisor
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.brokerage.services.flags import YES_KEPT, flags_of
from wohnberatung.core import clock
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.seekers.services.reconfirmation import ask_to_keep, keep_request
from wohnberatung.seekers.services.requests import change_request, needs_of

MINUTE = timedelta(minutes=1)


def keys(match):
    return [flag.key for flag in flags_of([match]).get(match.id, ())]


@pytest.fixture
def match(session):
    """Proposed a minute ago."""
    with time_machine.travel(clock.now() - MINUTE, tick=False):
        proposed = offered(asked(), home())
    session.commit()
    return proposed


def test_a_wish_that_changed_is_flagged_and_a_new_telephone_number_is_not(match, session):
    request = match.request
    assert keys(match) == []
    change_request(request, version=request.version, contact={**CONTACT, "phone": "0351 1234567"})
    assert keys(match) == []
    needs = needs_of(request)
    wider = [{**needs["requirements"][0], "wanted": 100}, *needs["requirements"][1:]]
    change_request(request, version=request.version, needs={**needs, "requirements": wider})
    assert keys(match) == ["changed"]


def test_a_home_that_was_measured_since_is_flagged_where_it_matters(match, session):
    record_facts(match.offer.dwelling, {"balcony_level": True}, "measured", actor=advisor())
    assert keys(match) == []
    record_facts(match.offer.dwelling, {INNER_DOOR_CLEAR_WIDTH.key: 84}, "measured", actor=advisor())
    assert keys(match) == ["changed"]


def test_an_old_yes_is_to_be_renewed_until_the_person_says_so(match, session):
    with time_machine.travel(clock.now() + YES_KEPT + MINUTE, tick=False):
        assert keys(match) == ["renew"]
        keep_request(match.request)
        assert keys(match) == []
        ask_to_keep(match.request)
        assert keys(match) == ["renew"]


def test_flags_stand_on_the_page_and_in_the_list(client, match, session):
    record_facts(match.offer.dwelling, {INNER_DOOR_CLEAR_WIDTH.key: 84}, "measured", actor=advisor())
    session.commit()
    sign_in(client, make_user("advisor"))
    for path in ("/vorschlaege", f"/vorschlaege/{match.id}"):
        assert "seither geändert" in words(Page(client.get(path).text).root.find(".//main")), path
