"""Goals and measures of a case."""

from wohnberatung.core.manifests import Area
from wohnberatung.measures import models, views
from wohnberatung.measures.services.personal import goals_told, in_timeline, measures_told

AREA = Area(
    key="measures",
    models=models,
    blueprint=views.blueprint,
    timeline=(in_timeline,),
    told_of_case={"goals": goals_told, "measures": measures_told},
)
