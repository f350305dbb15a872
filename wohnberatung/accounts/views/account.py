"""One's own account: password, address, sessions, the organisation one works for, one's data."""

import json

from flask import Response, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import provider
from wohnberatung.accounts.forms import ChangeEmailForm, ChangePasswordForm
from wohnberatung.accounts.labels import role_words
from wohnberatung.accounts.services import administration, city, people, second_factor, sign_in_by_mail
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.errors import NotFound
from wohnberatung.core.transactions import commits
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.navigation import desk
from wohnberatung.web.sessions import end_session, sessions_of
from wohnberatung.web.visitors import CHOSEN, current_actor


@blueprint.get("/konto")
def show_account() -> ResponseReturnValue:
    return _account_page()


@blueprint.post("/konto/passwort")
@commits
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with form.accepting():
            sign_in_by_mail.change_password(current_actor(), current=form.current.data, password=form.password.data)
            end_session()
            flash(_("Ihr Passwort ist geändert. Bitte melden Sie sich mit dem neuen Passwort an."), "success")
            return redirect(url_for("accounts.sign_in"))
    return _account_page(password=form)


@blueprint.post("/konto/email")
def change_email() -> ResponseReturnValue:
    """Counted before the transaction begins; the password is asked for, as the address opens the account."""
    limits.require("mail", f"new email {current_actor().user_id}")
    return _change_email()


@commits
def _change_email() -> ResponseReturnValue:
    form = ChangeEmailForm()
    if form.validate_on_submit():
        with form.accepting():
            sign_in_by_mail.request_new_email(
                current_actor(), email=form.email.data, current=form.current_password.data
            )
            flash(_("Wir haben einen Link an die neue Adresse geschickt. Erst mit ihm gilt sie."), "success")
            return redirect(url_for(".show_account"))
    return _account_page(email=form)


@blueprint.post("/konto/ueberall-abmelden")
@commits
def end_all_sessions() -> ResponseReturnValue:
    people.end_sessions(current_actor().user_id or "")
    end_session()
    flash(_("Sie sind auf allen Geräten abgemeldet."), "success")
    return redirect(url_for(".sign_in"))


@blueprint.get("/konto/daten.json")
def export_account() -> ResponseReturnValue:
    told = json.dumps(administration.stored_about_user(current_actor()), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="mein-konto.json"'
    return response


@blueprint.post("/konto/organisation")
def choose_organisation() -> ResponseReturnValue:
    """Which of their organisations the person works for from now on."""
    key = request.form.get("organisation_id", "")
    if not current_actor().belongs_to(key):
        raise NotFound(_("Diese Organisation gibt es nicht."))
    session[CHOSEN] = key
    return redirect(desk())


def _account_page(password: Form | None = None, email: Form | None = None) -> ResponseReturnValue:
    actor = current_actor()
    return show_form(
        "accounts/account.html",
        email if email and email.errors else password or ChangePasswordForm(formdata=None),
        password=password or ChangePasswordForm(formdata=None),
        email=email or ChangeEmailForm(formdata=None),
        role_names=role_words(actor.roles),
        sessions=sessions_of(actor.user_id or ""),
        by_city=provider.is_offered(),
        is_linked=city.is_linked(actor),
        has_second_factor=second_factor.has_second_factor(actor.user_id or ""),
    )
