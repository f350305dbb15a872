"""Places in a project, and short forms for people who give a room in what they live in."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.core.transactions import commits
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.projects.forms import ExchangeForm, PlaceForm, PlacesForm, RoomForm
from wohnberatung.projects.services import places, projects
from wohnberatung.projects.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/projekte/<project_id>/plaetze/neu")
def ask_places(project_id: str) -> ResponseReturnValue:
    return _show(project_id, PlacesForm())


@blueprint.post("/projekte/<project_id>/plaetze/neu")
@commits
def add_places(project_id: str) -> ResponseReturnValue:
    form, actor = PlacesForm(), current_actor()
    projects.own_project(project_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            made = places.add_places(
                project_id, form.count.data, form.title.data, form.description.data or "", form.fact_values(), actor
            )
            flash(ngettext("%(num)s Platz ist angelegt.", "%(num)s Plätze sind angelegt.", len(made)), "success")
            return redirect(url_for(".show_desk", project_id=project_id))
    return _show(project_id, form)


@blueprint.get("/projekte/<project_id>/plaetze/<offer_id>")
def ask_place(project_id: str, offer_id: str) -> ResponseReturnValue:
    offer = places.load_place(project_id, offer_id, current_actor())
    return _show(project_id, PlaceForm(obj=offer), offer)


@blueprint.post("/projekte/<project_id>/plaetze/<offer_id>")
@commits
def edit_place(project_id: str, offer_id: str) -> ResponseReturnValue:
    form, actor = PlaceForm(), current_actor()
    offer = places.load_place(project_id, offer_id, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: PlaceForm(formdata=None, obj=offer)):
            places.edit_place(
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
    places.move_place(project_id, offer_id, move, current_actor())
    flash(_("Gespeichert."), "success")
    return redirect(url_for(".show_desk", project_id=project_id))


def _show(project_id: str, form: Any, offer: Any = None) -> ResponseReturnValue:
    project = projects.own_project(project_id, current_actor())
    return show_form("projects/desk/place.html", form, project=project, offer=offer)


TOWN = "Dresden"


@blueprint.get("/anbieten/zimmer")
def ask_room() -> ResponseReturnValue:
    return show_form("projects/rooms/room.html", RoomForm())


@blueprint.post("/anbieten/zimmer")
@commits
def enter_room() -> ResponseReturnValue:
    form = RoomForm()
    if form.validate_on_submit():
        texts = form.title.data or "", form.description.data or ""
        with form.accepting():
            return _entered(
                places.enter_room(form.kind.data, _address(form), *texts, form.fact_values(), current_actor())
            )
    return show_form("projects/rooms/room.html", form)


@blueprint.get("/anbieten/tausch")
def ask_exchange() -> ResponseReturnValue:
    return show_form("projects/rooms/exchange.html", ExchangeForm())


@blueprint.post("/anbieten/tausch")
@commits
def enter_exchange() -> ResponseReturnValue:
    form = ExchangeForm()
    if form.validate_on_submit():
        texts = form.title.data or "", form.sought.data or ""
        with form.accepting():
            return _entered(places.enter_exchange(_address(form), *texts, form.fact_values(), current_actor()))
    return show_form("projects/rooms/exchange.html", form)


def _entered(offer: Any) -> ResponseReturnValue:
    flash(_("Der Entwurf ist gespeichert. Fügen Sie Bilder hinzu und veröffentlichen Sie ihn dann."), "success")
    return redirect(url_for("dwellings.show_own_offer", offer_id=offer.id))


def _address(form: Any) -> Address:
    return Address(**form.place(), town=TOWN)
