"""Several advisors at once, on databases where commits are real."""

from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

from sqlalchemy import func, select

from tests.brokerage.cases import asked, home
from tests.factories import advisor
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
