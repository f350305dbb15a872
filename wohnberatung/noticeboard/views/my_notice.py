"""A private person's notice behind the link in the mail: confirmed, changed, renewed, taken down, contested, erased."""

import json

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.noticeboard.forms import ComplaintForm, MyNoticeForm, NoticeStepForm
from wohnberatung.noticeboard.kinds import ReportedKind
from wohnberatung.noticeboard.services import reports, senders
from wohnberatung.noticeboard.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to


@blueprint.get("/aushang/<token>")
def show_my_notice(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _show(token, ComplaintForm(formdata=None))


@blueprint.post("/aushang/<token>/schritt/<move>")
@limits.limited("secret_link")
@commits
def move_my_notice(token: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_my_notice", token=token)
    with refusal_returns_to(here):
        flash(str(senders.move_my_notice(token, move).done), "success")
    return redirect(here)


@blueprint.get("/aushang/<token>/aendern")
def ask_my_changes(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    notice = senders.my_notice(token)
    return show_form("noticeboard/my_notice/edit.html", MyNoticeForm(obj=notice), notice=notice, token=token)


@blueprint.post("/aushang/<token>/aendern")
@csrf.exempt
@limits.limited("secret_link")
@commits
def edit_my_notice(token: str) -> ResponseReturnValue:
    form, stored = MyNoticeForm(), senders.my_notice(token)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: MyNoticeForm(formdata=None, obj=stored)):
            senders.edit_my_notice(token, form.values(), form.submitted_version)
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_my_notice", token=token))
    return show_form("noticeboard/my_notice/edit.html", form, notice=stored, token=token)


@blueprint.post("/aushang/<token>/beschwerde")
@csrf.exempt
@limits.limited("secret_link")
@commits
def contest_by_link(token: str) -> ResponseReturnValue:
    form, notice = ComplaintForm(), senders.my_notice(token)
    if form.validate_on_submit():
        with form.accepting():
            reports.contest_as_sender(ReportedKind.NOTICE, notice.id, form.text.data or "")
            flash(_("Ihre Beschwerde ist angekommen. Die Wohnberatung prüft noch einmal."), "success")
            return redirect(url_for(".show_my_notice", token=token))
    return _show(token, form)


@blueprint.get("/aushang/<token>/loeschen")
def ask_erasure(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    notice = senders.my_notice(token)
    return render_template("noticeboard/my_notice/erase.html", notice=notice, token=token, form=Form())


@blueprint.post("/aushang/<token>/loeschen")
@limits.limited("secret_link")
@commits
def erase_my_notice(token: str) -> ResponseReturnValue:
    senders.erase_my_notice(token)
    flash(_("Der Aushang und alles dazu ist gelöscht."), "success")
    return redirect(url_for(".list_notices"))


@blueprint.get("/aushang/<token>/daten.json")
def export_my_notice(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    told = json.dumps(senders.stored_about_sender(token), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="mein-aushang.json"'
    return response


def _show(token: str, form: ComplaintForm) -> ResponseReturnValue:
    notice = senders.my_notice(token)
    removal = reports.removal_of(ReportedKind.NOTICE, notice.id)
    return show_form(
        "noticeboard/my_notice/my_notice.html",
        form,
        notice=notice,
        token=token,
        steps=senders.my_steps(notice),
        step_form=NoticeStepForm(formdata=None),
        may_contest=removal is not None and reports.may_contest(removal, reports.SENDER),
    )
