"""Matches as the office works on them, and as proposals to who seeks, by secret link (GET shows, POST acts)."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.consequences import PROMISES
from wohnberatung.brokerage.forms import (
    DeclineForm,
    HelpForm,
    HelpWithContactForm,
    LaterForm,
    MatchStepForm,
    ReleaseForm,
    ShareForm,
    day_in,
)
from wohnberatung.brokerage.reasons import reasons_of_step
from wohnberatung.brokerage.services import flags, history, matches, proposals
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.seekers.forms.consents import CONTACT_CONSENT, RELEASE_CONSENT, SHARING_CONSENT, ConsentText
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.seekers.services.consents import GivenConsent
from wohnberatung.web import limits
from wohnberatung.web.forms import VersionedForm, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


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


class Answer(NamedTuple):
    """An answer's step, its form, and what the form gives."""

    step: str
    form: type[VersionedForm]
    given: Callable[[Any], history.Given]


# By the last part of the address.
ANSWERS = {
    "anbieter-fragen": Answer("share", ShareForm, lambda form: history.Given()),
    "kontakt-freigeben": Answer("release", ReleaseForm, lambda form: history.Given()),
    "interesse": Answer("interested", MatchStepForm, lambda form: history.Given()),
    "passt-nicht": Answer("declined", DeclineForm, lambda form: history.Given(form.reason.data, form.note.data or "")),
    "spaeter": Answer("later", LaterForm, lambda form: history.Given(until=day_in(form.weeks.data))),
    "hilfe": Answer("help_wanted", HelpForm, lambda form: history.Given(note=form.note.data or "")),
}
ADDRESSES = {answer.step: address for address, answer in ANSWERS.items()}


blueprint.add_app_template_global(flags.flags_of, "flags_of")


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
    proposal = opened(token, match_id)
    back = url_for("seekers.show_my_request", token=token) if proposals.opens_whole_request(token, proposal) else None
    return render_template("brokerage/proposal.html", proposal=proposal, token=token, addresses=ADDRESSES, back=back)


@blueprint.get("/vorschlag/<token>/<match_id>/<address>")
def ask_answer(token: str, match_id: str, address: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    answer, proposal = _answer(address), opened(token, match_id)
    if all(step.key != answer.step for step in proposal.answers):
        return redirect(url_for(".show_proposal", token=token, match_id=match_id))
    return _show(proposal, token, answer, _form_for(answer, proposal)(version=proposal.match.version))


@blueprint.post("/vorschlag/<token>/<match_id>/<address>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def give_answer(token: str, match_id: str, address: str) -> ResponseReturnValue:
    answer, proposal = _answer(address), opened(token, match_id)
    form = _form_for(answer, proposal)()
    if form.validate():
        more, version = _gone_along(form), form.submitted_version
        with form.accepting():
            proposals.answer(token, match_id, answer.step, version=version, given=answer.given(form), along=more)
            flash(_("Danke. Ihre Antwort ist bei uns."), "success")
            return redirect(url_for(".show_proposal", token=token, match_id=match_id))
    return _show(opened(token, match_id), token, answer, form)


def opened(token: str, match_id: str) -> proposals.Proposal:
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
    if isinstance(form, ReleaseForm):
        return proposals.GoneAlong(consent=_consent(RELEASE_CONSENT))
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
