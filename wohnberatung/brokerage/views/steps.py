"""Steps of the office on a match, at once or with a page of their own where the table asks something; and the page for
everybody that shows the whole table."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.consequences import ACTING, consequence_of
from wohnberatung.brokerage.decline_forms import confirming_form, filled_with
from wohnberatung.brokerage.forms import MatchStepForm, step_form
from wohnberatung.brokerage.reasons import reasons_of_step
from wohnberatung.brokerage.services import declines, history, matches
from wohnberatung.brokerage.services.process import whole_process
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

# Steps that are taken on a page of another area, by its endpoint.
OWN_PAGES = {"view": "viewings.show_viewing", "rematch": "aftercare.ask_rematch", "split": "aftercare.ask_split"}


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
    if key in OWN_PAGES:
        return redirect(url_for(OWN_PAGES[key], match_id=match_id))
    sheet = matches.match_sheet(match_id, current_actor())
    kind, decline = _kind_of(sheet, key)
    data: dict[str, Any] = {"version": sheet.match.version, "request_version": sheet.match.request.version}
    if decline is not None:
        data |= {**decline.claims, **filled_with(decline.criteria, decline.stored)}
    return _show(sheet, key, kind(data=data))


@blueprint.post("/vorschlaege/<match_id>/angaben/<key>")
@commits
def take_step_with(match_id: str, key: str) -> ResponseReturnValue:
    """With the reason, the day and the note that go along."""
    sheet, actor = matches.match_sheet(match_id, current_actor()), current_actor()
    kind, decline = _kind_of(sheet, key)
    form: Any = kind()
    if form.validate_on_submit():
        given = history.Given(form.data.get("reason"), form.note.data or "", form.data.get("until"))
        with form.accepting():
            if decline is not None:
                _confirm(match_id, key, form, _with_consequences(given, form, decline))
            else:
                matches.advance(match_id, key, actor, version=form.submitted_version, given=given)
                flash(_("Erledigt."), "success")
            return redirect(url_for(".show_match", match_id=match_id))
    return _show(matches.match_sheet(match_id, actor), key, form)


def _kind_of(sheet: matches.MatchSheet, key: str) -> tuple[Any, declines.Decline | None]:
    """The form of the step; of one that confirms a no also that no, whose reason says what is asked."""
    decline = declines.decline_of(sheet.match) if key in declines.CONFIRMING else None
    if decline is None:
        return step_form(STEPS[key], Party.OFFICE), None
    return confirming_form(STEPS[key], decline.reason, decline.facts, decline.criteria, decline.known), decline


def _with_consequences(given: history.Given, form: Any, decline: declines.Decline) -> history.Given:
    return replace(
        given,
        facts=form.measures(),
        measured=form.was_measured,
        requirements=form.wanted(decline.stored),
        asked_about=[criterion.key for criterion in decline.criteria],
        request_version=form.asked_of_version,
    )


def _confirm(match_id: str, key: str, form: Any, given: history.Given) -> None:
    _match, lists = declines.confirm(match_id, key, current_actor(), version=form.submitted_version, given=given)
    if lists is None:
        flash(_("Erledigt."), "success")
        return
    before, now = lists
    message = _(
        "Die Angaben zur Wohnung sind berichtigt, alle Listen sind neu. Ohne Umbau kommt sie jetzt für so viele offene "
        "Gesuche infrage: %(now)s, vorher: %(before)s.",
        now=now,
        before=before,
    )
    flash(message, "success")


def _show(sheet: matches.MatchSheet, key: str, form: Any) -> ResponseReturnValue:
    """Back to the match where the step does not lead on from here."""
    step = STEPS[key]
    if step not in sheet.steps and not form.errors:
        return redirect(url_for(".show_match", match_id=sheet.match.id))
    decline = declines.decline_of(sheet.match) if key in declines.CONFIRMING else None
    acts = key in ACTING and decline is None
    offered = reasons_of_step(key, Party.OFFICE) if acts else ()
    notes = {reason.code: consequence_of(reason).changes for reason in offered}
    return show_form("brokerage/step.html", form, sheet=sheet, step=step, decline=decline, notes=notes)
