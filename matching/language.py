"""The words the engine speaks: message marking, translation and number formats.

Sentences are whole German messages with placeholders. The application passes a `Language` whose
`translate` looks the message up in its catalogues; the engine alone speaks German.
"""

from collections.abc import Callable
from dataclasses import dataclass


def mark(message: str) -> str:
    """Mark a message for extraction into the translation catalogues; returns it unchanged."""
    return message


def unchanged(message: str) -> str:
    return message


@dataclass(frozen=True)
class Language:
    """How messages and numbers are put for one reader."""

    translate: Callable[[str], str] = unchanged
    decimal: str = ","
    thousands: str = "."
    day_format: str = "%d.%m.%Y"

    def say(self, message: str, **values: str) -> str:
        """The translated message with its placeholders filled."""
        return self.translate(message) % values if values else self.translate(message)

    def number(self, value: float, decimals: int | None = None) -> str:
        """A number as written in this language: 1.234,50 in German; whole numbers without a comma."""
        if decimals is None:
            decimals = 0 if float(value).is_integer() else (1 if round(value * 10, 9).is_integer() else 2)
        plain = f"{value:,.{decimals}f}"
        return plain.replace(",", "\0").replace(".", self.decimal).replace("\0", self.thousands)

    def alternatives(self, words: list[str]) -> str:
        """Several wanted values as one phrase: 'Miete oder Untermiete'."""
        if len(words) < 2:
            return "".join(words)
        return self.say(mark("%(first)s oder %(last)s"), first=", ".join(words[:-1]), last=words[-1])


GERMAN = Language()
