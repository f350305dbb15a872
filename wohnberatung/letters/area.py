"""Letters and their templates."""

from wohnberatung.core.manifests import Area
from wohnberatung.letters import models, views
from wohnberatung.letters.services.personal import in_timeline, letters_told

AREA = Area(
    key="letters",
    models=models,
    blueprint=views.blueprint,
    timeline=(in_timeline,),
    told_of_case={"letters": letters_told},
)
