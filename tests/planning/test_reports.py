"""A report of a year: drafted from the published figures, edited in two languages, printed as tagged PDF, published."""

import io
from datetime import date
from typing import Any

import pikepdf
import pytest
from sqlalchemy import select

from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.planning.snapshots import NOVEMBER, invented
from tests.privacy.trails import trail
from wohnberatung.planning.models import YearlyReport

NEEDS = {"*|*": [1200, 900, 300], "wheelchair|*": [85, 20, 0], "*|Pieschen": [120, 40, 0]}
PLACES = {"*": [1200, 900, 300], "06": [55, 40, 0], "07": [15, 0, 0]}
DRAFT = "/verwaltung/planungsberichte"


@pytest.fixture
def figures(session: Any) -> None:
    invented(date(2026, 1, 1), stadtteile={"*": [1100, 800, 200]})
    invented(NOVEMBER, bedarf=NEEDS, stadtteile=PLACES, absagen={"*": [40], "money": [25], "access": [15]})


@pytest.fixture
def report(client: CheckingClient, figures: None, session: Any) -> YearlyReport:
    """A draft, and the administration at it."""
    sign_in(client, make_user("admin"))
    page = client.submit(DRAFT, button="Bericht 2026 entwerfen")
    assert "Der Entwurf steht" in page.text
    return session.scalars(select(YearlyReport)).one()


def words_of(report: YearlyReport, key: str) -> tuple[str, str]:
    section = next(each for each in report.sections if each.key == key)
    return section.text, section.easy_text


def test_sentences_follow_from_the_figures_in_both_languages(report: YearlyReport) -> None:
    text, easy = words_of(report, "ueberblick")
    assert text.splitlines() == [
        "Im November 2026 suchten etwa 1.200 Haushalte eine Wohnung.",
        "Für etwa 300 von ihnen kam keine der angebotenen Wohnungen infrage.",
        "Das sind mehr als im Januar 2026: Damals waren es etwa 1.100.",
    ]
    assert "1.200" in easy
    assert easy != text
    text, _easy = words_of(report, "bedarf")
    assert text.splitlines()[1] == "- Ich nutze einen Rollstuhl: etwa 65 Haushalte"
    assert len(text.splitlines()) == 2, "who finds something is not among them"
    assert words_of(report, "absagen")[0].splitlines()[1] == "- Geld: etwa 25 Haushalte"
    assert words_of(report, "themen")[0] == "Alle Zahlen dazu liegen unter 10. Deshalb nennen wir keine."


def test_a_report_is_edited_printed_published_and_withdrawn(client: CheckingClient, report: YearlyReport) -> None:
    page = f"{DRAFT}/{report.id}"
    assert client.get("/planung/berichte/2026").status_code == 404
    saved = client.submit(f"{page}/bedarf", {"text": "Wohnungen mit Aufzug fehlen.\n\n- In Gorbitz"})
    assert "Wohnungen mit Aufzug fehlen." in saved.text
    for query, tag in (("", "de"), ("?fassung=leicht", "de")):
        with pikepdf.open(io.BytesIO(client.get(f"{page}.pdf{query}").data)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith(tag)
            assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
    assert "ist jetzt für alle zu lesen" in client.submit(page, button="Bericht veröffentlichen").text
    assert [each.action for each in trail(f"planning_reports|{report.id}")] == ["report_published"]
    assert "Wohnungen mit Aufzug fehlen." in client.get("/planung/berichte/2026").text
    assert "/planung/berichte/2026" in client.get("/planung").text
    printed = client.get("/planung/berichte/2026.pdf").data
    assert printed.startswith(b"%PDF")
    assert printed != client.get("/planung/berichte/2026.pdf?fassung=leicht").data
    client.submit(page, button="Bericht zurückziehen")
    assert client.get("/planung/berichte/2026").status_code == 404
    assert client.get("/planung/berichte/2026.pdf").status_code == 404


def test_a_report_is_published_in_both_languages_or_not_at_all(client: CheckingClient, report: YearlyReport) -> None:
    page = f"{DRAFT}/{report.id}"
    client.submit(f"{page}/wo", {"easy_text": ""})
    assert "nur einen der beiden Texte" in client.submit(page, button="Bericht veröffentlichen").text
    client.submit(f"{page}/wo", {"text": "", "easy_text": ""})
    assert "fällt im Bericht weg" in client.get(page).text
    client.submit(page, button="Bericht veröffentlichen")
    assert "Wo gesucht wird" not in client.get("/planung/berichte/2026").text
    assert client.get(f"{page}/gibt-es-nicht").status_code == 404


def test_reports_are_for_the_administration_alone(client: CheckingClient, report: YearlyReport) -> None:
    sign_in(client, make_user("advisor"))
    assert client.get(DRAFT).status_code == 403
    assert client.get(f"{DRAFT}/{report.id}.pdf").status_code == 403
