"""Initiatives for everybody, the steps from an idea to a house, and ways of living together explained."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.bridge.neighbourhood_places import CityPlace, place_at
from wohnberatung.core.settings import public_link
from wohnberatung.initiatives.checklist import PHASES
from wohnberatung.initiatives.forms import PlaceFilter
from wohnberatung.initiatives.services import minutes, presentation, ways
from wohnberatung.initiatives.services.help import all_help
from wohnberatung.initiatives.views import blueprint
from wohnberatung.web.visitors import current_actor


@blueprint.get("/initiativen")
def list_initiatives() -> ResponseReturnValue:
    form, place = _asked()
    listed = presentation.list_initiatives(place)
    return render_template("initiatives/initiatives.html", form=form, place=place, listed=listed)


@blueprint.get("/initiativen/<initiative>")
def show_initiative(initiative: str) -> ResponseReturnValue:
    sheet = presentation.initiative_sheet(initiative, current_actor())
    address = public_link("initiatives.show_initiative", initiative=initiative)
    return render_template("initiatives/initiative.html", sheet=sheet, address=address)


@blueprint.get("/initiativen/<initiative>/protokolle/<minutes_id>")
def show_minutes(initiative: str, minutes_id: str) -> ResponseReturnValue:
    stored = minutes.shown_minutes(initiative, minutes_id, current_actor())
    return render_template("initiatives/minutes.html", minutes=stored)


@blueprint.get("/initiativen/<initiative>/protokolle/<minutes_id>/datei")
def fetch_minutes(initiative: str, minutes_id: str) -> ResponseReturnValue:
    """To be saved, never opened as a page of ours."""
    title, content = minutes.file_of(initiative, minutes_id, current_actor())
    response = Response(content, mimetype="application/pdf")
    name = "".join(letter if letter.isalnum() else "-" for letter in title).strip("-") or "protokoll"
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.pdf")
    return response


@blueprint.get("/schritte-zum-haus")
def show_checklist() -> ResponseReturnValue:
    form, place = _asked()
    return render_template("initiatives/checklist.html", form=form, place=place, phases=PHASES, helping=all_help(place))


@blueprint.get("/wohnmodelle")
def list_ways() -> ResponseReturnValue:
    return render_template("initiatives/ways.html", ways=ways.WAYS)


@blueprint.get("/wohnmodelle/<way>")
def show_way(way: str) -> ResponseReturnValue:
    explained = ways.explained_way(way)
    address = public_link("initiatives.show_way", way=way)
    return render_template("initiatives/way.html", explained=explained, address=address)


def _asked() -> tuple[PlaceFilter, CityPlace | None]:
    return PlaceFilter(request.args), place_at(request.args.get("stadtteil", ""))
