"""Signing in and out with password and second factor, and the form that waits from before the session ended."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import passwords, provider
from wohnberatung.accounts.forms import CodeForm, PasskeySignInForm, RecoveryCodesForm, SignInForm, SwitchOffForm
from wohnberatung.accounts.services import passkeys, people, second_factor
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import commits, transaction
from wohnberatung.web import kept_forms, known_devices, limits
from wohnberatung.web.access import NEEDS_SECOND_FACTOR
from wohnberatung.web.forms import show_form
from wohnberatung.web.navigation import desk
from wohnberatung.web.sessions import begin_second_step, begin_session, end_session, second_step_person
from wohnberatung.web.visitors import current_actor, safe_path


@blueprint.route("/anmelden", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Not under ``@commits``: the slow password check must not hold the database's write lock."""
    form = SignInForm()
    if form.validate_on_submit():
        email = form.email.data
        known_devices.require_way_in(email)
        caller = known_devices.caller_of(email)
        passwords.check_pause(email, caller)
        actor = people.authenticate(email, form.password.data)
        with transaction():
            if actor:
                people.record_sign_in(actor, form.password.data)
                passwords.forget_failures(email, caller)
            else:
                passwords.note_failure(email, caller)
        if actor:
            return enter(actor, request.args.get("weiter"))
        form.refuse(DomainError(_("E-Mail-Adresse und Passwort passen nicht zusammen. Bitte prüfen Sie beides.")))
    waits = request.args.get("weiter") == url_for(".show_kept_form")
    onward, city = safe_path(request.args.get("weiter")), provider.is_offered()
    return show_form("accounts/sign_in.html", form, weiter=onward, waits=waits, by_city=city)


def enter(actor: Actor, wanted: str | None) -> ResponseReturnValue:
    """Who has proved the first factor goes on to the second, or is signed in."""
    if second_factor.has_second_factor(actor.user_id or ""):
        begin_second_step(actor)
        return redirect(url_for(".enter_code", weiter=safe_path(wanted)))
    return begin(actor, wanted)


def begin(actor: Actor, wanted: str | None, *, second_step_done: bool = False) -> ResponseReturnValue:
    """Signed in from here on; the second step is demanded unless it was taken elsewhere."""
    begin_session(actor)
    onward = safe_path(wanted) or desk()
    if not second_step_done and second_factor.must_have_second_factor(actor):
        session[NEEDS_SECOND_FACTOR] = True
        onward = url_for(".show_second_factor")
    return known_devices.remember_device(redirect(onward), actor.email)


@blueprint.route("/anmelden/code", methods=["GET", "POST"])
def enter_code() -> ResponseReturnValue:
    """The second step. Limited per person, as six digits are few."""
    user_id, form = second_step_person(), CodeForm()
    if user_id is None:
        return redirect(url_for(".sign_in", weiter=safe_path(request.args.get("weiter"))))
    if form.validate_on_submit():
        limits.require("code", f"second factor {user_id}")
        with transaction():
            actor = people.load_actor(user_id) if second_factor.accepts_code(user_id, form.code.data) else None
        if actor:
            return begin_after_second_step(actor)
        form.refuse(DomainError(_("Dieser Code gilt nicht oder nicht mehr."), "code"))
    return show_code_page(form)


def show_code_page(form: CodeForm) -> ResponseReturnValue:
    """With a passkey where the person has one; what the browser must sign waits in the session."""
    question = passkeys.ask_to_sign(second_step_person() or "", place())
    session[CHALLENGE] = question.challenge if question else ""
    passkey, onward = PasskeySignInForm(formdata=None), safe_path(request.args.get("weiter"))
    options = question.options if question else ""
    return show_form("accounts/code.html", form, passkey=passkey, options=options, weiter=onward)


def place() -> passkeys.RelyingParty:
    """The host was checked before (`TRUSTED_HOSTS`); behind a proxy that speaks TLS the request came over http."""
    scheme = "https" if current_app.config["HTTPS"] else request.scheme
    return passkeys.RelyingParty(urlsplit(f"//{request.host}").hostname or "", f"{scheme}://{request.host}")


def begin_after_second_step(actor: Actor) -> ResponseReturnValue:
    """Signed in, by whatever stands beside the password."""
    from_city = session.get(FROM_CITY)
    answer = begin(actor, request.args.get("weiter"))
    if from_city:
        session[FROM_CITY] = True
    return answer


@blueprint.post("/abmelden")
def sign_out() -> ResponseReturnValue:
    was_from_city = session.get(FROM_CITY)
    end_session()
    flash(_("Sie sind abgemeldet."), "success")
    return redirect(url_for(".show_signed_out" if was_from_city else "pages.show_start"))


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


# Keys of the (sealed) session: what a passkey must sign next, once; that the city let the person in; the secret that is
# being set up.
CHALLENGE = "passkey_challenge"
FROM_CITY = "from_city"
NEW_SECRET = "new_second_factor"


@blueprint.get("/konto/zweiter-schritt")
def show_second_factor() -> ResponseReturnValue:
    actor = current_actor()
    if second_factor.has_second_factor(actor.user_id or ""):
        return _show_switched_on(RecoveryCodesForm(formdata=None))
    session.setdefault(NEW_SECRET, second_factor.new_secret())
    return _show_setup(CodeForm(formdata=None))


@blueprint.post("/konto/zweiter-schritt")
def switch_on_second_factor() -> ResponseReturnValue:
    limits.require("code", f"new factor {current_actor().user_id}")
    if NEW_SECRET not in session or second_factor.has_second_factor(current_actor().user_id or ""):
        return redirect(url_for(".show_second_factor"))
    return _switch_on()


@commits
def _switch_on() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        with form.accepting():
            codes = second_factor.switch_on(current_actor(), session[NEW_SECRET], form.code.data)
            session.pop(NEW_SECRET)
            session.pop(NEEDS_SECOND_FACTOR, None)
            return _show_codes(codes)
    return _show_setup(form)


@blueprint.post("/konto/zweiter-schritt/codes")
def renew_recovery_codes() -> ResponseReturnValue:
    """Counted before the transaction begins, as six digits are few."""
    limits.require("code", f"new codes {current_actor().user_id}")
    if not second_factor.has_second_factor(current_actor().user_id or ""):
        return redirect(url_for(".show_second_factor"))
    return _renew_recovery_codes()


@commits
def _renew_recovery_codes() -> ResponseReturnValue:
    form = RecoveryCodesForm()
    if form.validate_on_submit():
        with form.accepting():
            return _show_codes(second_factor.renew_recovery_codes(current_actor(), proof=form.proof.data))
    return _show_switched_on(form)


@blueprint.get("/konto/zweiter-schritt/ausschalten")
def ask_second_factor_off() -> ResponseReturnValue:
    return show_form("accounts/second_factor_off.html", SwitchOffForm())


@blueprint.post("/konto/zweiter-schritt/ausschalten")
@commits
def switch_off_second_factor() -> ResponseReturnValue:
    form = SwitchOffForm()
    if form.validate_on_submit():
        with form.accepting():
            second_factor.switch_off(current_actor(), current=form.current_password.data)
            flash(_("Der zweite Schritt ist ausgeschaltet."), "success")
            return redirect(url_for(".show_account"))
    return show_form("accounts/second_factor_off.html", form)


def _show_switched_on(form: RecoveryCodesForm) -> ResponseReturnValue:
    left = second_factor.recovery_codes_left(current_actor())
    return show_form("accounts/second_factor.html", form, left=left)


def _show_setup(form: Any) -> ResponseReturnValue:
    secret = session[NEW_SECRET]
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    picture = second_factor.picture_of(secret, current_actor())
    return show_form("accounts/second_factor_new.html", form, secret=grouped, picture=picture)


def _show_codes(codes: list[str]) -> ResponseReturnValue:
    return render_template("accounts/recovery_codes.html", codes=codes, onward=desk())
