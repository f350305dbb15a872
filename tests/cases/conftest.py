"""Every test begins with a search that knows nothing: what others stored is rolled back behind its back."""

from collections.abc import Iterator

import pytest

from wohnberatung.cases.search.following import forget_indexes


@pytest.fixture(autouse=True)
def _fresh_search() -> Iterator[None]:
    forget_indexes()
    yield
    forget_indexes()
