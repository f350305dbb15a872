"""Dates, changed by the group."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.clock import to_berlin
from wohnberatung.core.transactions import commits
from wohnberatung.projects import services
from wohnberatung.projects.forms import DateForm
from wohnberatung.projects.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form


@blueprint.get("/projekte/<project_id>/termine/neu")
def ask_date(project_id: str) -> ResponseReturnValue:
    return _show(project_id, DateForm())


@blueprint.post("/projekte/<project_id>/termine/neu")
@commits
def add_date(project_id: str) -> ResponseReturnValue:
    return _save(project_id, None)


@blueprint.get("/projekte/<project_id>/termine/<date_id>")
def ask_new_date(project_id: str, date_id: str) -> ResponseReturnValue:
    meeting = services.load_date(project_id, date_id, current_actor())
    begins, ends = to_berlin(meeting.starts_at), to_berlin(meeting.ends_at)
    form = DateForm(obj=meeting, data={"day": begins.date(), "begins": begins.time(), "ends": ends.time()})
    return _show(project_id, form, date_id)


@blueprint.post("/projekte/<project_id>/termine/<date_id>")
@commits
def edit_date(project_id: str, date_id: str) -> ResponseReturnValue:
    services.load_date(project_id, date_id, current_actor())
    return _save(project_id, date_id)


@blueprint.post("/projekte/<project_id>/termine/<date_id>/absage")
@commits
def call_off(project_id: str, date_id: str) -> ResponseReturnValue:
    called_off = request.form.get("absagen") == "ja"
    services.call_off(project_id, date_id, called_off=called_off, actor=current_actor())
    flash(_("Der Termin ist abgesagt.") if called_off else _("Der Termin findet statt."), "success")
    return redirect(url_for(".show_desk", project_id=project_id))


def _save(project_id: str, date_id: str | None) -> ResponseReturnValue:
    form = DateForm()
    if form.validate_on_submit():
        starts_at, ends_at = services.moments(form.day.data, form.begins.data, form.ends.data)
        with form.accepting():
            services.save_date(
                project_id,
                date_id,
                title=form.title.data or "",
                starts_at=starts_at,
                ends_at=ends_at,
                place=form.place.data or "",
                note=form.note.data or "",
                version=form.submitted_version,
                actor=current_actor(),
            )
            flash(_("Der Termin ist gespeichert."), "success")
            return redirect(url_for(".show_desk", project_id=project_id))
    return _show(project_id, form, date_id)


def _show(project_id: str, form: DateForm, date_id: str | None = None) -> ResponseReturnValue:
    project = services.own_project(project_id, current_actor())
    return show_form("projects/desk/date.html", form, project=project, is_new=date_id is None)
