"""Dates and downloads of a project, changed by the group."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.clock import to_berlin
from wohnberatung.core.transactions import commits
from wohnberatung.projects.forms import DateForm, FileForm
from wohnberatung.projects.services import leaflets, meetings, projects
from wohnberatung.projects.views import blueprint
from wohnberatung.projects.views.desk import tell_if_waiting
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.pdf_forms import looked_through
from wohnberatung.web.visitors import current_actor


@blueprint.get("/projekte/<project_id>/termine/neu")
def ask_date(project_id: str) -> ResponseReturnValue:
    return _show_date(project_id, DateForm())


@blueprint.post("/projekte/<project_id>/termine/neu")
@commits
def add_date(project_id: str) -> ResponseReturnValue:
    return _save(project_id, None)


@blueprint.get("/projekte/<project_id>/termine/<date_id>")
def ask_new_date(project_id: str, date_id: str) -> ResponseReturnValue:
    return _show_date(project_id, _stored(project_id, date_id), date_id)


@blueprint.post("/projekte/<project_id>/termine/<date_id>")
@commits
def edit_date(project_id: str, date_id: str) -> ResponseReturnValue:
    meetings.load_date(project_id, date_id, current_actor())
    return _save(project_id, date_id)


@blueprint.post("/projekte/<project_id>/termine/<date_id>/absage")
@commits
def call_off(project_id: str, date_id: str) -> ResponseReturnValue:
    called_off = request.form.get("absagen") == "ja"
    meetings.call_off(project_id, date_id, called_off=called_off, actor=current_actor())
    flash(_("Der Termin ist abgesagt.") if called_off else _("Der Termin findet statt."), "success")
    return redirect(url_for(".show_desk", project_id=project_id))


def _stored(project_id: str, date_id: str) -> DateForm:
    meeting = meetings.load_date(project_id, date_id, current_actor())
    begins, ends = to_berlin(meeting.starts_at), to_berlin(meeting.ends_at)
    moments = {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}
    return DateForm(formdata=None, obj=meeting, data=moments)


def _save(project_id: str, date_id: str | None) -> ResponseReturnValue:
    form = DateForm()
    if form.validate_on_submit():
        starts_at, ends_at = meetings.moments(form.day.data, form.begins.data, form.ends.data)
        with form.accepting(stored=lambda: _stored(project_id, date_id or "")):
            meetings.save_date(
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
            tell_if_waiting(project_id)
            return redirect(url_for(".show_desk", project_id=project_id))
    return _show_date(project_id, form, date_id)


def _show_date(project_id: str, form: DateForm, date_id: str | None = None) -> ResponseReturnValue:
    project = projects.own_project(project_id, current_actor())
    return show_form("projects/desk/date.html", form, project=project, is_new=date_id is None)


@blueprint.get("/projekte/<project_id>/dateien")
def list_files(project_id: str) -> ResponseReturnValue:
    return _show_files(project_id, FileForm())


@blueprint.post("/projekte/<project_id>/dateien")
def add_file(project_id: str) -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: looking through a file must not hold the database's write lock."""
    form = FileForm()
    projects.own_project(project_id, current_actor())
    content = looked_through(form)
    return _show_files(project_id, form) if content is None else _keep(project_id, form, content)


@commits
def _keep(project_id: str, form: FileForm, content: bytes) -> ResponseReturnValue:
    with form.accepting():
        leaflets.add_file(project_id, form.title.data or "", content, current_actor())
        flash(_("Die Datei ist da."), "success")
        tell_if_waiting(project_id)
        return redirect(url_for(".list_files", project_id=project_id))
    return _show_files(project_id, form)


@blueprint.get("/projekte/<project_id>/dateien/<file_id>/loeschen")
def ask_deletion(project_id: str, file_id: str) -> ResponseReturnValue:
    project = projects.own_project(project_id, current_actor())
    stored = leaflets.fetch_file(project_id, file_id, current_actor())
    return render_template("projects/desk/delete_file.html", project=project, file=stored, form=Form())


@blueprint.post("/projekte/<project_id>/dateien/<file_id>/loeschen")
@commits
def delete_file(project_id: str, file_id: str) -> ResponseReturnValue:
    leaflets.delete_file(project_id, file_id, current_actor())
    flash(_("Die Datei ist gelöscht."), "success")
    return redirect(url_for(".list_files", project_id=project_id))


def _show_files(project_id: str, form: FileForm) -> ResponseReturnValue:
    project = projects.own_project(project_id, current_actor())
    return show_form("projects/desk/files.html", form, project=project, files=leaflets.files_of(project))
