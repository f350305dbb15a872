"""Signing in and out, and one's own account."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import services
from wohnberatung.accounts.forms import ChangePasswordForm, SignInForm
from wohnberatung.core.actors import LOGIN_ROLES
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import commits, transaction
from wohnberatung.web import limits
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.navigation import desk
from wohnberatung.web.redirects import safe_path
from wohnberatung.web.sessions import begin_session, end_session

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/anmelden", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Not under ``@commits``: the slow password check must not hold the database's write lock."""
    form = SignInForm()
    if form.validate_on_submit():
        limits.require("login", f"user {form.email.data}", limits.client_address())
        actor = services.authenticate(form.email.data, form.password.data)
        if actor:
            with transaction():
                services.record_sign_in(actor, form.password.data)
            begin_session(actor)
            return redirect(safe_path(request.args.get("weiter")) or desk())
        form.refuse(DomainError(_("E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beides.")))
    return show_form("accounts/sign_in.html", form)


@blueprint.post("/abmelden")
def sign_out() -> ResponseReturnValue:
    end_session()
    flash(_("Sie sind abgemeldet."), "success")
    return redirect(url_for("pages.show_start"))


@blueprint.get("/konto")
def show_account() -> ResponseReturnValue:
    return _account_page(ChangePasswordForm())


@blueprint.post("/konto/passwort")
@commits
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            services.change_password(current_actor(), current=form.current.data, password=form.password.data)
        except DomainError as error:
            form.refuse(error)
        else:
            end_session()
            flash(_("Ihr Passwort ist geändert. Bitte melden Sie sich mit dem neuen Passwort an."), "success")
            return redirect(url_for("accounts.sign_in"))
    return _account_page(form)


def _account_page(form: ChangePasswordForm) -> ResponseReturnValue:
    names = {"provider": _("Anbieter"), "advisor": _("Beratung"), "admin": _("Verwaltung")}
    role_names = [names[role] for role in LOGIN_ROLES if current_actor().has_role(role)]
    return show_form("accounts/account.html", form, role_names=role_names)
