"""The directory for everybody: to search, on the map, to print, to take away."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_places import place_at, places, quarters
from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import public_link
from wohnberatung.directory.forms import DirectoryFilter
from wohnberatung.directory.services import entries, finding, freshness, tables
from wohnberatung.directory.services.finding import DirectoryQuery
from wohnberatung.directory.views import blueprint
from wohnberatung.web.visitors import current_actor


@blueprint.get("/wegweiser")
def list_entries() -> ResponseReturnValue:
    form, asked, query = _asked()
    page = finding.find_entries(query, page_number(request.args.get("seite")))
    return render_template("directory/directory.html", form=form, asked=asked, page=page, place=query.place)


@blueprint.get("/wegweiser/karte")
def show_map() -> ResponseReturnValue:
    form, asked, query = _asked()
    return render_template("directory/map.html", form=form, asked=asked, city=finding.directory_map(query))


@blueprint.get("/wegweiser/drucken")
def choose_print() -> ResponseReturnValue:
    return render_template("directory/choose_print.html", quarters=quarters())


@blueprint.get("/wegweiser/drucken/<slug>")
def print_list(slug: str) -> ResponseReturnValue:
    place = place_at(slug)
    if place is None:
        raise NotFound(_("Diesen Stadtteil gibt es nicht."))
    found = finding.entries_of_place(place.code)
    return render_template("directory/print.html", place=place, entries=found, today=clock.today())


@blueprint.get("/wegweiser.csv")
def export_table() -> ResponseReturnValue:
    response = Response(tables.as_csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="wegweiser-{clock.today():%Y-%m-%d}.csv"'
    return response


@blueprint.get("/wegweiser.json")
def export_records() -> ResponseReturnValue:
    return Response(tables.as_json(), content_type="application/json")


@blueprint.get("/wegweiser/<entry_id>")
def show_entry(entry_id: str) -> ResponseReturnValue:
    actor = current_actor()
    entry = entries.shown_entry(entry_id, actor)
    codes = {*entry.serves, *([entry.lies_in] if entry.lies_in else [])}
    return render_template(
        "directory/entry.html",
        entry=entry,
        places=[place for place in places() if place.code in codes],
        stale=freshness.is_stale(entry),
        may_edit=actor.is_staff or actor.belongs_to(entry.organisation_id),
        address=public_link("directory.show_entry", entry_id=entry_id),
    )


def _asked() -> tuple[DirectoryFilter, dict[str, str], DirectoryQuery]:
    form = DirectoryFilter(request.args)
    asked = form.asked()
    query = DirectoryQuery(
        words=asked.get("suche", ""),
        kind=asked.get("art", ""),
        place=place_at(asked.get("stadtteil", "")),
        language=asked.get("sprache_im_haus", ""),
        way_in=asked.get("stufenlos", ""),
    )
    return form, asked, query
