"""Pages of the administration: what was learned of homes, and the weights of wishes with their forms."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.bridge.typed_fields import WholeNumberField
from wohnberatung.core.transactions import commits
from wohnberatung.learning.services import likelihoods, weight_pages, weights
from wohnberatung.learning.steps import WEIGHTS_STEPS
from wohnberatung.web.forms import Form, VersionedForm, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("learning", __name__)


class WeightForm(Form):
    """One wish and how much it is to count."""

    key = SelectField(
        _l("Wunsch"),
        choices=sorted(
            (SelectChoice(key, criterion.label) for key, criterion in weights.WISHED.items()),
            key=lambda each: each.label,
        ),
        validators=[InputRequired(NOT_OFFERED)],
        invalid_choice_message=NOT_OFFERED,
    )
    percent = WholeNumberField(
        _l("Soll zählen, in Prozent"),
        description=_l("100 ist so viel, wie die Menschen selbst sagen; 200 doppelt so viel, 50 halb so viel."),
        validators=[InputRequired(_l("Bitte geben Sie eine Zahl an."))],
    )


class WeightsDecisionForm(VersionedForm):
    """One button about proposed weights."""


class WeightsButtonForm(Form):
    """A button without entries."""


@blueprint.get("/verwaltung/gelerntes")
def show_likelihoods() -> ResponseReturnValue:
    latest = likelihoods.latest()
    return render_template(
        "learning/likelihoods.html", latest=latest, lines=likelihoods.lines(latest) if latest is not None else ()
    )


@blueprint.get("/verwaltung/gewichte")
def list_weights() -> ResponseReturnValue:
    return _show_list(WeightForm(formdata=None))


@blueprint.post("/verwaltung/gewichte")
@commits
def propose_weights() -> ResponseReturnValue:
    form = WeightForm()
    if form.validate_on_submit():
        with form.accepting():
            row = weights.propose_by_hand(current_actor(), form.key.data, form.percent.data)
            return redirect(url_for(".show_weights", weights_id=row.id))
    return _show_list(form)


@blueprint.post("/verwaltung/gewichte/lernen")
@commits
def learn_weights() -> ResponseReturnValue:
    if WeightsButtonForm().validate_on_submit():
        weights.ask_to_learn(current_actor())
        flash(
            _("Die Ergebnisse werden angesehen. Was dabei herauskommt, steht bei der Arbeit im Hintergrund."), "success"
        )
    return redirect(url_for(".list_weights"))


@blueprint.post("/verwaltung/gewichte/zurueck")
@commits
def go_back() -> ResponseReturnValue:
    back = url_for(".list_weights")
    if WeightsButtonForm().validate_on_submit():
        with refusal_returns_to(back):
            row = weights.go_back(current_actor())
        flash(_("Es gelten wieder die Gewichte %(name)s.", name=row.name), "success")
    return redirect(back)


@blueprint.get("/verwaltung/gewichte/<weights_id>")
def show_weights(weights_id: str) -> ResponseReturnValue:
    return render_template("learning/proposed.html", sheet=weight_pages.weights_sheet(weights_id, current_actor()))


@blueprint.post("/verwaltung/gewichte/<weights_id>/<key>")
@commits
def decide_weights(weights_id: str, key: str) -> ResponseReturnValue:
    form, back = WeightsDecisionForm(), url_for(".show_weights", weights_id=weights_id)
    if form.validate_on_submit():
        with refusal_returns_to(back):
            row = weights.decide(weights_id, key, current_actor(), version=form.submitted_version)
        flash(str(WEIGHTS_STEPS[key].done), "success")
        back = url_for(".show_weights", weights_id=row.id)
    return redirect(back)


def _show_list(form: Any) -> ResponseReturnValue:
    return show_form("learning/weights.html", form, page=weight_pages.weights_page(current_actor()))
