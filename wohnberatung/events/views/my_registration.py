"""A registration behind its secret link: confirmed, changed, cancelled, put into a calendar."""

import json

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.events.forms import AttendanceForm
from wohnberatung.events.services import calendar_files, my_registration
from wohnberatung.events.services.my_registration import OpenedRegistration
from wohnberatung.events.views import blueprint
from wohnberatung.events.views.public import calendar_response, host
from wohnberatung.extensions import csrf
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to


@blueprint.get("/anmeldung/<token>")
def show_my_registration(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _show(token, _stored(my_registration.my_registration(token)))


@blueprint.post("/anmeldung/<token>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def change_my_registration(token: str) -> ResponseReturnValue:
    form, mine = AttendanceForm(), my_registration.my_registration(token)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: _stored(mine)):
            my_registration.change_my_registration(
                token, people=form.people.data or 1, needs=form.needs(), version=form.submitted_version
            )
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_my_registration", token=token))
    return _show(token, form)


@blueprint.post("/anmeldung/<token>/schritt/<move>")
@limits.limited("secret_link")
@commits
def move_my_registration(token: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_my_registration", token=token)
    with refusal_returns_to(here):
        flash(str(my_registration.move_my_registration(token, move).done), "success")
    return redirect(here)


@blueprint.get("/anmeldung/<token>/termin.ics")
def my_calendar(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    row = my_registration.my_registration(token).registration
    return calendar_response(calendar_files.registration_calendar(row, host()), "termin.ics")


@blueprint.get("/anmeldung/<token>/daten.json")
def export_my_registration(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    told = json.dumps(my_registration.stored_about_guest(token), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="meine-anmeldung.json"'
    return response


def _stored(mine: OpenedRegistration) -> AttendanceForm:
    row = mine.registration
    seen = {**mine.needs, "people": row.people, "version": row.version}
    return AttendanceForm(formdata=None, data=seen)


def _show(token: str, form: AttendanceForm) -> ResponseReturnValue:
    mine = my_registration.my_registration(token)
    steps = my_registration.my_registration_steps(mine.registration)
    return show_form("events/my_registration.html", form, mine=mine, token=token, steps=steps)
