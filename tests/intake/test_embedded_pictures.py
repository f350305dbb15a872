"""Pictures inside an OpenImmo document, as base64: they come in like those beside it."""

import base64
import time

import pytest

from tests.intake.deliveries import COSTS, FLAT, PLACE, PROLOG, home, openimmo, provider, read
from tests.intake.test_pictures import attachment, flat, packed, shown
from tests.intake.uploads import done, outcomes, run_of, send, take
from tests.pictures.drawings import image_file
from wohnberatung.extensions import db
from wohnberatung.intake.embedded import take_out
from wohnberatung.intake.services import decisions
from wohnberatung.intake.services.uploads import stored_delivery
from wohnberatung.pictures import delivered, drawing
from wohnberatung.pictures.models import Picture

RED, BLUE = (image_file((60, 40), colour=colour) for colour in ("red", "blue"))

pytestmark = pytest.mark.usefixtures("picture_folder")


def inside(content: bytes, title: str = "", group: str = "BILD", form: str = "{}") -> str:
    words = f"<anhangtitel>{title}</anhangtitel>" if title else ""
    text = form.format(base64.encodebytes(content).decode())
    return f"<anhang gruppe='{group}'>{words}<daten><anhanginhalt>{text}</anhanginhalt></daten></anhang>"


def document(*flats: str) -> str:
    return PROLOG + openimmo(provider(*flats))


def taken_out(document: str) -> bytes:
    return take_out((PROLOG + document).encode(), lambda _name, _content: None)


def test_they_come_in_with_the_words_of_the_provider_and_are_seen_before_they_are_taken_over(owner, clerk):
    run_id = send(document(flat(inside(RED, "Bad"), inside(BLUE, group="TITELBILD"))), clerk, owner, name="feed.xml")
    assert "2 Bilder vom Anbieter sind neu." in outcomes(run_id)["A1"].notes
    assert len(outcomes(run_id)["A1"].pictures) == 2
    assert b"im-dokument/" in stored_delivery(run_of(run_id)).document
    done(decisions.apply_run, run_id, clerk)
    assert shown() == ["Bild vom Anbieter: Titelbild", "Bild vom Anbieter: Bad"]


@pytest.mark.parametrize("form", ["<![CDATA[\n{}]]>", "data:image/jpeg;base64,{}", "\n\n   {}\n"])
def test_however_the_program_wraps_them(owner, clerk, form: str):
    take(document(flat(inside(RED, "Bad", form=form))), clerk, owner, name="feed.xml")
    assert shown() == ["Bild vom Anbieter: Bad"]


def test_in_utf_16_with_a_prefix_and_beside_those_of_an_archive(owner, clerk):
    sixteen = document(flat(inside(RED, "Bad"))).replace("anhanginhalt>", "oi:AnhangInhalt>")
    sixteen = sixteen.replace("<openimmo>", "<openimmo xmlns:oi='http://www.openimmo.de'>").replace("UTF-8", "UTF-16")
    take(sixteen.encode("utf-16"), clerk, owner, name="feed.xml")
    assert shown() == ["Bild vom Anbieter: Bad"]
    both = packed(openimmo(provider(flat(inside(RED, "Bad"), attachment("hof.jpg", "Hof")))), {"hof.jpg": BLUE})
    take(both, clerk, owner, name="feed.zip")
    assert shown() == ["Bild vom Anbieter: Bad", "Bild vom Anbieter: Hof"]


def test_the_same_picture_is_known_again_and_what_is_sent_no_more_is_taken_down(owner, clerk):
    take(document(flat(inside(RED, "Bad"), inside(BLUE, "Hof"))), clerk, owner, name="feed.xml")
    ids = {picture.id for picture in db.session.query(Picture).filter_by(alt="Bild vom Anbieter: Bad")}
    run = take(document(flat(inside(RED, "Bad"))), clerk, owner, name="feed.xml")
    assert outcomes(run.id)["A1"].notes == ["1 Bild vom Anbieter entfällt."]
    assert {picture.id for picture in db.session.query(Picture).filter_by(alt="Bild vom Anbieter: Bad")} == ids


def test_what_cannot_be_drawn_is_named_by_its_words_and_refuses_nothing(owner, clerk, monkeypatch):
    for module in (delivered, drawing):
        monkeypatch.setattr(module, "LARGEST_FILE", 5000)
    flats = flat(
        inside(RED, "Bad"), inside(b"kein Bild", "Küche"), inside(bytes(9000), "Flur"), inside(b"", "Hof"),
        inside(b"%PDF", "Exposé", "DOKUMENTE"),
    )  # fmt: skip
    run = take(document(flats, home(FLAT + PLACE + COSTS, obid="A2")), clerk, owner, name="feed.xml")
    assert shown() == ["Bild vom Anbieter: Bad"]
    notes = "\n".join(outcomes(run.id)["A1"].notes)
    assert "„Bild vom Anbieter: Küche“: Das ist kein Bild" in notes
    assert "„Bild vom Anbieter: Flur“: Eine Datei darf höchstens" in notes
    assert "„Hof“ nennt keine Datei" in notes
    assert "„Exposé“ ist kein Bild" in notes
    assert "im-dokument" not in notes + "".join(run.notes)


def test_a_photograph_of_more_text_than_libxml2_reads_refuses_nothing():
    content = FLAT + PLACE + COSTS + f"<anhaenge>{inside(bytes(9_000_000))}</anhaenge>"
    (record,) = read(taken_out(openimmo(provider(home(content))))).records
    (picture,) = record.pictures or ()
    assert picture.path.startswith("im-dokument/")


@pytest.mark.parametrize("form", ["{}", "\n<![CDATA[\n{}\n]]>\n"])
def test_reports_name_the_lines_of_the_file_as_it_was_sent(form: str):
    content = FLAT + PLACE + COSTS + f"<anhaenge>\n{inside(bytes(900), form=form)}\n</anhaenge>"
    sent = openimmo(provider(home(content), home(obid="A2")))
    plain = sent.replace("anhanginhalt", "anderes")
    assert [one.position for one in read(taken_out(sent)).records] == [one.position for one in read(plain).records]


@pytest.mark.parametrize(
    "piece", [b"<anhanginhalt ", b"<anhanginhalt>", b"<anhanginhalt> AAAA ", b"<anhanginhalt>data:"]
)
def test_what_never_ends_takes_no_longer_than_its_length(piece: bytes):
    start = time.process_time()
    take_out(piece * (2_000_000 // len(piece)) + b" " * 1_000_000, lambda _name, _content: None)
    assert time.process_time() - start < 2
