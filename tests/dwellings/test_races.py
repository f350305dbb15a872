"""Several people change the supply at once, on a database where commits are real."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from time import monotonic

from sqlalchemy import select

from matching.catalogue import HOMES
from tests.factories import make_dwelling, make_offer
from wohnberatung.bridge.frames import Supply, current_supply
from wohnberatung.core.database import BUSY_SECONDS, commits_wait_for_readers, sqlite_driver
from wohnberatung.core.transactions import transaction
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.listings import find_offer
from wohnberatung.dwellings.services.offers import withdraw_offer
from wohnberatung.extensions import db

WRITERS, ROUNDS = 4, 5


def contents(frame):
    facts = [HOMES.fact(key) for key in ("floor", "rent_warm_eur")]
    return {row_id: [frame.known(fact, row) for fact in facts] for row_id, row in frame.position.items()}


def write(app, writer):
    """Offers that come, change and go, with a look at the frame after every step."""
    for number in range(ROUNDS):
        with app.app_context():
            name = f"{writer}-{number}"
            with transaction():
                make_offer(make_dwelling(floor=writer), rent_warm_eur=400 + number, external_id=name)
            with current_supply():
                pass
            with transaction():
                offer = find_offer("manual", name)
                record_facts(offer.dwelling, {"floor": writer + 10}, "measured")
                if number % 2:
                    withdraw_offer(offer)
            with current_supply():
                pass


def test_a_frame_that_followed_concurrent_commits_is_the_frame_read_afresh(own_app):
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda writer: write(own_app, writer), range(WRITERS)))
    with own_app.app_context():
        with current_supply() as supply:
            followed = contents(supply.frame)
        fresh = Supply()
        with db.engine.connect() as connection:
            fresh.refresh(connection)
        afresh = contents(fresh.frame)
        assert followed == afresh
        assert len(afresh) == WRITERS * (ROUNDS - ROUNDS // 2)
        assert db.session.scalars(select(Offer).where(Offer.change_seq.is_(None))).all() == []


def test_a_change_that_fails_leaves_nothing(own_app):
    with own_app.app_context():
        try:
            with transaction():
                dwelling_id = make_dwelling(floor=1).id
                raise KeyError("power cut")
        except KeyError:
            assert db.session.get(Dwelling, dwelling_id) is None


def wait_until_the_commit_waits(writing):
    """As soon as SQLite without a write-ahead log lets nobody begin to read; elsewhere a commit waits for nobody."""
    if not commits_wait_for_readers(db.engine):
        return
    with closing(sqlite_driver.connect(db.engine.url.database, timeout=0)) as another:
        while not writing.done():
            try:
                another.execute("SELECT count(*) FROM offers").fetchone()
            except sqlite_driver.OperationalError:
                return


def test_whoever_reads_sees_the_supply_while_somebody_else_waits_to_commit(own_app):
    def write_another():
        with own_app.app_context(), transaction():
            make_offer(make_dwelling(floor=2), external_id="another")

    with own_app.app_context(), ThreadPoolExecutor(1) as pool:
        assert db.session.scalars(select(Offer)).all() == []
        writing = pool.submit(write_another)
        wait_until_the_commit_waits(writing)
        begun = monotonic()
        with current_supply():
            pass
        assert monotonic() - begun < BUSY_SECONDS / 2
        db.session.rollback()
        writing.result()
