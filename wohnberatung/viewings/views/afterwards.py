"""After the day: how it was, who did not come, and what the office takes into the facts of the home."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.viewings.forms import DeedForm, FeedbackForm, MissedForm, feedback_form
from wohnberatung.viewings.services import corrections, dates, feedback, sheets
from wohnberatung.viewings.services.sides import Standing
from wohnberatung.viewings.steps import LEAVE, TAKE
from wohnberatung.viewings.views import blueprint
from wohnberatung.viewings.views.doors import back_to, page, standing
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@page("/rueckmeldung")
def ask_how_it_was(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here = standing(match_id, token)
    sheet = sheets.viewing_sheet(here)
    return _show(here, _form_of(here, sheet)) if sheet.is_over else back_to(here)


@page("/rueckmeldung", method="POST")
@commits
def say_how_it_was(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here = standing(match_id, token)
    rows = feedback.facts_to_check(here.match, here.side)
    form: Any = feedback_form([row.fact for row in rows])()
    if form.validate():
        said = feedback.SaidAfterwards(
            form.verdict.data, form.words.data or "", form.fact_values(), bool(form.measured.data)
        )
        with form.accepting(stored=lambda: _form_of(here, sheets.viewing_sheet(here))):
            feedback.give_feedback(here, said, version=form.submitted_version, for_side=form.side.data)
            flash(_("Danke. Ihre Rückmeldung ist bei uns."), "success")
            return back_to(here)
    return _show(here, form)


@page("/verpasst")
def ask_who_was_missing(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here = standing(match_id, token)
    sheet = sheets.viewing_sheet(here)
    if not (sheet.is_agreed and sheet.is_over):
        return back_to(here)
    return show_form("viewings/missed.html", MissedForm(version=sheet.version), sheet=sheet, here=here)


@page("/verpasst", method="POST")
@commits
def report_missing(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here, form = standing(match_id, token), MissedForm()
    if form.validate():
        with form.accepting():
            dates.miss(here, form.who.data, version=form.submitted_version)
            flash(_("Danke. Wir geben der anderen Seite Bescheid."), "success")
            return back_to(here)
    return show_form("viewings/missed.html", form, sheet=sheets.viewing_sheet(here), here=here)


@blueprint.get("/besichtigungen/angaben")
def list_corrections() -> ResponseReturnValue:
    waiting = corrections.waiting_corrections(current_actor())
    return render_template("viewings/corrections.html", corrections=waiting, deeds=(TAKE, LEAVE))


@blueprint.post("/besichtigungen/angaben/<correction_id>/<deed>")
@commits
def decide_correction(correction_id: str, deed: str) -> ResponseReturnValue:
    form, back = DeedForm(), url_for(".list_corrections")
    if form.validate_on_submit():
        with refusal_returns_to(back):
            took_effect = corrections.decide_correction(
                correction_id, deed, current_actor(), version=form.submitted_version
            )
        if took_effect:
            flash(_("Erledigt."), "success")
        else:
            flash(_("Notiert. Die Angabe bleibt, wie sie ist: Sie ist besser belegt."), "warning")
    return redirect(back)


def _form_of(here: Standing, sheet: sheets.ViewingSheet) -> Any:
    """What this side has said so far; the office begins anew for whom it speaks."""
    rows = feedback.facts_to_check(here.match, here.side)
    kind = feedback_form([row.fact for row in rows])
    given = sheet.feedback.get(here.side)
    if given is None:
        return kind(formdata=None, version=0)
    seen = {row.key: row for row in feedback.corrections_by(here.match, Party(here.side))}
    stored = {key: row.value for key, row in seen.items()} | {"measured": any(row.measured for row in seen.values())}
    return kind(
        formdata=None, data=stored | {"verdict": given.verdict, "words": given.plain_words, "version": given.version}
    )


def _show(here: Standing, form: FeedbackForm) -> ResponseReturnValue:
    rows = feedback.facts_to_check(here.match, here.side)
    sheet = sheets.viewing_sheet(here)
    return show_form("viewings/feedback.html", form, sheet=sheet, here=here, rows=rows)
