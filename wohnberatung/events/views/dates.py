"""Dates of an event and who comes to them, for whoever invites and the office."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.transactions import commits
from wohnberatung.events.forms import EventDateForm, EventDatesForm, EventStepForm
from wohnberatung.events.services import dates, events, organising
from wohnberatung.events.views import blueprint
from wohnberatung.events.views.desk import saved
from wohnberatung.projects.services.meetings import moments
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/veranstaltungen/eigene/<event_id>/termine")
def ask_dates(event_id: str) -> ResponseReturnValue:
    event = events.own_event(event_id, current_actor())
    return show_form("events/desk/dates.html", EventDatesForm(), event=event)


@blueprint.post("/veranstaltungen/eigene/<event_id>/termine")
@commits
def add_dates(event_id: str) -> ResponseReturnValue:
    form, actor = EventDatesForm(), current_actor()
    event = events.own_event(event_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            added = dates.add_dates(
                event_id,
                day=form.day.data,
                begins=form.begins.data,
                ends=form.ends.data,
                rhythm=form.rhythm.data,
                times=form.times.data or 1,
                actor=actor,
            )
            flash(ngettext("%(num)s Termin eingetragen.", "%(num)s Termine eingetragen.", len(added)), "success")
            return redirect(url_for(".show_desk", event_id=event_id))
    return show_form("events/desk/dates.html", form, event=event)


@blueprint.get("/veranstaltungen/eigene/<event_id>/termine/<date_id>")
def ask_new_date(event_id: str, date_id: str) -> ResponseReturnValue:
    event = events.own_event(event_id, current_actor())
    return show_form("events/desk/date.html", _stored(event_id, date_id), event=event)


@blueprint.post("/veranstaltungen/eigene/<event_id>/termine/<date_id>")
@commits
def change_date(event_id: str, date_id: str) -> ResponseReturnValue:
    form, actor = EventDateForm(), current_actor()
    event, _row = dates.load_event_date(event_id, date_id, actor)
    if form.validate_on_submit():
        starts_at, ends_at = moments(form.day.data, form.begins.data, form.ends.data)
        with form.accepting(stored=lambda: _stored(event_id, date_id)):
            dates.change_date(
                event_id, date_id, starts_at=starts_at, ends_at=ends_at, version=form.submitted_version, actor=actor
            )
            return saved(event_id)
    return show_form("events/desk/date.html", form, event=event)


@blueprint.post("/veranstaltungen/eigene/<event_id>/termine/<date_id>/stand/<move>")
@commits
def move_date(event_id: str, date_id: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_desk", event_id=event_id)
    with refusal_returns_to(here):
        flash(str(dates.move_date(event_id, date_id, move, current_actor()).done), "success")
    return redirect(here)


@blueprint.get("/veranstaltungen/eigene/<event_id>/termine/<date_id>/anmeldungen")
def list_guests(event_id: str, date_id: str) -> ResponseReturnValue:
    found = organising.guest_list(event_id, date_id, current_actor())
    reasons = {each.registration.id: _reason(each.registration.held_for) for each in found.held}
    return render_template("events/desk/guests.html", found=found, reasons=reasons, form=EventStepForm())


@blueprint.post("/veranstaltungen/eigene/<event_id>/termine/<date_id>/anmeldungen/<registration_id>/<move>")
@commits
def move_registration(event_id: str, date_id: str, registration_id: str, move: str) -> ResponseReturnValue:
    here = url_for(".list_guests", event_id=event_id, date_id=date_id)
    with refusal_returns_to(here):
        organising.move_registration(event_id, date_id, registration_id, move, current_actor())
        flash(_("Gespeichert."), "success")
    return redirect(here)


def _stored(event_id: str, date_id: str) -> EventDateForm:
    _event, row = dates.load_event_date(event_id, date_id, current_actor())
    begins, ends = to_berlin(row.starts_at), to_berlin(row.ends_at)
    moment = {"day": begins.date(), "begins": begins.time(), "ends": ends.time(), "version": row.version}
    return EventDateForm(formdata=None, data=moment)


def _reason(held_for: str | None) -> str:
    return str(spam.REASONS[HoldReason(held_for)]) if held_for else ""
