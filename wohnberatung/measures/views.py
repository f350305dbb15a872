"""What a case wants to reach and does for it: goals and measures, chosen, written down, followed."""

from itertools import groupby
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases.services import cases, content
from wohnberatung.core.transactions import commits
from wohnberatung.measures.forms import GoalForm, GoalStateForm, MeasureForm, filled
from wohnberatung.measures.services import funding, measures
from wohnberatung.measures.steps import GOAL_STATES, KINDS
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import audited, current_actor

blueprint = Blueprint("measures", __name__)

# The pages hang themselves on the blueprint above.


@blueprint.get("/faelle/<case_id>/massnahmen")
@audited("read")
def list_measures(case_id: str) -> ResponseReturnValue:
    return _show_goals(cases.load_case(case_id, current_actor()), GoalForm())


@blueprint.post("/faelle/<case_id>/ziele")
@commits
def add_goal(case_id: str) -> ResponseReturnValue:
    case, form = cases.load_case(case_id, current_actor()), GoalForm()
    if not form.validate_on_submit():
        return _show_goals(case, form)
    measures.add_goal(case, form.text.data or "")
    flash(_("Das Ziel ist gespeichert."), "success")
    return redirect(url_for(".list_measures", case_id=case.id))


@blueprint.get("/ziele/<goal_id>")
def edit_goal(goal_id: str) -> ResponseReturnValue:
    goal = measures.load_goal(goal_id, current_actor())
    return _show_goal(goal, GoalStateForm(text=goal.plain_text, state=goal.state, version=goal.version))


@blueprint.post("/ziele/<goal_id>")
@commits
def save_goal(goal_id: str) -> ResponseReturnValue:
    goal, form = measures.load_goal(goal_id, current_actor()), GoalStateForm()
    if not form.validate_on_submit():
        return _show_goal(goal, form)
    measures.change_goal(goal, form.text.data or "", form.state.data, version=form.submitted_version)
    flash(_("Das Ziel ist gespeichert."), "success")
    return redirect(url_for(".list_measures", case_id=goal.case_id))


@blueprint.get("/foerderung")
def list_programs() -> ResponseReturnValue:
    """Everything the dated tables know today."""
    return render_template("measures/programs.html", hints=funding.all_programs())


def _show_goals(case: Any, form: GoalForm) -> ResponseReturnValue:
    goals = measures.goals_of(case)
    return show_form(
        "measures/measures.html",
        form,
        case=case,
        name=content.content_of(case)["name"],
        goals=goals,
        goal_texts={goal.id: text for goal, text in goals},
        sheets=measures.measures_of(case),
        states=GOAL_STATES,
    )


def _show_goal(goal: Any, form: GoalStateForm) -> ResponseReturnValue:
    return show_form("measures/goal.html", form, goal=goal)


@blueprint.get("/faelle/<case_id>/massnahmen/auswahl")
def choose_option(case_id: str) -> ResponseReturnValue:
    """The usual measures by kind, and a way to write down one of one's own."""
    case = cases.load_case(case_id, current_actor())
    order = list(KINDS)
    ordered = sorted(funding.options().values(), key=lambda option: order.index(option.kind))
    groups = [(KINDS[kind], list(group)) for kind, group in groupby(ordered, key=lambda option: option.kind)]
    return render_template("measures/choose.html", case=case, groups=groups)


@blueprint.get("/faelle/<case_id>/massnahmen/neu")
def begin_measure(case_id: str) -> ResponseReturnValue:
    case, option = cases.load_case(case_id, current_actor()), _option()
    form = MeasureForm()
    if option is not None:
        form.title.data, form.kind.data = str(option.label), option.kind
        form.programs.data, form.consents.data = list(option.programs), list(option.consents)
    return _show_new(case, form, option)


@blueprint.post("/faelle/<case_id>/massnahmen/neu")
@commits
def add_measure(case_id: str) -> ResponseReturnValue:
    case, option = cases.load_case(case_id, current_actor()), _option()
    form = _offered(MeasureForm(), case)
    if form.validate_on_submit():
        with form.accepting():
            given = form.given() | {"option": option.key if option else ""}
            row = measures.add_measure(case, given, current_actor())
            flash(_("Die Maßnahme ist gespeichert."), "success")
            return redirect(url_for(".show_measure", measure_id=row.id))
    return _show_new(case, form, option)


@blueprint.get("/massnahmen/<measure_id>")
@audited("read", "measures", "measure_id")
def show_measure(measure_id: str) -> ResponseReturnValue:
    sheet = measures.sheet_of(measures.load_measure(measure_id, current_actor()))
    row = sheet.measure
    columns = {name: getattr(row, name) or "" for name in ("kind", "goal_id", "status", "drop_reason", "version")}
    return _show_measure(sheet, MeasureForm(**filled(sheet.content), **columns))


@blueprint.post("/massnahmen/<measure_id>")
@commits
def save_measure(measure_id: str) -> ResponseReturnValue:
    row = measures.load_measure(measure_id, current_actor())
    form = _offered(MeasureForm(), row.case)
    if form.validate_on_submit():
        with form.accepting():
            measures.change_measure(row, form.given(), version=form.submitted_version, actor=current_actor())
            flash(_("Die Maßnahme ist gespeichert."), "success")
            return redirect(url_for(".show_measure", measure_id=row.id))
    return _show_measure(measures.sheet_of(row), form)


def _option() -> funding.Option | None:
    return funding.option(request.args.get("art", ""))


def _offered(form: MeasureForm, case: Any) -> MeasureForm:
    """Goals of the case and programmes of today to choose from; one chosen earlier stays choosable."""
    programs = [(hint.program.key, hint.program.name) for hint in funding.all_programs()]
    known = {key for key, _name in programs}
    form.programs.choices = programs + [(key, key) for key in form.programs.data or () if key not in known]
    form.goal_id.choices = [("", "–"), *((goal.id, text) for goal, text in measures.goals_of(case))]
    return form


def _show_new(case: Any, form: MeasureForm, option: funding.Option | None) -> ResponseReturnValue:
    hints = funding.funding_hints(option.programs) if option else []
    rules = funding.consent_hints(option.consents) if option else []
    return show_form(
        "measures/new.html",
        _offered(form, case),
        case=case,
        option=option,
        usual_cost=funding.cost_hint(option),
        hints=hints,
        rules=rules,
    )


def _show_measure(sheet: measures.MeasureSheet, form: MeasureForm) -> ResponseReturnValue:
    case = sheet.measure.case
    return show_form("measures/measure.html", _offered(form, case), sheet=sheet, case=case)
