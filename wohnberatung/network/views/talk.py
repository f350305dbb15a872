"""The page of an introduction: say yes or no, write, agree on a date, say what has come of it. The same page signed in
and by secret link."""

import io
from typing import Any

from flask import Response, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.network.forms import (
    CONSENT_TEXT,
    CONSENT_VERSION,
    MOST_FILES,
    YES,
    AnswerForm,
    DecisionForm,
    MeetingDeedForm,
    MeetingForm,
    OutcomeForm,
    TakeBackForm,
    ThreadForm,
)
from wohnberatung.network.outcomes import OUTCOMES, REASONS
from wohnberatung.network.services import consenting, meetings, outcomes, sheets, sides, thread
from wohnberatung.network.services.sides import SideStanding
from wohnberatung.network.steps import INTRODUCTION_STEPS
from wohnberatung.network.views import blueprint
from wohnberatung.pictures.received import ReceivedFile
from wohnberatung.pictures.received_forms import received
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.viewings.services.dates import moment_at
from wohnberatung.web.date_forms import ChosenDate
from wohnberatung.web.doors import two_doors
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

page = two_doors(blueprint, "/vermittlungen/<introduction_id>", "/vermittlung/<token>")


@page()
def show_introduction(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    return show(_standing(introduction_id, token))


@page("/antwort", method="POST")
@commits
def answer_introduction(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    here = _standing(introduction_id, token)
    form = _for_sides(AnswerForm(), here)
    if form.validate():
        agrees = form.answer.data == YES
        with form.accepting():
            consenting.answer(
                here,
                agrees=agrees,
                wording=consenting.Wording(CONSENT_VERSION, str(CONSENT_TEXT)),
                version=form.submitted_version,
                for_side=form.side.data,
            )
            flash(_("Danke. Wir sagen Bescheid, sobald alle geantwortet haben.") if agrees else _("Danke."), "success")
            return _back(here)
    return show(here, answering=form)


@page("/zuruecknehmen", method="POST")
@commits
def take_back(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    here = _standing(introduction_id, token)
    form = _for_sides(TakeBackForm(), here)
    if form.validate():
        with form.accepting():
            consenting.take_back(here, version=form.submitted_version, for_side=form.side.data)
            flash(_("Zurückgenommen. Die anderen sehen Ihren Namen und Kontakt nicht mehr."), "success")
            return _back(here)
    return show(here, taking_back=form)


@page("/nachrichten", method="POST")
def write_to_sides(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: looking through files must not hold the database's write lock."""
    form = ThreadForm()
    files = received(form, "files", most=MOST_FILES)
    if files is None:
        return show(_standing(introduction_id, token), writing=form)
    return _keep(introduction_id, token, form, files)


@page("/dateien/<file_id>")
def fetch_introduction_file(
    file_id: str, introduction_id: str | None = None, token: str | None = None
) -> ResponseReturnValue:
    file = thread.file_for(_standing(introduction_id, token), file_id)
    name = f"datei.{file.media_type.ending}"
    return send_file(io.BytesIO(file.plain_file), file.media_type, as_attachment=True, download_name=name)


@page("/termine", method="POST")
@commits
def propose_meeting(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    here, form = _standing(introduction_id, token), MeetingForm()
    if form.validate():
        moments = [moment_at(day, at) for day, at in form.moments()]
        with form.accepting():
            meetings.propose_meeting(here, moments, form.place.data or "", version=form.submitted_version)
            flash(_("Die Termine sind vorgeschlagen. Jetzt wählt die andere Seite."), "success")
            return _back(here)
    return show(here, proposing=form)


@page("/wahl", method="POST")
@commits
def choose_meeting(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    here, form = _standing(introduction_id, token), ChosenDate()
    meeting = sheets.sheet_of(here).meeting
    form.offer(meeting.moments if meeting else [])
    if form.validate():
        with form.accepting():
            chosen = form.chosen()
            meetings.choose_meeting(here, chosen, version=form.submitted_version)
            said = _("Der Termin steht fest.") if chosen else _("Wir fragen nach anderen Terminen.")
            flash(said, "success")
            return _back(here)
    return show(here, choosing=form)


@page("/absage", method="POST")
@commits
def call_off_meeting(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    here, form = _standing(introduction_id, token), MeetingDeedForm()
    if form.validate():
        with form.accepting():
            meetings.call_off_meeting(here, version=form.submitted_version)
            flash(_("Der Termin ist abgesagt. Die andere Seite bekommt Bescheid."), "success")
            return _back(here)
    return show(here, calling_off=form)


@page("/termin.ics")
def download_meeting(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    here = _standing(introduction_id, token)
    file = meetings.meeting_calendar(here)
    if file is None:
        return _back(here)
    response = Response(file, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="kennenlernen.ics"'
    return response


@page("/ergebnis", method="POST")
@commits
def record_outcome(introduction_id: str | None = None, token: str | None = None) -> ResponseReturnValue:
    here, form = _standing(introduction_id, token), OutcomeForm()
    if form.validate():
        with form.accepting():
            outcomes.record_outcome(
                here,
                form.outcome.data,
                reason=form.reason.data or None,
                note=form.words.data or "",
                version=form.submitted_version,
            )
            flash(_("Danke. Das Ergebnis ist festgehalten."), "success")
            return _back(here)
    return show(here, recording=form)


def show(here: SideStanding, **refused: Any) -> ResponseReturnValue:
    """The page with whatever form was refused; the others as they are."""
    sheet = sheets.sheet_of(here)
    version = {"formdata": None, "version": sheet.row.version}
    dated = {"formdata": None, "version": sheet.meeting_version}
    choosing = refused.get("choosing") or ChosenDate(**dated)
    return show_form(
        "network/introduction.html",
        next(iter(refused.values()), None) or MeetingDeedForm(**dated),
        sheet=sheet,
        here=here,
        name_in=sheets.name_in,
        deciding=refused.get("deciding") or DecisionForm(**version, data={"reasons": sheet.reasons}),
        answering=refused.get("answering") or _for_sides(AnswerForm(**version), here),
        taking_back=refused.get("taking_back") or _for_sides(TakeBackForm(**version), here),
        writing=refused.get("writing") or ThreadForm(formdata=None),
        proposing=refused.get("proposing") or MeetingForm(**dated),
        choosing=choosing.offer(sheet.meeting.moments if sheet.meeting else []),
        calling_off=refused.get("calling_off") or MeetingDeedForm(**dated),
        recording=refused.get("recording") or OutcomeForm(**version),
    )


@commits
def _keep(
    introduction_id: str | None, token: str | None, form: ThreadForm, files: list[ReceivedFile]
) -> ResponseReturnValue:
    here = _standing(introduction_id, token)
    with form.accepting():
        thread.write(here, form.text.data or "", files)
        flash(_("Ihre Nachricht ist gesendet."), "success")
        return _back(here)
    return show(here, writing=form)


def _standing(introduction_id: str | None, token: str | None) -> SideStanding:
    """Whoever opened the door, see services/sides.py."""
    if token is None:
        return sides.at_desk(introduction_id or "", current_actor())
    here = sides.by_link(token)
    speak_to_reader(here.contact)
    return here


def _for_sides(form: Any, here: SideStanding) -> Any:
    return form.among([(side.id, sides.described(side)[0]) for side in here.introduction.sides])


def introduction_address(here: SideStanding, endpoint: str, **values: Any) -> str:
    """Of another page behind the same door."""
    if here.token:
        return url_for(f"network.{endpoint}_by_link", token=here.token, **values)
    return url_for(f"network.{endpoint}", introduction_id=here.introduction.id, **values)


def _back(here: SideStanding) -> ResponseReturnValue:
    return redirect(introduction_address(here, "show_introduction"))


def outcome_words(code: str) -> str:
    """An outcome, or why it does not fit, in the language that is read."""
    return str(OUTCOMES.get(code) or REASONS.get(code, code))


def step_words(key: str) -> str:
    """What happened with that step, as the history says it."""
    return str(INTRODUCTION_STEPS[key].done)


for helper in (introduction_address, outcome_words, step_words):
    blueprint.add_app_template_global(helper)
