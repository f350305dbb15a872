"""Events for everybody: the list, one event, calendar files, and to register for a date."""

from urllib.parse import urlsplit

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.neighbourhood_places import place_at, place_of
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import public_link
from wohnberatung.core.transactions import commits
from wohnberatung.events.forms import AttendForm, EventFilter
from wohnberatung.events.services import calendar_files, events, finding, registering, seats
from wohnberatung.events.services.finding import DateQuery
from wohnberatung.events.views import blueprint
from wohnberatung.extensions import csrf
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/veranstaltungen")
def list_events() -> ResponseReturnValue:
    form = EventFilter(request.args)
    asked = form.asked()
    query = DateQuery(
        place=place_at(asked.get("stadtteil", "")),
        topic=asked.get("thema", ""),
        week=asked.get("woche", ""),
        way_in=asked.get("stufenlos", ""),
        signed=bool(asked.get("gebaerden")),
    )
    page = finding.find_dates(query, page_number(request.args.get("seite")))
    return render_template("events/events.html", form=form, asked=asked, page=page, place=query.place)


@blueprint.get("/veranstaltungen.ics")
def common_calendar() -> ResponseReturnValue:
    return calendar_response(calendar_files.calendar_of_all(host()), "veranstaltungen.ics")


@blueprint.get("/veranstaltungen/<event_id>")
def show_event(event_id: str) -> ResponseReturnValue:
    actor = current_actor()
    event = events.shown_event(event_id, actor)
    coming = event.coming()
    return render_template(
        "events/event.html",
        event=event,
        dates=coming,
        now=clock.now(),
        free={each.id: seats.free_seats(each) for each in coming} if event.registers else {},
        place=place_of(event.place),
        may_edit=actor.is_staff or actor.belongs_to(event.organisation_id),
        address=public_link("events.show_event", event_id=event_id),
    )


@blueprint.get("/veranstaltungen/<event_id>/termine.ics")
def event_calendar(event_id: str) -> ResponseReturnValue:
    content = calendar_files.event_calendar(event_id, current_actor(), host())
    return calendar_response(content, "veranstaltung.ics")


@blueprint.get("/veranstaltungen/<event_id>/anmelden/<date_id>")
def ask_registration(event_id: str, date_id: str) -> ResponseReturnValue:
    return _show(event_id, date_id, AttendForm())


@blueprint.post("/veranstaltungen/<event_id>/anmelden/<date_id>")
@csrf.exempt
def send_registration(event_id: str, date_id: str) -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form = AttendForm()
    held_for = spam.reason_to_hold(form, "registration", text=form.other.data or "") if form.validate() else None
    return _store(event_id, date_id, held_for)


@commits
def _store(event_id: str, date_id: str, held_for: HoldReason | None) -> ResponseReturnValue:
    form = AttendForm()
    if form.validate():
        with form.accepting():
            _row, token = registering.register(
                event_id,
                date_id,
                people=form.people.data or 1,
                contact=form.contact(),
                needs=form.needs(),
                consent=form.given_consent(),
                language=current_language().code,
                held_for=held_for,
            )
            if form.email.data:
                # The link is in the mail alone, as only that proves whose the address is.
                return redirect(url_for(".show_registered"))
            flash(_("Ihre Anmeldung ist angekommen."), "success")
            return redirect(url_for(".show_my_registration", token=token))
    return _show(event_id, date_id, form)


@blueprint.get("/veranstaltungen/angemeldet")
def show_registered() -> ResponseReturnValue:
    return render_template("events/registered.html")


def calendar_response(content: bytes, name: str) -> Response:
    """As a file that calendar programs open; unchanged ones are not sent again."""
    response = Response(content, mimetype="text/calendar")
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.add_etag()
    response.make_conditional(request)
    return response


def host() -> str:
    """Behind the @ of the ids of dates, which stay the same for good."""
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def _show(event_id: str, date_id: str, form: AttendForm) -> ResponseReturnValue:
    date = registering.open_date(event_id, date_id)
    return show_form("events/register.html", form, event=date.event, date=date, free=seats.free_seats(date))
