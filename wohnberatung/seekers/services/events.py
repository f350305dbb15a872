"""What other areas must know of a request at once. They declare in their ``AREA`` what they do then; it happens in the
same transaction: if one fails, nothing has happened."""

from collections.abc import Callable

from wohnberatung.core.manifests import areas
from wohnberatung.seekers.models import HousingRequest

RequestListener = Callable[[HousingRequest, str], None]


def matching_ended(request: HousingRequest, reason: str) -> None:
    """Nobody may look for homes for this request any more: `reason` is consent_withdrawn or request_ended."""
    for area in areas():
        for listener in area.on_matching_ended:
            listener(request, reason)


def consent_withdrawn(request: HousingRequest, purpose: str) -> None:
    """A consent was taken back, the one to this purpose."""
    for area in areas():
        for listener in area.on_consent_withdrawn:
            listener(request, purpose)
