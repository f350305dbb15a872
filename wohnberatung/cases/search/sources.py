"""What can be found: each kind of record says which words it has, and how a found one is shown to a person.

Each area declares its kinds in its ``AREA``.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wohnberatung.cases.search.index import Document
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Declared, areas


@dataclass(frozen=True)
class Hit:
    """A found record for the person who searches: only what they may know of it."""

    title: str
    detail: str = ""
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


Documents = Callable[[Collection[str] | None], Iterable[Document]]
Shown = Callable[[Collection[str], Actor], Mapping[str, Hit]]


@dataclass(frozen=True)
class SearchKind(Declared):
    """`documents` reads the words of these records (None: all); `shown` gives hits by id, leaving out what the person
    may not know of. `follows` names the tables' classes whose changes concern the kind, with the id to read anew."""

    key: str
    label: Any
    documents: Documents
    shown: Shown
    follows: Mapping[type, Callable[[Any], str | None]]


def search_kinds() -> dict[str, SearchKind]:
    """What the areas declare, by key, in the order of the areas."""
    return {kind.key: kind for area in areas() for kind in area.search}
