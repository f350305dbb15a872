"""Pages of the city view, for the office, with their form."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.cityview.services import computing, decisions, group_pages, pages
from wohnberatung.cityview.steps import CITY_STEPS, LEAVE, TAKE_OVER
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import Form, VersionedForm, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("cityview", __name__)

# How much of its value a home loses for those who do not need what is scarce about it.
PROTECTION = {"nicht": 0.0, "etwas": 0.5, "ganz": 1.0}
# Seconds after which the page looks again by itself.
LOOK_AGAIN = 3


class CityForm(Form):
    """How a city view is to be made."""

    protection = RadioField(
        _l("Seltene Wohnungen schonen für Menschen, die ihre Ausstattung brauchen?"),
        description=_l("Selten ist zum Beispiel eine stufenlose Dusche, wenn mehr Menschen sie brauchen, als es gibt."),
        choices=[
            SelectChoice("nicht", _l("Nein")),
            SelectChoice("etwas", _l("Ja, wo es wenig kostet")),
            SelectChoice("ganz", _l("Ja, so weit es geht")),
        ],
        default="etwas",
        validators=[InputRequired(_l("Bitte wählen Sie, wie sehr seltene Wohnungen geschont werden."))],
        invalid_choice_message=NOT_OFFERED,
    )


class CityDecisionForm(VersionedForm):
    """One button about one proposal."""


@blueprint.get("/stadtsicht")
def list_runs() -> ResponseReturnValue:
    return _show_list(CityForm(formdata=None))


@blueprint.post("/stadtsicht")
@commits
def make_run() -> ResponseReturnValue:
    form = CityForm()
    if form.validate_on_submit():
        run = computing.ask(current_actor(), PROTECTION[form.protection.data])
        return redirect(url_for(".show_run", run_id=run.id))
    return _show_list(form)


@blueprint.get("/stadtsicht/<run_id>")
def show_run(run_id: str) -> ResponseReturnValue:
    number, district = page_number(request.args.get("seite")), request.args.get("bezirk", "")
    sheet = pages.city_sheet(run_id, current_actor(), number, district)
    by_itself = sheet.waits and "ruhig" not in request.args
    response = make_response(render_template("cityview/run.html", sheet=sheet, by_itself=by_itself))
    if by_itself:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


@blueprint.get("/stadtsicht/<run_id>/gruppen")
def show_groups(run_id: str) -> ResponseReturnValue:
    sheet = group_pages.group_sheet(run_id, current_actor(), page_number(request.args.get("seite")))
    return render_template("cityview/groups.html", sheet=sheet)


@blueprint.post("/stadtsicht/<run_id>/nachrechnen")
@commits
def recheck_run(run_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for(".show_run", run_id=run_id)):
        computing.ask_again(run_id, current_actor())
    return redirect(url_for(".show_run", run_id=run_id))


@blueprint.post("/stadtsicht/vorschlag/<proposal_id>/uebernehmen")
@commits
def take_over(proposal_id: str) -> ResponseReturnValue:
    form, back = CityDecisionForm(), _page_with(proposal_id)
    if not form.validate_on_submit():
        return redirect(back)
    with refusal_returns_to(back):
        match = decisions.take_over(proposal_id, current_actor(), version=form.submitted_version)
    flash(str(CITY_STEPS[TAKE_OVER].done), "success")
    return redirect(url_for("brokerage.show_match", match_id=match.id))


@blueprint.post("/stadtsicht/vorschlag/<proposal_id>/lassen")
@commits
def leave(proposal_id: str) -> ResponseReturnValue:
    form, back = CityDecisionForm(), _page_with(proposal_id)
    if form.validate_on_submit():
        with refusal_returns_to(back):
            decisions.leave(proposal_id, current_actor(), version=form.submitted_version)
        flash(str(CITY_STEPS[LEAVE].done), "success")
    return redirect(back)


def _page_with(proposal_id: str) -> str:
    """The address of the page on which somebody decided about it."""
    run_id, of_group = decisions.found_in(proposal_id)
    number = page_number(request.form.get("seite"))
    if of_group:
        return url_for(".show_groups", run_id=run_id, seite=number)
    return url_for(".show_run", run_id=run_id, seite=number, bezirk=request.form.get("bezirk") or None)


def _show_list(form: Any) -> ResponseReturnValue:
    page = pages.runs_for_list(current_actor(), page_number(request.args.get("seite")))
    return show_form("cityview/runs.html", form, page=page)
