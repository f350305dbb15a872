"""Matches as the office works on them, and as proposals to who seeks, by secret link (GET shows, POST acts)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.brokerage.consequences import PROMISES
from wohnberatung.brokerage.forms import (
    DECLINE_REASONS,
    WEEKS,
    DeclineForm,
    HelpForm,
    HelpWithContactForm,
    LaterForm,
    MatchStepForm,
    ShareForm,
    day_in,
)
from wohnberatung.brokerage.reasons import reasons_of_step
from wohnberatung.brokerage.services import history, matches, proposals
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.constraints import NOTE
from wohnberatung.core.pagination import page_number
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.seekers.forms.consents import CONTACT_CONSENT, SHARING_CONSENT, ConsentText
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.seekers.services.consents import GivenConsent
from wohnberatung.web import limits
from wohnberatung.web.forms import VersionedForm, at_most, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/vorschlaege")
def list_matches() -> ResponseReturnValue:
    page = matches.matches_for_list(current_actor(), page_number(request.args.get("seite")))
    return render_template("brokerage/matches.html", page=page)


@blueprint.get("/vorschlaege/<match_id>")
def show_match(match_id: str) -> ResponseReturnValue:
    return render_template("brokerage/match.html", sheet=matches.match_sheet(match_id, current_actor()))


@blueprint.post("/gesuche/<request_id>/vorschlaege")
@commits
def pick_offer(request_id: str) -> ResponseReturnValue:
    """From the ranked list: take an offer into review, and with `step=offer` propose it at once."""
    with refusal_returns_to(url_for(".show_ranking", request_id=request_id)):
        match = matches.review(request_id, request.form.get("offer_id", ""), current_actor())
        if request.form.get("step") == "offer":
            matches.advance(match.id, "offer", current_actor())
    return redirect(url_for(".show_match", match_id=match.id))


class SpokenForm(VersionedForm):
    """What the person said on the telephone; what goes along is asked by the step."""

    said = RadioField(
        _l("Was hat die Person gesagt?"),
        validators=[InputRequired(_l("Bitte wählen Sie, was die Person gesagt hat."))],
        invalid_choice_message=NOT_OFFERED,
    )
    reason = SelectField(
        _l("Grund, wenn es nicht passt"),
        choices=[SelectChoice("", _l("Bitte wählen")), *DECLINE_REASONS],
        default="",
        invalid_choice_message=NOT_OFFERED,
    )
    until = SelectField(
        _l("Wann wieder fragen, wenn später"),
        choices=[SelectChoice("", _l("Bitte wählen")), *(SelectChoice(key, label) for key, label in WEEKS.items())],
        default="",
        invalid_choice_message=NOT_OFFERED,
    )
    note = TextAreaField(_l("In den Worten der Person"), validators=[at_most(NOTE)], render_kw={"rows": 3})

    def given(self) -> history.Given:
        """Only what belongs to the answer."""
        until = day_in(self.until.data) if self.said.data == "later" and self.until.data else None
        reason = self.reason.data or None if self.said.data == "declined" else None
        return history.Given(reason, self.note.data or "", until)


@blueprint.get("/vorschlaege/<match_id>/am-telefon")
def ask_what_was_said(match_id: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    return _show_spoken(sheet, SpokenForm(version=sheet.match.version))


@blueprint.post("/vorschlaege/<match_id>/am-telefon")
@commits
def record_spoken(match_id: str) -> ResponseReturnValue:
    sheet, form, actor = matches.match_sheet(match_id, current_actor()), SpokenForm(), current_actor()
    form.said.choices = _answers_of(sheet)
    if form.validate_on_submit():
        with form.accepting():
            matches.record_answer(match_id, form.said.data, actor, version=form.submitted_version, given=form.given())
            flash(_("Die Antwort ist festgehalten."), "success")
            return redirect(url_for(".show_match", match_id=match_id))
    return _show_spoken(matches.match_sheet(match_id, actor), form)


def _show_spoken(sheet: matches.MatchSheet, form: SpokenForm) -> ResponseReturnValue:
    form.said.choices = _answers_of(sheet)
    return show_form("brokerage/by_telephone.html", form, sheet=sheet)


def _answers_of(sheet: matches.MatchSheet) -> list[SelectChoice]:
    return [SelectChoice(step.key, step.label) for step in sheet.answers]


class Answer(NamedTuple):
    """An answer's step, its form, and what the form gives."""

    step: str
    form: type[VersionedForm]
    given: Callable[[Any], history.Given]


# By the last part of the address.
ANSWERS = {
    "anbieter-fragen": Answer("share", ShareForm, lambda form: history.Given()),
    "kontakt-freigeben": Answer("release", MatchStepForm, lambda form: history.Given()),
    "interesse": Answer("interested", MatchStepForm, lambda form: history.Given()),
    "passt-nicht": Answer("declined", DeclineForm, lambda form: history.Given(form.reason.data, form.note.data or "")),
    "spaeter": Answer("later", LaterForm, lambda form: history.Given(until=day_in(form.weeks.data))),
    "hilfe": Answer("help_wanted", HelpForm, lambda form: history.Given(note=form.note.data or "")),
}
ADDRESSES = {answer.step: address for address, answer in ANSWERS.items()}


@blueprint.app_template_global("promise_of")
def promise_of(reason: Any) -> Any:
    """What follows for the one who gave this reason."""
    return PROMISES.get(reason.effect, "")


@blueprint.app_template_global("proposals_for_seeker")
def proposals_for_seeker(request: Any) -> Any:
    """For the page of one's own request, which lies in an area that knows nothing of matches."""
    return proposals.proposals_for_seeker(request)


@blueprint.get("/vorschlag/<token>/<match_id>")
def show_proposal(token: str, match_id: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    proposal = _opened(token, match_id)
    back = url_for("seekers.show_my_request", token=token) if proposals.opens_whole_request(token, proposal) else None
    return render_template("brokerage/proposal.html", proposal=proposal, token=token, addresses=ADDRESSES, back=back)


@blueprint.get("/vorschlag/<token>/<match_id>/<address>")
def ask_answer(token: str, match_id: str, address: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    answer, proposal = _answer(address), _opened(token, match_id)
    if all(step.key != answer.step for step in proposal.answers):
        return redirect(url_for(".show_proposal", token=token, match_id=match_id))
    return _show(proposal, token, answer, _form_for(answer, proposal)(version=proposal.match.version))


@blueprint.post("/vorschlag/<token>/<match_id>/<address>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def give_answer(token: str, match_id: str, address: str) -> ResponseReturnValue:
    answer, proposal = _answer(address), _opened(token, match_id)
    form = _form_for(answer, proposal)()
    if form.validate():
        more, version = _gone_along(form), form.submitted_version
        with form.accepting():
            proposals.answer(token, match_id, answer.step, version=version, given=answer.given(form), along=more)
            flash(_("Danke. Ihre Antwort ist bei uns."), "success")
            return redirect(url_for(".show_proposal", token=token, match_id=match_id))
    return _show(_opened(token, match_id), token, answer, form)


def _opened(token: str, match_id: str) -> proposals.Proposal:
    """The proposal, from here on in words for whoever reads: the person, or somebody who has helped."""
    proposal = proposals.open_proposal(token, match_id)
    speak_to_reader(proposal.contact)
    return proposal


def _form_for(answer: Answer, proposal: proposals.Proposal) -> type[VersionedForm]:
    """Whoever wants help and cannot be reached is asked how."""
    return HelpWithContactForm if answer.form is HelpForm and not proposal.is_reachable else answer.form


def _gone_along(form: VersionedForm) -> proposals.GoneAlong:
    """A way to be reached, or the consent behind an answer."""
    if isinstance(form, ShareForm):
        return proposals.GoneAlong(consent=_consent(SHARING_CONSENT))
    left = form.left() if isinstance(form, HelpWithContactForm) else None
    return proposals.GoneAlong(left and proposals.LeftContact(*left, _consent(CONTACT_CONSENT)))


def _consent(read: ConsentText) -> GivenConsent:
    return GivenConsent(read.purpose, read.version, str(read.text))


def _answer(address: str) -> Answer:
    if address not in ANSWERS:
        abort(404)
    return ANSWERS[address]


def _show(proposal: proposals.Proposal, token: str, answer: Answer, form: Any) -> ResponseReturnValue:
    notes = {reason.code: PROMISES.get(reason.effect, "") for reason in reasons_of_step(answer.step, Party.SEEKER)}
    return show_form(f"brokerage/answers/{answer.step}.html", form, proposal=proposal, token=token, notes=notes)
