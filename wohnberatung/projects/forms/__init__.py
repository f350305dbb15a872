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

__all__ = [
    "AnswerForm",
    "BallotForm",
    "BeginForm",
    "DateForm",
    "FactsForm",
    "FileForm",
    "JoinForm",
    "PlaceForm",
    "PlacesForm",
    "StepForm",
    "TextsForm",
    "VoteForm",
    "WriteForm",
]
