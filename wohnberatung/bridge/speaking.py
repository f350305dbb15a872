"""The engine's words in the language that is being read, or in one that somebody will read later."""

from functools import cache

from matching.language import Language
from wohnberatung.core.languages import ReadLanguage, current_language
from wohnberatung.translations import translations_of


def spoken() -> Language:
    """For whoever reads this page or this mail."""
    return engine_language(current_language())


@cache
def engine_language(language: ReadLanguage) -> Language:
    """Whoever reads it where."""
    translate = translations_of(language.locale).ugettext
    return Language(
        # The empty message is what gettext keeps its own notes under.
        translate=lambda message: translate(message) if message else "",
        decimal=language.decimal,
        thousands=language.thousands,
        day_format=language.day_format,
    )
