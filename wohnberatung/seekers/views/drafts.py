"""The draft behind the form: bound to the browser, taken up elsewhere by its link, with the live count for a script."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.languages import current_language
from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import in_language
from wohnberatung.core.transactions import commits
from wohnberatung.seekers.forms.journey import MOVE, Journey
from wohnberatung.seekers.forms.steps import clean_text, cleaned
from wohnberatung.seekers.services import drafts
from wohnberatung.seekers.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.languages import page_names

TOKEN = "request_draft"
# The number of what this browser has sent, for whoever goes back afterwards.
SENT = "request_sent"
# The hidden field that tells from which draft a page was drawn.
PAGES_DRAFT = "entwurf"
# In addresses: what names an offer, and how long that may be.
OFFER, LONGEST_NUMBER = "angebot", 20


def current_draft() -> tuple[Any, Journey | None]:
    """This browser's draft and what it comes to; twice None where there is none (any more)."""
    token = session.get(TOKEN)
    if not token:
        return None, None
    found = drafts.find_draft(token)
    if found is None:
        forget_draft()
        return None, None
    draft, answers = found
    return draft, Journey(answers)


def find_draft_again() -> None:
    """Bind the draft that a page was drawn from to this browser where its session has ended meanwhile: the page
    brings the secret along. Other sites cannot plant theirs, as only posts of our own pages get here."""
    token = request.form.get(PAGES_DRAFT, "")
    if TOKEN not in session and token and drafts.find_draft(token):
        session[TOKEN] = token


@blueprint.app_template_global("draft_of_page")
def draft_of_page() -> str:
    """For the hidden field of a step."""
    return str(session.get(TOKEN, ""))


def keep_draft(journey: Journey, step: str) -> None:
    """Store the answers so far; the first time, bind the new draft to this browser."""
    _draft, session[TOKEN] = drafts.save_draft(journey.answers(), step=step, token=session.get(TOKEN))


def forget_draft() -> None:
    session.pop(TOKEN, None)


def remember_sent(receipt_number: str) -> None:
    """The draft is a request now, or a new version of one."""
    forget_draft()
    session[SENT] = receipt_number


def forget_sent() -> None:
    session.pop(SENT, None)


def sent_number() -> str:
    """Of the request that this browser has sent; empty where it has sent none."""
    return str(session.get(SENT, ""))


def is_drawn_from_gone_draft() -> bool:
    """Whether the page that posts was drawn from a draft that is none any more: it was sent in another tab, or
    deleted."""
    token = request.form.get(PAGES_DRAFT, "")
    return bool(token) and drafts.find_draft(token) is None


def nothing_begun() -> ResponseReturnValue:
    """Somebody goes on with a form that this browser has not begun: it is sent already, or begins at the start."""
    return redirect(url_for(".show_sent") if sent_number() else url_for(".start"))


@blueprint.get("/suche/abgesendet")
def show_sent() -> ResponseReturnValue:
    if not sent_number():
        return redirect(url_for(".start"))
    return render_template("seekers/sent.html", number=sent_number(), typed=())


@blueprint.app_template_global("asked_offer")
def asked_offer() -> str | None:
    """The number of the offer whose fact sheet led here, carried on in the address until the first step is kept: who
    only looks around gets no cookie."""
    return clean_text(request.args.get(OFFER, ""))[:LONGEST_NUMBER].strip() or None


@blueprint.get("/suche")
def start() -> ResponseReturnValue:
    _draft, journey = current_draft()
    return render_template(page_names("seekers/start.html"), journey=journey, onward=_onward(journey or Journey()))


def _onward(journey: Journey) -> str:
    """Where the form goes on: its first open step, else the answers, or the step that keeps a newly asked offer."""
    number, page = asked_offer(), journey.first_open() if journey.done else journey.steps[0]
    if page is not None:
        return url_for(".show_step", key=page.key, angebot=number)
    if number:
        return url_for(".show_step", key=MOVE, pruefen=1, angebot=number)
    return url_for(".show_answers")


@blueprint.get("/suche/spaeter")
def show_resume_link() -> ResponseReturnValue:
    draft, _journey = current_draft()
    if draft is None:
        return nothing_begun()
    link = url_for(".open_draft", token=session[TOKEN], _external=True, **in_language(current_language()))
    return render_template("seekers/later.html", link=link, expires=draft.expires_at)


@blueprint.get("/suche/entwurf/<token>")
def open_draft(token: str) -> ResponseReturnValue:
    """The secret link of a draft. It only asks: link previews and mail scanners open links too."""
    limits.require("secret_link", limits.client_address())
    drafts.load_draft(token)
    return render_template("seekers/resume.html", token=token)


@blueprint.post("/suche/entwurf/<token>")
def resume_draft(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    _draft, answers = drafts.load_draft(token)
    session[TOKEN] = token
    page = Journey(answers).first_open()
    return redirect(url_for(".show_step", key=page.key) if page else url_for(".show_answers"))


@blueprint.post("/suche/verwerfen")
@commits
def discard_draft() -> ResponseReturnValue:
    draft, _journey = current_draft()
    if draft is not None:
        drafts.discard_draft(draft)
        forget_draft()
    flash(_("Ihre Angaben sind gelöscht."), "success")
    return redirect(url_for(".start"))


@blueprint.get("/suche/gefunden")
def show_found() -> ResponseReturnValue:
    """The offers that the count beside the form counts."""
    limits.require("live_count", limits.client_address())
    draft, journey = current_draft()
    if journey is None:
        return nothing_begun()
    step = next((page for page in journey.steps if page.key == draft.step), journey.steps[0])
    following = (journey.after(step) or step) if step.key in journey.done else step
    return render_template(
        "seekers/found.html",
        journey=journey,
        back=url_for(".show_step", key=following.key),
        view=request.args.get("sicht", ""),
        number=page_number(request.args.get("seite")),
    )


@blueprint.post("/suche/<key>/stand")
def count_so_far(key: str) -> ResponseReturnValue:
    """Part of a page; 204 where somebody has asked very often, as the next step tells the same."""
    if not limits.within("live_count", limits.client_address()):
        return "", 204
    _draft, journey = current_draft()
    journey = journey or Journey()
    page = next((step for step in journey.steps if step.key == key), None) or abort(404)
    sent = cleaned(request.form)
    journey.keep(page, journey.form(page, sent), sent, done=True)
    return render_template("seekers/live_count.html", journey=journey)
