"""What requests say about place and rent, for figures."""

from matching.criteria import money
from matching.neighbourhoods import DRESDEN
from matching.requests import Request
from wohnberatung.bridge.place_filter import PLACE

RENT_BANDS = (400, 500, 600, 700, 800, 1000)
"""Upper ends of bands of the highest warm rent in euro."""


def place_label(code: str) -> str:
    return DRESDEN.name(code)


def places_wanted(request: Request) -> list[str]:
    """Codes of the neighbourhoods the request names; none where all will do."""
    return [code for asked in request.requirements if asked.key == PLACE.key for code in asked.wanted]


def rent_band(request: Request) -> int:
    """The band its limit falls into; −1 above all bands or without a limit."""
    limits = [asked.wanted for asked in request.requirements if asked.key == money.RENT_WARM.key]
    return next((band for limit in limits for band in RENT_BANDS if limit <= band), -1)
