"""Of two people who edit the same record the second sees both texts and loses nothing."""

from typing import Any

import pytest

from tests.infrastructure.application import running_app
from wohnberatung.core.changes import VersionMixin, check_version
from wohnberatung.core.errors import Conflict


class Note(VersionMixin):
    """Stands for any row with a version."""

    def __init__(self, version: int) -> None:
        self.version = version


def test_the_version_of_the_form_must_be_the_stored_one() -> None:
    check_version(Note(3), 3)
    for stale in (2, 4, None):
        with pytest.raises(Conflict) as caught:
            check_version(Note(3), stale, current={"Text": "alt"}, submitted={"Text": "neu"}, location="/notiz")
        assert (caught.value.current, caught.value.submitted) == ({"Text": "alt"}, {"Text": "neu"})


def test_labels_that_differ_come_first() -> None:
    conflict = Conflict("…", {"A": "1", "B": "2"}, {"A": "1", "B": "3", "C": "4"})
    assert conflict.labels == ["B", "C", "A"]


def test_the_page_shows_both_texts(own_database_url: str) -> None:
    def clash() -> Any:
        raise Conflict("Jemand war schneller.", {"Notiz": "ruft <an>"}, {"Notiz": "ruft zurück"}, "/notiz")

    from wohnberatung.web.access import ACCESS, ANYBODY

    ACCESS["probe.clash"] = ANYBODY
    with running_app(own_database_url) as app:
        app.add_url_rule("/probe/clash", "probe.clash", clash)
        page = app.test_client().get("/probe/clash")
    assert page.status_code == 409
    assert "ruft &lt;an&gt;" in page.text
    assert "ruft zurück" in page.text
    assert 'href="/notiz"' in page.text
