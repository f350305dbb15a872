"""What a worker does finds committed rows only: it begins transactions of its own."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from wohnberatung.extensions import db

Given, Result = ParamSpec("Given"), TypeVar("Result")


def committed(work: Callable[Given, Result]) -> Callable[Given, Result]:
    """The same, after what the test has prepared was committed."""

    @wraps(work)
    def working(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        db.session.commit()
        return work(*args, **kwargs)

    return working
