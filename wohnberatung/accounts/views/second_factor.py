"""Setting up the second step of signing in, new recovery codes, switching it off."""

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import services
from wohnberatung.accounts.forms import CodeForm, SwitchOffForm
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.web import limits
from wohnberatung.web.access import NEEDS_SECOND_FACTOR
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.navigation import desk

# Key of the (sealed) session: the secret that is being set up.
NEW_SECRET = "new_second_factor"


@blueprint.get("/konto/zweiter-schritt")
def show_second_factor() -> ResponseReturnValue:
    actor = current_actor()
    if services.has_second_factor(actor.user_id or ""):
        return render_template("accounts/second_factor.html", left=services.recovery_codes_left(actor))
    session.setdefault(NEW_SECRET, services.new_secret())
    return _show_setup(CodeForm(formdata=None))


@blueprint.post("/konto/zweiter-schritt")
def switch_on_second_factor() -> ResponseReturnValue:
    limits.require("code", f"new factor {current_actor().user_id}")
    if NEW_SECRET not in session:
        return redirect(url_for(".show_second_factor"))
    return _switch_on()


@commits
def _switch_on() -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        with form.accepting():
            codes = services.switch_on(current_actor(), session[NEW_SECRET], form.code.data)
            session.pop(NEW_SECRET)
            session.pop(NEEDS_SECOND_FACTOR, None)
            return _show_codes(codes)
    return _show_setup(form)


@blueprint.post("/konto/zweiter-schritt/codes")
@commits
def renew_recovery_codes() -> ResponseReturnValue:
    if not services.has_second_factor(current_actor().user_id or ""):
        return redirect(url_for(".show_second_factor"))
    return _show_codes(services.renew_recovery_codes(current_actor()))


@blueprint.get("/konto/zweiter-schritt/ausschalten")
def ask_second_factor_off() -> ResponseReturnValue:
    return show_form("accounts/second_factor_off.html", SwitchOffForm())


@blueprint.post("/konto/zweiter-schritt/ausschalten")
@commits
def switch_off_second_factor() -> ResponseReturnValue:
    form = SwitchOffForm()
    if form.validate_on_submit():
        with form.accepting():
            services.switch_off(current_actor(), current=form.current_password.data)
            flash(_("Der zweite Schritt ist ausgeschaltet."), "success")
            return redirect(url_for(".show_account"))
    return show_form("accounts/second_factor_off.html", form)


def _show_setup(form: Any) -> ResponseReturnValue:
    secret = session[NEW_SECRET]
    grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    picture = services.picture_of(secret, current_actor())
    return show_form("accounts/second_factor_new.html", form, secret=grouped, picture=picture)


def _show_codes(codes: list[str]) -> ResponseReturnValue:
    return render_template("accounts/recovery_codes.html", codes=codes, onward=desk())
