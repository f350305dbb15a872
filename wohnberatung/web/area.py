"""Pages of the house itself: start, imprint, privacy, accessibility, health."""

from wohnberatung.core.manifests import Area
from wohnberatung.web import views

AREA = Area(
    key="web",
    blueprint=views.blueprint,
)
