"""Pages of scenarios, for the administration; each look at exact figures is noted."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.errors import NotFound
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.intake.spreadsheet_writer import write_csv
from wohnberatung.privacy.audit import READ_EXACT
from wohnberatung.scenarios.forms import scenario_form
from wohnberatung.scenarios.kinds import KINDS, ScenarioKind
from wohnberatung.scenarios.services import scenarios
from wohnberatung.scenarios.services.changes import choices
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import audited, current_actor

blueprint = Blueprint("scenarios", __name__)

# Seconds after which the page looks again by itself.
LOOK_AGAIN = 3


@blueprint.get("/planung/szenarien")
def list_scenarios() -> ResponseReturnValue:
    page = scenarios.listed(current_actor(), page_number(request.args.get("seite")))
    return render_template("scenarios/scenarios.html", page=page, kinds=KINDS)


@blueprint.get("/planung/szenarien/neu/<kind>")
def ask_scenario(kind: str) -> ResponseReturnValue:
    return _show(_kind(kind), scenario_form(_kind(kind), choices()))


@blueprint.post("/planung/szenarien/neu/<kind>")
@commits
def make_scenario(kind: str) -> ResponseReturnValue:
    form = scenario_form(_kind(kind), choices())
    if form.validate_on_submit():
        with form.accepting():
            made = scenarios.ask(_kind(kind), form.change(), current_actor())
            return redirect(url_for(".show_scenario", scenario_id=made.id))
    return _show(_kind(kind), form)


@blueprint.get("/planung/szenarien/<scenario_id>")
@audited(READ_EXACT, table="planning_scenarios", key="scenario_id")
def show_scenario(scenario_id: str) -> ResponseReturnValue:
    sheet = scenarios.sheet_of(scenario_id, current_actor())
    by_itself = sheet.waits and "ruhig" not in request.args
    response = make_response(render_template("scenarios/scenario.html", sheet=sheet, by_itself=by_itself))
    if by_itself:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


@blueprint.get("/planung/szenarien/<scenario_id>.csv")
@audited(READ_EXACT, table="planning_scenarios", key="scenario_id")
def export_scenario(scenario_id: str) -> ResponseReturnValue:
    sheet = scenarios.sheet_of(scenario_id, current_actor())
    content = write_csv(scenarios.flat_headings(), list(scenarios.flat_rows(sheet)))
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="szenario.csv"'
    return response


@blueprint.post("/planung/szenarien/<scenario_id>/noch-einmal")
@commits
def repeat_scenario(scenario_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for(".list_scenarios")):
        made = scenarios.ask_again(scenario_id, current_actor())
    return redirect(url_for(".show_scenario", scenario_id=made.id))


@blueprint.post("/planung/szenarien/<scenario_id>/loeschen")
@commits
def delete_scenario(scenario_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for(".list_scenarios")):
        scenarios.delete(scenario_id, current_actor())
    flash(_("Das Szenario ist gelöscht."), "success")
    return redirect(url_for(".list_scenarios"))


def _kind(word: str) -> ScenarioKind:
    if word not in set(ScenarioKind):
        raise NotFound(_("Diese Art von Szenario gibt es nicht."))
    return ScenarioKind(word)


def _show(kind: ScenarioKind, form: Any) -> ResponseReturnValue:
    return show_form("scenarios/ask.html", form, kind=kind, title=KINDS[kind])
