"""Home surveys: what is kept of them about a person, in the timeline of the case, its export, and pictures."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import true

from wohnberatung.cases.models import Case
from wohnberatung.cases.services.timeline import TimelineEntry
from wohnberatung.core.actors import VISITOR, Actor
from wohnberatung.core.errors import Forbidden
from wohnberatung.core.manifests import Area, ExportedRecord
from wohnberatung.extensions import db
from wohnberatung.pictures.models import PictureSubject
from wohnberatung.pictures.services import delete_pictures_of, reseal_pictures
from wohnberatung.privacy.models import PersonKey
from wohnberatung.surveys import models, views
from wohnberatung.surveys.models import Survey
from wohnberatung.surveys.services.surveys import SurveySheet, agree_to_pictures, load_survey, surveys_of

PICTURES = "survey"


def _title(survey_id: str, actor: Actor) -> str:
    """Without the person's consent there are no pictures of their home."""
    sheet = load_survey(survey_id, actor)
    if not sheet.may_have_pictures:
        raise Forbidden(_("Für Bilder aus der Wohnung fehlt die Einwilligung der Person."))
    return _("Bestandsaufnahme: %(place)s", place=sheet.place)


def _key(survey_id: str) -> PersonKey | None:
    row = db.session.get(Survey, survey_id)
    return row.case.person_key if row else None


OF_SURVEY = PictureSubject(
    kind=PICTURES,
    title_for_editing=_title,
    page="surveys.show_survey",
    argument="survey_id",
    seal_for=_key,
    note=_l("Nur für die Wohnberatung, verschlüsselt. Fotografieren Sie keine Menschen und nichts Persönliches."),
)


def withdraw_pictures(sheet: SurveySheet) -> None:
    """The person took back their consent: all pictures go at once."""
    agree_to_pictures(sheet, False)
    delete_pictures_of(PICTURES, sheet.survey.id)


def in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    for sheet in surveys_of(case, actor):
        row, page = sheet.survey, {"survey_id": sheet.survey.id}
        yield TimelineEntry(
            row.created_at, _("Bestandsaufnahme begonnen"), sheet.place, sheet.surveyor, "surveys.show_survey", page
        )
        if row.finished_at is not None:
            text = ngettext(
                "%(num)s Angabe gemessen: %(place)s",
                "%(num)s Angaben gemessen: %(place)s",
                len(sheet.facts),
                place=sheet.place,
            )
            yield TimelineEntry(
                row.finished_at, _("Bestandsaufnahme abgeschlossen"), text, "", "surveys.show_survey", page
            )


def _take_pictures_along(row: Survey) -> None:
    reseal_pictures(PICTURES, row.id)


def surveys_told(case: Case) -> list[ExportedRecord]:
    return [
        {
            "surveyed_on": sheet.survey.surveyed_on.isoformat(),
            "state": sheet.survey.state,
            "dwelling": sheet.survey.dwelling_id,
            **sheet.content,
        }
        for sheet in surveys_of(case, VISITOR)
    ]


AREA = Area(
    key="surveys",
    models=models,
    blueprint=views.blueprint,
    timeline=(in_timeline,),
    told_of_case={"surveys": surveys_told},
    moves_with_case={Survey: true},
    after_move={Survey: _take_pictures_along},
    picture_subjects=(OF_SURVEY,),
)
