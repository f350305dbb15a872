"""A group works on its initiative, or the office for it: what it tells, how far it is, whether all of it is right."""

from typing import Any, cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.initiatives.forms import BeginForm, InitiativeForm, StepForm
from wohnberatung.initiatives.services import initiatives, presentation, progress
from wohnberatung.initiatives.services.help import first_place, help_with
from wohnberatung.initiatives.services.initiatives import InitiativeValues
from wohnberatung.initiatives.views import blueprint
from wohnberatung.projects.services.publishing import waits_for_reader
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/meine-initiativen")
def list_own() -> ResponseReturnValue:
    found = initiatives.initiatives_for(current_actor())
    return render_template("initiatives/desk/initiatives.html", found=found)


@blueprint.get("/meine-initiativen/neu")
def ask_initiative() -> ResponseReturnValue:
    return show_form("initiatives/desk/edit.html", _begin_form(), initiative=None)


@blueprint.post("/meine-initiativen/neu")
@commits
def begin_initiative() -> ResponseReturnValue:
    form = _begin_form()
    if form.validate_on_submit():
        values = cast(InitiativeValues, form.values())
        with form.accepting():
            project_id, name = form.project_id.data or "", (form.name.data or "").strip()
            begun = initiatives.begin_initiative(project_id, name, current_actor(), **values)
            return _saved(begun.slug)
    return show_form("initiatives/desk/edit.html", form, initiative=None)


@blueprint.get("/meine-initiativen/<initiative>")
def show_desk(initiative: str) -> ResponseReturnValue:
    desk = presentation.initiative_desk(initiative, current_actor())
    return render_template("initiatives/desk/desk.html", desk=desk)


@blueprint.get("/meine-initiativen/<initiative>/angaben")
def ask_changes(initiative: str) -> ResponseReturnValue:
    stored = initiatives.own_initiative(initiative, current_actor())
    return show_form("initiatives/desk/edit.html", InitiativeForm(obj=stored), initiative=stored)


@blueprint.post("/meine-initiativen/<initiative>/angaben")
@commits
def edit_initiative(initiative: str) -> ResponseReturnValue:
    form, actor = InitiativeForm(), current_actor()
    stored = initiatives.own_initiative(initiative, actor)
    if form.validate_on_submit():
        with form.accepting():
            values = cast(InitiativeValues, form.values())
            initiatives.edit_initiative(initiative, values, form.submitted_version, actor)
            return _saved(initiative)
    return show_form("initiatives/desk/edit.html", form, initiative=stored)


@blueprint.post("/meine-initiativen/<initiative>/stimmt")
@commits
def confirm(initiative: str) -> ResponseReturnValue:
    initiatives.confirm_own(initiative, current_actor())
    flash(_("Danke. Ihre Seite ist bestätigt."), "success")
    return redirect(url_for(".show_desk", initiative=initiative))


@blueprint.get("/meine-initiativen/<initiative>/schritte/<step>")
def ask_step(initiative: str, step: str) -> ResponseReturnValue:
    return _show_step(initiative, step, _stored_step(initiative, step))


@blueprint.post("/meine-initiativen/<initiative>/schritte/<step>")
@commits
def note_step(initiative: str, step: str) -> ResponseReturnValue:
    form, actor = StepForm(), current_actor()
    progress.marked_step(initiative, step, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: _stored_step(initiative, step)):
            note, who = form.note.data or "", form.who.data or ""
            progress.note_step(initiative, step, form.chosen(), note, who, form.submitted_version, actor)
            return _saved(initiative)
    return _show_step(initiative, step, form)


def _stored_step(initiative: str, step: str) -> StepForm:
    marked = progress.marked_step(initiative, step, current_actor())
    return StepForm(formdata=None, state=marked.state.value, note=marked.note, who=marked.who, version=marked.version)


def _show_step(initiative: str, step: str, form: StepForm) -> ResponseReturnValue:
    actor = current_actor()
    stored, marked = initiatives.own_initiative(initiative, actor), progress.marked_step(initiative, step, actor)
    helping = help_with([marked.step], first_place(stored.serves))[step]
    return show_form("initiatives/desk/step.html", form, initiative=stored, step=marked.step, helping=helping)


def _begin_form(**filled: Any) -> BeginForm:
    form = BeginForm(**filled)
    own = initiatives.projects_without(current_actor())
    form.project_id.choices = [("", _("eine neue Gruppe")), *((project.id, project.name) for project in own)]
    return form


def _saved(slug: str) -> ResponseReturnValue:
    actor = current_actor()
    flash(_("Gespeichert."), "success")
    if waits_for_reader(initiatives.own_initiative(slug, actor).project, actor):
        flash(_("Die Wohnberatung liest die Seite jetzt. Bis dahin sehen andere sie nicht."), "info")
    return redirect(url_for(".show_desk", initiative=slug))
