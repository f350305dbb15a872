"""One appointment as the office works on it: booking, what to bring, moving, cancelling, whether somebody came."""

from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.appointments.forms import AnnotationForm, IntoCaseForm, OfficeBookingForm, TimeForm
from wohnberatung.appointments.openings import WAYS, Way
from wohnberatung.appointments.services import hours, office, slots
from wohnberatung.appointments.views import blueprint
from wohnberatung.cases.services import cases
from wohnberatung.cases.services.content import content_of
from wohnberatung.core import clock
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.transactions import commits
from wohnberatung.web.filters import read_wall
from wohnberatung.web.forms import VersionedForm, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

SHOWN = timedelta(days=9)


@blueprint.get("/termine/neu")
def ask_booking() -> ResponseReturnValue:
    form = OfficeBookingForm(user_id=request.args.get("person") or current_actor().user_id)
    form.way.data = request.args.get("art") or "phone"
    for name, text in _contact(case := _case()).items():
        form[name].data = text
    if wanted := request.args.get("zeit", type=read_wall):
        form.day.data, form.wall.data = wanted.date(), wanted.time()
    return _show_booking(form, case)


@blueprint.post("/termine/neu")
@commits
def book_for() -> ResponseReturnValue:
    form, case = OfficeBookingForm(), _case()
    form.user_id.choices = _advisors()
    if form.validate_on_submit() and not form.must_ask(_doubt(form, WAYS[form.way.data])):
        with form.accepting():
            row = office.book_for(
                way=form.way.data,
                starts_at=form.starts_at,
                user_id=form.user_id.data,
                content=form.content(),
                case_id=case.id if case else None,
                actor=current_actor(),
            )
            flash(_("Der Termin ist gebucht."), "success")
            return redirect(url_for(".show_appointment", appointment_id=row.id))
    return _show_booking(form, case)


@blueprint.post("/termine/neu/zeit")
def choose_time() -> ResponseReturnValue:
    """A free time goes into the form with all that is entered there; without one the times of the chosen kind and
    person are shown. Nothing is stored."""
    form = OfficeBookingForm()
    if wanted := request.form.get("zeit", type=read_wall):
        form.day.process_data(wanted.date())
        form.wall.process_data(wanted.time())
        form.day.raw_data = form.wall.raw_data = None
    return _show_booking(form, _case(), chosen=True)


@blueprint.get("/termine/<appointment_id>")
def show_appointment(appointment_id: str) -> ResponseReturnValue:
    entry = office.load_entry(appointment_id, current_actor())
    return _show(entry, _annotation(entry))


@blueprint.post("/termine/<appointment_id>")
@commits
def annotate(appointment_id: str) -> ResponseReturnValue:
    entry, form = office.load_entry(appointment_id, current_actor()), AnnotationForm()
    if not form.validate_on_submit():
        return _show(entry, form)
    texts = {"joining": form.joining.data or "", "note": form.note.data or ""}
    office.annotate(entry, texts, version=form.submitted_version, actor=current_actor())
    return _done(appointment_id, _("Gespeichert."))


@blueprint.post("/termine/<appointment_id>/fall")
@commits
def put_into_case(appointment_id: str) -> ResponseReturnValue:
    entry, form = office.load_entry(appointment_id, current_actor()), IntoCaseForm()
    if form.validate_on_submit():
        with form.accepting():
            office.put_into_case(
                entry, form.case_number.data or "", version=form.submitted_version, actor=current_actor()
            )
            return _done(appointment_id, _("Der Termin gehört jetzt zum Fall."))
    return _show(entry, _annotation(entry), form)


@blueprint.get("/termine/<appointment_id>/absagen")
def ask_cancel_for(appointment_id: str) -> ResponseReturnValue:
    entry = office.load_entry(appointment_id, current_actor())
    form = VersionedForm(version=entry.appointment.version)
    return show_form("appointments/cancel.html", form, entry=entry)


@blueprint.post("/termine/<appointment_id>/stand/<key>")
@commits
def take_step(appointment_id: str, key: str) -> ResponseReturnValue:
    entry, form, actor = office.load_entry(appointment_id, current_actor()), VersionedForm(), current_actor()
    if not form.validate_on_submit():
        return _done(appointment_id, None)
    with refusal_returns_to(url_for(".show_appointment", appointment_id=appointment_id)):
        office.take_step(entry, key, version=form.submitted_version, actor=actor)
    return _done(appointment_id, _("Erledigt."))


@blueprint.get("/termine/<appointment_id>/verschieben")
def ask_move_for(appointment_id: str) -> ResponseReturnValue:
    entry = office.load_entry(appointment_id, current_actor())
    wanted = request.args.get("zeit", to_berlin(entry.appointment.starts_at), type=read_wall)
    return _show_move(entry, _time_form(entry, wanted))


@blueprint.post("/termine/<appointment_id>/verschieben")
@commits
def move_for(appointment_id: str) -> ResponseReturnValue:
    entry, form = office.load_entry(appointment_id, current_actor()), TimeForm()
    form.user_id.choices = _advisors()
    if form.validate_on_submit() and not form.must_ask(_doubt(form, entry.way)):
        with form.accepting(stored=lambda: _time_form(entry, to_berlin(entry.appointment.starts_at))):
            office.move_for(
                entry, form.starts_at, form.user_id.data, version=form.submitted_version, actor=current_actor()
            )
            return _done(appointment_id, _("Der Termin ist verschoben."))
    return _show_move(entry, form)


def _doubt(form: TimeForm, way: Way) -> str:
    return hours.unusual(way, form.starts_at, form.user_id.data)


def _time_form(entry: office.CalendarEntry, local: datetime) -> TimeForm:
    form = TimeForm(formdata=None, version=entry.appointment.version, user_id=entry.appointment.user_id)
    form.user_id.choices = _advisors()
    form.day.data, form.wall.data = local.date(), local.time().replace(tzinfo=None)
    return form


def _show(
    entry: office.CalendarEntry, form: AnnotationForm, linking: IntoCaseForm | None = None
) -> ResponseReturnValue:
    linking = linking or IntoCaseForm(formdata=None, version=entry.appointment.version)
    shown = linking if linking.errors else form
    parts = {"annotation": form, "linking": linking, "steps": office.steps_of(entry)}
    return show_form("appointments/appointment.html", shown, entry=entry, **parts)


def _annotation(entry: office.CalendarEntry) -> AnnotationForm:
    texts = {name: entry.content.get(name, "") for name in ("joining", "note")}
    return AnnotationForm(formdata=None, version=entry.appointment.version, **texts)


def _case() -> Any:
    """The case that the address names, None where it names none; NotFound for one that is not to be opened."""
    case_id = request.args.get("fall")
    return cases.load_case(case_id, current_actor()) if case_id else None


def _contact(case: Any) -> dict[str, str]:
    content = content_of(case) if case else {}
    return {name: content[name] for name in ("name", "phone", "email", "address") if content.get(name)}


def _show_booking(form: OfficeBookingForm, case: Any, chosen: bool = False) -> ResponseReturnValue:
    form.user_id.choices = _advisors()
    way, first = WAYS.get(form.way.data or "") or WAYS["phone"], clock.today()
    free = (
        slots.free_slots(way, first, first + SHOWN, (form.user_id.data,), not_before=clock.now())
        if form.user_id.data
        else []
    )
    return show_form("appointments/book.html", form, free=free, way=way, case=case, chosen=chosen)


def _show_move(entry: office.CalendarEntry, form: TimeForm) -> ResponseReturnValue:
    form.user_id.choices = _advisors()
    return show_form("appointments/move.html", form, entry=entry)


def _advisors() -> list[tuple[str, str]]:
    return [(user.id, user.name) for user in hours.advisors()]


def _done(appointment_id: str, message: Any) -> ResponseReturnValue:
    if message:
        flash(message, "success")
    return redirect(url_for(".show_appointment", appointment_id=appointment_id))
