"""Use cases of home surveys."""

from wohnberatung.surveys.services.barriers import Barrier, Barriers, barriers_of
from wohnberatung.surveys.services.personal import PICTURES, withdraw_pictures
from wohnberatung.surveys.services.surveys import (
    SurveySheet,
    agree_to_pictures,
    begin_survey,
    finish,
    load_survey,
    reopen,
    save_room,
    surveys_of,
)

__all__ = [
    "PICTURES",
    "Barrier",
    "Barriers",
    "SurveySheet",
    "agree_to_pictures",
    "barriers_of",
    "begin_survey",
    "finish",
    "load_survey",
    "reopen",
    "save_room",
    "surveys_of",
    "withdraw_pictures",
]
