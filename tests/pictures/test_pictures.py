"""Pictures are whole or not there, seen by those who may see them, and gone when they are deleted."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import advisor, make_dwelling, make_offer, make_organisation, provider_of
from tests.pictures.drawings import drawn
from wohnberatung.core.actors import VISITOR
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.manifests import EXTENSION, Area, areas
from wohnberatung.extensions import db
from wohnberatung.pictures.area import RETENTION
from wohnberatung.pictures.models import Picture, PictureSubject
from wohnberatung.pictures.services import (
    add_pictures,
    album,
    bytes_for,
    bytes_of,
    delete_picture,
    describe_pictures,
    move_picture,
    pictures_of,
    shown_pictures,
    sweep,
)
from wohnberatung.privacy.encryption import destroy, new_person_key

pytestmark = pytest.mark.usefixtures("picture_folder")


def files_in(picture_folder: Path) -> list[str]:
    return sorted(path.name for path in picture_folder.rglob("*") if path.is_file())


def test_a_picture_is_shown_to_others_once_it_is_described_and_the_offer_published(session):
    owner = make_organisation()
    offer = make_offer(make_dwelling(owner), status="draft")
    mine, home = provider_of(owner), offer.dwelling_id
    (picture,) = add_pictures("dwelling", home, [drawn()], actor=mine)

    def seen(who):
        return _may_see(picture, who)

    assert (seen(mine), seen(advisor()), seen(VISITOR), shown_pictures("dwelling", home)) == (True, True, False, ())
    offer.status = "published"
    assert not seen(VISITOR)
    describe_pictures("dwelling", home, {picture.id: "  Bad mit\nDusche "}, actor=mine)
    assert seen(VISITOR)
    assert [shown.alt for shown in shown_pictures("dwelling", home)] == ["Bad mit Dusche"]
    offer.status = "withdrawn"
    assert not seen(VISITOR)


def _may_see(picture: Picture, actor: Any) -> bool:
    try:
        return bool(bytes_for(picture.id, "large", actor)[1])
    except NotFound:
        return False


def test_nobody_touches_the_pictures_of_another_organisation(session):
    home = make_dwelling()
    (picture,) = add_pictures("dwelling", home.id, [drawn()])
    other = provider_of(make_organisation())
    for attempt in (
        lambda: album("dwelling", home.id, other),
        lambda: add_pictures("dwelling", home.id, [drawn()], actor=other),
        lambda: describe_pictures("dwelling", home.id, {picture.id: "x"}, actor=other),
        lambda: move_picture("dwelling", home.id, picture.id, step=1, actor=other),
        lambda: delete_picture("dwelling", home.id, picture.id, actor=other),
        lambda: bytes_for(picture.id, "small", other),
        lambda: album("nothing", home.id, advisor()),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_public_offer_lends_nobody_its_album(session):
    offer = make_offer()
    (picture,) = add_pictures("offer", offer.id, [drawn()], alt="Haus von der Straße")
    with pytest.raises(NotFound):
        album("offer", offer.id, provider_of(make_organisation()))
    assert _may_see(picture, VISITOR)


def test_pictures_are_put_in_order_and_there_are_not_too_many(session):
    home = make_dwelling()
    one, two, three = (picture.id for picture in add_pictures("dwelling", home.id, [drawn((9, 9))] * 3))
    move_picture("dwelling", home.id, three, step=-1, actor=advisor())
    move_picture("dwelling", home.id, one, step=-1, actor=advisor())
    assert [picture.id for picture in pictures_of("dwelling", home.id)] == [one, three, two]
    with pytest.raises(DomainError, match="Mehr als 30"):
        add_pictures("dwelling", home.id, [drawn((9, 9))] * 28)
    with pytest.raises(DomainError, match="300 Zeichen"):
        describe_pictures("dwelling", home.id, {one: "a" * 301}, actor=advisor())


def test_files_come_and_go_with_the_transaction(session, picture_folder: Path):
    home = make_dwelling()
    db.session.commit()
    add_pictures("dwelling", home.id, [drawn()])
    assert len(files_in(picture_folder)) == 2
    db.session.rollback()
    assert files_in(picture_folder) == []
    (picture,) = add_pictures("dwelling", home.id, [drawn()])
    db.session.commit()
    kept = files_in(picture_folder)
    delete_picture("dwelling", home.id, picture.id, actor=advisor())
    db.session.rollback()
    assert files_in(picture_folder) == kept
    delete_picture("dwelling", home.id, picture.id, actor=advisor())
    assert files_in(picture_folder) == kept
    db.session.commit()
    assert files_in(picture_folder) == []


def test_a_failed_write_leaves_nothing_half_stored(session, picture_folder: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    home = make_dwelling()
    db.session.commit()
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        add_pictures("dwelling", home.id, [drawn()])
    db.session.rollback()
    assert (files_in(picture_folder), pictures_of("dwelling", home.id)) == ([], [])


def test_what_a_killed_process_leaves_behind_is_swept_away_later(session, picture_folder: Path):
    home = make_dwelling()
    add_pictures("dwelling", home.id, [drawn()])
    kept = files_in(picture_folder)
    (picture_folder / "zz").mkdir()
    fresh, old = picture_folder / "zz" / "zzfresh.large", picture_folder / "zz" / "zzold.small.1a2b"
    for path in (fresh, old):
        path.write_bytes(b"lost")
    os.utime(old, (time.time() - 7200,) * 2)
    assert sweep() == 1
    assert files_in(picture_folder) == sorted([*kept, fresh.name])


def test_pictures_about_a_person_are_sealed_and_go_with_their_key(app, session, picture_folder: Path, monkeypatch):
    person_key = new_person_key()
    db.session.flush()
    probe = PictureSubject(
        kind="probe",
        title_for_editing=lambda _id, actor: "Hausbesuch" if actor.is_staff else _refuse(),
        is_public=lambda _id: True,
        page="pages.show_start",
        argument="x",
        seal_for=lambda _id: person_key,
    )
    monkeypatch.setitem(app.extensions, EXTENSION, (*areas(), Area(key="probe", picture_subjects=(probe,))))
    picture_as_drawn = drawn()
    (picture,) = add_pictures("probe", "a" * 26, [picture_as_drawn], alt="Schwelle im Bad")
    assert picture_as_drawn.large not in (picture_folder / picture.id[:2] / f"{picture.id}.large").read_bytes()
    assert bytes_of(picture) == picture_as_drawn.large
    assert (picture.alt, b"Schwelle" in picture.sealed_alt) == ("", False)
    assert [shown.alt for shown in album("probe", "a" * 26, advisor()).pictures] == ["Schwelle im Bad"]
    assert shown_pictures("probe", "a" * 26) == ()
    assert not _may_see(picture, VISITOR)
    destroy(person_key)
    db.session.flush()
    (rule,) = RETENTION
    for due in db.session.scalars(rule.due(person_key.destroyed_at.replace(year=2100))).all():
        rule.carry_out(due)
    db.session.commit()
    assert (files_in(picture_folder), db.session.scalars(select(Picture)).all()) == ([], [])


def _refuse() -> str:
    raise NotFound("no")
