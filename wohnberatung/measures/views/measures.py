"""One measure: chosen, written down, followed to what became of it."""

from itertools import groupby
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases import services as cases
from wohnberatung.core.transactions import commits
from wohnberatung.measures import services
from wohnberatung.measures.forms import MeasureForm, filled
from wohnberatung.measures.views import blueprint
from wohnberatung.measures.words import KINDS
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.noting import noted


@blueprint.get("/faelle/<case_id>/massnahmen/auswahl")
def choose_option(case_id: str) -> ResponseReturnValue:
    """The usual measures by kind, and a way to write down one of one's own."""
    case = cases.load_case(case_id, current_actor())
    order = list(KINDS)
    ordered = sorted(services.options().values(), key=lambda option: order.index(option.kind))
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
            row = services.add_measure(case, given, current_actor())
            flash(_("Die Maßnahme ist gespeichert."), "success")
            return redirect(url_for(".show_measure", measure_id=row.id))
    return _show_new(case, form, option)


@blueprint.get("/massnahmen/<measure_id>")
@noted("read", "measures", "measure_id")
def show_measure(measure_id: str) -> ResponseReturnValue:
    sheet = services.sheet_of(services.load_measure(measure_id, current_actor()))
    row = sheet.measure
    columns = {name: getattr(row, name) or "" for name in ("kind", "goal_id", "status", "drop_reason", "version")}
    return _show(sheet, MeasureForm(**filled(sheet.content), **columns))


@blueprint.post("/massnahmen/<measure_id>")
@commits
def save_measure(measure_id: str) -> ResponseReturnValue:
    row = services.load_measure(measure_id, current_actor())
    form = _offered(MeasureForm(), row.case)
    if form.validate_on_submit():
        with form.accepting():
            services.change_measure(row, form.given(), version=form.submitted_version, actor=current_actor())
            flash(_("Die Maßnahme ist gespeichert."), "success")
            return redirect(url_for(".show_measure", measure_id=row.id))
    return _show(services.sheet_of(row), form)


def _option() -> services.Option | None:
    return services.option(request.args.get("art", ""))


def _offered(form: MeasureForm, case: Any) -> MeasureForm:
    """Goals of the case and programmes of today to choose from; one chosen earlier stays choosable."""
    programs = [(hint.program.key, hint.program.name) for hint in services.all_programs()]
    known = {key for key, _name in programs}
    form.programs.choices = programs + [(key, key) for key in form.programs.data or () if key not in known]
    form.goal_id.choices = [("", "–"), *((goal.id, text) for goal, text in services.goals_of(case))]
    return form


def _show_new(case: Any, form: MeasureForm, option: services.Option | None) -> ResponseReturnValue:
    hints = services.funding_hints(option.programs) if option else []
    rules = services.consent_hints(option.consents) if option else []
    return show_form(
        "measures/new.html",
        _offered(form, case),
        case=case,
        option=option,
        usual_cost=services.cost_hint(option),
        hints=hints,
        rules=rules,
    )


def _show(sheet: services.MeasureSheet, form: MeasureForm) -> ResponseReturnValue:
    case = sheet.measure.case
    return show_form("measures/measure.html", _offered(form, case), sheet=sheet, case=case)
