"""Both sides at once, on databases where commits are real."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode

from sqlalchemy import select

from tests.brokerage.test_races import served
from tests.factories import make_organisation
from tests.infrastructure.client import action_of, find_form, offered_values
from tests.infrastructure.pages import Page
from tests.people import make_user, sign_in
from tests.viewings.cases import acquainted, in_days, proposed, reachable_home
from wohnberatung.brokerage.models import MatchEvent
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.viewings.models import Viewing
from wohnberatung.web.filters import slot_word

WAYS = 6


def test_of_all_who_choose_and_call_off_at_once_one_is_heard(own_app):
    """The person chooses one date or the other, the office another for them, those who offer call it all off."""
    client, start = own_app.test_client(), Barrier(WAYS)
    with own_app.app_context():
        with transaction():
            owner = make_organisation()
            offer = reachable_home(owner)
        with transaction():
            pair = proposed(acquainted(offer), 2, 3)
            match_id, token = pair.match.id, pair.token
            users = [make_user("advisor"), make_user("provider", organisation_ids=[owner.id])]
        moments = [slot_word(in_days(day)) for day in (2, 3)]
        sent = []
        for user in (None, *users):
            person = own_app.test_client()
            if user is not None:
                sign_in(person, user)
            path = f"/besichtigungen/{match_id}" if user else f"/besichtigung/{token}/{match_id}"
            button = "Termin absagen" if user is users[1] else "Termin wählen"
            form = find_form(Page(person.get(path).text), set(), button)
            cookie = "; ".join(f"{one.key}={one.value}" for one in person._cookies.values())
            for moment in moments:
                data = dict(offered_values(form)) | {"moment": moment, "idempotency_key": f"{len(sent):026d}"}
                sent.append((action_of(form, button), urlencode(data), cookie))
    assert client is not None
    with served(own_app) as port:

        def send(each):
            action, body, cookie = each
            connection = HTTPConnection("127.0.0.1", port)
            headers = {
                "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Host": "localhost",
                "Origin": "http://localhost",
            }  # fmt: skip
            start.wait()
            connection.request("POST", action, body, headers)
            return connection.getresponse().status

        with ThreadPoolExecutor(WAYS) as pool:
            answers = sorted(pool.map(send, sent))
    with own_app.app_context():
        viewing = db.session.scalars(select(Viewing)).one()
        viewed = db.session.scalars(select(MatchEvent.step).where(MatchEvent.step == "view")).all()
        assert answers == [302, 409, 409, 409, 409, 409]
        assert len(viewed) == (1 if viewing.state == "agreed" else 0)
        assert viewing.state in ("agreed", "called_off")
