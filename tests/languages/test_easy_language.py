"""Easy German is written as such: short sentences, no conjunctive, its own pages with drawings that are told."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from tests.infrastructure.pages import Page
from tests.seekers.walking import begin, send, token_in
from wohnberatung.core.languages import EASY
from wohnberatung.translations import translations_of
from wohnberatung.translations.extraction import ROOT, load

LONGEST = 14
SENTENCE = re.compile(r"[.!?:]\s+|\n")
WORD = re.compile(r"[\w%()-]+")
UNREAL = re.compile(r"\b(?:würden?|wären?|hätten?|könnten?|müssten?|dürften?|sollten)\b", re.IGNORECASE)
TEMPLATES = ROOT / "templates"
# What the legal notice must tell the operator, and sentences of the engine for advisors, are not for the public.
NOT_READ = re.compile(r"OFFICE_NAME|%\((?:evidence|asked)\)s|^Gesucht wird|^Sie fragen: ")


def rewritten() -> Iterator[Message]:
    """Messages that easy language says in its own way."""
    return (message for message in load(EASY.locale) if message.id and message.string != message.id)


def said(message: Message) -> str:
    return message.string if isinstance(message.string, str) else " ".join(message.string)


def test_sentences_are_short() -> None:
    long = [
        sentence
        for message in rewritten()
        for sentence in SENTENCE.split(said(message))
        if len(WORD.findall(sentence)) > LONGEST
    ]
    assert long == []


def test_everything_is_real() -> None:
    assert [said(message) for message in rewritten() if UNREAL.search(said(message))] == []


def test_long_sentences_of_the_source_are_rewritten() -> None:
    own_pages = {path.relative_to(TEMPLATES / "easy").as_posix() for path in (TEMPLATES / "easy").rglob("*.html")}
    left = [
        message.id
        for message in load(EASY.locale)
        if isinstance(message.id, str) and message.string == message.id and not NOT_READ.search(message.id)
        if max(len(WORD.findall(sentence)) for sentence in SENTENCE.split(message.id)) > LONGEST
        if not all(place.removeprefix("templates/") in own_pages for place, _line in message.locations)
    ]
    assert left == []


# What people with learning difficulties stumbled over, by the German it stands for, with what it must say now.
STUMBLED_OVER = {
    "Beratungsfälle löschen wir %(span)s nach": "Dann heben wir das %(span)s auf. Danach löschen wir alles.",
    "Nehmen wir einen Anbieter nicht auf": "Wir sagen Nein. Dann löschen wir seine Daten %(after)s.",
    "Name und Adresse eines gesperrten Kontos": "Dann löschen wir den Namen und die Adresse %(after)s.",
    "Kommt keine Antwort, löschen wir": "Sie antworten nicht. Dann löschen wir Ihre Suche %(after)s.",
    "Betrieben von": "Diese Seiten macht",
    "Damit sehen Sie jederzeit, wie es um Ihr Gesuch": "Dann sehen Sie, was mit Ihrer Suche ist.",
    "Wir brauchen nur den Weg, auf dem Sie": "Wie sollen wir Ihnen antworten? Suchen Sie etwas aus.",
    "Danach darf nur fragen, wer selbst dort wohnt": "Sie müssen es nicht sagen.",
    "So bleiben rollstuhlgerechte Wohnungen": "Es gibt wenige Wohnungen für Menschen im Rollstuhl.",
    "Nur für ambulant betreute Wohngemeinschaften": "Das ist eine Zahl von 1 bis 5.",
    "Rauchmelder mit Licht oder Vibration anbringen": "Einen anderen Rauch-Melder anbringen. Er blinkt oder er wackelt",
    "Das lässt sich ändern: %(label)s": "Das kostet %(cost)s. Vielleicht bezahlt das Amt.",
    "Das haben wir für Sie eingestellt": "Muss vieles sein? Dann finden wir nur wenige Wohnungen.",
    "Unbekannt heißt nicht nein. Wenn etwas": "Wir wissen es noch nicht. Wir fragen nach.",
    "Wer bezahlt die Kaution?": "Wer bezahlt die Kaution?",
    "eigenes Geld": "Ich selbst",
    "jemand anderes": "Ein anderer Mensch",
    "Für Anteile einer Genossenschaft": "Ziehen Sie aus? Dann bekommen Sie das Geld zurück.",
}


@pytest.mark.parametrize("source", STUMBLED_OVER)
def test_what_people_stumbled_over_is_said_so_that_they_do_not(source: str) -> None:
    found = [said(message) for message in load(EASY.locale) if str(message.id).startswith(source)]
    assert found
    assert all(STUMBLED_OVER[source] in each for each in found)


@pytest.mark.parametrize(
    "word",
    ["Kaution", "Anteil", "Warm-Miete", "WBS", "Genossenschaft", "Syndikat", "Unter-Miete", "Konsens", "Pflege-Grad"],
)
def test_a_hard_word_is_explained_where_it_is_asked_for(word: str) -> None:
    explained = re.compile(rf"{word}(?: heißt| ist|\?|: )|heißt(?: kurz:)? {word}")
    assert [message for message in load(EASY.locale) if message.string and explained.search(said(message))]


NEXT_SENTENCE = re.compile(
    r"(?<!\bz)[.!?][“)]? +(?!(?:Januar|Februar|März|April|Mai|Ju[nl]i|August|\w+ember|Oktober)\b)\S"
)


def test_every_sentence_has_a_line_of_its_own() -> None:
    translate, several = translations_of(EASY.locale).ugettext, translations_of(EASY.locale).ungettext
    told = translate("Unbekannt heißt nicht nein. Wenn etwas davon für Sie wichtig ist, fragen wir nach.")
    assert told == "Wir wissen es noch nicht.\nWir fragen nach."
    assert translate("Zum Beispiel 01.08.2027. Wenn Sie es nicht wissen, lassen Sie das Feld leer.").count("\n") == 2
    assert NEXT_SENTENCE.search("Sie haben 1 Kind. 2 Kinder haben Sie auch.")
    read = (message.id for message in load(EASY.locale) if message.id)
    texts = (
        text
        for one in read
        for text in ([translate(one)] if isinstance(one, str) else [several(*one, 1), several(*one, 2)])
    )
    assert [line for text in texts for line in text.split("\n") if NEXT_SENTENCE.search(line)] == []


def test_no_word_is_divided_on_easy_pages_and_the_ends_of_lines_show(client) -> None:
    sheet = (ROOT / "wohnberatung/static/css/easy.css").read_text(encoding="utf-8")
    assert re.search(r"html body \{\s*hyphens: manual;", sheet)
    assert "white-space: pre-line" in sheet
    for path in ("/", "/suche", "/angebote", "/termin"):
        easy, usual = (client.get(path, query_string={"sprache": code}).text for code in (EASY.code, "de"))
        assert "css/easy.css" in easy
        assert "css/easy.css" not in usual


def test_a_line_of_an_easy_page_holds_one_sentence_also_where_a_template_sets_two(client) -> None:
    begin(client)
    found = client.get("/suche/gefunden", query_string={"sprache": EASY.code})
    receipt = send(client, button="Suche abschicken")
    own = f"/mein-gesuch/{token_in(receipt)}"
    pages = [found, receipt, *(client.get(path) for path in ("/angebote", "/suche", "/termin", "/anfrage", own))]
    for page in pages:
        told = [each for name in ("p", "li") for each in Page(page.text).all(name) if name == "p" or not len(each)]
        texts = ["".join(each.itertext()) for each in told if "kern-error" not in each.attrib.get("class", "")]
        assert [line for text in texts for line in text.split("\n") if NEXT_SENTENCE.search(line)] == [], (
            page.request.path
        )


def test_pages_of_their_own_stand_beside_the_usual_ones() -> None:
    own = [path.relative_to(TEMPLATES / "easy") for path in (TEMPLATES / "easy").rglob("*.html")]
    assert [name for name in own if name.name != "macros.html" and not (TEMPLATES / name).exists()] == []


def test_every_drawing_is_told_and_there(client) -> None:
    drawings = {path.stem for path in (ROOT / "wohnberatung/static/easy").glob("*.svg")}
    shown = set()
    for path in ("/", "/suche", "/datenschutz", "/barrierefreiheit"):
        page = Page(client.get(path, query_string={"sprache": EASY.code}).text)
        for image in page.all("img"):
            assert image.attrib["alt"], path
            shown.add(image.attrib["src"].rpartition("/")[2].removesuffix(".svg"))
    assert shown <= drawings
    assert len(shown) > 8
