"""Watching over the running office: health for load balancers, figures for Prometheus, the administrators' page.

It has no tables and changes nothing of its own. What is watched is declared where it is done: each area names its
queues in its ``AREA`` (`core.queues`), and the page and the figures read all of them.
"""

from wohnberatung.core.manifests import Area
from wohnberatung.watch import views

AREA = Area(
    key="watch",
    blueprint=views.blueprint,
)
