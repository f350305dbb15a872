"""The office's view of requests: the list, and the ranked homes of one of them with reasons."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.brokerage import services
from wohnberatung.brokerage.views.blueprint import blueprint
from wohnberatung.core.pagination import page_number
from wohnberatung.web.actors import current_actor


@blueprint.get("/gesuche")
def list_requests() -> ResponseReturnValue:
    sought = request.args.get("nummer", "")
    page = services.requests_for_list(current_actor(), sought, page_number(request.args.get("seite")))
    return render_template("brokerage/requests.html", page=page, sought=sought)


@blueprint.get("/gesuche/<request_id>")
def show_ranking(request_id: str) -> ResponseReturnValue:
    with_misses = request.args.get("alle") == "ja"
    sheet = services.request_sheet(request_id, current_actor())
    listed = services.ranked_list(request_id, current_actor(), with_misses) if sheet.may_match else None
    return render_template("brokerage/ranking.html", sheet=sheet, listed=listed, with_misses=with_misses)
