"""Pages of imports and the interface for programs."""

from wohnberatung.intake.views import api, deciding, downloads, runs, tokens
from wohnberatung.intake.views.blueprint import blueprint

__all__ = ["api", "blueprint", "deciding", "downloads", "runs", "tokens"]
