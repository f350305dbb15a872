"""Nobody waits while a delivery is read, compared, understood or looked through: locks are for what is stored."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from tests.factories import make_organisation
from tests.intake.deliveries import PLACE, full, openimmo, provider
from tests.intake.test_promotion import flat
from tests.intake.uploads import clerk_of, done, run_of, send, take
from wohnberatung.core.transactions import rehearsal, transaction
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.dwellings import Address, find_or_create_dwelling
from wohnberatung.dwellings.services.offers import save_offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRecord
from wohnberatung.intake.services import decisions, objects, promotion, undoing
from wohnberatung.jobs import worker

FLATS = tuple(map(flat, range(3)))
# Two more that nobody takes for one of those.
MORE = tuple(
    flat(number, rent, place=PLACE.replace("Musterweg", street).replace("4 b", f"{number}1"))
    for number, rent, street in ((8, 910, "Beispielallee"), (9, 1340, "Probengasse"))
)
# Far below the time after which a database gives up waiting for a lock.
PATIENCE = 8


@pytest.fixture
def house(own_app):
    """An organisation with three flats on offer, and the person who sends for it."""
    with own_app.app_context():
        with transaction():
            owner = make_organisation("Wohnhof")
            clerk = clerk_of(owner)
        take(openimmo(provider(*FLATS)), clerk, owner)
        yield own_app, owner, clerk


def saved_meanwhile(app, monkeypatch, place, name, deed):
    """`deed` runs and stops on its way at `place.name`; whether somebody else saves something while it stands there."""
    arrived, leave, real = Event(), Event(), getattr(place, name)

    def stopping(*arguments, **options):
        arrived.set()
        assert leave.wait(PATIENCE)
        return real(*arguments, **options)

    def save():
        with app.app_context(), transaction():
            make_organisation()

    monkeypatch.setattr(place, name, stopping)
    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(deed)
        assert arrived.wait(PATIENCE)
        saving = pool.submit(save)
        until = time.monotonic() + PATIENCE / 2
        while not saving.done() and time.monotonic() < until:
            Event().wait(0.02)
        saved = saving.done()
        leave.set()
        running.result()
        saving.result()
    return saved


def worked(app):
    with app.app_context():
        return worker.do_due()


@pytest.mark.parametrize(
    ("place", "name"), [(promotion, "take_over"), (promotion, "with_doubles"), (objects, "record_home")]
)
def test_somebody_saves_while_a_preview_is_made(house, monkeypatch, place, name):
    app, owner, clerk = house
    monkeypatch.setattr(worker, "do_due", lambda: None)
    run_id = send(openimmo(provider(*FLATS, flat(7))), clerk, owner)
    monkeypatch.undo()
    assert saved_meanwhile(app, monkeypatch, place, name, lambda: worked(app))
    assert (run_of(run_id).state, run_of(run_id).trouble) == ("staged", "")


def test_somebody_saves_while_a_delivery_that_is_taken_over_is_understood(house, monkeypatch):
    app, owner, clerk = house
    run_id = send(openimmo(provider(*FLATS, flat(7))), clerk, owner)
    decisions.apply_run(run_id, clerk)
    db.session.commit()
    assert saved_meanwhile(app, monkeypatch, promotion, "understand", lambda: worked(app))
    assert run_of(run_id).state == "promoted"


def test_somebody_saves_while_a_delivery_that_is_taken_back_is_looked_through(house, monkeypatch):
    app, owner, clerk = house
    last = take(full(provider(*FLATS[:2], flat(7))), clerk, owner)
    decisions.undo_run(last.id, clerk)
    db.session.commit()
    assert saved_meanwhile(app, monkeypatch, undoing, "DeliveredChange", lambda: worked(app))
    assert run_of(last.id).state == "undone"


def test_a_preview_says_what_taking_over_then_does(house):
    _app, owner, clerk = house
    more = full(provider(flat(0), flat(1, rent=640), *MORE))
    run_id = send(more, clerk, owner)
    previewed = {shown["external_id"]: shown["state"] for shown in reports(run_id)}
    done(decisions.apply_run, run_id, clerk, allow_removals=True)
    assert previewed == {shown["external_id"]: shown["state"] for shown in reports(run_id)}
    assert previewed == {"A0": "unchanged", "A1": "changed", "A8": "new", "A9": "new", "A2": "gone"}


def reports(run_id):
    return list(db.session.scalars(select(ImportRecord.report).where(ImportRecord.run_id == run_id)))


def test_what_is_rehearsed_leaves_nothing_and_the_database_refuses_more(house):
    _app, owner, _clerk = house
    with rehearsal():
        home = find_or_create_dwelling(organisation_id=owner.id, address=Address(street="Probeweg"))
        save_offer(dwelling=home, title="Probe")
        assert "Probe" not in set(db.session.scalars(select(Offer.title)))
        with pytest.raises(DBAPIError):
            db.session.execute(update(Offer).values(title="geschrieben"))
    assert not db.session.scalar(select(func.count()).where(Offer.title.in_(("Probe", "geschrieben"))))
    with transaction():
        make_organisation("Danach")
