"""The one way from a refusal to a page.

A service refuses with a DomainError. What the person can put right themselves (status 400) is said where they are: at
the fields of their form (:class:`Accepting`, by ``form.accepting()``), or, after a button, on the page that the button
was on (:func:`refusal_returns_to`). Either way nothing of what the view had written is kept. What may not be done or
known, was done by somebody else before, or too often (403, 404, 409, 429) has a page of its own, see ``errors.py``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from flask import abort, flash, redirect

from wohnberatung.core.errors import Conflict, DomainError
from wohnberatung.core.transactions import as_refusal, take_back


class Accepting:
    """Around what a view does with a valid form: a refusal is taken back and handed to `say`, and the view goes on
    after the block, where it draws the form. `tell` adds to a Conflict what was entered; with `comparing` it is handed
    over as well, else it goes on to its own page."""

    def __init__(
        self,
        say: Callable[[DomainError], None],
        *,
        comparing: bool = False,
        tell: Callable[[Conflict], None] | None = None,
    ) -> None:
        self._say = say
        self._comparing = comparing
        self._tell = tell

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        refusal = as_refusal(error) if error else None
        if isinstance(refusal, Conflict) and not self._comparing and self._tell:
            take_back()
            self._tell(refusal)
            raise refusal from None
        if refusal is None or not (_can_be_put_right(refusal) or (self._comparing and isinstance(refusal, Conflict))):
            return False
        take_back()
        if isinstance(refusal, Conflict) and self._tell:
            self._tell(refusal)
        self._say(refusal)
        return True


@contextmanager
def refusal_returns_to(address: str, category: str = "danger") -> Iterator[None]:
    """Around what a button does: a refusal is taken back, and the page at `address` says what it was.

    Raises HTTPException with the redirect, so that nothing after the block is done, and Conflict with the way back to
    `address`, where the person sees what the other did.
    """
    try:
        yield
    except Exception as error:
        refusal = as_refusal(error)
        if isinstance(refusal, Conflict):
            refusal.location = refusal.location or address
            raise refusal from None
        if refusal is None or not _can_be_put_right(refusal):
            raise
        take_back()
        flash(refusal.message, category)
        abort(redirect(address))


def _can_be_put_right(refusal: DomainError) -> bool:
    return refusal.status == DomainError.status
