"""The office's calendar: a week as a list, what waits as spam, when one can be met, and a secret address for it."""

from datetime import timedelta
from itertools import groupby

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.appointments.forms import WEEKDAYS, HoursForm, SpecialDayForm
from wohnberatung.appointments.services import calendar_files, hours, office
from wohnberatung.appointments.views import blueprint
from wohnberatung.core import clock
from wohnberatung.core.actors import ADMIN
from wohnberatung.core.holidays import coming_holidays
from wohnberatung.core.settings import public_link
from wohnberatung.core.transactions import commits
from wohnberatung.web import limits
from wohnberatung.web.filters import read_day
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.visitors import current_actor

WEEK = timedelta(days=7)
FRIDAY = 4


@blueprint.get("/termine")
def show_calendar() -> ResponseReturnValue:
    """A week from Monday, or with `tag` one day; `person` shows one advisor, otherwise everybody's."""
    actor = current_actor()
    single = request.args.get("tag", type=read_day)
    # At the weekend the week to come is what one wants to see.
    coming = clock.today() + (WEEK if clock.today().weekday() > FRIDAY else timedelta(0))
    asked = single or request.args.get("ab", coming, type=read_day)
    first = asked if single else asked - timedelta(days=asked.weekday())
    last = first if single else first + timedelta(days=6)
    person = request.args.get("person") or ""
    entries = office.calendar(actor, first, last, person or None)
    days = [(day, list(group)) for day, group in groupby(entries, key=lambda entry: entry.day)]
    return render_template(
        "appointments/calendar.html",
        days=days,
        first=first,
        last=last,
        earlier=first - (timedelta(days=1) if single else WEEK),
        later=last + timedelta(days=1),
        single=bool(single),
        today=clock.today(),
        person=person,
        advisors=hours.advisors(),
        held=office.held_appointments(actor),
    )


@blueprint.get("/termine/kalender")
def show_feed() -> ResponseReturnValue:
    return render_template("appointments/feed.html", has_feed=calendar_files.has_feed(current_actor()), link=None)


@blueprint.post("/termine/kalender")
@commits
def open_feed() -> ResponseReturnValue:
    """Shows the secret address once: it is nowhere else."""
    if not Form().validate_on_submit():
        return redirect(url_for(".show_feed"))
    token = calendar_files.open_feed(current_actor())
    return render_template(
        "appointments/feed.html", has_feed=True, link=public_link("appointments.download_feed", token=token)
    )


@blueprint.post("/termine/kalender/beenden")
@commits
def close_feed() -> ResponseReturnValue:
    if Form().validate_on_submit():
        calendar_files.close_feed(current_actor())
        flash(_("Die Adresse Ihres Kalenders gilt nicht mehr."), "success")
    return redirect(url_for(".show_feed"))


@blueprint.get("/kalender/<token>.ics")
def download_feed(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return Response(calendar_files.calendar_of(token), mimetype="text/calendar")


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
        holidays=coming_holidays(clock.today()),
        person=request.args.get("person"),
        advisors=hours.advisors(),
    )
