"""Pictures in a delivered archive: found under whatever name, hung, replaced and taken back with the delivery."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from tests.intake.deliveries import COSTS, FLAT, PLACE, PROLOG, home, openimmo, provider
from tests.intake.uploads import done, outcomes, run_of, send, take
from tests.pictures.drawings import image_file
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.pictures import pictures_of_offer
from wohnberatung.extensions import db
from wohnberatung.intake.attachments import ArchiveNames
from wohnberatung.intake.services import decisions, enclosures
from wohnberatung.pictures.models import Picture
from wohnberatung.pictures.services import delete_picture

RED, BLUE, GREEN = (image_file((60, 40), colour=colour) for colour in ("red", "blue", "green"))

pytestmark = pytest.mark.usefixtures("picture_folder")


def attachment(path: str, title: str = "", group: str = "BILD", location: str = "INTERN") -> str:
    words = f"<anhangtitel>{title}</anhangtitel>" if title else ""
    return f'<anhang location="{location}" gruppe="{group}">{words}<daten><pfad>{path}</pfad></daten></anhang>'


def flat(*attachments: str, number: int = 1) -> str:
    place = PLACE.replace("4 b", str(number))
    return home(
        FLAT + place + COSTS + f"<anhaenge>{''.join(attachments)}</anhaenge>", obid=f"A{number}", extern=f"WE {number}"
    )


def archive(*flats: str, **files: bytes) -> bytes:
    return packed(openimmo(provider(*flats)), files)


def packed(document: str, files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("openimmo.xml", PROLOG + document)
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def shown(number: int = 1) -> list[str]:
    """The words of the pictures that everybody sees."""
    db.session.expire_all()
    offer = db.session.query(Offer).filter_by(external_id=f"A{number}").one()
    return [picture.alt for picture in pictures_of_offer(offer)]


@pytest.mark.parametrize(
    ("stored", "named"),
    [
        ("Küche groß.jpg".encode("cp437").decode("cp437"), "Küche groß.jpg"),
        ("Küche.jpg".encode("cp1252").decode("cp437"), "Küche.jpg"),
        ("Küche.jpg".encode().decode("cp437"), "KÜCHE.JPG"),
        ("Ku\u0308che.jpg", "Küche.jpg"),
        ("bild.jpg", "BILD.JPG"),
        ("bilder/flur.jpg", "bilder\\flur.jpg"),
        ("da7.jpg", "./da7.jpg"),
        ("Grundriss Keller.jpg", "Grundriss%20Keller.jpg"),
        ("export/2026/bad.jpg", "bad.jpg"),
        ("bad.jpg", "C:\\Export\\bad.jpg"),
    ],
)
def test_a_picture_is_found_under_the_name_that_the_program_meant(stored: str, named: str):
    assert ArchiveNames([stored, "anderes.jpg"]).find(named) == stored


def test_two_folders_are_two_and_what_is_not_certain_is_not_guessed():
    names = ArchiveNames(["a/foto1.jpg", "b/foto1.jpg", "Bad.jpg", "bad.jpg"])
    assert [names.find(path) for path in ("a/foto1.jpg", "b\\Foto1.JPG", "foto1.jpg", "c/x.jpg")] == [
        "a/foto1.jpg",
        "b/foto1.jpg",
        None,
        None,
    ]
    assert names.find("Bad.jpg") == "Bad.jpg"
    assert names.find("BAD.JPG") is None


def test_pictures_come_with_the_words_of_the_provider_and_the_cover_first(owner, clerk):
    flats = flat(
        attachment("bad.jpg", "Bad mit Dusche"),
        attachment("vorn.jpg", group="TITELBILD"),
        attachment("plan.jpg", group="GRUNDRISS"),
    )
    run_id = send(archive(flats, **{"bad.jpg": RED, "vorn.jpg": BLUE, "plan.jpg": GREEN}), clerk, owner)
    assert "3 Bilder vom Anbieter sind neu." in outcomes(run_id)["A1"].notes
    assert outcomes(run_id)["A1"].pictures[0].alt == "Bild vom Anbieter: Titelbild"
    done(decisions.apply_run, run_id, clerk)
    assert shown() == ["Bild vom Anbieter: Titelbild", "Bild vom Anbieter: Bad mit Dusche", "Plan vom Anbieter"]
    assert {picture.use for picture in db.session.query(Picture)} == {"photo", "plan"}


def test_what_cannot_be_drawn_is_named_and_refuses_nothing(owner, clerk):
    flats = (
        flat(attachment("heil.jpg"), attachment("kaputt.jpg"), attachment("fehlt.jpg")),
        flat(attachment("https://example.org/bild.jpg"), attachment("film.mp4", "Rundgang", "FILM"), number=2),
    )
    files = {"heil.jpg": RED, "kaputt.jpg": RED[:400], "niemand.jpg": BLUE}
    run = take(archive(*flats, **files), clerk, owner)
    told = outcomes(run.id)
    assert run.state == "promoted"
    assert shown() == ["Bild vom Anbieter"]
    notes = " ".join(told["A1"].notes)
    assert "„kaputt.jpg“: Das ist kein Bild" in notes
    assert "„fehlt.jpg“: die Datei fehlt im Archiv" in notes
    assert "liegt im Netz" in told["A2"].notes[0]
    assert "„Rundgang“ ist kein Bild" in told["A2"].notes[1]
    assert any("niemand.jpg" in note for note in run.notes)


def test_an_office_without_a_folder_says_so_once_and_nothing_else_is_missing(app, owner, clerk, monkeypatch):
    bad, hof = attachment("bad.jpg", "Bad"), attachment("hof.jpg", "Hof")
    delivery = archive(flat(bad, hof), flat(bad, number=2), **{"bad.jpg": RED, "hof.jpg": BLUE})
    with monkeypatch.context() as without:
        without.setitem(app.config, "PICTURES_DIR", "")
        run = take(delivery, clerk, owner, name="feed.zip")
        (note,) = [note for note in run.notes if "Bild" in note]
        assert "3 Bilder dieser Lieferung sind nicht dabei" in note
        assert "PICTURES_DIR" in note
        told = [line for outcome in outcomes(run.id).values() for line in outcome.lines]
        assert not [line for line in told if "Bild" in line or "Archiv" in line]
        assert (run.state, shown()) == ("promoted", [])
    run = take(delivery, clerk, owner, name="feed.zip")
    assert shown() == ["Bild vom Anbieter: Bad", "Bild vom Anbieter: Hof"]
    assert not [note for note in run.notes if "Bild" in note]
    with monkeypatch.context() as without:
        without.setitem(app.config, "PICTURES_DIR", "")
        assert outcomes(take(delivery, clerk, owner, name="feed.zip").id)["A1"].state == "unchanged"
    assert shown() == ["Bild vom Anbieter: Bad", "Bild vom Anbieter: Hof"]


def test_the_next_delivery_replaces_what_it_says_and_leaves_the_rest(owner, clerk):
    bad, flur, hof = (attachment(f"{name}.jpg", name.capitalize()) for name in ("bad", "flur", "hof"))
    take(archive(flat(bad, flur), **{"bad.jpg": RED, "flur.jpg": BLUE}), clerk, owner)
    kept = {picture.id for picture in db.session.query(Picture).filter_by(alt="Bild vom Anbieter: Flur")}
    run = take(archive(flat(flur, hof), **{"flur.jpg": BLUE, "hof.jpg": GREEN}), clerk, owner)
    assert shown() == ["Bild vom Anbieter: Flur", "Bild vom Anbieter: Hof"]
    assert {picture.id for picture in db.session.query(Picture).filter_by(alt="Bild vom Anbieter: Flur")} == kept
    assert {"1 Bild vom Anbieter ist neu.", "1 Bild vom Anbieter entfällt."} <= set(outcomes(run.id)["A1"].notes)
    done(decisions.undo_run, run.id, clerk)
    assert sorted(shown()) == ["Bild vom Anbieter: Bad", "Bild vom Anbieter: Flur"]


def test_a_document_alone_leaves_pictures_and_a_path_without_its_file_keeps_the_one_we_have(owner, clerk):
    bad = attachment("bad.jpg", "Bad")
    take(archive(flat(bad), **{"bad.jpg": RED}), clerk, owner)
    silent = home(FLAT + PLACE.replace("4 b", "1") + COSTS, obid="A1", extern="WE 1")
    assert outcomes(take(PROLOG + openimmo(provider(silent)), clerk, owner).id)["A1"].state == "unchanged"
    run = take(PROLOG + openimmo(provider(flat(bad))), clerk, owner)
    assert (outcomes(run.id)["A1"].state, outcomes(run.id)["A1"].notes) == ("unchanged", [])
    assert shown() == ["Bild vom Anbieter: Bad"]
    # An archive with pictures of others speaks of all: this home has none any more.
    other = flat(attachment("hof.jpg", "Hof"), number=2)
    take(archive(silent, other, **{"hof.jpg": BLUE}), clerk, owner)
    assert (shown(), shown(2)) == ([], ["Bild vom Anbieter: Hof"])


def test_a_new_home_goes_with_its_pictures_and_what_a_person_deleted_stays_away(owner, clerk):
    bad, hof = attachment("bad.jpg", "Bad"), attachment("hof.jpg", "Hof")
    files = {"bad.jpg": RED, "hof.jpg": BLUE}
    take(archive(flat(bad, hof), **files), clerk, owner)
    unwanted = db.session.query(Picture).filter_by(alt="Bild vom Anbieter: Hof").one()
    delete_picture(unwanted.subject_kind, unwanted.subject_id, unwanted.id, actor=clerk)
    db.session.commit()
    take(archive(flat(bad, hof), **files), clerk, owner, name="wieder.zip")
    assert shown() == ["Bild vom Anbieter: Bad"]
    run = take(archive(flat(attachment("x.jpg"), number=5), **{"x.jpg": GREEN}), clerk, owner)
    assert shown(5) == ["Bild vom Anbieter"]
    done(decisions.undo_run, run.id, clerk)
    assert shown(5) == []


def test_what_nobody_takes_over_leaves_no_file(owner, clerk, picture_folder: Path):
    run_id = send(archive(flat(attachment("bad.jpg")), **{"bad.jpg": RED}), clerk, owner)
    assert len(list(picture_folder.glob("deliveries/*/*.zip"))) == 1
    assert len(list(picture_folder.glob("??/*.large"))) == 1
    assert enclosures.sweep() == 0
    done(decisions.discard_run, run_id, clerk)
    assert list(picture_folder.glob("??/*.large")) == []
    (laid_aside,) = picture_folder.glob("deliveries/*/*.zip")
    os.utime(laid_aside, (0, 0))
    assert enclosures.sweep() == 1
    assert run_of(run_id).enclosed == ""
