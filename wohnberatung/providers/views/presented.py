"""People who would suit, for those who offer and are signed in; and what pages of others show of it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.services.history import Given
from wohnberatung.core.languages import Words
from wohnberatung.core.transactions import commits
from wohnberatung.providers.forms import OfficeQuestionForm, PostponeForm, RefuseForm, WelcomeForm
from wohnberatung.providers.services import answering, deletions, inbox, ledger, office, voting
from wohnberatung.providers.services.inbox import ShownPresentation
from wohnberatung.providers.services.needs import works_told
from wohnberatung.providers.views import blueprint
from wohnberatung.web.forms import PatientForm, show_form
from wohnberatung.web.visitors import current_actor


class PresentedAnswer(NamedTuple):
    """An answer: its step, what its button and its page say, its form, and what the form gives."""

    step: str
    label: Words
    explanation: Words
    form: type[PatientForm]
    given: Callable[[Any], Given]


# By the last part of the address.
ANSWERS = {
    "ja": PresentedAnswer(
        "welcome",
        _l("Ja, wir möchten die Person kennenlernen"),
        _l("Die Person erfährt davon. Stimmt auch sie zu, bekommen Sie Namen und Kontakt."),
        WelcomeForm,
        lambda form: Given(),
    ),
    "nein": PresentedAnswer(
        "refuse",
        _l("Nein, das passt nicht"),
        _l("Die Person erfährt von Ihrer Absage nur in neutralen Worten."),
        RefuseForm,
        lambda form: Given(form.reason.data, form.note.data or ""),
    ),
    "spaeter": PresentedAnswer(
        "postpone",
        _l("Später: Fragen Sie uns noch einmal"),
        _l("Bis dahin müssen Sie nichts tun."),
        PostponeForm,
        lambda form: Given(until=form.until.data),
    ),
    "frage": PresentedAnswer(
        "ask_office",
        _l("Wir haben eine Frage"),
        _l("Sie können danach immer noch antworten."),
        OfficeQuestionForm,
        lambda form: Given(note=form.note.data or ""),
    ),
}


def answers_of(shown: ShownPresentation) -> dict[str, PresentedAnswer]:
    """Those that may be given now, by the last part of their address."""
    open_now = {step.key for step in shown.steps}
    return {address: answer for address, answer in ANSWERS.items() if answer.step in open_now}


def answer_named(address: str) -> PresentedAnswer:
    """The answer at that address; 404 where there is none."""
    return ANSWERS.get(address) or abort(404)


def thanks(answer: PresentedAnswer) -> str:
    """What is said after it."""
    if answer.step == "ask_office":
        return _("Ihre Frage ist bei uns. Wir melden uns.")
    return _("Danke. Ihre Antwort ist bei uns.")


@blueprint.get("/anbieten/menschen")
def list_presented() -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "providers/inbox.html",
        waiting=inbox.waiting_for(actor),
        answered=inbox.answered_by(actor),
        deletions=deletions.deletions_for(actor),
    )


@blueprint.get("/anbieten/menschen/<match_id>")
def show_presented(match_id: str) -> ResponseReturnValue:
    actor = current_actor()
    shown = inbox.load_presented(match_id, actor)
    vote = voting.vote_sheet(shown.presentation, voting.voter_of(shown.presentation, actor))
    return render_template("providers/presented.html", shown=shown, answers=answers_of(shown), token="", vote=vote)


@blueprint.get("/anbieten/menschen/<match_id>/<address>")
def ask_answer(match_id: str, address: str) -> ResponseReturnValue:
    answer, shown = answer_named(address), inbox.load_presented(match_id, current_actor())
    if address not in answers_of(shown):
        return redirect(url_for(".show_presented", match_id=match_id))
    return _show(shown, answer, answer.form())


@blueprint.post("/anbieten/menschen/<match_id>/<address>")
@commits
def give_answer(match_id: str, address: str) -> ResponseReturnValue:
    answer, shown = answer_named(address), inbox.load_presented(match_id, current_actor())
    form = answer.form()
    if form.validate_on_submit():
        with form.accepting():
            answering.answer_presented(match_id, answer.step, answer.given(form), current_actor())
            flash(thanks(answer), "success")
            return redirect(url_for(".show_presented", match_id=match_id))
    return _show(shown, answer, form)


def _show(shown: ShownPresentation, answer: PresentedAnswer, form: PatientForm) -> ResponseReturnValue:
    return show_form("providers/answer.html", form, shown=shown, answer=answer, token="")


@blueprint.app_template_global("waiting_people")
def waiting_people() -> int:
    """For the desk of those who offer, which lies in an area that knows nothing of matches."""
    actor = current_actor()
    return len(inbox.waiting_for(actor)) + len(deletions.deletions_for(actor))


@blueprint.app_template_global("works_for_provider")
def works_for_provider(match: Any) -> Any:
    """For the tasks of those who offer: what they may know of the works that would help."""
    return works_told(match)


@blueprint.app_template_global("told_about")
def told_about(request: Any) -> Any:
    """For the page of one's own request."""
    return ledger.disclosures_about(request)


@blueprint.app_template_global("would_be_told")
def would_be_told(match: Any, step: str) -> list[str]:
    """What a provider would learn by that answer, for the person to read before they give it."""
    return office.would_be_told(match, step)


@blueprint.app_template_global("provider_side")
def provider_side(match: Any) -> Any:
    """For the office's page of a match."""
    return office.provider_side(match, current_actor())
