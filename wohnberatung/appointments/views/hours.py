"""When one can be met: weekly hours and single days, one's own or, for administrators, anybody's."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.appointments.forms import WEEKDAYS, HoursForm, SpecialDayForm
from wohnberatung.appointments.services import hours
from wohnberatung.appointments.views import blueprint
from wohnberatung.core.actors import ADMIN
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/termine/zeiten")
def show_hours() -> ResponseReturnValue:
    return _show("hours", HoursForm())


@blueprint.get("/termine/tage")
def show_special_days() -> ResponseReturnValue:
    return _show("special_days", _day_form())


@blueprint.post("/termine/zeiten")
@commits
def add_hours() -> ResponseReturnValue:
    form = HoursForm()
    if form.validate_on_submit():
        with form.accepting():
            hours.add_hours(
                _person(),
                weekday=form.weekday.data,
                begins=form.begins.data,
                ends=form.ends.data,
                ways=form.ways.data or (),
                actor=current_actor(),
            )
            return _done("hours", _("Die Sprechzeit gilt."))
    return _show("hours", form)


@blueprint.post("/termine/tage")
@commits
def add_special_day() -> ResponseReturnValue:
    form = _day_form()
    if form.validate_on_submit():
        with form.accepting():
            hours.add_special_day(
                None if form.what.data == "office" else _person(),
                day=form.day.data,
                is_open=form.what.data == "open",
                begins=form.begins.data,
                ends=form.ends.data,
                ways=form.ways.data or (),
                note=form.note.data or "",
                actor=current_actor(),
            )
            return _done("special_days", _("Der Tag ist eingetragen."))
    return _show("special_days", form)


@blueprint.post("/termine/zeiten/<hours_id>/entfernen")
@commits
def remove_hours(hours_id: str) -> ResponseReturnValue:
    if Form().validate_on_submit():
        hours.remove_hours(hours_id, current_actor())
    return _done("hours", _("Die Sprechzeit ist entfernt. Gebuchte Termine bleiben."))


@blueprint.post("/termine/tage/<day_id>/entfernen")
@commits
def remove_special_day(day_id: str) -> ResponseReturnValue:
    if Form().validate_on_submit():
        hours.remove_special_day(day_id, current_actor())
    return _done("special_days", _("Der Eintrag ist entfernt."))


def _person() -> str:
    """Whose hours: one's own unless the address names somebody; the service checks the right."""
    return request.args.get("person") or current_actor().user_id or ""


def _day_form() -> SpecialDayForm:
    """Only the administration closes the whole office, so only to them it is offered."""
    form = SpecialDayForm()
    if not current_actor().has_role(ADMIN):
        form.what.choices = [choice for choice in form.what.choices if choice[0] != "office"]
    return form


def _done(page: str, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for(f".show_{page}", person=request.args.get("person") or None))


def _show(page: str, form: Form) -> ResponseReturnValue:
    return show_form(
        f"appointments/{page}.html",
        form,
        hours=form,
        timetable=hours.timetable(_person(), current_actor()),
        weekdays=WEEKDAYS,
        person=request.args.get("person"),
        advisors=hours.advisors(),
    )
