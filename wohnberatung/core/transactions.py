"""Where transactions begin and end; nothing else in the application commits."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar, overload

import structlog
from flask import Response, make_response
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from sqlalchemy import CursorResult, Delete, Update, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session
from sqlalchemy.orm.exc import StaleDataError

from wohnberatung.core import database, idempotency
from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.constraints import explain
from wohnberatung.core.database import BEGIN_OPTION, PATIENCE_OPTION, WITHOUT_TRANSACTION, read_only
from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.stopping import heed_stop
from wohnberatung.extensions import REHEARSAL, Model, db

Given = ParamSpec("Given")
View = Callable[Given, ResponseReturnValue]
# Key of the session's own notes: what was written has been taken back, so nothing of this deed is to be kept.
TAKEN_BACK = "taken_back"


def start_writing(patience: float | None = None) -> None:
    """Leave whatever was being read and begin a transaction that is going to write.

    Raises OperationalError if on SQLite somebody else still writes after `patience` seconds (`BUSY_SECONDS`).
    """
    patience = database.BUSY_SECONDS if patience is None else patience
    db.session.rollback()
    db.session.info.pop(TAKEN_BACK, None)
    db.session.connection(execution_options={BEGIN_OPTION: "IMMEDIATE", PATIENCE_OPTION: patience})


def is_writing() -> bool:
    """Whether a transaction that was begun to write is still open."""
    session = db.session()
    return session.in_transaction() and BEGIN_OPTION in session.connection().get_execution_options()


@contextmanager
def transaction(patience: float | None = None) -> Iterator[scoped_session[Any]]:
    """All or nothing, for commands, jobs and the frame itself; yields the session. Raises as `start_writing`."""
    start_writing(patience)
    try:
        yield db.session
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def changed_rows(statement: Update | Delete) -> int:
    """Carry out an UPDATE or DELETE in the session's transaction; returns how many rows it met."""
    result = db.session.execute(statement)
    assert isinstance(result, CursorResult)
    return result.rowcount


@contextmanager
def rehearsal() -> Iterator[scoped_session[Any]]:
    """What is done inside of the block is done in memory alone and forgotten at its end: a preview, by the very code
    that does the deed. Yields the session.

    Nothing is sent to the database, which refuses to write, so nobody waits for it: on SQLite even a transaction that
    only reads would keep every other one from committing, so each query is one of its own and sees what is committed.
    Objects that the block makes are found through the objects they belong to, not by queries.
    """
    db.session.rollback()
    connection = db.session.connection(execution_options={BEGIN_OPTION: WITHOUT_TRANSACTION})
    db.session.info[REHEARSAL] = True
    try:
        with read_only(connection):
            yield db.session
    finally:
        del db.session.info[REHEARSAL]
        db.session.rollback()


def add_rows(table: type[Model], rows: Sequence[Mapping[str, object]]) -> None:
    """Store new rows that nobody needs as objects: one statement for all of them. In a rehearsal they are nowhere."""
    if rows and REHEARSAL not in db.session.info:
        db.session.execute(insert(table), rows)


def take_back() -> None:
    """Undo whatever the view has written; :func:`commits` keeps nothing of this deed, whatever the view answers.

    The view may go on to draw a page: rows that it has loaded are read anew, as they are stored.
    """
    db.session.rollback()
    db.session.info[TAKEN_BACK] = True


def as_refusal(error: BaseException) -> DomainError | None:
    """What a fault means to a person: a lost race, a named constraint, a domain error itself; None if it is ours."""
    if isinstance(error, DomainError):
        return error
    if isinstance(error, StaleDataError):
        return Conflict(str(CHANGED_MEANWHILE))
    return explain(error) if isinstance(error, IntegrityError) else None


@overload
def commits(view: View[Given]) -> Callable[Given, Response]: ...


@overload
def commits(*, resubmittable: bool) -> Callable[[View[Given]], Callable[Given, Response]]: ...


def commits(
    view: View[Given] | None = None, *, resubmittable: bool = False
) -> Callable[Given, Response] | Callable[[View[Given]], Callable[Given, Response]]:
    """The view writes: commit if its answer is below 400 and nothing was refused, else keep nothing.

    A form that was sent twice (same idempotency key, same content) is done once and answered twice
    the same. The same key with *other* content is refused with 409, as it would make a second record
    of the first; ``resubmittable=True`` allows it for steps that merely replace what was entered.
    """

    def decorate(view: View[Given]) -> Callable[Given, Response]:
        @wraps(view)
        def committing(*args: Given.args, **kwargs: Given.kwargs) -> Response:
            start_writing()
            try:
                return _answer_once(lambda: view(*args, **kwargs), resubmittable)
            except (StaleDataError, IntegrityError) as error:
                db.session.rollback()
                raise as_refusal(error) or error from error
            except BaseException:
                db.session.rollback()
                raise

        return committing

    return decorate if view is None else decorate(view)


def _answer_once(answer: Callable[[], ResponseReturnValue], resubmittable: bool) -> Response:
    submission = idempotency.current_submission(resubmittable)
    earlier = idempotency.begin(submission) if submission else None
    if earlier is not None:
        db.session.rollback()
        return earlier
    response = make_response(answer())
    if response.status_code < 400 and not db.session.info.get(TAKEN_BACK):
        if submission:
            idempotency.finish(submission, response)
        db.session.commit()
    else:
        db.session.rollback()
    return response


log = structlog.get_logger(__name__)
Item = TypeVar("Item")
Result = TypeVar("Result")


class LeftUndone(DomainError):
    """Everything was tried and so many failed; the log names them and why, without a word about people."""

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "%(num)s Eintrag ist gescheitert, alle anderen sind erledigt.",
                "%(num)s Einträge sind gescheitert, alle anderen sind erledigt.",
                count,
            )
        )
        self.count = count


TOLD_EVERY = 50


def each_in_its_own_transaction(
    items: Iterable[Item], work: Callable[[Item], Result], tell: Callable[[int, int], None] | None = None
) -> list[Result]:
    """What `work` gave for those that went through, each kept at once and for itself.

    `items` are ids (or tuples of them), as rows do not outlive a transaction: `work` loads its row, locks it and looks
    again whether there is still something to do. Called by somebody who is writing already, each is a savepoint of
    theirs; else `tell` hears now and then how many of how many are done. Raises LeftUndone, once all were tried;
    `Stopped` between two where a worker is told to stop.
    """
    results, failed, listed = [], 0, list(items)
    for number, item in enumerate(listed):
        if not is_writing():
            heed_stop()
            if tell is not None and number % TOLD_EVERY == 0:
                tell(number, len(listed))
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
