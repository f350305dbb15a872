"""After living somewhere has ended, for the office: seeking again with what was learned, and splitting a group."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import SelectChoice

from wohnberatung.aftercare.forms import SplitForm, rematch_form
from wohnberatung.aftercare.services import afterwards, asking, personal_data
from wohnberatung.aftercare.views import blueprint
from wohnberatung.brokerage.services import concerned, matches
from wohnberatung.brokerage.services.history import Given
from wohnberatung.core.transactions import commits
from wohnberatung.seekers.services.requests import needs_of
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/vorschlaege/<match_id>/wieder-suchen")
def ask_rematch(match_id: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    match = sheet.match
    versions = {"version": match.version, "request_version": match.request.version}
    stored = needs_of(match.request)["requirements"]
    return _show_rematch(sheet, rematch_form(concerned.wishes_learned(match), stored, versions))


@blueprint.post("/vorschlaege/<match_id>/wieder-suchen")
@commits
def start_rematch(match_id: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    form: Any = rematch_form(concerned.wishes_learned(sheet.match))
    if form.validate_on_submit():
        with form.accepting():
            wanted = form.requirements(needs_of(sheet.match.request)["requirements"]) if form.criteria else None
            asked = [criterion.key for criterion in form.criteria]
            given = Given(
                note=form.note.data, requirements=wanted, asked_about=asked, request_version=form.asked_of_version
            )
            match, count = afterwards.seek_again(match_id, current_actor(), version=form.submitted_version, given=given)
            flash(_("Das Gesuch ist wieder offen."), "success")
            flash(ngettext("%(num)s Angebot liegt in Prüfung.", "%(num)s Angebote liegen in Prüfung.", count), "info")
            return redirect(url_for("brokerage.show_ranking", request_id=match.request_id))
    return _show_rematch(sheet, form)


@blueprint.get("/vorschlaege/<match_id>/gruppe-teilen")
def ask_split(match_id: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    return _show_split(sheet, SplitForm(version=sheet.match.version, members=[match_id]))


@blueprint.post("/vorschlaege/<match_id>/gruppe-teilen")
@commits
def split_group(match_id: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    form = SplitForm()
    _offer_members(form, afterwards.housemates(sheet.match, current_actor()))
    if form.validate_on_submit():
        with form.accepting():
            count = afterwards.split_group(
                match_id,
                form.members.data or (),
                current_actor(),
                version=form.submitted_version,
                note=form.note.data or "",
            )
            done = ngettext(
                "Die Gruppe ist geteilt: %(num)s Gesuch steht jetzt für sich und bleibt offen.",
                "Die Gruppe ist geteilt: %(num)s Gesuche stehen jetzt für sich und bleiben offen.",
                count,
            )
            flash(done, "success")
            return redirect(url_for("brokerage.show_match", match_id=match_id))
    return _show_split(sheet, form)


def _show_rematch(sheet: matches.MatchSheet, form: Form) -> ResponseReturnValue:
    """Back to the match where nobody seeks again from here."""
    if not form.errors and "rematch" not in {step.key for step in sheet.steps}:
        return redirect(url_for("brokerage.show_match", match_id=sheet.match.id))
    said = [personal_data.answer_words(each) for each in asking.checks_of(sheet.match.id) if each.answered_at]
    return show_form("aftercare/rematch.html", form, sheet=sheet, said=said, anew=afterwards.ANEW)


def _show_split(sheet: matches.MatchSheet, form: SplitForm) -> ResponseReturnValue:
    """Back to the match where there is no group."""
    if not form.errors and "split" not in {step.key for step in sheet.steps}:
        return redirect(url_for("brokerage.show_match", match_id=sheet.match.id))
    members = afterwards.housemates(sheet.match, current_actor())
    _offer_members(form, members)
    return show_form("aftercare/split.html", form, sheet=sheet, members=members)


def _offer_members(form: SplitForm, members: list[Any]) -> None:
    form.members.choices = [
        SelectChoice(each.id, f"{each.request.receipt_number}, {each.offer.display_title}: {each.stage.label}")
        for each in members
    ]
