"""Whoever reports something unlawful, and whoever does not agree with what the office decided about it."""

import json
from typing import Any

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.noticeboard.forms import ComplaintForm, ReportForm
from wohnberatung.noticeboard.services import reports, subjects
from wohnberatung.noticeboard.views import blueprint
from wohnberatung.web import limits, spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/melden/<what>/<subject_id>")
def ask_report(what: str, subject_id: str) -> ResponseReturnValue:
    subject = reports.reportable(what, subject_id)
    return show_form("noticeboard/report.html", ReportForm(), subject=subject)


@blueprint.post("/melden/<what>/<subject_id>")
@csrf.exempt
def send_report(what: str, subject_id: str) -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form = ReportForm()
    held_for = spam.reason_to_hold(form, "report", text=form.why.data or "") if form.validate() else None
    return _store(what, subject_id, held_for)


@commits
def _store(what: str, subject_id: str, held_for: HoldReason | None) -> ResponseReturnValue:
    form = ReportForm()
    subject = reports.reportable(what, subject_id)
    if form.validate():
        with form.accepting():
            _report, token = reports.report_content(
                what,
                subject_id,
                ground=form.ground.data,
                content=form.content(),
                language=current_language().code,
                held_for=held_for,
            )
            flash(_("Danke. Ihre Meldung ist angekommen."), "success")
            return redirect(url_for(".show_my_report", token=token))
    return show_form("noticeboard/report.html", form, subject=subject)


@blueprint.get("/meldung/<token>")
def show_my_report(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _show(token, ComplaintForm(formdata=None))


@blueprint.post("/meldung/<token>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def contest_decision(token: str) -> ResponseReturnValue:
    form = ComplaintForm()
    if form.validate_on_submit():
        with form.accepting():
            reports.contest_as_reporter(token, form.text.data or "")
            flash(_("Ihre Beschwerde ist angekommen. Die Wohnberatung prüft noch einmal."), "success")
            return redirect(url_for(".show_my_report", token=token))
    return _show(token, form)


@blueprint.get("/meldung/<token>/daten.json")
def export_my_report(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    told = json.dumps(reports.stored_about_reporter(token), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="meine-meldung.json"'
    return response


@blueprint.get("/beschwerde/<what>/<subject_id>")
def ask_contest(what: str, subject_id: str) -> ResponseReturnValue:
    return _ask_contest(what, subject_id, ComplaintForm(formdata=None))


@blueprint.post("/beschwerde/<what>/<subject_id>")
@commits
def contest_removal(what: str, subject_id: str) -> ResponseReturnValue:
    """Of those who have an account, for what is theirs."""
    form, subject = ComplaintForm(), subjects.own_subject(what, subject_id, current_actor())
    if form.validate_on_submit():
        with form.accepting():
            reports.contest_as_sender(subject.kind, subject_id, form.text.data or "")
            flash(_("Ihre Beschwerde ist angekommen. Die Wohnberatung prüft noch einmal."), "success")
            where: dict[str, Any] = {**subject.values}
            return redirect(url_for(subject.endpoint, **where))
    return _ask_contest(what, subject_id, form)


def _ask_contest(what: str, subject_id: str, form: ComplaintForm) -> ResponseReturnValue:
    subject = subjects.own_subject(what, subject_id, current_actor())
    removal = reports.removal_of(subject.kind, subject_id)
    return show_form(
        "noticeboard/desk/contest.html",
        form,
        subject=subject,
        removal=removal,
        may_contest=removal is not None and reports.may_contest(removal, reports.SENDER),
    )


def _show(token: str, form: ComplaintForm) -> ResponseReturnValue:
    mine = reports.my_report(token)
    may_contest = reports.may_contest(mine.report, reports.REPORTER)
    return show_form("noticeboard/my_report.html", form, mine=mine, token=token, may_contest=may_contest)
