"""Demand in pages: what is sought, for those who offer; questions on the desk and by a mailed link; their answers."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.bridge.fields import value_field
from wohnberatung.bridge.questionnaires import fact_named
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.demand.services import figures, offer_advice, questions
from wohnberatung.dwellings.services.provider_desk import organisations_for
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

NOT_KNOWN = "weiss_nicht"


class QuestionAnswerForm(Form):
    """A value, or that it is not known: said by its own button, or by leaving the choice at that."""

    answer: Any

    def value(self) -> Any:
        """The engine's value; None where it is not known."""
        return self.answer.data

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = bool(super().validate(*args, **kwargs))
        if valid and self.answer.data is None and self.must_be_said and not self.not_known:
            self.answer.errors = [_l("Bitte geben Sie einen Wert ein oder wählen Sie „Weiß ich nicht“.")]
            return False
        return valid

    must_be_said = True
    not_known = False


@lru_cache
def answer_form(key: str, question: str) -> type[QuestionAnswerForm]:
    """A form class that asks for the fact of that key."""
    return type("FactAnswerForm", (QuestionAnswerForm,), {"answer": value_field(fact_named(key), question)})


blueprint = Blueprint("demand", __name__)

# The pages hang themselves on the blueprint above.


@blueprint.app_template_global("advice_for")
def advice_for(offer: Any) -> Any:
    """For the page of one's own offer, which lies in an area that knows nothing of requests."""
    return offer_advice.advice_for(offer.id, current_actor())


@blueprint.get("/bedarf")
def show_demand() -> ResponseReturnValue:
    actor = current_actor()
    organisations = organisations_for(actor)
    seat = actor.acts_for
    usual = seat.organisation_id if seat else next((key for key, _name in organisations), "")
    chosen = request.args.get("organisation") or usual
    found = figures.demand_for(chosen, actor) if chosen else None
    return render_template("demand/demand.html", demand=found, organisations=organisations, chosen=chosen)


@blueprint.app_template_global("questions_for")
def questions_for(offer_id: str | None = None) -> Any:
    """For the desk, which lies in an area that knows nothing of requests."""
    return questions.questions_for(current_actor(), offer_id)


@blueprint.get("/anbieten/frage/<question_id>")
def show_question(question_id: str) -> ResponseReturnValue:
    shown = questions.load_shown(question_id, current_actor())
    return _show(shown, _form(shown))


@blueprint.post("/anbieten/frage/<question_id>")
@commits
def answer_question(question_id: str) -> ResponseReturnValue:
    shown = questions.load_shown(question_id, current_actor())
    form = _form(shown)
    if not form.validate_on_submit():
        return _show(shown, form)
    questions.answer_question(question_id, form.value(), current_actor())
    flash(_thanks(form), "success")
    return redirect(url_for("dwellings.show_own_offer", offer_id=shown.question.offer_id))


@blueprint.get("/frage/<token>")
def show_mailed(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    shown = questions.shown_question(questions.question_by_link(token))
    return _show(shown, _form(shown), token)


@blueprint.post("/frage/<token>")
@limits.limited("secret_link")
@commits
def answer_mailed(token: str) -> ResponseReturnValue:
    shown = questions.shown_question(questions.question_by_link(token))
    form = _form(shown)
    if not form.validate_on_submit():
        return _show(shown, form, token)
    questions.answer_by_link(token, form.value())
    flash(_thanks(form), "success")
    return redirect(url_for(".show_mailed", token=token))


@blueprint.get("/fragen")
def list_questions() -> ResponseReturnValue:
    page = questions.questions_for_office(current_actor(), page_number(request.args.get("seite")))
    return render_template("demand/questions.html", page=page)


@blueprint.post("/fragen/<question_id>")
@commits
def ask_provider(question_id: str) -> ResponseReturnValue:
    here = url_for(".list_questions")
    if Form().validate_on_submit():
        with refusal_returns_to(here):
            questions.ask_provider(question_id, current_actor())
        flash(_("Die Frage ist unterwegs."), "success")
    return redirect(here)


def _form(shown: questions.ShownQuestion) -> QuestionAnswerForm:
    form = answer_form(shown.question.key, shown.text)()
    # Yes or no are buttons, the third of which says that one does not know.
    form.must_be_said, form.not_known = not shown.one_click, NOT_KNOWN in request.form
    return form


def _thanks(form: QuestionAnswerForm) -> str:
    if form.value() is None:
        return _("Danke. Das ist auch eine Antwort: Wir fragen so bald nicht wieder danach.")
    return _("Danke. Ihre Antwort steht jetzt bei Ihrem Angebot und wirkt sofort in allen Listen.")


def _show(shown: questions.ShownQuestion, form: QuestionAnswerForm, token: str = "") -> ResponseReturnValue:
    last_day = questions.last_day(shown.question) if token else None
    return show_form("demand/question.html", form, shown=shown, token=token, last_day=last_day)
