"""What differs between dwellings, requests and cases where doubles are found, shown, merged and parted again."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from matching.duplicates import Field
from wohnberatung.core.actors import Actor

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """One record of a pair as a person reads it: its name, where it is opened, the values that were compared, and
    a sentence where it must not be merged."""

    id: str
    title: str
    endpoint: str
    arguments: Mapping[str, str]
    values: Values


class Subject(Protocol):
    """One kind of record."""

    label: Any
    fields: tuple[Field, ...]

    def records(self) -> Iterator[tuple[str, Values]]:
        """Every record that can have a double: its id, and the values that are compared."""

    def sides(self, record_ids: Collection[str], actor: Actor) -> dict[str, Side]:
        """The records to show by id, without those that are gone or that this person may not read. As many queries
        for many as for one."""

    def merge(self, kept_id: str, gone_id: str, actor: Actor) -> dict[str, Any]:
        """Put one into the other. Returns what undoing needs; DomainError where something stands against it."""

    def part(self, kept_id: str, gone_id: str, before: Mapping[str, Any], actor: Actor) -> None:
        """Undo it. What has happened since stays with the record that was kept."""


def named(full_name: str) -> dict[str, str]:
    """First and last name as the comparison takes them; swapped ones are recognised there."""
    *first, last = full_name.split() or [""]
    return {"first_name": " ".join(first), "last_name": last}
