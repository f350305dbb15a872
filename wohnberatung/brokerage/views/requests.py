"""The office's view of requests: the list, and the ranked homes of one of them with reasons."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.forms import MatchStepForm
from wohnberatung.brokerage.services import live_count, request_sheets
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.web import spam
from wohnberatung.web.audited import noted
from wohnberatung.web.visitors import current_actor

# What the list can be narrowed to, by the word in the address.
VIEWS = {"passt": "fits", "klaeren": "clarify", "anpassung": "adapt", "passt-nicht": "misses"}


@blueprint.app_template_global("standing_of")
def standing_of(journey: Any) -> Any:
    """For the steps of the request form, which lies in an area that knows nothing of offers."""
    return live_count.standing_of(journey.needs())


@blueprint.get("/gesuche")
def list_requests() -> ResponseReturnValue:
    sought = request.args.get("nummer", "")
    page = request_sheets.requests_for_list(current_actor(), sought, page_number(request.args.get("seite")))
    return render_template("brokerage/requests.html", page=page, sought=sought)


@blueprint.get("/gesuche/<request_id>")
@noted("read", "housing_requests", "request_id")
def show_ranking(request_id: str) -> ResponseReturnValue:
    view = VIEWS.get(request.args.get("sicht", ""))
    page = request_sheets.ranking_page(request_id, current_actor(), view)
    sheet = page.sheet
    held_because = spam.REASONS[HoldReason(sheet.request.held_for)] if sheet.request.held_for else ""
    return render_template(
        "brokerage/ranking.html",
        sheet=sheet,
        listed=page.listed,
        advice=page.advice,
        view=view,
        views={outlook: name for name, outlook in VIEWS.items()},
        held_because=held_because,
    )


@blueprint.post("/gesuche/<request_id>/schliessen")
@commits
def refuse_request(request_id: str) -> ResponseReturnValue:
    form, back = MatchStepForm(), redirect(url_for(".show_ranking", request_id=request_id))
    if not form.validate_on_submit():
        return back
    closed = request_sheets.refuse_request(request_id, current_actor(), version=form.submitted_version)
    flash(_("Das Gesuch %(number)s ist geschlossen.", number=closed.receipt_number), "success")
    return redirect(url_for(".list_requests"))
