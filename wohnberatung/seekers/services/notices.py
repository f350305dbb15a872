"""What other areas must know of a request at once. They listen here, as this area knows none above it."""

from collections.abc import Callable

from wohnberatung.seekers.models import HousingRequest

Listener = Callable[[HousingRequest, str], None]


class Notice:
    """Listeners are called in the transaction of the deed: if one fails, nothing has happened."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Listener:
        """Decorator: call it with the request and the reason."""
        self._listeners.append(listener)
        return listener

    def tell(self, request: HousingRequest, reason: str) -> None:
        """Call all listeners in the order in which they came."""
        for listener in self._listeners:
            listener(request, reason)


# Nobody may look for homes for this request any more: "consent_withdrawn" or "request_ended".
matching_ended = Notice()

# A consent was taken back; the reason is its purpose.
consent_withdrawn = Notice()
