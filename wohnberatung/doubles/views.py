"""Pages of doubles, for the office, with their forms."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.core.transactions import commits
from wohnberatung.doubles.services import decisions, picking
from wohnberatung.doubles.steps import DOUBLE_STEPS, KEEP_APART, MERGE, UNDO
from wohnberatung.web.forms import Form, at_most, show_form
from wohnberatung.web.visitors import current_actor


class MergeForm(Form):
    """Which of the two stays; the choices are the pair's own."""

    kept = RadioField(
        _l("Welcher Eintrag bleibt?"),
        validators=[InputRequired(_l("Bitte wählen Sie, welcher Eintrag bleibt."))],
        invalid_choice_message=NOT_OFFERED,
    )


NAMED = InputRequired(_l("Bitte geben Sie an, welchen Eintrag Sie meinen."))


class PickForm(Form):
    """Two records by number, link or words."""

    first = StringField(_l("Erster Eintrag"), validators=[NAMED, at_most(200)])
    second = StringField(_l("Zweiter Eintrag"), validators=[NAMED, at_most(200)])


blueprint = Blueprint("doubles", __name__)
STATES = {"": "open", "zusammengefuehrt": "merged", "verschieden": "distinct"}


@blueprint.get("/doppelte")
def list_doubles() -> ResponseReturnValue:
    kind = request.args.get("art", "dwelling")
    state = STATES.get(request.args.get("stand", ""), "open")
    pairs = decisions.pairs_for_list(current_actor(), kind, state)
    kinds = {key: subject.label for key, subject in decisions.SUBJECTS.items()}
    return render_template("doubles/doubles.html", pairs=pairs, kind=kind, kinds=kinds, state=state, states=STATES)


@blueprint.get("/doppelte/waehlen/<kind>")
def ask_pair(kind: str) -> ResponseReturnValue:
    return _show_picking(kind, PickForm(formdata=None))


@blueprint.post("/doppelte/waehlen/<kind>")
@commits
def pick_pair(kind: str) -> ResponseReturnValue:
    form = PickForm()
    if form.validate_on_submit():
        with form.accepting():
            double = picking.pick_pair(kind, form.first.data, form.second.data, current_actor())
            return redirect(url_for(".show_double", double_id=double.id))
    return _show_picking(kind, form)


@blueprint.get("/doppelte/<double_id>")
def show_double(double_id: str) -> ResponseReturnValue:
    sheet = decisions.pair_sheet(double_id, current_actor())
    return show_form("doubles/double.html", _form(sheet), sheet=sheet)


@blueprint.post("/doppelte/<double_id>")
@commits
def merge_double(double_id: str) -> ResponseReturnValue:
    sheet = decisions.pair_sheet(double_id, current_actor())
    form = _form(sheet)
    if form.validate_on_submit():
        with form.accepting():
            decisions.merge(double_id, form.kept.data, current_actor())
            flash(str(DOUBLE_STEPS[MERGE].done), "success")
            return redirect(url_for(".show_double", double_id=double_id))
    return show_form("doubles/double.html", form, sheet=sheet)


@blueprint.post("/doppelte/<double_id>/verschieden")
@commits
def keep_apart(double_id: str) -> ResponseReturnValue:
    double = decisions.keep_apart(double_id, current_actor())
    flash(str(DOUBLE_STEPS[KEEP_APART].done), "success")
    return redirect(url_for(".list_doubles", art=double.kind))


@blueprint.post("/doppelte/<double_id>/rueckgaengig")
@commits
def undo_decision(double_id: str) -> ResponseReturnValue:
    decisions.undo(double_id, current_actor())
    flash(str(DOUBLE_STEPS[UNDO].done), "success")
    return redirect(url_for(".show_double", double_id=double_id))


def _show_picking(kind: str, form: PickForm) -> ResponseReturnValue:
    return show_form("doubles/pick.html", form, kind=kind, label=decisions.label_of(kind))


def _form(sheet: decisions.DoubleSheet) -> MergeForm:
    form = MergeForm()
    form.kept.choices = [
        SelectChoice(sheet.a.id, _("Links: %(title)s", title=sheet.a.title)),
        SelectChoice(sheet.b.id, _("Rechts: %(title)s", title=sheet.b.title)),
    ]
    return form
