"""Everything a case wants to reach and does for it, on one page; goals written down and changed."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases import services as cases
from wohnberatung.core.transactions import commits
from wohnberatung.measures import services
from wohnberatung.measures.forms import GoalForm, GoalStateForm
from wohnberatung.measures.views import blueprint
from wohnberatung.measures.words import GOAL_STATES
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.noting import noted


@blueprint.get("/faelle/<case_id>/massnahmen")
@noted("read")
def list_measures(case_id: str) -> ResponseReturnValue:
    return _show(cases.load_case(case_id, current_actor()), GoalForm())


@blueprint.post("/faelle/<case_id>/ziele")
@commits
def add_goal(case_id: str) -> ResponseReturnValue:
    case, form = cases.load_case(case_id, current_actor()), GoalForm()
    if not form.validate_on_submit():
        return _show(case, form)
    services.add_goal(case, form.text.data or "")
    flash(_("Das Ziel ist gespeichert."), "success")
    return redirect(url_for(".list_measures", case_id=case.id))


@blueprint.get("/ziele/<goal_id>")
def edit_goal(goal_id: str) -> ResponseReturnValue:
    goal = services.load_goal(goal_id, current_actor())
    return _show_goal(goal, GoalStateForm(text=goal.plain_text, state=goal.state, version=goal.version))


@blueprint.post("/ziele/<goal_id>")
@commits
def save_goal(goal_id: str) -> ResponseReturnValue:
    goal, form = services.load_goal(goal_id, current_actor()), GoalStateForm()
    if not form.validate_on_submit():
        return _show_goal(goal, form)
    services.change_goal(goal, form.text.data or "", form.state.data, version=form.submitted_version)
    flash(_("Das Ziel ist gespeichert."), "success")
    return redirect(url_for(".list_measures", case_id=goal.case_id))


@blueprint.get("/foerderung")
def list_programs() -> ResponseReturnValue:
    """Everything the dated tables know today."""
    return render_template("measures/programs.html", hints=services.all_programs())


def _show(case: Any, form: GoalForm) -> ResponseReturnValue:
    goals = services.goals_of(case)
    return show_form(
        "measures/measures.html",
        form,
        case=case,
        name=cases.content_of(case)["name"],
        goals=goals,
        goal_texts={goal.id: text for goal, text in goals},
        sheets=services.measures_of(case),
        states=GOAL_STATES,
    )


def _show_goal(goal: Any, form: GoalStateForm) -> ResponseReturnValue:
    return show_form("measures/goal.html", form, goal=goal)
