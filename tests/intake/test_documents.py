"""Documents that lie about their encoding are read; documents that attack are refused fast."""

import time

import pytest

from tests.intake.deliveries import PROLOG, openimmo, provider, read
from wohnberatung.intake.archives import Unreadable
from wohnberatung.intake.documents import decode

NAME = "Straße der Kräuter €"
DOCUMENT = openimmo(provider(name=NAME))


def name_in(data: bytes) -> str:
    return read(data).providers["AN1"]


def labelled(encoding: str) -> str:
    return PROLOG.replace("UTF-8", encoding) + DOCUMENT


@pytest.mark.parametrize(
    "data",
    [
        labelled("UTF-8").encode(),
        b"\xef\xbb\xbf" + labelled("UTF-8").encode(),
        labelled("windows-1252").encode("cp1252"),
        labelled("ISO-8859-15").encode("iso-8859-15"),
        labelled("UTF-16").encode("utf-16"),
        DOCUMENT.encode("utf-16-le"),
        DOCUMENT.encode(),
        DOCUMENT.encode("cp1252"),
        labelled("ISO-8859-1").encode(),
        labelled("UTF-8").encode("cp1252"),
        labelled("ISO-8859-1").encode("cp1252"),
        labelled("no-such-encoding").encode("cp1252"),
        labelled("hex").encode(),
        b"\r\n  " + labelled("UTF-8").encode(),
        labelled("UTF-16").encode(),
    ],
    ids=range(15),
)
def test_umlauts_survive_whatever_encoding_the_document_claims(data):
    assert name_in(data) == NAME


def test_one_stray_windows_byte_does_not_spoil_the_other_umlauts():
    assert decode("Köln und M".encode() + b"\xfcnchen") == "Köln und München"


def test_control_characters_from_word_processors_are_dropped():
    assert name_in((PROLOG + openimmo(provider(name="Haus\x0b am\x1f Hang"))).encode()) == "Haus am Hang"


BILLION_LAUGHS = (
    '<!DOCTYPE openimmo [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1 or "") + ";"}{"&a" + str(n - 1 or "") + ";" * 9}">' for n in range(1, 20)
    )
    + "]><openimmo>&a19;</openimmo>"
)


@pytest.mark.parametrize(
    "document",
    [
        BILLION_LAUGHS,
        '<!DOCTYPE openimmo [<!ENTITY x SYSTEM "file:///etc/passwd">]><openimmo>&x;</openimmo>',
        '<!DOCTYPE openimmo SYSTEM "http://127.0.0.1:9/a.dtd"><openimmo/>',
        "<!-- harmless --><?pi x?>\n<!DOCTYPE openimmo><openimmo/>",
        PROLOG + "<!DOCTYPE openimmo><openimmo/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_before_any_entity_is_looked_at(document, encoding):
    start = time.process_time()
    with pytest.raises(Unreadable, match=r"lieferung\.xml.*DOCTYPE"):
        read(document.encode(encoding))
    assert time.process_time() - start < 0.1


def test_html_in_a_description_is_no_document_type():
    transfer = read(openimmo(provider(name="<![CDATA[<!DOCTYPE html>]]>")))
    assert transfer.providers == {"AN1": "<!DOCTYPE html>"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Guten Tag, anbei unsere Wohnungen.", "keine XML-Datei"),
        (b"%PDF-1.7 \xe2\xe3", "keine XML-Datei"),
        (b"<openimmo><anbieter></openimmo>", "Zeile 1"),
        (b"<openimmo>\n\n<a>&undeclared;</a></openimmo>", "Zeile 3"),
        (b"<html><body/></html>", "heißt „html“"),
        (b"<a>" * 5000, "kein fehlerfreies XML"),
        (b"<openimmo" + b" x" * 100 + b">", "kein fehlerfreies XML"),
        (b"<!-- never closed " + b"<!--" * 10_000, "kein fehlerfreies XML"),
        (b"<!doctype html><html></html>", "DOCTYPE"),
    ],
)
def test_what_is_no_openimmo_is_refused_with_name_line_and_remedy(data, words):
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert words in caught.value.message
    assert "lieferung.xml" in caught.value.message


def test_a_deeply_nested_or_endless_document_is_refused_fast():
    start = time.process_time()
    for data in (b"<a>" * 1_000_000, b"<?xml " * 1_000_000, b"<a " + b"b='c' " * 500_000):
        with pytest.raises(Unreadable):
            read(data)
    assert time.process_time() - start < 3
