"""Several advisors at once, on databases where commits are real."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import repeat
from threading import Barrier, Thread
from urllib.parse import urlencode

from sqlalchemy import func, select
from werkzeug.serving import make_server

from tests.brokerage.cases import asked, home
from tests.brokerage.ways import clarified
from tests.factories import advisor
from tests.infrastructure.client import action_of, find_form, offered_values
from tests.infrastructure.pages import Page
from tests.people import make_user, sign_in
from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent
from wohnberatung.brokerage.services.matches import advance, review
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail

AT_ONCE = 6


def at_once(app, deed, arguments):
    """What each of the deeds gave, None where it was refused; each in a transaction of its own."""

    def run(argument):
        try:
            with app.app_context(), transaction():
                return deed(argument)
        except DomainError:
            return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, arguments))


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def test_six_who_pick_the_same_pair_have_one_case(own_app):
    with own_app.app_context():
        with transaction():
            pair = asked().request.id, home().id
        cases = at_once(own_app, lambda _number: review(*pair, advisor()).id, repeat(None, AT_ONCE))
        assert len(set(cases)) == 1
        assert count(BrokeredMatch) == count(MatchEvent) == 1


def test_six_who_propose_at_once_do_not_go_beyond_what_a_person_can_bear(own_app):
    with own_app.app_context():
        with transaction():
            submitted = asked()
            request_id, offers = submitted.request.id, [home().id for _ in range(AT_ONCE)]
        with transaction():
            cases = [review(request_id, offer, advisor()).id for offer in offers]
        done = at_once(own_app, lambda case: advance(case, "offer", advisor()).id, cases)
        assert len([case for case in done if case]) == 3
        states = sorted(db.session.scalars(select(BrokeredMatch.state)))
        assert states == ["offered"] * 3 + ["under_review"] * 3
        assert count(OutgoingMail) == 3


@contextmanager
def served(app) -> Iterator[int]:
    """The application behind a real socket, a thread for each request; the port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()


def reserving(client, match_id):
    """Where the button on the match's page posts to, and what it sends."""
    form = find_form(Page(client.get(f"/vorschlaege/{match_id}").text), set(), "Reservieren")
    return action_of(form, "Reservieren"), urlencode(dict(offered_values(form)))


def test_of_twenty_reservations_at_once_one_gets_the_place(own_app, monkeypatch):
    monkeypatch.setitem(own_app.config, "OFFERS_PER_PLACE", 20)
    client, start = own_app.test_client(), Barrier(20)
    with own_app.app_context():
        with transaction():
            offer = home()
        with transaction():
            match_ids = [clarified(offer=offer).id for _ in range(20)]
            user = make_user("advisor")
        sign_in(client, user)
        forms = [reserving(client, match_id) for match_id in match_ids]
    cookie = "; ".join(f"{one.key}={one.value}" for one in client._cookies.values())
    with served(own_app) as port:

        def reserve(form):
            connection = HTTPConnection("127.0.0.1", port)
            headers = {
                "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Host": "localhost",
                "Origin": "http://localhost",
            }  # fmt: skip
            start.wait()
            connection.request("POST", form[0], form[1], headers)
            return connection.getresponse().status

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(reserve, forms))
    with own_app.app_context():
        states = Counter(db.session.scalars(select(BrokeredMatch.state)))
        assert (states, Counter(answers)) == ({"reserved": 1, "clarification": 19}, {302: 1, 409: 19})
