"""Faults in the office's own terms. Services raise them, pages and commands show them."""

from collections.abc import Mapping

from wohnberatung.core.languages import Words


class DomainError(Exception):
    """Something the person can understand and mostly put right.

    ``message`` is a whole German sentence; ``field`` names the form field it belongs to; ``heading`` is that of the
    page where the status does not say enough.
    """

    status = 400
    heading: Words | None = None

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotFound(DomainError):
    """There is no such thing, or none this person may know of."""

    status = 404


class Forbidden(DomainError):
    """The person may know of it, but not do this."""

    status = 403


class TooMany(DomainError):
    """A limit of the web frame is reached; ``seconds`` until it is worth trying again."""

    status = 429

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class Conflict(DomainError):
    """Somebody else was faster. Both texts are kept, keyed by the label a person reads.

    ``current`` is what is stored now, ``submitted`` what this person wanted to store;
    ``location`` is where to look at the stored record, if there is such a page.
    """

    status = 409

    def __init__(
        self,
        message: str,
        current: Mapping[str, str] | None = None,
        submitted: Mapping[str, str] | None = None,
        location: str | None = None,
    ) -> None:
        super().__init__(message)
        self.current = dict(current or {})
        self.submitted = dict(submitted or {})
        self.location = location

    @property
    def labels(self) -> list[str]:
        """What either text speaks of, those that differ first."""
        every = list(self.current | self.submitted)
        return sorted(every, key=lambda label: self.current.get(label) == self.submitted.get(label))
