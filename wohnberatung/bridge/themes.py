"""Facts and criteria in the order in which people meet them: by theme."""

from collections.abc import Iterable
from typing import Any, TypeVar

from matching.catalogue import THEMES

T = TypeVar("T")


def by_theme(items: Iterable[T]) -> list[tuple[str, str, tuple[T, ...]]]:
    """(theme, German label, facts or criteria or rows that have a `fact`), in the order of the themes."""
    listed = list(items)
    groups = (
        (theme, label, tuple(item for item in listed if _theme_of(item) == theme)) for theme, label in THEMES.items()
    )
    return [group for group in groups if group[2]]


def _theme_of(item: Any) -> str:
    return str(getattr(item, "fact", item).theme)
