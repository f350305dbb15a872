"""A consultation is recorded and changed; what is being typed is kept; both texts where two people write."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from flask import flash, get_template_attribute, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from wohnberatung.cases.forms.consultations import ConsultationForm, ReadingField, reading_words, settled
from wohnberatung.cases.services import code_tables, consultations, content, drafts, follow_ups
from wohnberatung.cases.services.drafts import NEW_TALK, DraftOvertaken, DraftPage, Values
from wohnberatung.cases.spoken_dates import Said
from wohnberatung.cases.views import blueprint, opened
from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import audited, current_actor

CODED = ("channel", "reason", "person_group", "age_group", "result")


@blueprint.get("/faelle/<case_id>/beratung")
@audited("read")
def begin_consultation(case_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    kept = drafts.load_draft(case, NEW_TALK, current_actor())
    form = _drawn(None, kept[1]) if kept else _form(channel="phone")
    return _show(case, form, kept=kept[0] if kept else None)


@blueprint.post("/faelle/<case_id>/beratung")
@commits
def record_consultation(case_id: str) -> ResponseReturnValue:
    case, form, actor = opened(case_id), _form(), current_actor()
    is_draft = request.form.get("tun") == "sichern"
    if is_draft or form.validate_on_submit():
        with form.accepting(comparing=True, stored=lambda: _other_draft(case, NEW_TALK, form)):
            if is_draft:
                drafts.save_draft(case, NEW_TALK, form.values(), actor, _page_of(form))
                flash(_("Der Entwurf ist gesichert."), "success")
                return redirect(url_for(".begin_consultation", case_id=case_id))
            drafts.check_draft(case, NEW_TALK, actor, _page_of(form), form.values())
            said = _said(form)
            if said is not None:
                consultations.record_consultation(case, _talk(form), actor)
                return _finish(case, *said, NEW_TALK)
    return _show(case, form)


@blueprint.get("/faelle/<case_id>/beratung/<consultation_id>")
@audited("read")
def edit_consultation(case_id: str, consultation_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    row = consultations.load_consultation(case, consultation_id)
    talk = consultations.talk_of(case, row)
    kept = drafts.load_draft(case, row.id, current_actor())
    stored: dict[str, Any] = {
        name: getattr(talk, name) or "" for name in (*CODED, "held_on", "minutes", "note", "topics")
    }
    form = _drawn(talk, kept[1], **stored) if kept else _form(talk, **stored)
    form.version.data = str(row.version)
    return _show(case, form, row, kept=kept[0] if kept else None)


@blueprint.post("/faelle/<case_id>/beratung/<consultation_id>")
@commits
def change_consultation(case_id: str, consultation_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    row = consultations.load_consultation(case, consultation_id)
    form = _form(consultations.talk_of(case, row))
    if form.validate_on_submit():
        with form.accepting(comparing=True, stored=lambda: _other_draft(case, consultation_id, form)):
            drafts.check_draft(case, consultation_id, current_actor(), _page_of(form), form.values())
            said = _said(form)
            if said is not None:
                consultations.change_consultation(case, row, _talk(form), version=form.submitted_version)
                return _finish(case, *said, row.id)
    if form.conflict and not isinstance(form.conflict, DraftOvertaken):
        # The same page again, with what was written and what is stored; saving once more is then a decision.
        form.version.data = str(row.version)
    return _show(case, form, row)


@blueprint.post("/faelle/<case_id>/entwurf/<subject>")
@commits
def save_draft(case_id: str, subject: str) -> ResponseReturnValue:
    """Asked for by the page's script every few seconds while somebody types. Answers how the lines are understood so
    far, so that the day is seen before the form is sent."""
    case, form = opened(case_id), _form()
    if subject != NEW_TALK:
        consultations.load_consultation(case, subject)
    drafts.save_draft(case, subject, form.values(), current_actor(), _page_of(form))
    return jsonify(readings={field.name: draw_reading(field) for field in _read_so_far(form)})


@blueprint.get("/faelle/<case_id>/entwurf/<subject>")
def renew_draft(case_id: str, subject: str) -> ResponseReturnValue:
    """After a time-out and signing in again elsewhere: what the script needs to go on saving."""
    opened(case_id)
    return jsonify(csrf_token=generate_csrf())


@blueprint.post("/faelle/<case_id>/entwurf/<subject>/verwerfen")
@commits
def discard_draft(case_id: str, subject: str) -> ResponseReturnValue:
    """Conflict where another page has written more than this one has shown."""
    case, actor, sent = opened(case_id), current_actor(), request.form
    drafts.check_draft(case, subject, actor, DraftPage(sent.get("page", ""), sent.get("drawn_from", "")))
    drafts.discard_draft(case, subject, actor)
    flash(_("Der Entwurf ist verworfen."), "success")
    return redirect(url_for(".show_case", case_id=case_id))


def _form(used: Any = None, *, read: bool = True, **values: Any) -> ConsultationForm:
    """What was sent, unless it is not to be `read`; else the values."""
    if isinstance(day := values.get("held_on"), str):
        values["held_on"] = date.fromisoformat(day)  # as a draft keeps it
    given = {name: value for name, value in values.items() if value not in (None, "")}
    form = ConsultationForm(**given) if read else ConsultationForm(formdata=None, **given)
    for name in CODED:
        offered = code_tables.choices(name, getattr(used, name, None))
        form[name].choices = offered if name == "channel" else [("", _("nicht gesagt")), *offered]
    form.topics.choices = code_tables.choices("topic", *getattr(used, "topics", ()))
    return form


def _page_of(form: ConsultationForm) -> DraftPage:
    return DraftPage(form.page.data or "", form.drawn_from.data or "")


def _drawn(used: Any, kept: Values, **stored: Any) -> ConsultationForm:
    """The form as the draft has it, on a page that goes on with this draft."""
    form = _form(used, read=False, **{**stored, **kept})
    form.drawn_from.data = drafts.mark_of(kept)
    return form


def _other_draft(case: Any, subject: str, form: ConsultationForm) -> ConsultationForm | None:
    """What the other page has written. This one shows it, so that sending it once more is a decision."""
    kept = drafts.load_draft(case, subject, current_actor())
    if kept is None:
        return None
    form.drawn_from.data = drafts.mark_of(kept[1])
    other = _form(read=False, **kept[1])
    # How a line was read follows from the line.
    other.follow_up_day.data, other.appointment_day.data = form.follow_up_day.data, form.appointment_day.data
    return other


def _talk(form: ConsultationForm) -> consultations.Talk:
    coded: dict[str, Any] = {name: form[name].data or None for name in CODED}
    return consultations.Talk(
        **coded,
        held_on=form.held_on.data,
        minutes=form.minutes.data,
        topics=tuple(form.topics.data or ()),
        note=form.note.data or "",
    )


def _read_so_far(form: ConsultationForm) -> Iterator[ReadingField]:
    later, meeting = form.follow_up.data or "", form.appointment.data or ""
    reading = (
        (form.follow_up_day, lambda: follow_ups.readings_of(later)),
        (form.appointment_day, lambda: follow_ups.appointment_readings(meeting, current_actor())),
    )
    for field, read in reading:
        yield read_so_far(field, read)


def read_so_far(field: ReadingField, read: Callable[[], list[Said]]) -> ReadingField:
    """How a line that is being typed is understood up to now, or that it is not; nothing is wrong with it yet."""
    readings, field.unread = follow_ups.readings_so_far(read)
    field.settle(readings)
    field.errors = []
    return field


def draw_reading(field: ReadingField) -> str:
    return str(get_template_attribute("cases/words.html", "reading")(field))


def _said(form: ConsultationForm) -> tuple[Said | None, Said | None] | None:
    """Follow-up and appointment, understood before anything is stored; None until the person has seen how."""
    follow_up = follow_ups.readings_of(form.follow_up.data or "")
    appointment = follow_ups.appointment_readings(form.appointment.data or "", current_actor())
    if any(said.at is None for said in appointment):
        raise DomainError(str(follow_ups.NO_TIME), "appointment")
    chosen = settled([(form.follow_up_day, follow_up), (form.appointment_day, appointment)])
    if chosen is None:
        return None
    return chosen[0] if follow_up else None, chosen[-1] if appointment else None


def _finish(case: Any, follow_up: Said | None, appointment: Said | None, subject: str) -> ResponseReturnValue:
    """DomainError at `appointment` where it cannot be booked: then nothing of all that is stored."""
    actor, done = current_actor(), [_("Gespeichert.")]
    if follow_up is not None:
        follow_ups.add_follow_up(case, follow_up, actor)
        done.append(_("Der Fall liegt wieder vor am %(day)s.", day=reading_words(follow_up)))
    if appointment is not None:
        done.append(follow_ups.book_appointment(case, appointment, actor))
    drafts.discard_draft(case, subject, actor)
    flash(" ".join(done), "success")
    return redirect(url_for(".show_case", case_id=case.id))


def _show(case: Any, form: ConsultationForm, row: Any = None, kept: Any = None) -> ResponseReturnValue:
    return show_form(
        "cases/consultation.html",
        form,
        case=case,
        content=content.content_of(case),
        consultation=row,
        subject=row.id if row else NEW_TALK,
        kept=kept,
    )
