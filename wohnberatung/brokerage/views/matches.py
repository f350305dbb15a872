"""Matches as the office works on them: the list of open ones, one with its history, the steps it allows."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.forms import MatchStepForm, WithdrawForm
from wohnberatung.brokerage.services import history, matches
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/vorschlaege")
def list_matches() -> ResponseReturnValue:
    page = matches.matches_for_list(current_actor(), page_number(request.args.get("seite")))
    return render_template("brokerage/matches.html", page=page)


@blueprint.get("/vorschlaege/<match_id>")
def show_match(match_id: str) -> ResponseReturnValue:
    return render_template("brokerage/match.html", sheet=matches.match_sheet(match_id, current_actor()))


@blueprint.post("/gesuche/<request_id>/vorschlaege")
@commits
def pick_offer(request_id: str) -> ResponseReturnValue:
    """From the ranked list: take an offer into review, and with `step=offer` propose it at once."""
    with refusal_returns_to(url_for(".show_ranking", request_id=request_id)):
        match = matches.review(request_id, request.form.get("offer_id", ""), current_actor())
        if request.form.get("step") == "offer":
            matches.advance(match.id, "offer", current_actor())
    return redirect(url_for(".show_match", match_id=match.id))


@blueprint.post("/vorschlaege/<match_id>/schritt/<key>")
@commits
def take_step(match_id: str, key: str) -> ResponseReturnValue:
    form, here = MatchStepForm(), url_for(".show_match", match_id=match_id)
    if form.validate_on_submit():
        with refusal_returns_to(here):
            matches.advance(match_id, key, current_actor(), version=form.submitted_version)
        flash(_("Erledigt."), "success")
    return redirect(here)


@blueprint.get("/vorschlaege/<match_id>/zurueckziehen")
def ask_why_withdrawn(match_id: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    return _show_withdrawal(sheet, WithdrawForm(version=sheet.match.version))


@blueprint.post("/vorschlaege/<match_id>/zurueckziehen")
@commits
def withdraw_match(match_id: str) -> ResponseReturnValue:
    form = WithdrawForm()
    if form.validate_on_submit():
        given = history.Given(form.reason.data, form.note.data or "")
        with form.accepting():
            matches.advance(match_id, "withdraw", current_actor(), version=form.submitted_version, given=given)
            flash(_("Der Vorschlag ist zurückgezogen."), "success")
            return redirect(url_for(".show_match", match_id=match_id))
    return _show_withdrawal(matches.match_sheet(match_id, current_actor()), form)


def _show_withdrawal(sheet: matches.MatchSheet, form: Any) -> ResponseReturnValue:
    return show_form("brokerage/withdraw.html", form, sheet=sheet)
