"""The languages in which the public can read everything. German is the source; the office works in German."""

from dataclasses import dataclass

from flask_babel import get_locale, gettext
from flask_babel.speaklater import LazyString

Words = str | LazyString
"""What people read; the lazy are put into their language when they are shown."""


@dataclass(frozen=True)
class ReadLanguage:
    """One language of the public pages.

    `code` stands in addresses, cookies and tables; `locale` is what gettext calls it, with a modifier as in
    ``ca@valencia``, so that numbers and days stay those of German; `tag` is its name for browsers and screen readers
    (BCP 47, where "simple" is a registered variant); `day_format` is a pattern of ``strftime``.
    """

    code: str
    locale: str
    tag: str
    name: str
    day_format: str = "%d.%m.%Y"
    decimal: str = ","
    thousands: str = "."
    currency_first: bool = False


GERMAN = ReadLanguage("de", "de", "de", "Deutsch")
EASY = ReadLanguage("leicht", "de@easy", "de-simple", "Leichte Sprache")
ENGLISH = ReadLanguage(
    "en", "en_GB", "en", "English", day_format="%-d %B %Y", decimal=".", thousands=",", currency_first=True
)

LANGUAGES = (GERMAN, EASY, ENGLISH)
TRANSLATED = (EASY, ENGLISH)
_BY_CODE = {language.code: language for language in LANGUAGES}
_BY_LOCALE = {language.locale: language for language in LANGUAGES}


def known_code(text: str | None) -> str | None:
    """`text` if it is the code of one of our languages, else None."""
    return text if text in _BY_CODE else None


def language_of(code: str) -> ReadLanguage:
    """By its code; German for one we do not have (any more)."""
    return _BY_CODE.get(code, GERMAN)


def named(question: Words, message: Words) -> str:
    """The message after what the page asks: in the summary of errors it is read far from its field."""
    label = str(question)
    if label.endswith("?"):
        return f"{label} {message}"
    return gettext("%(label)s: %(message)s", label=label, message=message)


def current_language() -> ReadLanguage:
    """The one that is being spoken; German outside of requests."""
    return _BY_LOCALE.get(str(get_locale() or ""), GERMAN)
