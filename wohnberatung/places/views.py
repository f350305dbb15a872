"""A page for each neighbourhood, the way to it by list or by a name or postcode that may be misspelt, and its news for
programs."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_fields import neighbourhoods_meant, neighbourhoods_named
from wohnberatung.bridge.neighbourhood_places import CityPlace, place_at, place_of, quarters
from wohnberatung.core.errors import NotFound
from wohnberatung.core.languages import current_language
from wohnberatung.core.place_sections import sections_of
from wohnberatung.core.settings import in_language, public_link
from wohnberatung.places.services.calendars import calendar_of
from wohnberatung.places.services.feeds import atom_of
from wohnberatung.web.visitors import audited, current_actor

blueprint = Blueprint("places", __name__)


@blueprint.app_template_global()
def feeds_of(place: CityPlace | None) -> tuple[str, str]:
    """Addresses of the news and of the dates, in the language of the page."""
    spoken: dict[str, Any] = in_language(current_language())
    if place is None:
        return url_for("places.show_news_of_city", **spoken), url_for("places.show_dates_of_city", **spoken)
    of_place = {"slug": place.slug, **spoken}
    return url_for("places.show_news", **of_place), url_for("places.show_dates", **of_place)


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
    place, actor = _place(slug), current_actor()
    return render_template(
        "places/place.html",
        place=place,
        sections=sections_of(place.code, actor),
        may_see_all=actor.is_staff,
        address=public_link("places.show_place", slug=slug),
    )


@blueprint.get("/stadtteile/<slug>/lage")
@audited("read", "neighbourhoods", "slug")
def show_standing(slug: str) -> ResponseReturnValue:
    """For the office, with exact figures: who has looked stands in the audit chain."""
    place, actor = _place(slug), current_actor()
    exact = sections_of(place.code, actor, for_office=True)
    return render_template("places/standing.html", place=place, exact=exact, sections=sections_of(place.code, actor))


@blueprint.get("/stadtteile/neues.atom")
def show_news_of_city() -> ResponseReturnValue:
    return _news(None)


@blueprint.get("/stadtteile/<slug>/neues.atom")
def show_news(slug: str) -> ResponseReturnValue:
    return _news(_place(slug))


@blueprint.get("/stadtteile/termine.ics")
def show_dates_of_city() -> ResponseReturnValue:
    return _unless_known(calendar_of(None), "text/calendar")


@blueprint.get("/stadtteile/<slug>/termine.ics")
def show_dates(slug: str) -> ResponseReturnValue:
    return _unless_known(calendar_of(_place(slug)), "text/calendar")


def _place(slug: str) -> CityPlace:
    place = place_at(slug)
    if place is None:
        raise NotFound(_("Diesen Stadtteil gibt es nicht."))
    return place


def _news(place: CityPlace | None) -> ResponseReturnValue:
    content, changed_at = atom_of(place)
    return _unless_known(content, "application/atom+xml", changed_at)


def _unless_known(content: bytes, kind: str, changed_at: datetime | None = None) -> Response:
    """The file, or 304 for a program that has it already."""
    response = Response(content, content_type=f"{kind}; charset=utf-8")
    response.last_modified = changed_at
    response.add_etag()
    response.make_conditional(request)
    return response
