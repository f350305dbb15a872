"""Providers register themselves; the office looks at what seems to be spam."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts.forms import RegistrationForm
from wohnberatung.accounts.services import registration
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.web import limits, spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.route("/registrieren", methods=["GET", "POST"])
@csrf.exempt
def register() -> ResponseReturnValue:
    """Judged and counted before anything is written. The form checks its token itself, so that nothing is lost."""
    form = RegistrationForm()
    if not form.is_submitted() or not form.validate():
        return show_form("accounts/register.html", form)
    limits.require("mail", f"register {form.email.data}")
    held_for = spam.reason_to_hold(form, "registration", text=form.about.data or "")
    return _store(held_for)


@commits
def _store(held_for: HoldReason | None) -> ResponseReturnValue:
    form = RegistrationForm()
    with form.accepting():
        registration.register(form.values(), held_for=held_for)
        return redirect(url_for(".show_mail_sent"))
    return show_form("accounts/register.html", form)


@blueprint.post("/verwaltung/anmeldungen/<link_id>/freigeben")
@commits
def release_registration(link_id: str) -> ResponseReturnValue:
    registration.release_registration(link_id, current_actor())
    flash(_("Die E-Mail zum Bestätigen ist unterwegs."), "success")
    return redirect(url_for(".list_organisations"))


@blueprint.post("/verwaltung/anmeldungen/<link_id>/loeschen")
@commits
def discard_registration(link_id: str) -> ResponseReturnValue:
    registration.discard_registration(link_id, current_actor())
    flash(_("Die Anmeldung ist gelöscht."), "success")
    return redirect(url_for(".list_organisations"))
