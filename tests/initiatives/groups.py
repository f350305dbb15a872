"""Stored initiatives with valid defaults."""

from typing import Any

from tests.factories import make_organisation, make_project, provider_of
from wohnberatung.accounts.models import Organisation
from wohnberatung.core.actors import Actor
from wohnberatung.initiatives.models import Initiative
from wohnberatung.initiatives.services.initiatives import begin_initiative

JOHANNSTADT, PIESCHEN = "06", "21"


def make_initiative(
    name: str = "Runde am Fluss", *, owner: Organisation | None = None, public: bool = True, **values: Any
) -> tuple[Initiative, Actor]:
    """One in Johannstadt, public unless told otherwise, and who acts for its group."""
    group = owner or make_organisation(kind="initiative")
    actor = provider_of(group)
    project = make_project(group, name, published=public)
    told = {"serves": [JOHANNSTADT], "aims": "Wir wollen bleiben können."}
    return begin_initiative(project.id, "", actor, **told | values), actor
