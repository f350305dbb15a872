"""Sending files as people and programs do, and a worker beside them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wohnberatung.accounts.models import Organisation
from wohnberatung.core.actors import MANAGER, PROVIDER, Actor, Seat
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.services import decisions, enclosures, queries, uploads
from wohnberatung.jobs import worker


def clerk_of(organisation: Organisation, *, trusted: bool = True, confirmed: bool = True) -> Actor:
    seat = Seat(organisation.id, organisation.name, MANAGER, confirmed=confirmed, trusted=trusted)
    return Actor(user_id=new_id(), name="Katja Beispiel", roles=frozenset({PROVIDER}), seats=(seat,))


def send(
    content: bytes | str, actor: Actor, organisation: Organisation, name: str = "datei.csv", **options: Any
) -> str:
    """The file is sent and read; the id of its run."""
    data = content.encode() if isinstance(content, str) else content
    delivery = enclosures.receive(name, io.BytesIO(data))
    run_id = uploads.send(delivery, uploads.Sender.person(actor, organisation.id), **options).id
    db.session.commit()
    worker.do_due()
    return run_id


def take(content: bytes | str, actor: Actor, organisation: Organisation, **options: Any) -> ImportRun:
    """Sent, read and taken over, which one that changes nothing is by itself."""
    run_id = send(content, actor, organisation, **options)
    if run_of(run_id).state != "promoted":
        done(decisions.apply_run, run_id, actor)
    return run_of(run_id)


def done(deed: Any, *arguments: Any, **options: Any) -> None:
    """A person decides, a worker carries it out."""
    deed(*arguments, **options)
    db.session.commit()
    worker.do_due()


def run_of(run_id: str) -> ImportRun:
    db.session.expire_all()
    return db.session.get_one(ImportRun, run_id)


def outcomes(run_id: str) -> dict[str, Any]:
    """By the sender's number of the object."""
    run = run_of(run_id)
    page = queries.shown_objects(run, "alle", size=500)
    return {shown.outcome.external_id: shown.outcome for shown in queries.shown(page.items)}


@contextmanager
def killed_at(place: Any, name: str, monkeypatch: Any) -> Iterator[None]:
    """The worker dies just before `place.name` is called, as if by kill -9."""

    class KilledError(BaseException):
        pass

    def die(*_arguments: Any, **_options: Any) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(place, name, die)
        try:
            yield
        except KilledError:
            db.session.rollback()
