"""Reports of a year: drafted from the frozen figures, edited section by section, published and withdrawn."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import Conflict, NotFound
from wohnberatung.core.languages import EASY, GERMAN
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db
from wohnberatung.planning.models import PlanningSnapshot, ReportSection, YearlyReport, YearlyReportState
from wohnberatung.planning.services import report_papers
from wohnberatung.planning.services.report_outline import BY_OUTLINE, OUTLINES, figures_in
from wohnberatung.planning.services.report_sentences import texts_of
from wohnberatung.planning.steps import PUBLISH, REPORT_STEPS
from wohnberatung.privacy import audit


def reports(actor: Actor) -> list[YearlyReport]:
    """All, the newest first; Forbidden for all but the administration."""
    only_administration(actor)
    return list(db.session.scalars(select(YearlyReport).order_by(YearlyReport.year.desc())))


def published_reports() -> list[YearlyReport]:
    """Those that everybody may read, the newest first."""
    query = select(YearlyReport).where(YearlyReport.state == YearlyReportState.PUBLISHED)
    return list(db.session.scalars(query.order_by(YearlyReport.year.desc())))


def years_without() -> list[int]:
    """Years of which there are figures and no report, the newest first."""
    months = db.session.scalars(select(PlanningSnapshot.month))
    told = set(db.session.scalars(select(YearlyReport.year)))
    return sorted({month.year for month in months} - told, reverse=True)


def begin_report(year: int, actor: Actor) -> YearlyReport:
    """A draft with the sentences that the figures of the last month of that year make; the one there is, where there is
    one already. NotFound for a year without figures, Forbidden for all but the administration."""
    only_administration(actor)
    known = db.session.scalar(select(YearlyReport).where(YearlyReport.year == year))
    if known is not None:
        return known
    within = PlanningSnapshot.month.between(date(year, 1, 1), date(year, 12, 31))
    month = db.session.scalar(select(func.max(PlanningSnapshot.month)).where(within))
    if month is None:
        raise NotFound(_("Für dieses Jahr gibt es keine Zahlen."))
    report, figures = YearlyReport(year=year, month=month), figures_in(month)
    for position, outline in enumerate(OUTLINES):
        text, easy = texts_of(outline.key, figures, month)
        report.sections.append(ReportSection(key=outline.key, position=position, text=text, easy_text=easy))
    db.session.add(report)
    db.session.flush()
    return report


def load_report(report_id: str, actor: Actor) -> YearlyReport:
    """NotFound where there is none, Forbidden for all but the administration."""
    only_administration(actor)
    report = db.session.get(YearlyReport, report_id)
    if report is None:
        raise NotFound(_("Diesen Bericht gibt es nicht."))
    return report


def load_section(report_id: str, key: str, actor: Actor) -> ReportSection:
    """NotFound where the report has none of that key."""
    found = next((each for each in load_report(report_id, actor).sections if each.key == key), None)
    if found is None or key not in BY_OUTLINE:
        raise NotFound(_("Diesen Abschnitt gibt es nicht."))
    return found


def edit_section(
    report_id: str, key: str, text: str, easy_text: str, version: int | None, actor: Actor
) -> ReportSection:
    """Say it in other words. Conflict with both texts where somebody was faster, and where it is public."""
    section = load_section(report_id, key, actor)
    labels = _("Text"), _("Text in Leichter Sprache")
    current = dict(zip(labels, (section.text, section.easy_text), strict=True))
    check_version(section, version, current=current, submitted=dict(zip(labels, (text, easy_text), strict=True)))
    if section.report.state == YearlyReportState.PUBLISHED:
        raise Conflict(_("Der Bericht ist veröffentlicht. Ziehen Sie ihn zurück, um ihn zu ändern."), None, None)
    section.text, section.easy_text = _tidy(text), _tidy(easy_text)
    db.session.flush()
    return section


def move_report(report_id: str, key: str, actor: Actor) -> Step[YearlyReport]:
    """Publish or withdraw it, which the audit chain notes; the same step twice is one. What is published is kept as it
    was printed that day. DomainError for a section in one language only, Conflict where the step does not lead on."""
    report, step = load_report(report_id, actor), REPORT_STEPS[key]
    if REPORT_STEPS.is_done(report, key, Party.OFFICE):
        return step
    REPORT_STEPS.take(report, key, by=Party.OFFICE)
    if key == PUBLISH:
        report.pdf, report.easy_pdf = (report_papers.pdf_of(report, each) for each in (GERMAN, EASY))
    audit.record(f"report_{'published' if key == PUBLISH else 'withdrawn'}", f"planning_reports|{report.id}", actor)
    db.session.flush()
    return step


def steps_of(report: YearlyReport) -> Sequence[Step[YearlyReport]]:
    """What may be done with it now: its buttons."""
    return REPORT_STEPS.offered(report, Party.OFFICE)


def published_report(year: int) -> YearlyReport:
    """For everybody; NotFound where none of that year is public."""
    found = db.session.scalar(
        select(YearlyReport).where(YearlyReport.year == year, YearlyReport.state == YearlyReportState.PUBLISHED)
    )
    if found is None:
        raise NotFound(_("Diesen Bericht gibt es nicht."))
    return found


def published_pdf(year: int, *, easy: bool) -> bytes:
    """As it was printed, in German or easy German. NotFound where none is public."""
    report = published_report(year)
    return (report.easy_pdf if easy else report.pdf) or b""


def draft_pdf(report_id: str, actor: Actor, *, easy: bool) -> bytes:
    """As it would be printed now."""
    return report_papers.pdf_of(load_report(report_id, actor), EASY if easy else GERMAN)


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
