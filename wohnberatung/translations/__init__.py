"""The catalogues of translations: ``<locale>/LC_MESSAGES/messages.po``, read as they are.

A compiled copy beside each would have to be kept in step by every way to install, to build and to run this; reading
one takes a fraction of a second, once per process and language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_app_context
from flask_babel import Babel as FlaskBabel
from flask_babel import Domain, get_locale
from werkzeug.utils import cached_property

from wohnberatung.core.languages import EASY, Words

# Between two sentences; "1. August" goes on.
_END_OF_SENTENCE = re.compile(
    r"(?<=[^\W\d][.!?])(?<!\bAbs\.)[ ](?=[A-ZÄÖÜ„%\d−])|(?<=[“)€%][.!?])[ ](?=[A-ZÄÖÜ„%])"
    r"|(?<=\d[.!?])[ ](?!Jan|Feb|März|April|Mai|Juni|Juli|Aug|Sept|Okt|Nov|Dez)(?=[A-ZÄÖÜ„])"
)
FOLDER = Path(__file__).resolve().parent


def path_of(locale: str) -> Path:
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


@cache
def translations_of(locale: str) -> NullTranslations:
    """What gettext needs; German is the source and has no catalogue."""
    path = path_of(locale)
    if not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        catalogue = read_po(file)
    if locale == EASY.locale:
        for message in catalogue:
            message.string = _lines_of(message.string or "")
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def line_by_line(text: str) -> str:
    """Easy language gives every sentence a line of its own: on pages (easy.css shows the ends of lines), in mails and
    on paper. In a label or a title the end of a line is a space like any other."""
    return _END_OF_SENTENCE.sub("\n", text)


def _lines_of(string: str | Sequence[str]) -> str | tuple[str, ...]:
    return line_by_line(string) if isinstance(string, str) else tuple(line_by_line(each) for each in string)


INSTEAD = "said_instead"


def say_instead(messages: Mapping[str, Words]) -> None:
    """For the rest of this answer, say the values where the keys would be said, for a reader of another kind."""
    setattr(g, INSTEAD, messages)


@contextmanager
def saying_instead(messages: Mapping[str, Words]) -> Iterator[None]:
    """The same for a while: a mail that is written goes to a reader of another kind than the page does."""
    before = g.get(INSTEAD)
    setattr(g, INSTEAD, messages)
    try:
        yield
    finally:
        setattr(g, INSTEAD, before)


def retold(text: str) -> str:
    """A text that was put together from a message and stored, as the reader of this answer is told it: with the values
    it was filled with in what is said instead. Unchanged where it is made of none of those messages."""
    instead: Mapping[str, Words] = g.get(INSTEAD) or {} if has_app_context() else {}
    for message, other in instead.items():
        if "%(" in message and (found := _shape(str(get_locale()), message).fullmatch(text)):
            return str(other) % found.groupdict()
    return text


@cache
def _shape(locale: str, message: str) -> re.Pattern[str]:
    """What a message looks like in that language once it is filled."""
    parts = re.split(r"%\((\w+)\)s", translations_of(locale).ugettext(message))
    told = (r"\s+".join(map(re.escape, re.split(r"\s+", part))) for part in parts[::2])
    names = (f"(?P<{name}>.*)" for name in parts[1::2])
    return re.compile("".join(f"{fixed}{name}" for fixed, name in zip_longest(told, names, fillvalue="")), re.DOTALL)


class SaidInstead(NullTranslations):
    """A catalogue in which some messages are others, which are looked up like any."""

    def __init__(self, found: NullTranslations, instead: Mapping[str, Words]) -> None:
        super().__init__()
        self._found, self._instead = found, instead

    def ugettext(self, message: str) -> str:
        other = self._instead.get(message)
        return self._found.ugettext(message) if other is None else str(other)

    def ungettext(self, singular: str, plural: str, number: int) -> str:
        return self._found.ungettext(singular, plural, number)


class Catalogues(Domain):
    """Flask-Babel's domain over these files."""

    def __init__(self) -> None:
        Domain.__init__(self)

    def get_translations(self) -> NullTranslations:
        found = translations_of(str(get_locale()))
        instead: Mapping[str, Words] | None = g.get(INSTEAD) if has_app_context() else None
        return found if instead is None else SaidInstead(found, instead)


class Babel(FlaskBabel):
    """Flask-Babel with these catalogues for everybody."""

    def __init__(self) -> None:
        FlaskBabel.__init__(self)

    def init_app(self, app: Flask, *args: Any, **kwargs: Any) -> None:
        FlaskBabel.init_app(self, app, *args, **kwargs)

    @cached_property
    def domain_instance(self) -> Domain:
        return Catalogues()
