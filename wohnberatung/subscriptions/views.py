"""News by mail: asked for by anybody, and confirmed, changed and left by whoever holds the link in the mail."""

import json
from typing import cast

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_places import place_at
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.subscriptions.forms import NewsWishesForm, SubscribeForm
from wohnberatung.subscriptions.services import subscribing
from wohnberatung.subscriptions.services.subscribing import CONSENT_TEXT, Wishes
from wohnberatung.subscriptions.steps import CONFIRM, SUBSCRIPTION_STEPS
from wohnberatung.web import limits, spam
from wohnberatung.web.forms import Form, show_form

blueprint = Blueprint("subscriptions", __name__)


@blueprint.get("/neues")
def ask_subscription() -> ResponseReturnValue:
    place = place_at(request.args.get("stadtteil", ""))
    return show_form("subscriptions/ask.html", SubscribeForm(places=[place.code] if place else []))


@blueprint.post("/neues")
@csrf.exempt
def send_subscription() -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form, suspect = SubscribeForm(), False
    if form.validate():
        suspect = spam.reason_to_hold(form, "subscription") is not None
        limits.require("mail", f"news {limits.client_address()}", f"news {form.email.data}")
    return _store(suspect)


@commits
def _store(suspect: bool) -> ResponseReturnValue:
    form = SubscribeForm()
    if form.validate():
        with form.accepting():
            subscribing.ask_for_news(form.email.data or "", cast(Wishes, form.wishes()), suspect=suspect)
            return redirect(url_for(".show_asked"))
    return show_form("subscriptions/ask.html", form)


@blueprint.get("/neues/gesendet")
def show_asked() -> ResponseReturnValue:
    """The same for every address: nobody learns by it who gets news."""
    return render_template("subscriptions/asked.html")


@blueprint.get("/neues/<token>")
def show_subscription(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    row = subscribing.my_subscription(token).row
    return _show(token, NewsWishesForm(obj=row))


@blueprint.post("/neues/<token>")
@limits.limited("secret_link")
@commits
def change_subscription(token: str) -> ResponseReturnValue:
    form, row = NewsWishesForm(), subscribing.my_subscription(token).row
    if form.validate_on_submit():
        with form.accepting(stored=lambda: NewsWishesForm(formdata=None, obj=row)):
            subscribing.change(token, cast(Wishes, form.wishes()), form.submitted_version)
            flash(_("Gespeichert. So kommt die nächste E-Mail."), "success")
            return redirect(url_for(".show_subscription", token=token))
    return _show(token, form)


@blueprint.get("/neues/<token>/bestaetigen")
def ask_confirmation(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    mine = subscribing.my_subscription(token)
    return render_template(
        "subscriptions/confirm.html",
        mine=mine,
        token=token,
        form=Form(),
        consent=CONSENT_TEXT,
        step=SUBSCRIPTION_STEPS[CONFIRM],
    )


@blueprint.post("/neues/<token>/bestaetigen")
@limits.limited("secret_link")
@commits
def confirm_subscription(token: str) -> ResponseReturnValue:
    subscribing.confirm(token)
    flash(str(SUBSCRIPTION_STEPS[CONFIRM].done), "success")
    return redirect(url_for(".show_subscription", token=token))


@blueprint.get("/neues/<token>/abmelden")
def ask_leaving(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    mine = subscribing.my_subscription(token)
    return render_template("subscriptions/leave.html", mine=mine, form=Form(), token=token)


@blueprint.post("/neues/<token>/abmelden")
@csrf.exempt
@limits.limited("secret_link")
@commits(resubmittable=True)
def leave(token: str) -> ResponseReturnValue:
    """By the button of the page, or by a mail program that follows List-Unsubscribe-Post (RFC 8058): it has neither a
    cookie nor a page of ours, and takes a redirection for a fault."""
    subscribing.leave(token)
    return render_template("subscriptions/left.html")


@blueprint.get("/neues/<token>/meine-daten")
def export_subscription(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    told = json.dumps(subscribing.stored_about(token), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="meine-anmeldung.json"'
    return response


def _show(token: str, form: NewsWishesForm) -> ResponseReturnValue:
    mine = subscribing.my_subscription(token)
    return show_form("subscriptions/mine.html", form, mine=mine, token=token)
