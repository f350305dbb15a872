"""A report of a year as sections with words, bars and numbers: for its page, and as tagged PDF."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from wohnberatung.bridge.wording import spoken
from wohnberatung.core.languages import EASY, ReadLanguage, current_language
from wohnberatung.core.settings import setting
from wohnberatung.papers import Part, bars, heading, paragraph, points, render
from wohnberatung.planning.charts import BarChart, bar_chart
from wohnberatung.planning.models import ReportSection, YearlyReport
from wohnberatung.planning.services.counting import Figures
from wohnberatung.planning.services.report_outline import BY_OUTLINE, OutlineRow, figures_in, rows_of
from wohnberatung.planning.services.report_sentences import month_words

Chunk = tuple[str, tuple[str, ...]]
"""``paragraph`` or ``points``, and its lines."""


@dataclass(frozen=True)
class ShownReportSection:
    """A section as it is read: `chunks` are its words, `rows` the figures of its chart, each counting `counted`."""

    key: str
    title: str
    chunks: tuple[Chunk, ...]
    rows: tuple[OutlineRow, ...]
    counted: str

    @property
    def chart(self) -> BarChart | None:
        """The same figures as bars."""
        return bar_chart([(row.label, row.number, spoken().number(row.number)) for row in self.rows])


def shown_sections(report: YearlyReport) -> list[ShownReportSection]:
    """Those with words, in easy German for those who read that, else in German."""
    figures, easy = figures_in(report.month), current_language() is EASY
    told = [(each, each.easy_text if easy else each.text) for each in report.sections if each.key in BY_OUTLINE]
    return [_shown(section, text, figures) for section, text in told if text.strip()]


def _shown(section: ReportSection, text: str, figures: Mapping[str, Figures]) -> ShownReportSection:
    outline = BY_OUTLINE[section.key]
    rows = tuple(rows_of(outline, figures))
    return ShownReportSection(section.key, str(outline.title), tuple(chunks_of(text)), rows, str(outline.counted))


def chunks_of(text: str) -> Iterator[Chunk]:
    """Lines that begin with ``-`` are points of one list; an empty line ends a paragraph."""
    lines: list[str] = []
    kind = "paragraph"
    for line in [*(each.strip() for each in text.splitlines()), ""]:
        sort = "points" if line.startswith("- ") else "paragraph"
        if lines and (not line or sort != kind):
            yield kind, tuple(lines)
            lines = []
        if line:
            kind = sort
            lines.append(line.removeprefix("- "))


def pdf_of(report: YearlyReport, language: ReadLanguage) -> bytes:
    """The paper in that language; PDF/UA-1."""
    with force_locale(language.locale):
        title = _("Wohnen in Dresden %(year)s: Bericht der Wohnberatung", year=report.year)
        parts: list[Part] = [paragraph(_("Zahlen vom %(month)s.", month=month_words(report.month)))]
        for section in shown_sections(report):
            parts += _parts(section, easy=language is EASY)
        licence = _("Die Zahlen sind offene Daten: Datenlizenz Deutschland, Namensnennung, Version 2.0.")
        parts.append(paragraph(f"{licence} {setting('OFFICE_NAME')}."))
        return render("sheet", {"title": title, "parts": parts}, language.code)


def _parts(section: ShownReportSection, *, easy: bool) -> Iterator[Part]:
    yield heading(section.title)
    for kind, lines in section.chunks:
        yield points(lines) if kind == "points" else paragraph(("\n" if easy else " ").join(lines))
    if section.rows:
        number = spoken().number
        rows = [(row.label, row.number, number(row.number)) for row in section.rows]
        yield bars(section.title, _("Was gezählt wird"), section.counted, rows)
