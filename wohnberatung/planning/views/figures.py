"""Figures that everybody may read and take away; the exact ones for the administration, noted."""

from collections.abc import Callable, Sequence
from datetime import date

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.errors import NotFound
from wohnberatung.intake.spreadsheet_writer import write_csv, write_xlsx
from wohnberatung.planning import charts
from wohnberatung.planning.cubes import CUBES
from wohnberatung.planning.services import city, open_data, reports, tables, works_value
from wohnberatung.planning.services.tables import CubeTable
from wohnberatung.planning.views import blueprint
from wohnberatung.privacy.audit import READ_EXACT
from wohnberatung.web.visitors import audited, current_actor

ON_THE_FIRST_PAGE = ("bedarf", "merkmale", "vergeblich")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/planung")
def show_overview() -> ResponseReturnValue:
    newest = tables.newest_months([cube for cube in CUBES if cube.key in (*ON_THE_FIRST_PAGE, "stadtteile")])
    shown = {key: _bars(table) for key, table in newest.items() if key in ON_THE_FIRST_PAGE}
    where = newest.get("stadtteile")
    sought = city.sought_map(tables.figures_at(where.cube, where.month)) if where else None
    told = reports.published_reports()
    return render_template(
        "planning/overview.html", cubes=CUBES, newest=newest, bars=shown, where=where, sought=sought, reports=told
    )


@blueprint.get("/planung/<cube>")
def show_cube(cube: str) -> ResponseReturnValue:
    return _page(cube, tables.published_table(cube, *_asked()))


@blueprint.get("/planung/<cube>/genau")
@audited(READ_EXACT, table="planning_cubes", key="cube")
def show_exact(cube: str) -> ResponseReturnValue:
    return _page(cube, tables.exact_table(cube, current_actor(), *_asked()))


@blueprint.get("/planung/<cube>.csv")
def export_csv(cube: str) -> ResponseReturnValue:
    return _file(cube, "csv", "text/csv; charset=utf-8", lambda _title, headings, rows: write_csv(headings, rows))


@blueprint.get("/planung/<cube>.xlsx")
def export_xlsx(cube: str) -> ResponseReturnValue:
    return _file(cube, "xlsx", XLSX, write_xlsx)


@blueprint.get("/planung/katalog.jsonld")
def show_catalogue() -> ResponseReturnValue:
    return Response(open_data.catalogue(), content_type="application/ld+json; charset=utf-8")


def _asked() -> tuple[date | None, str]:
    return tables.month_of(request.args.get("monat")), request.args.get("zahl", tables.EVERY)


def _page(key: str, table: CubeTable | None) -> ResponseReturnValue:
    months = [(each.month, each.number, table.words(each.number)) for each in table.history] if table else []
    figures = tables.figures_at(table.cube, table.month) if table and key == city.CUBE.key else {}
    return render_template(
        "planning/cube.html",
        cube=tables.cube_at(key),
        table=table,
        bars=_bars(table) if table else None,
        line=charts.line_chart(months),
        sought=city.sought_map(figures) if figures else None,
        worth=works_value.worth_of(table) if table and key == works_value.CUBE else [],
    )


def _bars(table: CubeTable) -> charts.BarChart | None:
    return charts.bar_chart([(row.label, row.whole, table.words(row.whole)) for row in table.largest])


def _file(
    key: str, ending: str, kind: str, write: Callable[[str, list[str], Sequence[list[str | int]]], bytes]
) -> ResponseReturnValue:
    table = tables.published_table(key, tables.month_of(request.args.get("monat")))
    if table is None:
        raise NotFound(_("Diese Tabelle gibt es nicht."))
    rows = list(tables.flat_rows(table, tables.figures_at(table.cube, table.month)))
    response = Response(write(str(table.cube.title), tables.flat_headings(table), rows), content_type=kind)
    name = f"planung-{key}-{table.month:%Y-%m}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
