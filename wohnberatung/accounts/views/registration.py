"""Providers register themselves; links from our mails: opening one only shows what it is for, its button acts."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts.forms import (
    AcceptForm,
    AddressForm,
    ConfirmForm,
    NewAccountForm,
    NewPasswordForm,
    RegistrationForm,
)
from wohnberatung.accounts.services import administration, invitations, mailed_links, registration, sign_in_by_mail
from wohnberatung.accounts.views import blueprint
from wohnberatung.accounts.views.sign_in import enter
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.web import known_devices, limits, spam
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.sessions import end_session
from wohnberatung.web.visitors import current_actor


@blueprint.route("/registrieren", methods=["GET", "POST"])
@csrf.exempt
def register() -> ResponseReturnValue:
    """Judged and counted before anything is written. The form checks its token itself, so that nothing is lost."""
    form = RegistrationForm()
    if not form.is_submitted() or not form.validate():
        return show_form("accounts/register.html", form)
    known_devices.require_mail("register", form.email.data)
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


@blueprint.route("/anmelden/link", methods=["GET", "POST"])
def request_link() -> ResponseReturnValue:
    return _mail("sign_in")


@blueprint.route("/passwort-vergessen", methods=["GET", "POST"])
def request_reset() -> ResponseReturnValue:
    return _mail("reset")


@blueprint.get("/anmelden/verschickt")
def show_mail_sent() -> ResponseReturnValue:
    return render_template("accounts/mail_sent.html")


def _mail(purpose: str) -> ResponseReturnValue:
    """The same answer whether the address is known or not; counted before anything is looked up."""
    form = AddressForm()
    if form.validate_on_submit():
        known_devices.require_mail(purpose, form.email.data)
        with form.accepting():
            _send(purpose, form.email.data)
            return redirect(url_for(".show_mail_sent"))
    return show_form("accounts/request_mail.html", form, purpose=purpose)


@commits
def _send(purpose: str, email: str) -> ResponseReturnValue:
    (sign_in_by_mail.mail_sign_in_link if purpose == "sign_in" else sign_in_by_mail.mail_reset_link)(email)
    return ""


@blueprint.get("/zugang/<token>")
def open_link(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    link = mailed_links.open_link(token)
    return _show(link, _form_for(link)(formdata=None))


@blueprint.post("/zugang/<token>")
@limits.limited("secret_link")
@commits
def use_link(token: str) -> ResponseReturnValue:
    link = mailed_links.take_link(token)
    form = _form_for(link)()
    if form.validate_on_submit():
        with form.accepting():
            return _act(link, form)
    return _show(link, form)


def _form_for(link: Any) -> type[Form]:
    """What has to be entered: nothing, a new password, or what a new account needs."""
    if link.purpose == "reset":
        return NewPasswordForm
    if link.purpose in ("invitation", "registration") and invitations.owner_of(link) is None:
        return AcceptForm if link.purpose == "invitation" else NewAccountForm
    return ConfirmForm


def _act(link: Any, form: Form) -> ResponseReturnValue:
    if link.purpose == "sign_in":
        return enter(sign_in_by_mail.sign_in_by_link(link), None)
    if link.purpose == "reset":
        sign_in_by_mail.reset_password(link, form.password.data)
        end_session()
        said = _("Ihr Passwort ist geändert. Melden Sie sich jetzt damit an.")
    elif link.purpose == "new_email":
        sign_in_by_mail.take_new_email(link)
        said = _("Ihre neue E-Mail-Adresse gilt jetzt.")
    elif link.purpose == "invitation":
        invitations.accept_invitation(link, **_entered(form))
        said = _("Sie gehören jetzt dazu. Melden Sie sich an, dann kann es losgehen.")
    else:
        registration.complete_registration(link, **_entered(form))
        said = _("Ihre Organisation ist angemeldet. Die Wohnberatung meldet sich bei Ihnen.")
    flash(said, "success")
    return redirect(url_for(".sign_in") if link.purpose != "new_email" else url_for(".show_account"))


def _entered(form: Form) -> dict[str, str]:
    return {name: form[name].data for name in ("name", "password") if name in form}


def _show(link: Any, form: Form) -> ResponseReturnValue:
    return show_form("accounts/link.html", form, link=link, told=administration.told_by(link))
