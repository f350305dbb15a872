"""Downloads, changed by the group."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.projects import services
from wohnberatung.projects.forms import FileForm
from wohnberatung.projects.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import Form, show_form


@blueprint.get("/projekte/<project_id>/dateien")
def list_files(project_id: str) -> ResponseReturnValue:
    return _show(project_id, FileForm())


@blueprint.post("/projekte/<project_id>/dateien")
@commits
def add_file(project_id: str) -> ResponseReturnValue:
    form, project = FileForm(), services.own_project(project_id, current_actor())
    if form.validate_on_submit():
        with form.accepting():
            services.add_file(project.id, form.title.data or "", form.content(), current_actor())
            flash(_("Die Datei ist da."), "success")
            return redirect(url_for(".list_files", project_id=project_id))
    return _show(project_id, form)


@blueprint.get("/projekte/<project_id>/dateien/<file_id>/loeschen")
def ask_deletion(project_id: str, file_id: str) -> ResponseReturnValue:
    project = services.own_project(project_id, current_actor())
    stored = services.fetch_file(project_id, file_id, current_actor())
    return render_template("projects/desk/delete_file.html", project=project, file=stored, form=Form())


@blueprint.post("/projekte/<project_id>/dateien/<file_id>/loeschen")
@commits
def delete_file(project_id: str, file_id: str) -> ResponseReturnValue:
    services.delete_file(project_id, file_id, current_actor())
    flash(_("Die Datei ist gelöscht."), "success")
    return redirect(url_for(".list_files", project_id=project_id))


def _show(project_id: str, form: FileForm) -> ResponseReturnValue:
    project = services.own_project(project_id, current_actor())
    return show_form("projects/desk/files.html", form, project=project, files=services.files_of(project))
