"""Who offers what where, for everybody: the matrix and its table; for the office what is missing in the city."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.cooperation.forms import MatrixFilter
from wohnberatung.cooperation.services import matrix, offered, tables
from wohnberatung.cooperation.views import blueprint
from wohnberatung.core import clock
from wohnberatung.web.visitors import current_actor


@blueprint.get("/dienste")
def show_matrix() -> ResponseReturnValue:
    form = MatrixFilter(request.args)
    asked = form.asked()
    query = matrix.MatrixQuery(
        quarter=asked.pop("bezirk", ""),
        kind=asked.get("dienst", ""),
        law=asked.get("gesetz", ""),
        language=asked.get("sprache_im_haus", ""),
        free_only="frei" in asked,
    )
    return render_template("cooperation/matrix.html", form=form, found=matrix.coverage(query), asked=asked)


@blueprint.get("/dienste.csv")
def export_matrix() -> ResponseReturnValue:
    response = Response(tables.as_csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="dienste-{clock.today():%Y-%m-%d}.csv"'
    return response


@blueprint.get("/dienste/ueberblick")
def show_overview() -> ResponseReturnValue:
    actor = current_actor()
    stale = offered.stale_services(actor)
    return render_template("cooperation/desk/overview.html", gaps=matrix.gaps_of_city(), stale=stale)
