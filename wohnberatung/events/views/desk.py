"""Events of those who have an account, and what the office does with all of them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_places import place_of
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.events.forms import EventForm, EventReturnForm, EventRoomForm
from wohnberatung.events.services import dates, events, organising
from wohnberatung.events.steps import RETURN
from wohnberatung.events.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/veranstaltungen/eigene")
def list_own() -> ResponseReturnValue:
    page = events.events_for(current_actor(), page_number(request.args.get("seite")))
    return render_template("events/desk/events.html", page=page)


@blueprint.get("/veranstaltungen/eigene/neu")
def ask_event() -> ResponseReturnValue:
    return show_form("events/desk/edit.html", EventForm(), event=None)


@blueprint.post("/veranstaltungen/eigene/neu")
@commits
def begin_event() -> ResponseReturnValue:
    form = EventForm()
    if form.validate_on_submit():
        with form.accepting():
            event = events.begin_event(form.values(), current_actor())
            flash(_("Der Entwurf ist angelegt. Tragen Sie jetzt die Termine ein."), "success")
            return redirect(url_for(".ask_dates", event_id=event.id))
    return show_form("events/desk/edit.html", form, event=None)


@blueprint.get("/veranstaltungen/eigene/<event_id>")
def show_desk(event_id: str) -> ResponseReturnValue:
    return _show(event_id, EventReturnForm(formdata=None))


@blueprint.get("/veranstaltungen/eigene/<event_id>/angaben")
def ask_changes(event_id: str) -> ResponseReturnValue:
    event = events.own_event(event_id, current_actor())
    return show_form("events/desk/edit.html", EventForm(obj=event), event=event)


@blueprint.post("/veranstaltungen/eigene/<event_id>/angaben")
@commits
def edit_event(event_id: str) -> ResponseReturnValue:
    form, actor = EventForm(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            events.edit_event(event_id, form.values(), form.submitted_version, actor)
            return saved(event_id)
    return show_form("events/desk/edit.html", form, event=events.own_event(event_id, actor))


@blueprint.get("/veranstaltungen/eigene/<event_id>/raum")
def ask_room(event_id: str) -> ResponseReturnValue:
    event = events.own_event(event_id, current_actor())
    return show_form("events/desk/room.html", EventRoomForm(obj=event), event=event)


@blueprint.post("/veranstaltungen/eigene/<event_id>/raum")
@commits
def edit_room(event_id: str) -> ResponseReturnValue:
    form, actor = EventRoomForm(), current_actor()
    stored = events.own_event(event_id, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: EventRoomForm(formdata=None, obj=stored)):
            events.describe_event_room(event_id, form.fact_values(), form.submitted_version, actor)
            return saved(event_id)
    return show_form("events/desk/room.html", form, event=stored)


@blueprint.post("/veranstaltungen/eigene/<event_id>/stand/<move>")
@commits
def move_event(event_id: str, move: str) -> ResponseReturnValue:
    here, actor = url_for(".show_desk", event_id=event_id), current_actor()
    with refusal_returns_to(here):
        step = events.move_event(event_id, move, actor)
        if events.own_event(event_id, actor).state == "waiting":
            flash(_("Die Wohnberatung sieht sich die Veranstaltung an und schaltet sie dann frei."), "success")
        else:
            flash(str(step.done), "success")
    return redirect(here)


@blueprint.post("/veranstaltungen/eigene/<event_id>/zurueckgeben")
@commits
def return_event(event_id: str) -> ResponseReturnValue:
    form, actor = EventReturnForm(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            step = events.move_event(
                event_id, RETURN, actor, reason=form.reason.data or "", version=form.submitted_version
            )
            flash(str(step.done), "success")
            return redirect(url_for(".show_desk", event_id=event_id))
    return _show(event_id, form)


def saved(event_id: str) -> ResponseReturnValue:
    """Back at the desk, with what became of it."""
    flash(_("Gespeichert."), "success")
    if events.own_event(event_id, current_actor()).state == "waiting":
        flash(_("Die Wohnberatung liest die Veranstaltung jetzt. Bis dahin sehen andere sie nicht."), "info")
    return redirect(url_for(".show_desk", event_id=event_id))


def _show(event_id: str, form: EventReturnForm) -> ResponseReturnValue:
    actor = current_actor()
    event = events.own_event(event_id, actor)
    if not form.is_submitted():
        form.version.data = str(event.version)
    return show_form(
        "events/desk/event.html",
        form,
        event=event,
        place=place_of(event.place),
        way=events.way_to_public(event, actor),
        steps=events.steps_of_event(event, actor),
        objections=events.objections_to_event(event),
        date_steps={each.id: dates.steps_of_date(each, actor) for each in event.dates},
        people=organising.people_by_date(event),
    )
