"""Files that are laid into a folder: taken once, when they are complete, and put away with a report."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import make_organisation
from tests.intake.deliveries import PROLOG, openimmo, provider
from tests.intake.test_promotion import flat
from tests.intake.uploads import clerk_of, killed_at
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.organisations import add_member
from wohnberatung.core import clock
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun
from wohnberatung.intake.services import inbox, uploads
from wohnberatung.jobs import worker

DELIVERY = (PROLOG + openimmo(provider(flat(1)))).encode()


@pytest.fixture
def root(app, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(app.config, "INBOX_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def folder(root: Path, owner) -> Path:
    """Of an access that takes deliveries over at once."""
    return made(root, owner)


def made(root: Path, owner, *, applies: bool = True) -> Path:
    owner.trust, owner.confirmed_at = "live", owner.created_at
    token, _secret = uploads.create_token(owner.id, clerk_of(owner), label="Nachts", applies=applies)
    db.session.commit()
    inbox.look_through()
    return root / inbox.folder_of(token)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Two minutes after everything that was just written."""
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(minutes=2))


def look() -> None:
    """As often as it takes until nothing moves."""
    while inbox.look_through() + worker.do_due():
        pass


def reports(folder: Path, place: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((folder / place).glob("*.bericht.txt"))]


def names(folder: Path, place: str) -> list[str]:
    return sorted(path.name.split("-", 3)[-1] for path in (folder / place).iterdir())


def published() -> list[str]:
    db.session.expire_all()
    return sorted(offer.external_id for offer in db.session.query(Offer).filter_by(status="published"))


def test_who_leads_the_organisation_sees_the_folder_of_each_access(client, folder: Path, owner):
    user = make_user("provider")
    add_member(user.id, owner.id, "manager")
    sign_in(client, user)
    assert folder.name in client.get("/einlesen/zugaenge").text


@pytest.mark.usefixtures("later")
def test_a_file_is_taken_over_and_lies_in_done_beside_its_report(folder: Path):
    (folder / "nacht.xml").write_bytes(DELIVERY)
    look()
    assert published() == ["A1"]
    assert names(folder, "erledigt") == ["nacht.xml", "nacht.xml.bericht.txt"]
    (report,) = reports(folder, "erledigt")
    assert "Stand: übernommen" in report
    assert "davon neu 1," in report
    assert "/einlesen/" in report
    look()
    assert db.session.query(ImportRun).count() == 1


@pytest.mark.usefixtures("later")
def test_what_cannot_be_read_lies_in_failed_and_keeps_no_other_back(folder: Path):
    (folder / "a-bild.bin").write_bytes(b"\x00\x01\x02")
    (folder / "b-leer.xml").write_bytes(b"")
    (folder / "c-kaputt.xml").write_bytes(b"<openimmo><anbieter>")
    (folder / "nacht.xml").write_bytes(DELIVERY)
    look()
    assert published() == ["A1"]
    assert len(names(folder, "gescheitert")) == 6
    said = " ".join(reports(folder, "gescheitert"))
    assert "weder OpenImmo" in said
    assert "ist leer" in said
    assert said.count("es wurde nichts übernommen") == 3


def test_what_is_still_coming_or_hidden_or_a_link_waits(folder: Path, root: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / "kommt.xml").write_bytes(DELIVERY)
    assert inbox.look_through() == 0
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(minutes=2))
    for name in ("nacht.xml.part", "nacht.filepart", ".versteckt.xml"):
        (folder / name).write_bytes(DELIVERY)
    secret = root / "geheim.xml"
    secret.write_bytes(DELIVERY)
    (folder / "link.xml").symlink_to(secret)
    look()
    assert names(folder, "erledigt") == ["kommt.xml", "kommt.xml.bericht.txt"]
    os.rename(folder / "nacht.xml.part", folder / "nacht.xml")
    look()
    assert "nacht.xml" in names(folder, "erledigt")
    assert (folder / "link.xml").is_symlink()
    assert secret.exists()


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("place", [(uploads, "use_token"), (inbox, "_put_away")])
def test_a_killed_worker_is_followed_by_one_that_does_nothing_twice(folder: Path, place, monkeypatch):
    (folder / "nacht.xml").write_bytes(DELIVERY)
    with killed_at(*place, monkeypatch):
        look()
    assert not (folder / "nacht.xml").exists()
    look()
    assert published() == ["A1"]
    assert db.session.query(ImportRun).count() == 1
    assert names(folder, "erledigt") == ["nacht.xml", "nacht.xml.bericht.txt"]


@pytest.mark.usefixtures("later")
def test_a_revoked_access_takes_nothing_and_a_preview_waits_for_a_person(folder: Path, root: Path, owner):
    preview = made(root, owner, applies=False)
    (preview / "bestand-voll.csv").write_text("Objektnummer;PLZ;Warmmiete\nW1;01307;600\n", encoding="utf-8")
    look()
    assert published() == []
    assert "wartet auf Sie" in reports(preview, "erledigt")[0]
    assert db.session.query(ImportRun).one().is_full
    uploads.revoke_token(folder.name, clerk_of(owner))
    db.session.commit()
    (folder / "nacht.xml").write_bytes(DELIVERY)
    look()
    assert (folder / "nacht.xml").exists()


@pytest.mark.usefixtures("later")
def test_nobody_reads_another_organisations_report_by_naming_its_delivery(folder: Path, root: Path):
    (folder / "nacht.xml").write_bytes(DELIVERY)
    look()
    theirs = db.session.query(ImportRun).one().id
    stranger = made(root, make_organisation("Andere (erfunden)"))
    (stranger / ".in-arbeit" / f"{theirs}.x.xml").write_bytes(b"x")
    (stranger / ".in-arbeit" / "irgendwas").write_bytes(b"x")
    look()
    assert names(stranger, "erledigt") == names(stranger, "gescheitert") == []
    (stranger / "erledigt").rmdir()
    (stranger / "erledigt").symlink_to(folder)
    for place in (stranger, folder):
        (place / "morgen.xml").write_bytes(DELIVERY)
    look()
    assert (stranger / "morgen.xml").exists()
    assert "morgen.xml" in names(folder, "erledigt")
