"""Work on many rows of which one must not stop the others: reminders, deadlines, what is kept only so long."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import structlog
from flask_babel import gettext as _

from wohnberatung.core.errors import DomainError
from wohnberatung.core.transactions import is_writing, transaction
from wohnberatung.extensions import db

log = structlog.get_logger(__name__)
Item = TypeVar("Item")
Result = TypeVar("Result")


class LeftUndone(DomainError):
    """Everything was tried and so many failed; the log names them and why, without a word about people."""

    def __init__(self, count: int) -> None:
        super().__init__(_("%(count)s Einträge sind gescheitert, alle anderen sind erledigt.", count=count))
        self.count = count


def each_in_its_own_transaction(items: Iterable[Item], work: Callable[[Item], Result]) -> list[Result]:
    """What `work` gave for those that went through, each kept at once and for itself.

    `items` are ids (or tuples of them), as rows do not outlive a transaction: `work` loads its row, locks it and looks
    again whether there is still something to do. Called by somebody who is writing already, each is a savepoint of
    theirs. Raises LeftUndone, once all were tried.
    """
    results, failed = [], 0
    for item in list(items):
        try:
            with _alone():
                result = work(item)
        except Exception as error:
            failed += 1
            # The words of a refusal may quote a person; where we are at fault the log tells where.
            at_fault = not isinstance(error, DomainError)
            log.error("left undone", work=work.__qualname__, item=item, kind=type(error).__name__, exc_info=at_fault)
        else:
            results.append(result)
    if failed:
        raise LeftUndone(failed)
    return results


def _alone() -> AbstractContextManager[Any]:
    return db.session.begin_nested() if is_writing() else transaction()
