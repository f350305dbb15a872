"""Files to take away: the stock, an empty table, the report of faulty values."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from wohnberatung.core import clock
from wohnberatung.intake.services import exports, queries
from wohnberatung.intake.views import blueprint
from wohnberatung.web.visitors import current_actor

TYPES = {
    "openimmo": ("application/xml", "xml"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}


@blueprint.get("/einlesen/ausgabe/<form>")
def export_stock(form: str) -> ResponseReturnValue:
    """The office may narrow it to one organisation."""
    if form not in exports.FORMATS:
        abort(404)
    actor = current_actor()
    chosen = request.args.get("organisation") or (actor.acts_for.organisation_id if actor.acts_for else None)
    return _file(exports.stock_file(form, actor, chosen), form, "bestand")


@blueprint.get("/einlesen/vorlage/<form>")
def show_template(form: str) -> ResponseReturnValue:
    if form not in exports.TABLES:
        abort(404)
    return _file(exports.template_file(form), form, "vorlage")


@blueprint.get("/einlesen/<run_id>/fehler/<form>")
def show_report(run_id: str, form: str) -> ResponseReturnValue:
    if form not in exports.TABLES:
        abort(404)
    run = queries.get_run(run_id, current_actor())
    return _file(exports.report_file(form, run), form, "fehler")


def _file(content: bytes, form: str, name: str) -> Response:
    media_type, ending = TYPES[form]
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today():%Y-%m-%d}.{ending}"'
    return response
