"""Pages of the supply: looking around, the stock, the desk of those who offer, the office's review."""

from wohnberatung.dwellings.views import availability, browsing, desk, entering, lifecycle, reviews
from wohnberatung.dwellings.views.blueprint import blueprint

__all__ = ["availability", "blueprint", "browsing", "desk", "entering", "lifecycle", "reviews"]
