"""A new house key: everything is sealed anew, whichever table it lies in, and the old key may go."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import LargeBinary, select

from tests.accounts.mailbox import mails_to
from tests.cases.factories import make_advisor, make_case
from tests.people import make_user
from tests.privacy.key_rings import field_keys, fresh_ring, restored_ring, use
from tests.tenancy.samples import make_tenant
from wohnberatung.accounts.models import MailedLink, Organisation, SecondFactor
from wohnberatung.accounts.services import mailed_links, organisations, sign_in_by_mail
from wohnberatung.cases.models import Case, CaseLookup
from wohnberatung.cases.services import cases
from wohnberatung.cases.services.cases import cases_reached_by
from wohnberatung.cases.services.content import content_of
from wohnberatung.cli import main
from wohnberatung.core import clock, sealing
from wohnberatung.core.actors import Actor
from wohnberatung.core.sealing import HouseKey, KeyRing, house_key_of
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.jobs import services as jobs
from wohnberatung.jobs import worker
from wohnberatung.jobs.models import Job
from wohnberatung.network.models.introductions import Introduction
from wohnberatung.privacy import audit, rotation

PHONE = "0351 4455667"


@pytest.fixture
def old(own_app: Flask) -> Iterator[KeyRing]:
    """The house key of before; it is that of the other tests again afterwards."""
    with restored_ring() as ring, own_app.app_context():
        yield ring


@pytest.fixture
def new() -> KeyRing:
    return fresh_ring("new")


def called(app: Flask, monkeypatch: pytest.MonkeyPatch, *rings: KeyRing, command: str, secret: str = "") -> Result:
    """The command as an operator calls it, on the test's database and with these keys."""
    db.session.rollback()
    environment = {
        "APP_ENV": "test",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "SECRET_KEY": secret or app.config["SECRET_KEY"],
        "FIELD_KEYS": field_keys(*rings),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, str(value))
    return CliRunner().invoke(main, [command])


def house_sealed() -> dict[str, list[HouseKey]]:
    """Which house key each value is sealed with, by column."""
    found: dict[str, list[HouseKey]] = {}
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, LargeBinary):
                for value in db.session.scalars(select(column).where(column.is_not(None))):
                    if key := house_key_of(value):
                        found.setdefault(f"{table.name}.{column.name}", []).append(key)
    return found


@pytest.fixture
def everything(own_app: Flask, old: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Something of every kind that is sealed for the house."""
    monkeypatch.setitem(own_app.config, "PICTURES_DIR", str(tmp_path))
    actor = make_tenant().actor
    with transaction():
        user = make_user("advisor", email="anna@example.org")
        db.session.add(
            SecondFactor(user_id=user.id, secret=sealing.seal_for_house("S", f"second_factors|secret|{user.id}"))
        )
        organisation = organisations.create_organisation(
            name="Elbhaus", kind="company", contact={"person": "Frau Kontakt"}
        )
        assert organisation.contact
        sign_in_by_mail.mail_sign_in_link("anna@example.org")
        make_case(make_advisor(), name="Erika Meier", phone=PHONE)
        audit.record("read", "cases|1", actor)
    return actor


def test_after_rewrapping_everything_opens_without_the_old_key(
    own_app: Flask, everything: Actor, old: KeyRing, new: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = house_sealed()
    assert {
        "digest_keys.wrapped",
        "import_runs.document",
        "introductions.message",
        "mailed_links.content",
        "organisations.contact",
        "outgoing_mails.content",
        "person_keys.wrapped",
        "second_factors.secret",
    } <= sealed.keys()
    use(new, old)
    assert {key for keys in house_sealed().values() for key in keys} == {HouseKey.OLDER}
    result = called(own_app, monkeypatch, new, old, command="rewrap-keys")
    assert result.exit_code == 0, result.output
    assert "Alles ist mit dem jetzigen Hausschlüssel versiegelt." in result.output
    use(new)
    assert {key for keys in house_sealed().values() for key in keys} == {HouseKey.CURRENT}
    assert {place: len(keys) for place, keys in house_sealed().items()} == {p: len(k) for p, k in sealed.items()}
    assert content_of(db.session.scalars(select(Case)).one())["name"] == "Erika Meier"
    assert mails_to("anna@example.org")
    for link in db.session.scalars(select(MailedLink)):
        mailed_links.content_of_link(link)
    assert audit.verify().broken == ()


def test_rewrapping_changes_no_date_and_a_second_run_nothing_at_all(
    own_app: Flask, everything: Actor, old: KeyRing, new: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = select(Organisation.id, Organisation.updated_at).order_by(Organisation.id)
    kept = select(Introduction.id, Introduction.updated_at, Introduction.version)
    before = [db.session.execute(query).all() for query in (days, kept)]
    use(new, old)
    with time_machine.travel(clock.now() + timedelta(days=3)):
        called(own_app, monkeypatch, new, old, command="rewrap-keys")
    use(new, old)
    assert [db.session.execute(query).all() for query in (days, kept)] == before
    again = called(own_app, monkeypatch, new, old, command="rewrap-keys")
    assert again.output.splitlines() == ["Alles ist mit dem jetzigen Hausschlüssel versiegelt."]


def test_a_run_that_was_killed_goes_on_with_the_rest(everything: Actor, old: KeyRing, new: KeyRing) -> None:
    use(new, old)
    (place,) = (each for each in rotation.places() if str(each) == "person_keys.wrapped")
    stale, _lost = rotation.outdated(place)
    assert len(stale) > 1
    with transaction():
        assert rotation.reseal(place, stale[:1]) == 1
    rest, _lost = rotation.outdated(place)
    assert sorted(rest) == sorted(stale[1:])
    with transaction():
        assert rotation.reseal(place, stale) == len(rest), "what is done already is left alone"


def test_a_key_that_was_left_out_too_early_is_named(
    own_app: Flask, everything: Actor, old: KeyRing, new: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = called(own_app, monkeypatch, new, old, command="rewrap-keys")
    assert result.exit_code == 0
    with transaction():
        use(old)
        sign_in_by_mail.mail_sign_in_link("anna@example.org")
    result = called(own_app, monkeypatch, new, command="rewrap-keys")
    assert result.exit_code == 2
    assert f"{old.current} (" in result.output


def test_a_new_secret_key_finds_cases_by_phone_again_once_they_are_reindexed(
    own_app: Flask, everything: Actor, old: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        for number in range(3):
            make_case(make_advisor(), name=f"Person {number}", email=f"p{number}@example.org")
    assert len(cases_reached_by(PHONE)) == len(cases_reached_by("p1@example.org")) == 1
    fresh = "another secret, long enough to be one"
    monkeypatch.setitem(own_app.config, "SECRET_KEY", fresh)
    assert cases_reached_by(PHONE) == []
    result = called(own_app, monkeypatch, old, command="reindex-cases", secret=fresh)
    assert result.exit_code == 0, result.output
    assert "4 von 4 Fällen" in result.output
    db.session.rollback()
    assert len(cases_reached_by(PHONE)) == len(cases_reached_by("p1@example.org")) == 1
    digests = set(db.session.scalars(select(CaseLookup.digest)))
    assert len(digests) == 4, "none of the old hashes stays"
    again = called(own_app, monkeypatch, old, command="reindex-cases", secret=fresh)
    assert "Bei 0 von 4 Fällen" in again.output


def test_a_worker_reindexes_once_where_rules_or_the_secret_have_changed(
    own_app: Flask, everything: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def planned_again() -> str:
        with transaction():
            jobs.plan()
            job = db.session.scalars(select(Job).where(Job.kind == "case_lookups")).one()
            job.due_at = clock.now()
            job_id = job.id
        worker.do_due()
        db.session.rollback()
        done = db.session.get_one(Job, job_id)
        assert done.error == ""
        return done.result

    with transaction():
        make_case(make_advisor(), name="Person", email="p@example.org")
    assert planned_again().endswith(": 0 von 2."), "nobody has said by which rules they were made"
    assert planned_again() == "", "all are up to date"
    monkeypatch.setitem(own_app.config, "SECRET_KEY", "another secret, long enough to be one")
    assert cases_reached_by(PHONE) == []
    assert planned_again().endswith(": 2 von 2.")
    assert len(cases_reached_by(PHONE)) == len(cases_reached_by("p@example.org")) == 1
    assert planned_again() == ""
    monkeypatch.setattr(cases, "LOOKUP_RULES", "next")
    assert planned_again().endswith(": 0 von 2.")


def test_both_commands_are_promised_where_an_operator_reads() -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "operations" / "settings.md").read_text()
    assert told.index("`wohnberatung rewrap-keys`") < told.index("`wohnberatung reindex-cases`")
