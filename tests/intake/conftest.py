"""Who offers, and who sends the deliveries for it."""

from typing import Any

import pytest

from tests.factories import make_organisation
from tests.intake.uploads import clerk_of
from wohnberatung.accounts.models import Organisation
from wohnberatung.core.actors import Actor
from wohnberatung.intake.services import jobs, taking_over


@pytest.fixture
def owner(session: Any) -> Organisation:
    return make_organisation("Wohnhof Genossenschaft (erfunden)")


@pytest.fixture
def clerk(owner: Organisation) -> Actor:
    return clerk_of(owner)


@pytest.fixture(autouse=True)
def in_one_part(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody else writes, a delivery is taken over without letting others come between: how many parts there
    are, which each cost a dozen statements, would hang on what else the machine does. See test_parts."""
    if "session" in request.fixturenames:
        for module in (jobs, taking_over):
            monkeypatch.setattr(module, "PART", 60)
            monkeypatch.setattr(module, "PAUSE", 0)
