"""Pages of letters and of their templates."""

from wohnberatung.letters.views import letters, templates
from wohnberatung.letters.views.blueprint import blueprint

__all__ = ["blueprint", "letters", "templates"]
