"""Steps of the office on a match, at once or with a page of their own where the table asks something; and the page for
everybody that shows the whole table."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.forms import MatchStepForm, step_form
from wohnberatung.brokerage.services import history, matches
from wohnberatung.brokerage.services.process import whole_process
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/so-geht-vermittlung")
def show_process() -> ResponseReturnValue:
    return render_template("brokerage/process.html", process=whole_process())


@blueprint.post("/vorschlaege/<match_id>/schritt/<key>")
@commits
def take_step(match_id: str, key: str) -> ResponseReturnValue:
    form, here = MatchStepForm(), url_for(".show_match", match_id=match_id)
    if form.validate_on_submit():
        with refusal_returns_to(here):
            matches.advance(match_id, key, current_actor(), version=form.submitted_version)
        flash(_("Erledigt."), "success")
    return redirect(here)


@blueprint.get("/vorschlaege/<match_id>/angaben/<key>")
def ask_about_step(match_id: str, key: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    form = step_form(STEPS[key], Party.OFFICE)(version=sheet.match.version)
    return _show(sheet, key, form)


@blueprint.post("/vorschlaege/<match_id>/angaben/<key>")
@commits
def take_step_with(match_id: str, key: str) -> ResponseReturnValue:
    """With the reason, the day and the note that go along."""
    form: Any = step_form(STEPS[key], Party.OFFICE)()
    if form.validate_on_submit():
        given = history.Given(form.data.get("reason"), form.note.data or "", form.data.get("until"))
        with form.accepting():
            matches.advance(match_id, key, current_actor(), version=form.submitted_version, given=given)
            flash(_("Erledigt."), "success")
            return redirect(url_for(".show_match", match_id=match_id))
    return _show(matches.match_sheet(match_id, current_actor()), key, form)


def _show(sheet: matches.MatchSheet, key: str, form: Any) -> ResponseReturnValue:
    """Back to the match where the step does not lead on from here."""
    step = STEPS[key]
    if step not in sheet.steps and not form.errors:
        return redirect(url_for(".show_match", match_id=sheet.match.id))
    return show_form("brokerage/step.html", form, sheet=sheet, step=step)
