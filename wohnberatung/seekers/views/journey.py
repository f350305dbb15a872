"""The request form: one page per step, the page to check, sending it off."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.errors import Conflict
from wohnberatung.core.languages import current_language
from wohnberatung.core.settings import LANGUAGE
from wohnberatung.core.transactions import commits
from wohnberatung.dwellings.services.listings import check_number
from wohnberatung.extensions import csrf
from wohnberatung.seekers.forms.helped import speak_to
from wohnberatung.seekers.forms.journey import ASKED_OFFER, PAGES_BY_KEY, Journey, StepPage
from wohnberatung.seekers.forms.steps import cleaned
from wohnberatung.seekers.services import consents, contacts, requests
from wohnberatung.seekers.views import blueprint
from wohnberatung.seekers.views.changes import ChangeForm, save_change, show_both
from wohnberatung.seekers.views.drafts import (
    asked_offer,
    current_draft,
    find_draft_again,
    is_drawn_from_gone_draft,
    keep_draft,
    nothing_begun,
    remember_sent,
    sent_number,
)
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.languages import only_switches_language
from wohnberatung.web.spam import GuardedForm
from wohnberatung.web.visitors import current_actor

# What the buttons of a step do, by the value they send as "aktion".
FORWARD, BACK, SEARCH, LATER, LOOK = "weiter", "zurueck", "suchen", "spaeter", "ansehen"
# Another language for the same step.
STAY = "bleiben"
CHECKING = "pruefen"
# The hidden field with the fingerprint of the step as the page was drawn.
DRAWN = "gezeigt"


@blueprint.get("/suche/<key>")
def show_step(key: str) -> ResponseReturnValue:
    _draft, begun = current_draft()
    page = _page(key)
    journey = begun or Journey()
    if page not in journey.steps or (page != journey.steps[0] and not journey.done):
        return redirect(url_for(".start")) if begun else nothing_begun()
    if number := asked_offer():
        journey.ask_for_offer(number)
    speak_to(journey)
    return _show(journey, page, journey.form(page))


@blueprint.post("/suche/<key>")
@csrf.exempt
@commits(resubmittable=True)
def save_step(key: str) -> ResponseReturnValue:
    """Only going forward asks for valid answers; everything else keeps what is there and goes elsewhere. A step that
    was open for longer than a session lives is shown again as it was filled in."""
    find_draft_again()
    _draft, journey = current_draft()
    page, journey = _page(key), journey or Journey()
    sent = cleaned(request.form)
    if is_drawn_from_gone_draft():
        return _show_not_saved(page, sent)
    if page not in journey.steps:
        return redirect(url_for(".start"))
    speak_to(journey)
    form, action = journey.form(page, sent), STAY if only_switches_language() else sent.get("aktion", FORWARD)
    stored = journey.form(page)
    if _is_overtaken(sent, form, stored):
        if form.fingerprint() != sent.get(DRAWN):
            return _show_both_steps(journey, page, form, stored)
        # Nothing was changed on this page: what another one has stored meanwhile stays.
        kept = [(name, value) for name, values in stored.typed().items() for value in values]
        sent = MultiDict([*kept, ("csrf_token", sent.get("csrf_token", ""))])
        form = journey.form(page, sent)
    valid = form.validate()
    if valid and action == FORWARD and ASKED_OFFER in form:
        with form.accepting():
            check_number(form[ASKED_OFFER].data or "", ASKED_OFFER)
        valid = not form.errors
    if form.is_stale or (action == FORWARD and not valid):
        return _show(journey, page, form)
    if number := asked_offer():
        journey.ask_for_offer(number)
    following = _following(journey, page, form, sent, action)
    keep_draft(journey, page.key)
    return redirect(following)


@blueprint.get("/suche/pruefen")
def show_answers() -> ResponseReturnValue:
    _draft, journey = current_draft()
    if journey is None:
        return nothing_begun()
    if page := journey.first_open():
        return redirect(_while_checking(page))
    speak_to(journey)
    return _show_answers(journey, GuardedForm())


@blueprint.post("/suche/pruefen")
@csrf.exempt
def send_request() -> ResponseReturnValue:
    """Judged before anything is written, as judging counts: what looks like spam is stored all the same, but held."""
    find_draft_again()
    draft, journey = current_draft()
    form, held_for = GuardedForm(), None
    is_new = journey is not None and journey.changes is None
    if journey is not None and is_new and not journey.first_open() and form.validate():
        text = journey.needs().get("text", "")
        held_for = spam.reason_to_hold(form, "request", begun=draft.created_at, text=text)
    return _send(held_for)


@commits
def _send(held_for: HoldReason | None) -> ResponseReturnValue:
    draft, journey = current_draft()
    if journey is None:
        if not sent_number():
            flash(_("Hier ist nichts mehr abzusenden. Ihr Gesuch ist schon bei uns, oder der Entwurf ist gelöscht."))
        return nothing_begun()
    speak_to(journey)
    form = GuardedForm() if journey.changes is None else ChangeForm()
    if page := journey.first_open():
        return redirect(_while_checking(page))
    if form.validate_on_submit():
        with form.accepting(comparing=journey.changes is not None):
            return _store(draft, journey, form, held_for)
    return show_both(draft, form.conflict) if form.conflict else _show_answers(journey, form)


def _store(draft: Any, journey: Journey, form: GuardedForm, held_for: HoldReason | None) -> ResponseReturnValue:
    """A new request, or the new version of the one that the draft changes."""
    if isinstance(form, ChangeForm):
        return save_change(draft, journey, form)
    submitted = requests.submit_request(
        contact=journey.contact(),
        needs=journey.needs(),
        consents=[consents.GivenConsent(item.purpose, item.version, str(item.text)) for item in journey.consents()],
        language=current_language().code,
        draft=draft,
        held_for=held_for,
        actor=current_actor(),
    )
    contacts.send_receipt(submitted)
    remember_sent(submitted.request.receipt_number)
    return redirect(url_for(".show_receipt", token=submitted.token))


def _while_checking(page: StepPage) -> str:
    back: dict[str, Any] = {CHECKING: 1}
    return url_for(".show_step", key=page.key, **back)


def _page(key: str) -> StepPage:
    return PAGES_BY_KEY.get(key) or abort(404)


def _following(journey: Journey, page: StepPage, form: Any, sent: Any, action: str) -> str:
    """Keep what was entered in the journey, and say where to go."""
    still_done = page.key in journey.done and form.validate()
    journey.keep(page, form, sent, done=action == FORWARD or still_done)
    if action == LATER:
        return url_for(".show_resume_link")
    if action == LOOK:
        return url_for(".show_found")
    if action in (SEARCH, STAY):
        # Whatever else stands in the address is not ours and must not steer where it leads.
        kept: dict[str, Any] = {name: request.args[name] for name in (CHECKING, LANGUAGE) if name in request.args}
        return url_for(".show_step", key=page.key, **kept, _anchor="gefunden" if action == SEARCH else None)
    if CHECKING in request.args:
        return url_for(".show_answers")
    if action == BACK:
        earlier = journey.before(page)
        return url_for(".show_step", key=earlier.key) if earlier else url_for(".start")
    following = journey.after(page)
    return url_for(".show_step", key=following.key) if following else url_for(".show_answers")


def _is_overtaken(sent: Mapping[str, str], form: Any, stored: Any) -> bool:
    """Whether another tab or device has stored something else for this step since the page was drawn."""
    now = stored.fingerprint()
    return bool(sent.get(DRAWN, now) != now != form.fingerprint())


def _show_both_steps(journey: Journey, page: StepPage, form: Any, stored: Any) -> ResponseReturnValue:
    """Both versions beside each other; saving once more is a decision for what stands in the form."""
    form.validate()
    form.conflict = Conflict(str(CHANGED_MEANWHILE), dict(journey.checked(page).summary()), dict(form.summary()))
    return _show(journey, page, form, drawn=stored.fingerprint())


def _show_not_saved(page: StepPage, sent: MultiDict[str, str]) -> ResponseReturnValue:
    """What was typed after the form was sent, in another tab or on a page that was left open: it is shown, and kept
    nowhere."""
    form = Journey().form(page, sent)
    form.validate()
    return make_response(render_template("seekers/sent.html", number=sent_number(), typed=form.summary()), 409)


def _show(journey: Journey, page: StepPage, form: Any, drawn: str | None = None) -> ResponseReturnValue:
    return show_form(
        f"seekers/steps/{page.template}.html",
        form,
        page=page,
        journey=journey if journey.done else None,
        sent_already="" if journey.done else sent_number(),
        helping=journey.has_helper,
        number=journey.steps.index(page) + 1,
        total=len(journey.steps) + 1,
        checking=CHECKING in request.args,
        drawn=drawn or request.form.get(DRAWN) or journey.form(page).fingerprint(),
    )


def _show_answers(journey: Journey, form: GuardedForm) -> ResponseReturnValue:
    answers = [(page, journey.checked(page).summary()) for page in journey.steps]
    total = len(journey.steps) + 1
    return show_form(
        "seekers/check.html", form, answers=answers, number=total, total=total, changes=journey.changes is not None
    )
