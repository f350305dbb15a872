"""Reports at the desk of the office: read, decided with reasons, decided once more after a complaint."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.pagination import page_number
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.noticeboard.forms import ReportDecisionForm
from wohnberatung.noticeboard.services import reports
from wohnberatung.noticeboard.views import blueprint
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/meldungen")
def list_reports() -> ResponseReturnValue:
    page = reports.reports_for_office(current_actor(), page_number(request.args.get("seite")))
    return render_template("noticeboard/desk/reports.html", page=page)


@blueprint.get("/meldungen/<report_id>")
def show_report(report_id: str) -> ResponseReturnValue:
    return _show(report_id, ReportDecisionForm(formdata=None))


@blueprint.post("/meldungen/<report_id>")
@commits
def decide_report(report_id: str) -> ResponseReturnValue:
    """The button says which step."""
    form, key = ReportDecisionForm(), request.form.get("step", "")
    if form.validate_on_submit():
        with form.accepting():
            step = reports.decide(
                report_id, key, reason=form.reason.data or "", version=form.submitted_version, actor=current_actor()
            )
            flash(str(step.done), "success")
            return redirect(url_for(".show_report", report_id=report_id))
    return _show(report_id, form)


def _show(report_id: str, form: ReportDecisionForm) -> ResponseReturnValue:
    opened = reports.load_report(report_id, current_actor())
    if not form.is_submitted():
        form.version.data = str(opened.report.version)
    held = opened.report.held_for
    return show_form(
        "noticeboard/desk/report.html",
        form,
        opened=opened,
        steps=reports.steps_of_report(opened.report, Party.OFFICE),
        held_because=spam.REASONS[HoldReason(held)] if held else "",
    )
