"""Reports of a year: everybody reads what is published; the administration drafts, edits and publishes."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from wohnberatung.core.languages import EASY
from wohnberatung.core.transactions import commits
from wohnberatung.planning.services import report_papers, reports
from wohnberatung.planning.services.report_outline import BY_OUTLINE
from wohnberatung.planning.views import blueprint
from wohnberatung.web.forms import VersionedForm, at_most, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

LINES = _l("Eine Zeile mit - beginnt einen Punkt einer Liste. Eine leere Zeile beginnt einen neuen Absatz.")


class SectionForm(VersionedForm):
    """The words of one section, in both kinds of German."""

    text = TextAreaField(_l("Text"), description=LINES, validators=[at_most(4000)], render_kw={"rows": 10})
    easy_text = TextAreaField(
        _l("Text in Leichter Sprache"),
        description=_l("Kurze Sätze. Jeder Satz steht in einer eigenen Zeile."),
        validators=[at_most(4000)],
        render_kw={"rows": 12},
    )


@blueprint.get("/planung/berichte/<int:year>")
def show_report(year: int) -> ResponseReturnValue:
    report = reports.published_report(year)
    return render_template("planning/report.html", report=report, sections=report_papers.shown_sections(report))


@blueprint.get("/planung/berichte/<int:year>.pdf")
def download_report(year: int) -> ResponseReturnValue:
    return _pdf(reports.published_pdf(year, easy=_easy()), f"bericht-{year}")


@blueprint.get("/verwaltung/planungsberichte")
def list_reports() -> ResponseReturnValue:
    found = reports.reports(current_actor())
    return render_template("planning/office/reports.html", reports=found, years=reports.years_without())


@blueprint.post("/verwaltung/planungsberichte/jahr/<int:year>")
@commits
def begin_report(year: int) -> ResponseReturnValue:
    with refusal_returns_to(url_for(".list_reports")):
        report = reports.begin_report(year, current_actor())
        flash(_("Der Entwurf steht: Lesen und ändern Sie jeden Abschnitt."), "success")
    return redirect(url_for(".show_draft", report_id=report.id))


@blueprint.get("/verwaltung/planungsberichte/<report_id>")
def show_draft(report_id: str) -> ResponseReturnValue:
    report = reports.load_report(report_id, current_actor())
    shown = {section.key: section for section in report_papers.shown_sections(report)}
    return render_template(
        "planning/office/draft.html",
        report=report,
        outlines=BY_OUTLINE,
        shown=shown,
        steps=reports.steps_of(report),
    )


@blueprint.get("/verwaltung/planungsberichte/<report_id>.pdf")
def preview_report(report_id: str) -> ResponseReturnValue:
    return _pdf(reports.draft_pdf(report_id, current_actor(), easy=_easy()), "bericht-entwurf")


@blueprint.get("/verwaltung/planungsberichte/<report_id>/<section>")
def ask_section(report_id: str, section: str) -> ResponseReturnValue:
    stored = reports.load_section(report_id, section, current_actor())
    return show_form("planning/office/section.html", SectionForm(obj=stored), stored=stored, outline=BY_OUTLINE)


@blueprint.post("/verwaltung/planungsberichte/<report_id>/<section>")
@commits
def edit_section(report_id: str, section: str) -> ResponseReturnValue:
    form, actor = SectionForm(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            words = form.text.data or "", form.easy_text.data or ""
            reports.edit_section(report_id, section, *words, form.submitted_version, actor)
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_draft", report_id=report_id, _anchor=section))
    stored = reports.load_section(report_id, section, actor)
    return show_form("planning/office/section.html", form, stored=stored, outline=BY_OUTLINE)


@blueprint.post("/verwaltung/planungsberichte/<report_id>/stand/<move>")
@commits
def move_report(report_id: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_draft", report_id=report_id)
    with refusal_returns_to(here):
        flash(str(reports.move_report(report_id, move, current_actor()).done), "success")
    return redirect(here)


def _easy() -> bool:
    """Whether the paper in easy German is asked, whatever the pages are read in."""
    return request.args.get("fassung") == EASY.code


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
