"""How it goes there: for those who have moved in, by secret link (GET shows, POST acts), and for the office."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.aftercare.forms import LivingForm
from wohnberatung.aftercare.services import answers, asking, personal_data
from wohnberatung.aftercare.views import blueprint
from wohnberatung.brokerage.services import matches
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.seekers.services.requests import contact_of
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, VersionedForm, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/nach-dem-einzug/<token>/<match_id>")
def show_check(token: str, match_id: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    check = _opened(token, match_id)
    return _show_mine(check, LivingForm(version=check.version))


@blueprint.post("/nach-dem-einzug/<token>/<match_id>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def answer_check(token: str, match_id: str) -> ResponseReturnValue:
    check, form = _opened(token, match_id), LivingForm()
    if form.validate():
        with form.accepting():
            answers.answer_by_secret(token, match_id, _said(form), version=form.submitted_version)
            flash(_("Danke. Ihre Antwort ist bei uns."), "success")
            return redirect(url_for(".show_check", token=token, match_id=match_id))
    return _show_mine(check, form)


def _opened(token: str, match_id: str) -> Any:
    """The time of asking, from here on in words for whoever reads: the person, or somebody who has helped."""
    check = answers.check_by_secret(token, match_id)
    speak_to_reader(contact_of(check.match.request))
    return check


@blueprint.get("/vorschlaege/<match_id>/nach-dem-einzug")
def ask_how_it_goes(match_id: str) -> ResponseReturnValue:
    return _show_office(match_id, LivingForm())


@blueprint.post("/vorschlaege/<match_id>/nach-dem-einzug")
@commits
def record_check(match_id: str) -> ResponseReturnValue:
    """What the person said on the telephone."""
    form = LivingForm()
    if form.validate_on_submit():
        with form.accepting():
            answers.record_answer(match_id, _said(form), current_actor())
            flash(_("Die Antwort ist festgehalten."), "success")
            return redirect(url_for(".ask_how_it_goes", match_id=match_id))
    return _show_office(match_id, form)


@blueprint.post("/nachfragen/<check_id>/erledigt")
@commits
def handle_check(check_id: str) -> ResponseReturnValue:
    form = VersionedForm()
    with refusal_returns_to(url_for("cases.show_desk")):
        check = answers.handle(check_id, current_actor(), version=form.submitted_version)
    flash(_("Erledigt."), "success")
    return redirect(url_for(".ask_how_it_goes", match_id=check.match_id))


def _said(form: Any) -> answers.LivingSaid:
    return answers.LivingSaid(form.living.data, form.missing.data or "", form.ask_again.data == "yes")


def _show_mine(check: Any, form: Form) -> ResponseReturnValue:
    return show_form("aftercare/check.html", form, check=check, words=personal_data.answer_words(check))


def _show_office(match_id: str, form: Form) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    checks = [(each, personal_data.answer_words(each)) for each in asking.checks_of(match_id)]
    may_answer = sheet.match.state in asking.LIVING_THERE
    return show_form("aftercare/office.html", form, sheet=sheet, checks=checks, may_answer=may_answer)
