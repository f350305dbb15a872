"""Forms begun but not sent."""

from datetime import timedelta

import pytest
import time_machine

from tests.factories import make_request
from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.privacy.encryption import KeyDestroyed, open_sealed
from wohnberatung.seekers.models import Draft
from wohnberatung.seekers.services import discard_expired, load_draft, save_draft


def test_a_draft_is_resumed_by_its_link(session):
    _draft, token = save_draft({"persons": "2"}, step="household")
    again, same_token = save_draft({"persons": "3"}, step="home", token=token)
    session.expire_all()
    assert load_draft(token) == (again, {"persons": "3"})
    assert (same_token, again.step, session.query(Draft).count()) == (token, "home", 1)


def test_nobody_opens_a_draft_with_another_secret_or_of_another_form(session):
    draft, token = save_draft({}, step="household")
    for wrong, form in ((draft.id, "request"), (token, "offer")):
        with pytest.raises(NotFound):
            load_draft(wrong, form)


def test_a_sent_form_leaves_no_draft(session):
    draft, token = save_draft({"persons": "2"}, step="check")
    key, sealed, place = draft.person_key, draft.answers, f"drafts|answers|{draft.id}"
    make_request(draft=draft)
    with pytest.raises(NotFound):
        load_draft(token)
    with pytest.raises(KeyDestroyed):
        open_sealed(key, sealed, place)


def test_a_forgotten_draft_expires(session):
    _draft, token = save_draft({"persons": "2"}, step="household")
    with time_machine.travel(clock.now() + timedelta(days=31)):
        with pytest.raises(NotFound):
            load_draft(token)
        save_draft({"persons": "4"}, step="household")
        assert discard_expired() == 1
    assert session.query(Draft).count() == 1
