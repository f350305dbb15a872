"""Notices of those who have an account, and what the office does with all of them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.noticeboard.forms import NoticeReturnForm, OwnNoticeForm
from wohnberatung.noticeboard.kinds import ReportedKind
from wohnberatung.noticeboard.services import notices, reports
from wohnberatung.noticeboard.steps import RETURN
from wohnberatung.noticeboard.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/aushaenge/eigene")
def list_own() -> ResponseReturnValue:
    page = notices.notices_for(current_actor(), page_number(request.args.get("seite")))
    return render_template("noticeboard/desk/notices.html", page=page)


@blueprint.get("/aushaenge/eigene/neu")
def ask_own() -> ResponseReturnValue:
    return show_form("noticeboard/desk/edit.html", OwnNoticeForm(), notice=None)


@blueprint.post("/aushaenge/eigene/neu")
@commits
def begin_notice() -> ResponseReturnValue:
    form = OwnNoticeForm()
    if form.validate_on_submit():
        with form.accepting():
            notice = notices.begin_notice(form.values(), current_actor())
            flash(_("Der Entwurf ist angelegt. Noch ist er nicht öffentlich."), "success")
            return redirect(url_for(".show_desk", notice_id=notice.id))
    return show_form("noticeboard/desk/edit.html", form, notice=None)


@blueprint.get("/aushaenge/eigene/<notice_id>")
def show_desk(notice_id: str) -> ResponseReturnValue:
    return _show(notice_id, NoticeReturnForm(formdata=None))


@blueprint.get("/aushaenge/eigene/<notice_id>/angaben")
def ask_changes(notice_id: str) -> ResponseReturnValue:
    notice = notices.own_notice(notice_id, current_actor())
    return show_form("noticeboard/desk/edit.html", OwnNoticeForm(obj=notice), notice=notice)


@blueprint.post("/aushaenge/eigene/<notice_id>/angaben")
@commits
def edit_notice(notice_id: str) -> ResponseReturnValue:
    form, actor = OwnNoticeForm(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            notice = notices.edit_notice(notice_id, form.values(), form.submitted_version, actor)
            flash(_("Gespeichert."), "success")
            if notice.state == "waiting":
                flash(_("Die Wohnberatung liest den Aushang jetzt. Bis dahin sehen andere ihn nicht."), "info")
            return redirect(url_for(".show_desk", notice_id=notice_id))
    return show_form("noticeboard/desk/edit.html", form, notice=notices.own_notice(notice_id, actor))


@blueprint.post("/aushaenge/eigene/<notice_id>/stand/<move>")
@commits
def move_notice(notice_id: str, move: str) -> ResponseReturnValue:
    here, actor = url_for(".show_desk", notice_id=notice_id), current_actor()
    with refusal_returns_to(here):
        step = notices.move_notice(notice_id, move, actor)
        if notices.own_notice(notice_id, actor).state == "waiting":
            flash(_("Die Wohnberatung liest den Aushang und hängt ihn dann auf."), "success")
        else:
            flash(str(step.done), "success")
    return redirect(here)


@blueprint.post("/aushaenge/eigene/<notice_id>/zurueckgeben")
@commits
def return_notice(notice_id: str) -> ResponseReturnValue:
    form, actor = NoticeReturnForm(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            step = notices.move_notice(
                notice_id, RETURN, actor, reason=form.reason.data or "", version=form.submitted_version
            )
            flash(str(step.done), "success")
            return redirect(url_for(".show_desk", notice_id=notice_id))
    return _show(notice_id, form)


def _show(notice_id: str, form: NoticeReturnForm) -> ResponseReturnValue:
    actor = current_actor()
    notice = notices.own_notice(notice_id, actor)
    if not form.is_submitted():
        form.version.data = str(notice.version)
    removal = reports.removal_of(ReportedKind.NOTICE, notice.id)
    return show_form(
        "noticeboard/desk/notice.html",
        form,
        notice=notice,
        place=place_of(notice.place),
        way=notices.way_to_public(notice, actor),
        steps=notices.steps_of(notice, actor),
        objections=notices.objections_to_notice(notice),
        contact=(notice.plain_content or {}) if actor.is_staff else {},
        removal=removal,
    )
