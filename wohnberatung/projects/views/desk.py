"""A group's own desk: what it tells, whether it is public; for the office the list of all."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.actors import Publication
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.projects.forms import BeginProjectForm, FactsForm, ProjectStepForm, TextsForm
from wohnberatung.projects.services import joining, projects, publishing
from wohnberatung.projects.services import presentation as project_desk
from wohnberatung.projects.steps import HIDE, PAGE_STEPS, PUBLISH, SETTLE
from wohnberatung.projects.views import blueprint
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/projekte")
def list_desks() -> ResponseReturnValue:
    actor = current_actor()
    if not actor.is_staff:
        return render_template("projects/desk/desks.html", projects=projects.own_projects(actor))
    page = publishing.projects_for_office(page_number(request.args.get("seite")))
    return render_template("projects/desk/office.html", page=page, enquiries=joining.enquiries_for_office(actor))


@blueprint.get("/projekte/neu")
def ask_name() -> ResponseReturnValue:
    return show_form("projects/desk/begin.html", BeginProjectForm())


@blueprint.post("/projekte/neu")
@commits
def begin_project() -> ResponseReturnValue:
    form = BeginProjectForm()
    if form.validate_on_submit():
        with form.accepting():
            project = publishing.begin_project(current_actor(), form.name.data or "")
            flash(_("Der Entwurf ist angelegt. Noch sieht ihn nur Ihre Gruppe."), "success")
            return redirect(url_for(".show_desk", project_id=project.id))
    return show_form("projects/desk/begin.html", form)


@blueprint.get("/projekte/<project_id>")
def show_desk(project_id: str) -> ResponseReturnValue:
    desk = project_desk.desk(project_id, current_actor())
    return render_template("projects/desk/desk.html", desk=desk, form=ProjectStepForm(version=desk.project.version))


@blueprint.get("/projekte/<project_id>/texte")
def ask_texts(project_id: str) -> ResponseReturnValue:
    project = projects.own_project(project_id, current_actor())
    return show_form("projects/desk/texts.html", TextsForm(obj=project), project=project)


@blueprint.post("/projekte/<project_id>/texte")
@commits
def edit_texts(project_id: str) -> ResponseReturnValue:
    form, actor = TextsForm(), current_actor()
    texts = {name: form[name].data or "" for name in form.data if name in projects.TEXTS}
    if form.validate_on_submit():
        with form.accepting():
            publishing.edit_texts(project_id, texts, form.submitted_version, actor)
            return _saved(project_id)
    return _show("texts", form, project_id)


@blueprint.get("/projekte/<project_id>/angaben")
def ask_facts(project_id: str) -> ResponseReturnValue:
    project = projects.own_project(project_id, current_actor())
    return show_form("projects/desk/facts.html", FactsForm(obj=project), project=project)


@blueprint.post("/projekte/<project_id>/angaben")
@commits
def edit_facts(project_id: str) -> ResponseReturnValue:
    form, actor = FactsForm(), current_actor()
    if form.validate_on_submit():
        stored = projects.own_project(project_id, actor)
        with form.accepting(stored=lambda: FactsForm(formdata=None, obj=stored)):
            publishing.edit_facts(project_id, form.fact_values(), form.submitted_version, actor)
            return _saved(project_id)
    return _show("facts", form, project_id)


@blueprint.post("/projekte/<project_id>/stand/<move>")
@commits
def move_project(project_id: str, move: str) -> ResponseReturnValue:
    """Public, back to a draft, or looked at by the office."""
    actor, here = current_actor(), url_for(".show_desk", project_id=project_id)
    with refusal_returns_to(here):
        if move == PUBLISH:
            _tell(publishing.publish_project(project_id, actor))
        else:
            settle = {HIDE: publishing.hide_project, SETTLE: publishing.settle_review}.get(move) or abort(404)
            settle(project_id, actor)
            flash(str(PAGE_STEPS[move].done), "success")
    return redirect(here)


def _tell(way: Publication) -> None:
    if way is Publication.LIVE:
        flash(str(PAGE_STEPS[PUBLISH].done), "success")
    else:
        flash(_("Die Wohnberatung sieht sich die Seite an und schaltet sie dann frei."), "success")


def tell_if_waiting(project_id: str) -> None:
    """After a change of the page: that nobody sees it until the office has read it, where that is so."""
    actor = current_actor()
    if publishing.waits_for_reader(projects.own_project(project_id, actor), actor):
        flash(_("Die Wohnberatung liest die Seite jetzt. Bis dahin sehen andere sie nicht."), "info")


def _saved(project_id: str) -> ResponseReturnValue:
    flash(_("Gespeichert."), "success")
    tell_if_waiting(project_id)
    return redirect(url_for(".show_desk", project_id=project_id))


def _show(page: str, form: Form, project_id: str) -> ResponseReturnValue:
    project = projects.own_project(project_id, current_actor())
    return show_form(f"projects/desk/{page}.html", form, project=project)
