"""Forms of shared living."""

from wohnberatung.projects.forms.desk import (
    BeginForm,
    DateForm,
    FactsForm,
    FileForm,
    PlaceForm,
    PlacesForm,
    StepForm,
    TextsForm,
)
from wohnberatung.projects.forms.joining import AnswerForm, BallotForm, JoinForm, VoteForm, WriteForm
from wohnberatung.projects.forms.rooms import ExchangeForm, RoomForm

__all__ = [
    "AnswerForm",
    "BallotForm",
    "BeginForm",
    "DateForm",
    "ExchangeForm",
    "FactsForm",
    "FileForm",
    "JoinForm",
    "PlaceForm",
    "PlacesForm",
    "RoomForm",
    "StepForm",
    "TextsForm",
    "VoteForm",
    "WriteForm",
]
