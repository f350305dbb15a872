"""A page for each neighbourhood, and the way to it: by list, or by a name or postcode that may be misspelt."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_fields import neighbourhoods_meant, neighbourhoods_named
from wohnberatung.bridge.neighbourhood_places import place_at, place_of, quarters
from wohnberatung.core.errors import NotFound
from wohnberatung.core.place_sections import sections_of
from wohnberatung.core.settings import public_link
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("places", __name__)


@blueprint.get("/stadtteile")
def list_places() -> ResponseReturnValue:
    """What somebody typed leads on where it means one place; where it may mean several, these are offered."""
    typed = request.args.get("ort", "")[:100].strip()
    named = neighbourhoods_named(typed) if typed else []
    if len(named) == 1 and (place := place_of(named[0])):
        return redirect(url_for(".show_place", slug=place.slug))
    meant = [place for code in named or (neighbourhoods_meant(typed) if typed else []) if (place := place_of(code))]
    return render_template("places/places.html", typed=typed, meant=meant, quarters=quarters())


@blueprint.get("/stadtteile/<slug>")
def show_place(slug: str) -> ResponseReturnValue:
    place = place_at(slug)
    if place is None:
        raise NotFound(_("Diesen Stadtteil gibt es nicht."))
    return render_template(
        "places/place.html",
        place=place,
        sections=sections_of(place.code, current_actor()),
        address=public_link("places.show_place", slug=slug),
    )
