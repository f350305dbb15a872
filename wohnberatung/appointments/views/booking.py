"""Booking from the public page: how to meet, when, and how to reach the person. Works without scripts and accounts."""

from datetime import timedelta
from itertools import groupby
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.appointments.forms import BookingForm
from wohnberatung.appointments.openings import BY_WORD, WAYS, Way
from wohnberatung.appointments.services import booking, my_appointment
from wohnberatung.appointments.services.slots import Slot, bookable_days, next_free, public_slot, public_slots
from wohnberatung.appointments.views import blueprint
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.web import spam
from wohnberatung.web.filters import moment_in, read_day
from wohnberatung.web.forms import show_form

SHOWN = timedelta(days=13)


@blueprint.get("/termin")
def show_ways() -> ResponseReturnValue:
    return render_template("appointments/ways.html", ways=WAYS.values(), free=next_free())


@blueprint.get("/termin/<word>")
def show_times(word: str) -> ResponseReturnValue:
    way = way_in(word)
    return render_template("appointments/times.html", way=way, **times(way))


@blueprint.get("/termin/<word>/<moment>")
def ask_contact(word: str, moment: str) -> ResponseReturnValue:
    slot = public_slot(way_in(word), moment_in(moment))
    if slot is None:
        return _gone(way_in(word))
    return _show(slot, _form(slot.way))


@blueprint.post("/termin/<word>/<moment>")
@csrf.exempt
def book_slot(word: str, moment: str) -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    way = way_in(word)
    form = _form(way)
    held_for = spam.reason_to_hold(form, "booking", text=form.longest_text) if form.validate() else None
    return _store(way, moment, held_for)


@blueprint.errorhandler(booking.Taken)
def show_others(error: booking.Taken) -> ResponseReturnValue:
    """Somebody was faster: other times at once."""
    return _gone(WAYS[error.way], 409)


def way_in(word: str) -> Way:
    return BY_WORD.get(word) or abort(404)


def times(way: Way) -> dict[str, Any]:
    """For a page of free times: days with their slots, and where to go on. Begins with the first that is free."""
    first, last = bookable_days()
    asked = max(first, min(request.args.get("ab", first, type=read_day), last))
    soonest = next(iter(public_slots(way, asked, last)), None)
    begins = soonest.day if soonest else asked
    slots = public_slots(way, begins, begins + SHOWN)
    return {
        "days": [(day, list(group)) for day, group in groupby(slots, key=lambda slot: slot.day)],
        "earlier": max(first, begins - SHOWN - timedelta(days=1)) if begins > first else None,
        "later": begins + SHOWN + timedelta(days=1) if begins + SHOWN < last else None,
    }


@commits
def _store(way: Way, moment: str, held_for: HoldReason | None) -> ResponseReturnValue:
    form = _form(way)
    slot = public_slot(way, moment_in(moment))
    if slot is None:
        raise booking.Taken(way.key)
    if not form.validate():
        return _show(slot, form)
    booked = booking.book(
        way.key,
        slot.starts_at,
        slot.user_ids,
        form.content(),
        consent=form.given_consent(),
        language=current_language().code,
        held_for=held_for,
    )
    my_appointment.tell(booked.appointment, "appointment_booked")
    return redirect(url_for(".show_my_appointment", token=booked.token))


def _form(way: Way) -> BookingForm:
    form = BookingForm()
    form.way = way
    if "address" not in way.contact:
        del form.address
        form.contact_fields = ("name", "phone", "email")
    for name in way.contact:
        form[name].flags.required = True
    return form


def _show(slot: Slot, form: BookingForm) -> ResponseReturnValue:
    return show_form("appointments/contact.html", form, slot=slot)


def _gone(way: Way, status: int = 404) -> ResponseReturnValue:
    """The time is not free (any more): other times at once, on the same page."""
    return render_template("appointments/times.html", way=way, gone=True, **times(way)), status
