"""What somebody who asked to join sees and does, by secret link: reading by GET, every deed by POST."""

import json

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.projects.forms import WriteForm
from wohnberatung.projects.services import my_enquiry
from wohnberatung.projects.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, show_form


@blueprint.get("/mitmachen/<token>")
def show_mine(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _show(token, WriteForm())


@blueprint.post("/mitmachen/<token>")
@limits.limited("secret_link")
@commits
def write_again(token: str) -> ResponseReturnValue:
    form = WriteForm()
    if form.validate_on_submit():
        with form.accepting():
            my_enquiry.write_again(token, form.text.data or "")
            flash(_("Ihre Nachricht ist bei der Gruppe."), "success")
            return redirect(url_for(".show_mine", token=token))
    return _show(token, form)


@blueprint.post("/mitmachen/<token>/kontakt")
@limits.limited("secret_link")
@commits
def show_contact(token: str) -> ResponseReturnValue:
    released = request.form.get("zeigen") == "ja"
    my_enquiry.show_contact(token, released=released)
    flash(_("Die Gruppe sieht Ihren Kontakt.") if released else _("Die Gruppe sieht Ihren Kontakt nicht mehr."))
    return redirect(url_for(".show_mine", token=token))


@blueprint.get("/mitmachen/<token>/zurueckziehen")
def ask_withdrawal(token: str) -> ResponseReturnValue:
    return _ask(token, "withdraw")


@blueprint.post("/mitmachen/<token>/zurueckziehen")
@limits.limited("secret_link")
@commits
def withdraw_mine(token: str) -> ResponseReturnValue:
    my_enquiry.withdraw_enquiry(token)
    flash(_("Ihre Anfrage ist zurückgezogen."), "success")
    return redirect(url_for(".show_mine", token=token))


@blueprint.get("/mitmachen/<token>/loeschen")
def ask_erasure(token: str) -> ResponseReturnValue:
    return _ask(token, "erase")


@blueprint.post("/mitmachen/<token>/loeschen")
@limits.limited("secret_link")
@commits
def erase_mine(token: str) -> ResponseReturnValue:
    my_enquiry.erase_mine(token)
    flash(_("Alles zu Ihrer Anfrage ist gelöscht."), "success")
    return redirect(url_for(".list_projects"))


@blueprint.get("/mitmachen/<token>/daten.json")
def export_mine(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    told = json.dumps(my_enquiry.stored_about(token), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="meine-anfrage.json"'
    return response


def _ask(token: str, deed: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    mine = my_enquiry.my_enquiry(token)
    return render_template(f"projects/mine/{deed}.html", mine=mine, token=token, form=Form())


def _show(token: str, form: WriteForm) -> ResponseReturnValue:
    return show_form("projects/mine/mine.html", form, mine=my_enquiry.my_enquiry(token), token=token)
