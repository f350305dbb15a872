"""What the operator has set, for services: they know no web framework."""

from typing import Any

from flask import current_app


def setting(name: str) -> Any:
    """One value of ``config.settings``; KeyError for a name that does not exist there."""
    return current_app.config[name]
