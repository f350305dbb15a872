"""Signing in and out: password, second step, and the form that waits from before the session ended."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import services
from wohnberatung.accounts.forms import CodeForm, SignInForm
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import transaction
from wohnberatung.web import kept_forms, limits
from wohnberatung.web.access import NEEDS_SECOND_FACTOR
from wohnberatung.web.forms import show_form
from wohnberatung.web.navigation import desk
from wohnberatung.web.redirects import safe_path
from wohnberatung.web.sessions import begin_second_step, begin_session, end_session, second_step_person


@blueprint.route("/anmelden", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Not under ``@commits``: the slow password check must not hold the database's write lock."""
    form = SignInForm()
    if form.validate_on_submit():
        email, address = form.email.data, limits.client_address()
        limits.require("login", f"user {email}", address)
        services.check_pause(email, address)
        actor = services.authenticate(email, form.password.data)
        with transaction():
            if actor:
                services.record_sign_in(actor, form.password.data)
                services.forget_failures(email, address)
            else:
                services.note_failure(email, address)
        if actor:
            return enter(actor, request.args.get("weiter"))
        form.refuse(DomainError(_("E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beides.")))
    waits = request.args.get("weiter") == url_for(".show_kept_form")
    return show_form("accounts/sign_in.html", form, weiter=safe_path(request.args.get("weiter")), waits=waits)


def enter(actor: Actor, wanted: str | None) -> ResponseReturnValue:
    """Who has proved the first factor goes on to the second, or is signed in."""
    if services.has_second_factor(actor.user_id or ""):
        begin_second_step(actor)
        return redirect(url_for(".enter_code", weiter=safe_path(wanted)))
    return _begin(actor, wanted)


def _begin(actor: Actor, wanted: str | None) -> ResponseReturnValue:
    begin_session(actor)
    if services.must_have_second_factor(actor):
        session[NEEDS_SECOND_FACTOR] = True
        return redirect(url_for(".show_second_factor"))
    return redirect(safe_path(wanted) or desk())


@blueprint.route("/anmelden/code", methods=["GET", "POST"])
def enter_code() -> ResponseReturnValue:
    """The second step. Limited per person, as six digits are few."""
    user_id, form = second_step_person(), CodeForm()
    if user_id is None:
        return redirect(url_for(".sign_in", weiter=safe_path(request.args.get("weiter"))))
    if form.validate_on_submit():
        limits.require("code", f"second factor {user_id}")
        with transaction():
            actor = services.load_actor(user_id) if services.accepts_code(user_id, form.code.data) else None
        if actor:
            return _begin(actor, request.args.get("weiter"))
        form.refuse(DomainError(_("Dieser Code gilt nicht oder nicht mehr."), "code"))
    return show_form("accounts/code.html", form)


@blueprint.post("/abmelden")
def sign_out() -> ResponseReturnValue:
    end_session()
    flash(_("Sie sind abgemeldet."), "success")
    return redirect(url_for("pages.show_start"))


@blueprint.get("/formular")
def show_kept_form() -> ResponseReturnValue:
    """What was sent after the session had ended, to be sent again."""
    kept = kept_forms.kept_form()
    return render_template("accounts/kept_form.html", kept=kept) if kept else redirect(desk())


@blueprint.post("/formular/verwerfen")
def discard_kept_form() -> ResponseReturnValue:
    kept_forms.forget()
    flash(_("Das Formular ist verworfen."), "success")
    return redirect(desk())
