"""Answers by a link from a mail, without signing in: GET shows, POST acts, as mail scanners open links too."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.providers.services import answering
from wohnberatung.providers.services.inbox import ShownPresentation, shown_presentation
from wohnberatung.providers.services.links import open_link
from wohnberatung.providers.views import blueprint
from wohnberatung.providers.views.presented import PresentedAnswer, answer_named, answers_of, thanks
from wohnberatung.web import limits
from wohnberatung.web.forms import PatientForm, show_form


@blueprint.get("/vorgestellt/<token>")
def show_mailed(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    shown = shown_presentation(open_link(token))
    return render_template("providers/presented.html", shown=shown, answers=answers_of(shown), token=token)


@blueprint.get("/vorgestellt/<token>/<address>")
def ask_mailed(token: str, address: str) -> ResponseReturnValue:
    """Answered before, it says what was answered."""
    limits.require("secret_link", limits.client_address())
    answer, shown = answer_named(address), shown_presentation(open_link(token))
    if address not in answers_of(shown):
        return redirect(url_for(".show_mailed", token=token))
    return _show(shown, token, answer, answer.form())


@blueprint.post("/vorgestellt/<token>/<address>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def answer_mailed(token: str, address: str) -> ResponseReturnValue:
    answer, shown = answer_named(address), shown_presentation(open_link(token))
    form = answer.form()
    if form.validate():
        with form.accepting():
            answering.answer_by_link(token, answer.step, answer.given(form))
            flash(thanks(answer), "success")
            return redirect(url_for(".show_mailed", token=token))
    return _show(shown, token, answer, form)


def _show(shown: ShownPresentation, token: str, answer: PresentedAnswer, form: PatientForm) -> ResponseReturnValue:
    return show_form("providers/answer.html", form, shown=shown, answer=answer, token=token)
