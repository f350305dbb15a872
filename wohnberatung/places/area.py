"""Pages of neighbourhoods; what stands on them the other areas declare (`place_sections`)."""

from wohnberatung.core.manifests import Area
from wohnberatung.places import views

AREA = Area(key="places", blueprint=views.blueprint)
