"""One's own appointment by secret link: a GET only shows, as mail scanners open links too; a POST acts."""

import json
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.appointments.services import booking, my_appointment, personal_data
from wohnberatung.appointments.views import blueprint
from wohnberatung.appointments.views.booking import times
from wohnberatung.core.languages import current_language
from wohnberatung.core.settings import in_language
from wohnberatung.core.transactions import commits
from wohnberatung.web import limits
from wohnberatung.web.filters import moment_in
from wohnberatung.web.forms import VersionedForm
from wohnberatung.web.refusals import refusal_returns_to


@blueprint.get("/mein-termin/<token>")
def show_my_appointment(token: str) -> ResponseReturnValue:
    return _page("my_appointment", token)


@blueprint.get("/mein-termin/<token>/termin.ics")
def download_my_appointment(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _file(my_appointment.my_calendar(token), "text/calendar", "termin.ics")


@blueprint.get("/mein-termin/<token>/daten.json")
def export_my_appointment(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    told = json.dumps(personal_data.stored_about(token), ensure_ascii=False, indent=2)
    return _file(told, "application/json", "mein-termin.json")


@blueprint.get("/mein-termin/<token>/verschieben")
def ask_new_time(token: str) -> ResponseReturnValue:
    mine = my_appointment.my_appointment(token)
    return _page("move_times", token, **times(mine.way)) if mine.may_change else _back(token)


@blueprint.get("/mein-termin/<token>/verschieben/<moment>")
def ask_move(token: str, moment: str) -> ResponseReturnValue:
    return _page("move", token, starts_at=moment_in(moment))


@blueprint.post("/mein-termin/<token>/verschieben/<moment>")
@limits.limited("secret_link")
@commits
def move_my_appointment(token: str, moment: str) -> ResponseReturnValue:
    form = VersionedForm()
    if not form.validate_on_submit():
        return _back(token)
    with refusal_returns_to(url_for(".ask_new_time", token=token)):
        my_appointment.move_my_appointment(token, moment_in(moment), version=form.submitted_version)
    flash(_("Ihr Termin ist verschoben."), "success")
    return _back(token)


@blueprint.get("/mein-termin/<token>/absagen")
def ask_cancel(token: str) -> ResponseReturnValue:
    return _page("cancel", token)


@blueprint.post("/mein-termin/<token>/absagen")
@limits.limited("secret_link")
@commits
def cancel_my_appointment(token: str) -> ResponseReturnValue:
    form = VersionedForm()
    if form.validate_on_submit():
        with refusal_returns_to(url_for(".show_my_appointment", token=token)):
            my_appointment.cancel_my_appointment(token, version=form.submitted_version)
        flash(_("Ihr Termin ist abgesagt. Danke, dass Sie Bescheid gesagt haben."), "success")
    return _back(token)


@blueprint.get("/mein-termin/<token>/loeschen")
def ask_erasure(token: str) -> ResponseReturnValue:
    return _page("erase", token)


@blueprint.post("/mein-termin/<token>/loeschen")
@limits.limited("secret_link")
@commits
def erase_my_appointment(token: str) -> ResponseReturnValue:
    if not VersionedForm().validate_on_submit():
        return redirect(url_for(".ask_erasure", token=token))
    booking.erase(my_appointment.my_appointment(token).appointment)
    flash(_("Ihr Termin und alles, was dazu gespeichert war, ist gelöscht."), "success")
    return redirect(url_for(".show_ways"))


def _page(name: str, token: str, **more: Any) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    link = url_for(".show_my_appointment", token=token, _external=True, **in_language(current_language()))
    mine = my_appointment.my_appointment(token)
    return render_template(f"appointments/my_appointment/{name}.html", mine=mine, token=token, link=link, **more)


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for(".show_my_appointment", token=token))


def _file(content: str | bytes, kind: str, name: str) -> Response:
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
