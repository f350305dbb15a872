"""Reminding many at once: chosen from a list, looked at mail by mail, sent."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.brokerage.services import reminders
from wohnberatung.brokerage.views import blueprint
from wohnberatung.brokerage.views.board import address_of, filter_choices, narrowed_by
from wohnberatung.core.transactions import commits, take_back
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

CHOSEN = "vorschlag"


@blueprint.get("/vorschlaege/erinnern")
def list_reminders() -> ResponseReturnValue:
    narrowed = narrowed_by()
    return render_template(
        "brokerage/reminders.html",
        found=reminders.to_remind(current_actor(), narrowed),
        all_chosen=request.args.get("alle") == "ja",
        **filter_choices(narrowed),
    )


@blueprint.post("/vorschlaege/erinnern/vorschau")
@commits
def preview_reminders() -> ResponseReturnValue:
    """What each would read: the deed itself, taken back."""
    with refusal_returns_to(url_for(".list_reminders", **address_of(narrowed_by()))):
        outcomes = reminders.remind_all(request.form.getlist(CHOSEN), current_actor())
    page = render_template("brokerage/reminders_preview.html", outcomes=outcomes)
    take_back()
    return page


@blueprint.post("/vorschlaege/erinnern/senden")
@commits
def send_reminders() -> ResponseReturnValue:
    """Each for itself; whoever is refused is named with the reason."""
    here = url_for(".list_reminders")
    with refusal_returns_to(here):
        outcomes = reminders.remind_all(request.form.getlist(CHOSEN), current_actor())
    mailed = sum(bool(each.mails) for each in outcomes)
    posted = sum(each.letter is not None for each in outcomes)
    if mailed or not posted:
        said = ngettext("%(num)s Erinnerung ist unterwegs.", "%(num)s Erinnerungen sind unterwegs.", mailed)
        flash(said, "success" if mailed else "warning")
    if posted:
        said = ngettext("%(num)s Brief ist einzuwerfen.", "%(num)s Briefe sind einzuwerfen.", posted)
        flash(said, "success")
    for each in outcomes:
        if each.refused:
            flash(_("%(number)s nicht erinnert: %(why)s", number=each.number, why=each.refused), "warning")
    return redirect(here)
