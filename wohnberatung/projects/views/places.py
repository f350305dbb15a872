"""Places in a project, entered and moved by the group."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.core.transactions import commits
from wohnberatung.projects import services
from wohnberatung.projects.forms import PlaceForm, PlacesForm
from wohnberatung.projects.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form

MOVES = {"zeigen": "show", "zurueckziehen": "hide", "vergeben": "taken"}


@blueprint.get("/projekte/<project_id>/plaetze/neu")
def ask_places(project_id: str) -> ResponseReturnValue:
    return _show(project_id, PlacesForm())


@blueprint.post("/projekte/<project_id>/plaetze/neu")
@commits
def add_places(project_id: str) -> ResponseReturnValue:
    form, actor = PlacesForm(), current_actor()
    services.own_project(project_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            made = services.add_places(
                project_id, form.count.data, form.title.data, form.description.data or "", form.fact_values(), actor
            )
            flash(ngettext("%(num)s Platz ist angelegt.", "%(num)s Plätze sind angelegt.", len(made)), "success")
            return redirect(url_for(".show_desk", project_id=project_id))
    return _show(project_id, form)


@blueprint.get("/projekte/<project_id>/plaetze/<offer_id>")
def ask_place(project_id: str, offer_id: str) -> ResponseReturnValue:
    offer = services.load_place(project_id, offer_id, current_actor())
    return _show(project_id, PlaceForm(obj=offer), offer)


@blueprint.post("/projekte/<project_id>/plaetze/<offer_id>")
@commits
def edit_place(project_id: str, offer_id: str) -> ResponseReturnValue:
    form, actor = PlaceForm(), current_actor()
    offer = services.load_place(project_id, offer_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            services.edit_place(
                project_id,
                offer_id,
                title=form.title.data,
                description=form.description.data or "",
                facts=form.fact_values(),
                version=form.submitted_version,
                actor=actor,
            )
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_desk", project_id=project_id))
    return _show(project_id, form, offer)


@blueprint.post("/projekte/<project_id>/plaetze/<offer_id>/<move>")
@commits
def move_place(project_id: str, offer_id: str, move: str) -> ResponseReturnValue:
    services.move_place(project_id, offer_id, MOVES.get(move, ""), current_actor())
    flash(_("Gespeichert."), "success")
    return redirect(url_for(".show_desk", project_id=project_id))


def _show(project_id: str, form: Any, offer: Any = None) -> ResponseReturnValue:
    project = services.own_project(project_id, current_actor())
    return show_form("projects/desk/place.html", form, project=project, offer=offer)
