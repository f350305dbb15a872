"""What a delivered file must not be, and how quickly and plainly it is refused."""

import io
import struct
import time
import zipfile
from pathlib import Path

import pytest

from wohnberatung.intake import archives
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.recognise import openimmo_file, openimmo_in

DOCUMENT = b"<openimmo/>"


def opened(name, data):
    return openimmo_in(name, io.BytesIO(data))


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_the_one_document_is_found_beside_pictures_and_what_other_systems_add():
    data = packed(("bilder/Titel.JPG", b"jpeg"), ("Lieferung/Objekte.XML", DOCUMENT), ("__MACOSX/._Objekte.XML", b"\0"))
    delivery = opened("feed.zip", data)
    assert (delivery.document_name, delivery.document) == ("Lieferung/Objekte.XML", DOCUMENT)


def test_an_archive_is_known_by_its_content_not_by_its_name():
    assert opened("feed.xml", packed(("a.xml", DOCUMENT))).document == DOCUMENT
    assert opened("feed.txt", DOCUMENT).document == DOCUMENT


def test_new_content_under_the_same_name_is_another_delivery():
    first, second = (opened("feed.zip", packed(("a.xml", DOCUMENT + end))) for end in (b"", b"\n"))
    assert first.digest != second.digest


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (packed(("a.xml", DOCUMENT), ("b.xml", DOCUMENT)), "mehrere XML-Dateien: a.xml, b.xml"),
        (packed(("a.jpg", b"jpeg")), "keine XML-Datei"),
        (packed(), "keine XML-Datei"),
        (packed(("a.xml", DOCUMENT), ("inner.zip", b"PK")), "weiteres Archiv, „inner.zip“"),
        (packed(("../../etc/cron.d/a.xml", DOCUMENT)), "unzulässigen Dateinamen „../../etc"),
        (packed(("/etc/a.xml", DOCUMENT)), "unzulässigen Dateinamen"),
        (packed(("..\\..\\a.xml", DOCUMENT)), "unzulässigen Dateinamen"),
        (packed(("C:a.xml", DOCUMENT)), "unzulässigen Dateinamen"),
        (packed(("a.xml", DOCUMENT), method=zipfile.ZIP_BZIP2), "unüblichen Verfahren"),
        (packed(("a.xml", DOCUMENT))[:-30], "beschädigt"),
        (b"PK\x03\x04 not an archive at all", "beschädigt"),
        (b"\x1f\x8b\x08 gzip", "kein lesbares ZIP-Archiv"),
        (b"", "ist leer"),
    ],
    ids=lambda value: None if isinstance(value, str) else f"{len(value)} bytes",  # an archive holds the time
)
def test_an_unusable_archive_is_refused_with_its_name_and_a_remedy(data, words):
    with pytest.raises(Unreadable) as caught:
        opened("lieferung.zip", data)
    assert words in caught.value.message
    assert "lieferung.zip" in caught.value.message
    assert "Bitte" in caught.value.message or "Erwartet" in caught.value.message


def test_a_password_is_recognised():
    data = bytearray(packed(("a.xml", DOCUMENT)))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match="Kennwort"):
        opened("feed.zip", bytes(data))


def test_a_broken_document_inside_is_refused():
    data = bytearray(packed(("a.xml", DOCUMENT), method=zipfile.ZIP_STORED))
    data[data.index(DOCUMENT)] ^= 1
    with pytest.raises(Unreadable, match="beschädigt"):
        opened("feed.zip", bytes(data))


def test_a_bomb_is_refused_by_its_ratio_without_unpacking_it():
    data = packed(("a.xml", DOCUMENT), ("film.mp4", bytes(300 * archives.MEGABYTE)))
    start = time.process_time()
    with pytest.raises(Unreadable, match="Bombe"):
        opened("feed.zip", data)
    assert time.process_time() - start < 0.2


def test_a_bomb_that_understates_its_size_is_not_inflated():
    data = bytearray(packed(("a.xml", bytes(200 * archives.MEGABYTE))))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 1000)
    start = time.process_time()
    with pytest.raises(Unreadable, match="beschädigt"):
        opened("feed.zip", bytes(data))
    assert time.process_time() - start < 0.2


def test_entries_that_share_their_bytes_are_refused():
    data = bytearray(packed(("a.xml", DOCUMENT), ("b.jpg", b"x" * 2000), method=zipfile.ZIP_STORED))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", data, second + 42, 0)
    with pytest.raises(Unreadable, match="beschädigt"):
        opened("feed.zip", bytes(data))


def test_the_whole_of_an_archive_is_limited(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED", 100)
    with pytest.raises(Unreadable, match="zu groß"):
        opened("feed.zip", packed(("a.xml", DOCUMENT), ("b.jpg", b"x" * 100)))


def test_too_many_entries_are_refused_before_the_directory_is_read(monkeypatch):
    data = packed(("a.xml", DOCUMENT), *((f"{number}.jpg", b"") for number in range(3)))
    monkeypatch.setattr(archives, "MAX_ENTRIES", 3)
    with pytest.raises(Unreadable, match="zu viele Dateien"):
        opened("feed.zip", data)


def test_an_endless_directory_is_refused_even_if_it_counts_few_entries(monkeypatch):
    data = packed(("a.xml", DOCUMENT), ("b.jpg", b""))
    monkeypatch.setattr(archives, "MAX_DIRECTORY", 60)
    with pytest.raises(Unreadable, match="zu viele Dateien"):
        opened("feed.zip", data)


def test_a_large_document_is_refused_packed_or_plain(monkeypatch):
    monkeypatch.setattr(archives, "MAX_DOCUMENT", 10)
    for data in (packed(("a.xml", DOCUMENT)), DOCUMENT):
        with pytest.raises(Unreadable, match="zu groß"):
            opened("feed", data)


def test_a_missing_file_and_a_folder_are_told_plainly(tmp_path: Path):
    with pytest.raises(Unreadable, match="gibt es nicht"):
        openimmo_file(tmp_path / "none.xml")
    with pytest.raises(Unreadable, match="lässt sich nicht lesen"):
        openimmo_file(tmp_path)
