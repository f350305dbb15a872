"""Who offers, and who sends the deliveries for it."""

from typing import Any

import pytest

from tests.factories import make_organisation
from tests.intake.uploads import clerk_of
from wohnberatung.accounts.models import Organisation
from wohnberatung.core.actors import Actor


@pytest.fixture
def owner(session: Any) -> Organisation:
    return make_organisation("Wohnhof Genossenschaft (erfunden)")


@pytest.fixture
def clerk(owner: Organisation) -> Actor:
    return clerk_of(owner)
