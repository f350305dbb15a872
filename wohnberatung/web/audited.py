"""Who read something sensitive goes into the audit chain."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import make_response

from wohnberatung.core.transactions import transaction
from wohnberatung.privacy import audit
from wohnberatung.web.visitors import current_actor


def audited(
    action: str, table: str = "cases", key: str = "case_id"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """View decorator: a page about a record, whose id is the view's argument `key`, is handed out only once the chain
    says who got it. In a transaction of its own after the view, as pages that only read hold no write lock."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def audited_view(**values: Any) -> Any:
            response = make_response(view(**values))
            if response.status_code == 200:
                record_access(action, f"{table}|{values[key]}")
            return response

        return audited_view

    return decorate


def record_access(action: str, subject: str) -> None:
    """Into the chain, in a transaction of its own; `subject` is ``table|id``. Whatever the view has read is let go."""
    actor = current_actor()
    with transaction():
        audit.record(action, subject, actor)
