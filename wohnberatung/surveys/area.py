"""Surveys of homes, with their pictures."""

from wohnberatung.core.manifests import Area
from wohnberatung.surveys import models, views
from wohnberatung.surveys.services.personal import OF_SURVEY, in_timeline, surveys_told

AREA = Area(
    key="surveys",
    models=models,
    blueprint=views.blueprint,
    timeline=(in_timeline,),
    told_of_case={"surveys": surveys_told},
    picture_subjects=(OF_SURVEY,),
)
