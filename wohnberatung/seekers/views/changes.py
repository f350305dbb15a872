"""Changing one's own request: the form once more, filled in, and its answers as a new version."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.errors import Conflict
from wohnberatung.core.transactions import commits
from wohnberatung.seekers.forms.journey import PAGES_BY_KEY, Journey
from wohnberatung.seekers.forms.prefilled import prefilled
from wohnberatung.seekers.services import changing, consents, requests, self_service
from wohnberatung.seekers.views import blueprint
from wohnberatung.seekers.views.drafts import TOKEN, remember_sent
from wohnberatung.web import limits
from wohnberatung.web.forms import VersionedForm
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.spam import GuardedForm

# The secret of the request that this browser changes, to come back to it.
MINE = "request_changed"


class ChangeForm(GuardedForm, VersionedForm):
    """The last button; `version` is the stored one that the person has seen beside their own, if they have."""


@blueprint.post("/mein-gesuch/<token>/aendern")
@limits.limited("secret_link")
@commits
def change_my_request(token: str) -> ResponseReturnValue:
    here = url_for(".show_my_request", token=token)
    if not VersionedForm().validate_on_submit():
        return redirect(here)
    mine = self_service.my_request(token)
    consented = [consent.purpose for consent in mine.consents]
    answers = prefilled(requests.needs_of(mine.request), mine.contact, consented, mine.request.version)
    with refusal_returns_to(here):
        session[TOKEN] = changing.begin_change(token, answers)
    session[MINE] = token
    asked = request.form.get("schritt", "")
    return redirect(url_for(".show_step", key=asked) if asked in PAGES_BY_KEY else url_for(".show_answers"))


def save_change(draft: Any, journey: Journey, form: ChangeForm) -> ResponseReturnValue:
    """Make the draft the new version; DomainError as the service says."""
    receipt_number = changing.changed_request(draft).receipt_number
    changing.save_change(
        draft,
        version=form.submitted_version or journey.changes or 0,
        contact=journey.contact(),
        needs=journey.needs(),
        given=[consents.GivenConsent(item.purpose, item.version, str(item.text)) for item in journey.consents()],
        asked=journey.asked_consents(),
    )
    remember_sent(receipt_number)
    token = session.pop(MINE, None)
    flash(_("Ihre Änderungen sind gespeichert."), "success")
    return redirect(url_for(".show_my_request", token=token) if token else url_for(".start"))


def show_both(draft: Any, conflict: Conflict) -> ResponseReturnValue:
    """Somebody was faster: both texts. What was entered stays in the draft until its person decides."""
    form = ChangeForm(formdata=None, version=changing.changed_request(draft).version)
    return make_response(render_template("seekers/conflict.html", form=form, conflict=conflict), 409)
