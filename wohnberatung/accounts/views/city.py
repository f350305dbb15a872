"""Signing in with the account of one's city (OpenID Connect), and connecting it with an account here."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound as NoSuchPage

from wohnberatung.accounts import provider
from wohnberatung.accounts.services import city
from wohnberatung.accounts.views import blueprint
from wohnberatung.accounts.views.sign_in import FROM_CITY, begin, enter
from wohnberatung.core.transactions import commits, transaction
from wohnberatung.web import limits
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor, safe_path

# Keys of the sealed session: where to go afterwards, and who wants to connect accounts.
ONWARD, CONNECTS = "city_onward", "city_connects"


@blueprint.get("/anmelden/stadt")
def go_to_city() -> ResponseReturnValue:
    if not provider.is_offered():
        raise NoSuchPage
    limits.require("login", limits.client_address())
    session[ONWARD] = safe_path(request.args.get("weiter"))
    session.pop(CONNECTS, None)
    with refusal_returns_to(url_for(".sign_in")):
        return provider.leave_for_city()


@blueprint.get("/konto/stadt")
def connect_city() -> ResponseReturnValue:
    """From a page of ours only: nobody is led into connecting an account that is not theirs."""
    if not provider.is_offered() or request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise NoSuchPage
    session[CONNECTS] = current_actor().user_id
    with refusal_returns_to(url_for(".show_account")):
        return provider.leave_for_city()


@blueprint.get("/anmelden/stadt/zurueck")
def come_back_from_city() -> ResponseReturnValue:
    """The provider is asked outside of any transaction, as it may answer slowly."""
    if not provider.is_offered():
        raise NoSuchPage
    connects, onward = session.pop(CONNECTS, None), session.pop(ONWARD, None)
    to_connect = bool(connects) and connects == current_actor().user_id
    with refusal_returns_to(url_for(".show_account" if to_connect else ".sign_in")):
        person = provider.person_who_came_back()
        return _connect(person) if to_connect else _sign_in(person, onward)


def _connect(person: provider.CityPerson) -> ResponseReturnValue:
    with transaction():
        city.link_to_city(current_actor(), person)
    flash(_("Sie können sich ab jetzt auch mit dem Konto Ihrer Stadt anmelden."), "success")
    return redirect(url_for(".show_account"))


def _sign_in(person: provider.CityPerson, onward: str | None) -> ResponseReturnValue:
    with transaction():
        actor = city.sign_in_from_city(person)
    answer = begin(actor, onward, second_step_done=True) if person.has_two_factors else enter(actor, onward)
    session[FROM_CITY] = True
    return answer


@blueprint.post("/konto/stadt/loesen")
@commits
def disconnect_city() -> ResponseReturnValue:
    with refusal_returns_to(url_for(".show_account")):
        city.unlink_from_city(current_actor())
    flash(_("Die Verbindung ist gelöst."), "success")
    return redirect(url_for(".show_account"))


@blueprint.get("/abgemeldet")
def show_signed_out() -> ResponseReturnValue:
    """Here the session is over; with the city it may go on until somebody ends it there too."""
    return render_template("accounts/signed_out.html", way_out=provider.way_out())
