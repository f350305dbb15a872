"""Pages of home surveys: begin one, go from room to room, finish it, read the barriers."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import CheckboxesField, fact_form
from wohnberatung.bridge.questionnaires import Room
from wohnberatung.bridge.request_form import profile_choices
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.cases.services import cases, content
from wohnberatung.core import clock
from wohnberatung.core.transactions import commits
from wohnberatung.dwellings.services import listings
from wohnberatung.surveys import area
from wohnberatung.surveys.services import barriers, surveys
from wohnberatung.surveys.steps import FINISH, SURVEY_STEPS
from wohnberatung.web.forms import Form, VersionedForm, at_most, show_form
from wohnberatung.web.visitors import audited, current_actor


class BeginSurveyForm(Form):
    dwelling_id = HiddenField()
    surveyed_on = DayField(_l("Tag des Besuchs"), validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    address = StringField(
        _l("Welche Wohnung?"),
        description=_l("Die jetzige Wohnung der Person, so genau wie nötig. Sie wird verschlüsselt gespeichert."),
        validators=[at_most(200)],
    )
    profiles = CheckboxesField(
        _l("Wer lebt in der Wohnung?"),
        description=_l("Danach richtet sich, welche Maße wichtig sind, solange es noch kein Gesuch gibt."),
        choices=lambda: [(key, label) for key, label, _explanation in profile_choices()],
    )


class PicturesForm(VersionedForm):
    agreed = BooleanField(
        _l("Die Person ist einverstanden, dass wir Fotos und Skizzen ihrer Wohnung verschlüsselt aufbewahren."),
        validators=[InputRequired(_l("Ohne Einverständnis gibt es keine Bilder."))],
    )


def room_form(room: Room, stored: Mapping[str, Any], *, formdata: bool = True) -> Any:
    """The form of one room, filled with what is stored of it; `note_field` is its note."""
    name = f"note_{room.theme}"
    note = TextAreaField(
        _l("Notiz zu: %(room)s", room=room.label),
        description=_l("Sturzgefahren, Hilfsmittel, was im Alltag schwerfällt."),
        validators=[at_most(4000)],
        render_kw={"rows": 2},
    )
    base = fact_form(VersionedForm, room.facts)
    made = type("RoomForm", (base,), {name: note})
    options = {} if formdata else {"formdata": None}
    form = made(**options, data={**stored["facts"], name: stored["note"], "version": stored["version"]})
    form.note_field = form[name]
    return form


blueprint = Blueprint("surveys", __name__)


@blueprint.get("/faelle/<case_id>/bestandsaufnahmen")
@audited("read")
def list_surveys(case_id: str) -> ResponseReturnValue:
    case = cases.load_case(case_id, current_actor())
    name = content.content_of(case)["name"]
    return render_template(
        "surveys/surveys.html", case=case, name=name, sheets=surveys.surveys_of(case, current_actor())
    )


@blueprint.get("/faelle/<case_id>/bestandsaufnahmen/neu")
def ask_begin(case_id: str) -> ResponseReturnValue:
    case = cases.load_case(case_id, current_actor())
    address = content.content_of(case)["address"]
    dwelling_id = request.args.get("wohnung", "")
    return _show_begin(case, BeginSurveyForm(surveyed_on=clock.today(), address=address, dwelling_id=dwelling_id))


@blueprint.post("/faelle/<case_id>/bestandsaufnahmen/neu")
@commits
def begin_survey(case_id: str) -> ResponseReturnValue:
    case, form = cases.load_case(case_id, current_actor()), BeginSurveyForm()
    if form.validate_on_submit():
        with form.accepting():
            row = surveys.begin_survey(
                case,
                current_actor(),
                surveyed_on=form.surveyed_on.data,
                dwelling_id=form.dwelling_id.data or None,
                address=form.address.data or "",
                profiles=tuple(form.profiles.data or ()),
            )
            return redirect(url_for(".show_survey", survey_id=row.id))
    return _show_begin(case, form)


@blueprint.get("/bestandsaufnahmen/<survey_id>")
@audited("read", "surveys", "survey_id")
def show_survey(survey_id: str) -> ResponseReturnValue:
    return _show(surveys.load_survey(survey_id, current_actor()))


@blueprint.post("/bestandsaufnahmen/<survey_id>/<theme>")
@commits(resubmittable=True)
def save_room(survey_id: str, theme: str) -> ResponseReturnValue:
    """A tablet whose answer was lost sends the room again, perhaps with more: that is no second record. Where the room
    was saved meanwhile, both versions stand on the page, and saving once more is a decision."""
    sheet = surveys.load_survey(survey_id, current_actor(), for_change=True)
    room = next((room for room in sheet.rooms(_everything()) if room.theme == theme), None) or abort(404)
    form = room_form(room, sheet.room(theme))
    if form.validate_on_submit():
        facts = {**sheet.room(theme)["facts"], **form.fact_values()}
        with form.accepting(comparing=True):
            surveys.save_room(sheet, theme, facts, form.note_field.data or "", version=form.submitted_version)
            flash(_("Gespeichert: %(room)s", room=room.label), "success")
            here = url_for(".show_survey", survey_id=survey_id, alle=request.args.get("alle"))
            return redirect(f"{here}#raum-{theme}")
    if form.conflict:
        form.version.data = str(sheet.room(theme)["version"])
    return _show(sheet, {theme: form})


@blueprint.get("/bestandsaufnahmen/<survey_id>/abschliessen")
def ask_finish(survey_id: str) -> ResponseReturnValue:
    sheet = surveys.load_survey(survey_id, current_actor())
    return show_form("surveys/finish.html", VersionedForm(version=sheet.survey.version), sheet=sheet)


@blueprint.post("/bestandsaufnahmen/<survey_id>/abschliessen")
@commits
def finish_survey(survey_id: str) -> ResponseReturnValue:
    sheet, form = surveys.load_survey(survey_id, current_actor(), for_change=True), VersionedForm()
    if form.validate_on_submit():
        surveys.finish(sheet, current_actor(), version=form.submitted_version)
        flash(str(SURVEY_STEPS[FINISH].done), "success")
    return redirect(url_for(".show_survey", survey_id=survey_id))


@blueprint.post("/bestandsaufnahmen/<survey_id>/oeffnen")
@commits
def reopen_survey(survey_id: str) -> ResponseReturnValue:
    sheet, form = surveys.load_survey(survey_id, current_actor(), for_change=True), VersionedForm()
    if form.validate_on_submit():
        surveys.reopen(sheet, version=form.submitted_version)
    return redirect(url_for(".show_survey", survey_id=survey_id))


@blueprint.post("/bestandsaufnahmen/<survey_id>/bilder-erlaubt")
@commits
def agree_to_pictures(survey_id: str) -> ResponseReturnValue:
    sheet, form = surveys.load_survey(survey_id, current_actor(), for_change=True), PicturesForm()
    if not form.validate_on_submit():
        return _show(sheet, pictures=form)
    surveys.agree_to_pictures(sheet, True)
    return redirect(url_for("pictures.list_pictures", kind=area.PICTURES, subject_id=survey_id))


@blueprint.post("/bestandsaufnahmen/<survey_id>/bilder-nicht-mehr")
@commits
def withdraw_pictures(survey_id: str) -> ResponseReturnValue:
    sheet = surveys.load_survey(survey_id, current_actor(), for_change=True)
    if VersionedForm().validate_on_submit():
        area.withdraw_pictures(sheet)
        flash(_("Das Einverständnis ist zurückgenommen, alle Bilder sind gelöscht."), "success")
    return redirect(url_for(".show_survey", survey_id=survey_id))


def _everything() -> bool:
    return request.args.get("alle") == "ja"


def _show_begin(case: Any, form: BeginSurveyForm) -> ResponseReturnValue:
    """With a search among our own dwellings, and the one that was chosen there."""
    sought, actor = request.args.get("suche", "").strip(), current_actor()
    chosen = listings.get_dwelling(form.dwelling_id.data, actor) if form.dwelling_id.data else None
    found = list(listings.list_dwellings(actor, sought).items) if sought else []
    return show_form("surveys/begin.html", form, case=case, chosen=chosen, found=found, sought=sought)


def _show(
    sheet: surveys.SurveySheet, forms: dict[str, Any] | None = None, pictures: PicturesForm | None = None
) -> ResponseReturnValue:
    rooms = [
        (room, (forms or {}).get(room.theme) or room_form(room, sheet.room(room.theme), formdata=False))
        for room in sheet.rooms(_everything())
    ]
    agreeing = pictures or PicturesForm(formdata=None, version=sheet.survey.version)
    wrong = next((form for _room, form in rooms if form.errors or form.conflict), agreeing)
    return show_form(
        "surveys/survey.html",
        wrong,
        sheet=sheet,
        rooms=rooms,
        everything=_everything(),
        agreeing=agreeing,
        barriers=barriers.barriers_of(sheet),
        pictures_kind=area.PICTURES,
    )
