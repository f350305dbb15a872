"""No request is without an answer: not one of those that somebody sends who means no good."""

from typing import Any

import pytest
from flask import Flask

from tests.hostile.attackers import Attackers
from tests.refusals.conftest import Office

SHARE = range(0, 3_000, 7)


# Of a form that is cut off, the collector closes the files that the parser had begun.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_hostile_requests_are_answered(app: Flask, people: Office, monkeypatch: Any) -> None:
    """A share of them; ``python -m tests.hostile 20000`` sends more."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", app.config.get("PROPAGATE_EXCEPTIONS"))
    handlers = app.error_handler_spec[None][None]
    monkeypatch.setitem(handlers, Exception, handlers[Exception])
    assert Attackers(app, people).attack(SHARE) == []
