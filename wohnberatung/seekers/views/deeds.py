"""What one does with one's own request: a secret link only shows, and every deed is a button that posts."""

import json
from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.languages import current_language
from wohnberatung.core.links import in_language
from wohnberatung.core.transactions import commits
from wohnberatung.seekers import services
from wohnberatung.seekers.forms.consents import CONSENTS
from wohnberatung.seekers.views import blueprint
from wohnberatung.seekers.views.drafts import forget_draft
from wohnberatung.web import limits
from wohnberatung.web.forms import VersionedForm
from wohnberatung.web.refusals import refusal_returns_to

PURPOSES = {consent.purpose: consent for consent in CONSENTS}


@blueprint.get("/mein-gesuch/<token>/zurueckziehen")
def ask_withdrawal(token: str) -> ResponseReturnValue:
    return _ask(token, "withdraw")


@blueprint.post("/mein-gesuch/<token>/stand/<key>")
@limits.limited("secret_link")
@commits
def move_mine(token: str, key: str) -> ResponseReturnValue:
    form, here = VersionedForm(), url_for(".show_mine", token=token)
    if form.validate_on_submit():
        with refusal_returns_to(here):
            step = services.move_mine(token, key, version=form.submitted_version)
        flash(str(step.done), "success")
    return redirect(here)


@blueprint.get("/mein-gesuch/<token>/einwilligung/<purpose>")
def ask_consent(token: str, purpose: str) -> ResponseReturnValue:
    return _ask(token, "consent", consent=_purpose(purpose))


@blueprint.post("/mein-gesuch/<token>/einwilligung/<purpose>")
@limits.limited("secret_link")
@commits
def end_consent(token: str, purpose: str) -> ResponseReturnValue:
    here = url_for(".show_mine", token=token)
    if _purpose(purpose) and VersionedForm().validate_on_submit():
        with refusal_returns_to(here):
            services.end_consent(token, purpose)
        flash(_("Ihre Einwilligung ist zurückgenommen."), "success")
    return redirect(here)


@blueprint.get("/mein-gesuch/<token>/daten.json")
def export_mine(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    # Written to be read, not only by machines.
    told = json.dumps(services.stored_about(token), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="mein-gesuch.json"'
    return response


@blueprint.get("/mein-gesuch/<token>/link")
def show_link(token: str) -> ResponseReturnValue:
    return _ask(
        token, "link", link=url_for(".show_mine", token=token, _external=True, **in_language(current_language()))
    )


@blueprint.post("/mein-gesuch/<token>/link")
@limits.limited("secret_link")
@commits
def renew_link(token: str) -> ResponseReturnValue:
    form = VersionedForm()
    if not form.validate_on_submit():
        return redirect(url_for(".show_link", token=token))
    secret = services.renew_link(token, version=form.submitted_version)
    flash(_("Das ist Ihr neuer Link. Der alte gilt nicht mehr."), "success")
    return redirect(url_for(".show_link", token=secret))


@blueprint.get("/mein-gesuch/<token>/loeschen")
def ask_erasure(token: str) -> ResponseReturnValue:
    return _ask(token, "erase")


@blueprint.post("/mein-gesuch/<token>/loeschen")
@limits.limited("secret_link")
@commits
def erase_mine(token: str) -> ResponseReturnValue:
    if not VersionedForm().validate_on_submit():
        return redirect(url_for(".ask_erasure", token=token))
    services.erase_mine(token)
    forget_draft()
    flash(_("Ihr Gesuch und alles, was dazu gespeichert war, ist gelöscht."), "success")
    return redirect(url_for(".start"))


def _ask(token: str, question: str, **more: Any) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return render_template(f"seekers/deeds/{question}.html", mine=services.my_request(token), token=token, **more)


def _purpose(purpose: str) -> Any:
    return PURPOSES.get(purpose) or abort(404)
