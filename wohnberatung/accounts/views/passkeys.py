"""Passkeys: added and removed in one's account, used as second step of signing in."""

from flask import flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts.forms import PasskeyForm, PasskeySignInForm
from wohnberatung.accounts.services import passkeys, people, second_factor
from wohnberatung.accounts.views import blueprint
from wohnberatung.accounts.views.sign_in import CHALLENGE, begin_after_second_step, place
from wohnberatung.core.transactions import commits, transaction
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.sessions import second_step_person
from wohnberatung.web.visitors import current_actor, safe_path


@blueprint.get("/konto/passkeys")
def show_passkeys() -> ResponseReturnValue:
    if not second_factor.has_second_factor(current_actor().user_id or ""):
        return redirect(url_for(".show_second_factor"))
    return _show(PasskeyForm(formdata=None))


@blueprint.post("/konto/passkeys")
def add_passkey() -> ResponseReturnValue:
    """Counted before the transaction begins, as six digits are few."""
    limits.require("code", f"passkey {current_actor().user_id}")
    return _add(session.pop(CHALLENGE, ""))


@commits
def _add(challenge: str) -> ResponseReturnValue:
    form = PasskeyForm()
    if form.validate_on_submit():
        with form.accepting():
            given = {"name": form.name.data, "proof": form.proof.data}
            passkeys.add_passkey(current_actor(), form.credential.data or "", challenge, place(), **given)
            flash(_("Der Passkey ist gespeichert."), "success")
            return redirect(url_for(".show_passkeys"))
    return _show(form)


@blueprint.post("/konto/passkeys/<passkey_id>/entfernen")
@commits
def remove_passkey(passkey_id: str) -> ResponseReturnValue:
    passkeys.remove_passkey(current_actor(), passkey_id)
    flash(_("Der Passkey ist entfernt."), "success")
    return redirect(url_for(".show_passkeys"))


@blueprint.post("/anmelden/passkey")
def enter_passkey() -> ResponseReturnValue:
    """The second step; limited per person, as codes are."""
    user_id, form = second_step_person(), PasskeySignInForm()
    if user_id is None:
        return redirect(url_for(".sign_in", weiter=safe_path(request.args.get("weiter"))))
    challenge = session.pop(CHALLENGE, "")
    if form.validate_on_submit():
        limits.require("code", f"second factor {user_id}")
        with transaction():
            signed = passkeys.accepts_passkey(user_id, form.credential.data or "", challenge, place())
            actor = people.load_actor(user_id) if signed else None
        if actor:
            return begin_after_second_step(actor)
    flash(_("Der Passkey hat nicht geklappt. Versuchen Sie es noch einmal oder nehmen Sie den Code."), "danger")
    return redirect(url_for(".enter_code", weiter=safe_path(request.args.get("weiter"))))


def _show(form: Form) -> ResponseReturnValue:
    actor = current_actor()
    question = passkeys.ask_to_create(actor, place())
    session[CHALLENGE] = question.challenge
    # An answer belongs to one question: what is shown again is asked anew.
    form["credential"].data = ""
    known = passkeys.list_passkeys(actor.user_id or "")
    return show_form("accounts/passkeys.html", form, known=known, options=question.options)
