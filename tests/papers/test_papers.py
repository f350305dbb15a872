"""Papers: tagged, titled, in their language, the words as they were given, the same bytes every time."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.papers.reading import fonts_of, lines_of, opened, pages_of, roles_of, sizes_of, words_of
from wohnberatung.extensions import babel
from wohnberatung.papers import PaperError, address, callout, heading, pairs, paragraph, points, render, steps, table

DAY = date(2026, 11, 22)
PARTS = [
    callout("Ihre Nummer", "7K3M-9TQX"),
    paragraph("Nennen Sie uns diese Nummer, wenn Sie anrufen."),
    heading("Ihr Haushalt"),
    pairs([("Personen", "2"), ("Haustiere", "eine Katze")]),
    heading("Weitere Angaben", 2),
    points(["Aufzug", "Bad ohne Stufe"]),
    steps(["Wir lesen Ihr Gesuch.", "Wir melden uns."]),
    table("Kosten", ["Was", "Betrag"], [["Miete", "620,00 €"], ["Nebenkosten", "unbekannt"]]),
    address("https://example.org/mein-gesuch/abc"),
]


@pytest.fixture
def app() -> Iterator[Flask]:
    """Papers need settings and words, no database."""
    app = Flask("papers")
    app.config.update(OFFICE_NAME="Wohnberatung Beispiel", OFFICE_ADDRESS="", OFFICE_PHONE="", OFFICE_EMAIL="")
    babel.init_app(app, default_locale="de")
    with app.app_context():
        yield app


def test_a_paper_is_tagged_has_a_title_a_language_and_says_that_it_is_pdf_ua(app: Flask) -> None:
    pdf = opened(render("sheet", {"title": "Ihr Gesuch ist angekommen", "parts": PARTS}))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "de"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as told:
        assert told["dc:title"] == "Ihr Gesuch ist angekommen"
        assert told["pdfuaid:part"] == "1"


def test_a_screen_reader_finds_headings_lists_and_table_headers(app: Flask) -> None:
    roles = roles_of(render("sheet", {"title": "Beispiel", "parts": PARTS}))
    assert [role for role in roles if role in ("H1", "H2")] == ["H1", "H2"]
    assert roles.count("TH") == 2
    assert {"L", "LI", "Lbl", "LBody", "Table", "TR", "TD", "Link"} <= set(roles)


def test_all_words_are_there_as_text(app: Flask) -> None:
    words = words_of(render("sheet", {"title": "Ihr Gesuch", "parts": PARTS}, on=DAY))
    for expected in ("Ihr Gesuch", "7K3M-9TQX", "eine Katze", "Bad ohne Stufe", "620,00 €", "22.11.2026"):
        assert expected in words
    assert app.config["OFFICE_NAME"] in words
    assert "Seite 1 von 1" in words


LONG = "Treppenhausbeleuchtungsanlagenerneuerungsmaßnahmen"
MARGIN = 190  # mm from the left edge


@pytest.mark.parametrize(
    ("part", "edge"),
    [
        (table("Kosten", ["Was", "Betrag", "Wer zahlt"], [[LONG, "620,00 €", "Pflegekasse"]]), MARGIN),
        (table("Kosten", ["Was", "Betrag"], [[LONG * 3, "620,00 €"]]), MARGIN),
        (paragraph(f"Es geht um {LONG * 3}."), MARGIN),
        (pairs([("Anlass", LONG * 3)]), MARGIN),
        (callout("Anlass", LONG * 2), MARGIN - 5),
        (points([LONG * 3]), MARGIN),
    ],
)
def test_a_long_word_stays_in_its_place_and_gets_no_sign(app: Flask, part: dict[str, Any], edge: float) -> None:
    """Neither over the margin nor over the next column; nothing is put into the word that fingers would read."""
    lines = lines_of(render("sheet", {"title": "Lang", "parts": [part]}))
    assert max(line.right for line in lines if "Seite" not in line.text) <= edge
    assert LONG in "".join(line.text for line in lines)
    for one, other in itertools.pairwise(lines):
        assert one.at != other.at or one.right <= other.left + 0.1, (one, other)


@pytest.mark.parametrize("text", ["#panic()", "*fett* _schräg_ $x^2$ = Titel", "<marke> @verweis `roh` \\ //", '"#{'])
def test_what_a_person_wrote_is_never_read_as_markup(app: Flask, text: str) -> None:
    paper = render("sheet", {"title": text, "parts": [paragraph(text), pairs([(text, text)]), points([text])]})
    assert words_of(paper).count(text) == 5


def test_a_paper_says_where_no_font_has_the_script(app: Flask) -> None:
    words = words_of(render("sheet", {"title": "Gruß 😀", "parts": [paragraph("Dvořák 中文 中 \x07und\u202e weiter")]}))
    assert "Gruß [nicht druckbar]" in words
    # Where the font changes, the reader of this test cannot tell whether a word does.
    assert "Dvořák[nichtdruckbar]undweiter" in words.replace(" ", "")
    assert "?" not in words


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Huế", "Олена Шевченко", "Ґалаґан Єва", "Ελένη Παπαδοπούλου", "Łukasz Žižka"]
)
def test_names_of_people_here_are_set_in_the_type_face_of_the_house(app: Flask, name: str) -> None:
    paper = render("sheet", {"title": "Brief", "parts": [paragraph(name)]})
    assert name.replace(" ", "") in words_of(paper).replace(" ", "")
    assert {font.partition("-")[0] for font in fonts_of(paper)} == {"FiraSans"}


@pytest.mark.parametrize("name", ["محمد الأحمد", "გიორგი", "דוד כהן"])
def test_scripts_the_type_face_lacks_are_set_in_another_one(app: Flask, name: str) -> None:
    assert "[nicht druckbar]" not in words_of(render("sheet", {"title": "Brief", "parts": [paragraph(name)]}))


def test_papers_in_easy_language_are_printed_in_14_points(app: Flask) -> None:
    usual, easy = (sizes_of(render("sheet", {"title": "A", "parts": PARTS}, code)) for code in ("de", "leicht"))
    assert 11 in usual
    assert 14 in easy
    assert 11 not in easy


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060"])
def test_signs_for_the_setter_inside_words_do_not_reach_the_fingers(app: Flask, sign: str) -> None:
    words = words_of(render("sheet", {"title": f"Wohn{sign}geld", "parts": [pairs([(f"Wohn{sign}geld", "ja")])]}))
    assert words.count("Wohngeld") == 2


def test_a_long_paper_counts_its_pages(app: Flask) -> None:
    paper = render("sheet", {"title": "Lang", "parts": [paragraph("Ein Satz unter vielen. " * 60)] * 6})
    count = len(opened(paper).pages)
    assert count > 1
    assert f"Seite {count} von {count}" in words_of(paper)


def test_the_same_data_on_the_same_day_give_the_same_bytes(app: Flask) -> None:
    once, again = (render("sheet", {"title": "Gleich", "parts": PARTS}, on=DAY) for _ in range(2))
    assert once == again
    pdf = opened(once)
    assert str(pdf.docinfo["/CreationDate"]) == "D:20261122000000Z"


def test_a_letter_shows_recipient_salutation_and_who_signs(app: Flask) -> None:
    letter = {
        "title": "Ihr Beratungstermin",
        "recipient": "Erika Beispiel\nBeispielweg 1\n01307 Dresden",
        "reference": "Unser Zeichen: WB-1",
        "salutation": "Guten Tag,",
        "parts": [paragraph("wir kommen am Montag zu Ihnen.")],
        "closing": "Mit freundlichen Grüßen",
        "signature": "Beraterin Beispiel",
    }
    words = words_of(render("letter", letter))
    order = [words.index(text) for text in ("Erika Beispiel", "Guten Tag", "am Montag", "Grüßen", "Beraterin")]
    assert order == sorted(order)


def test_the_name_of_who_signs_never_stands_alone_on_the_last_page(app: Flask) -> None:
    """Whatever the length of the letter: its last words stay with the closing, and the closing with the name."""
    ends = {"closing": "Freundliche Grüße", "signature": "Beraterin Beispiel\nWohnberatung"}
    on_two = 0
    for count in range(14, 30):
        parts = [*[paragraph("Ein Satz, der dasteht.")] * count, paragraph("Das letzte Wort.")]
        pages = pages_of(render("letter", {"title": "Lang", "recipient": "Erika", "parts": parts, **ends}))
        on_two += len(pages) == 2
        assert "Das letzte Wort." in pages[-1]
        assert "Freundliche Grüße" in pages[-1]
        assert "Beraterin Beispiel" in pages[-1]
    assert 0 < on_two < 16


def test_a_letter_names_its_sender_in_the_window_and_how_to_reach_it(app: Flask) -> None:
    app.config.update(OFFICE_ADDRESS="Beispielplatz 1\n01067 Dresden", OFFICE_PHONE="0351 123", OFFICE_EMAIL="")
    words = words_of(render("letter", {"title": "Brief", "recipient": "Erika Beispiel", "reference": "FA-1"}, on=DAY))
    window = "Wohnberatung Beispiel, Beispielplatz 1, 01067 Dresden"
    assert words.index(window) < words.index("Erika Beispiel")
    for beside in ("Unser Zeichen FA-1", "Telefon 0351 123", "Datum 22.11.2026"):
        assert beside in words


def test_the_language_of_a_paper_is_that_of_its_reader(app: Flask) -> None:
    pdf = opened(render("sheet", {"title": "Your request", "parts": []}, "en"))
    assert str(pdf.Root.Lang) == "en"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("gibtesnicht", {"title": "Titel"}, "gibtesnicht"),
        ("../base", {"title": "Titel"}, "no template"),
        ("sheet", {"parts": []}, "title"),
        ("sheet", {"title": "Titel", "parts": [{"kind": "tanz"}]}, "tanz"),
        ("sheet", {"title": "Titel", "parts": [heading("Zu tief", 2)]}, "heading"),
    ],
)
def test_what_cannot_be_a_paper_is_told_at_once(app: Flask, name: str, data: dict[str, object], words: str) -> None:
    with pytest.raises(PaperError, match=words):
        render(name, data)


def test_parts_refuse_what_a_reader_could_not_follow() -> None:
    with pytest.raises(ValueError, match="level"):
        heading("Titel", 3)
    with pytest.raises(ValueError, match="cells"):
        table("", ["Was", "Betrag"], [["Miete"]])
    with pytest.raises(ValueError, match="pages only"):
        address("javascript:alert(1)")
