"""Links from our mails. Opening one only shows what it is for, as mail scanners open links too; its button acts."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import services
from wohnberatung.accounts.forms import AcceptForm, AddressForm, ConfirmForm, NewAccountForm, NewPasswordForm
from wohnberatung.accounts.views import blueprint
from wohnberatung.accounts.views.signing_in import enter
from wohnberatung.core.transactions import commits
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.sessions import end_session


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
        limits.require("mail", f"{purpose} {form.email.data}")
        limits.require("login", limits.client_address())
        with form.accepting():
            _send(purpose, form.email.data)
            return redirect(url_for(".show_mail_sent"))
    return show_form("accounts/request_mail.html", form, purpose=purpose)


@commits
def _send(purpose: str, email: str) -> ResponseReturnValue:
    (services.mail_sign_in_link if purpose == "sign_in" else services.mail_reset_link)(email)
    return ""


@blueprint.get("/zugang/<token>")
def open_link(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    link = services.open_link(token)
    return _show(link, _form_for(link)(formdata=None))


@blueprint.post("/zugang/<token>")
@limits.limited("secret_link")
@commits
def use_link(token: str) -> ResponseReturnValue:
    link = services.take_link(token)
    form = _form_for(link)()
    if form.validate_on_submit():
        with form.accepting():
            return _act(link, form)
    return _show(link, form)


def _form_for(link: Any) -> type[Form]:
    """What has to be entered: nothing, a new password, or what a new account needs."""
    if link.purpose == "reset":
        return NewPasswordForm
    if link.purpose in ("invitation", "registration") and services.owner_of(link) is None:
        return AcceptForm if link.purpose == "invitation" else NewAccountForm
    return ConfirmForm


def _act(link: Any, form: Form) -> ResponseReturnValue:
    if link.purpose == "sign_in":
        return enter(services.sign_in_by_link(link), None)
    if link.purpose == "reset":
        services.reset_password(link, form.password.data)
        end_session()
        said = _("Ihr Passwort ist geändert. Melden Sie sich jetzt damit an.")
    elif link.purpose == "new_email":
        services.take_new_email(link)
        said = _("Ihre neue E-Mail-Adresse gilt jetzt.")
    elif link.purpose == "invitation":
        services.accept_invitation(link, **_entered(form))
        said = _("Sie gehören jetzt dazu. Melden Sie sich an, dann kann es losgehen.")
    else:
        services.complete_registration(link, **_entered(form))
        said = _("Ihre Organisation ist angemeldet. Die Wohnberatung meldet sich bei Ihnen.")
    flash(said, "success")
    return redirect(url_for(".sign_in") if link.purpose != "new_email" else url_for(".show_account"))


def _entered(form: Form) -> dict[str, str]:
    return {name: form[name].data for name in ("name", "password") if name in form}


def _show(link: Any, form: Form) -> ResponseReturnValue:
    return show_form("accounts/link.html", form, link=link, told=services.told_by(link))
