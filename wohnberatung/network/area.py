"""The network: sites for groups, what groups search, introductions."""

from wohnberatung.core.manifests import Area
from wohnberatung.network import models, views

AREA = Area(
    key="network",
    models=models,
    blueprint=views.blueprint,
    impersonal={models.Introduction: "what two organisations and the office wrote; it goes with the site or the group"},
)
