"""How many rooms one thing passes on its way through the house, counted in the running code.

**The rule.** A *room* is a file of `matching/` or `wohnberatung/`. A walk passes a room where a function of it runs
between the first and the last step of the walk. The bodies of modules and classes are no functions here, nor are
lambdas, comprehensions and special methods, which are declarations at work for the room that uses them. Not counted is
the frame (`FRAME`): what every request, every job and every save passes whatever it is about.

A **return** is a room entered again after it was left: each function counts at its first call, the walk is the sequence
of their rooms, and every stretch in a room that was there before is a return.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).parents[2]
HOUSES = ("matching/", "wohnberatung/")
FRAME = (
    "wohnberatung/__init__.py",
    "wohnberatung/config.py",
    "wohnberatung/extensions.py",
    "wohnberatung/core/",
    "wohnberatung/jobs/",
    "wohnberatung/translations/",
    "wohnberatung/web/",
    # Listeners of every save: numbers of changes, the index that is searched, files and people that are no more.
    "wohnberatung/cases/search/",
    "wohnberatung/dwellings/changes.py",
    "wohnberatung/dwellings/spells.py",
    "wohnberatung/pictures/files.py",
    "wohnberatung/privacy/erasure_journal.py",
)
_FUNCTION = 0x1  # CO_OPTIMIZED: the bodies of modules and classes lack it


@dataclass
class Walk:
    """The functions that ran, in the order of their first calls, as (room, name); `calls` counts each of them."""

    root: Path = ROOT
    calls: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def rooms(self) -> list[str]:
        """Each room once, in the order in which it was first entered."""
        return list(dict.fromkeys(room for room, _name in self.calls if not room.startswith(FRAME)))

    @property
    def returns(self) -> int:
        """How often a room is entered that was left before."""
        stretches = [room for room, _group in groupby(room for room, _name in self.calls if not room.startswith(FRAME))]
        return len(stretches) - len(set(stretches))

    def add(self, later: "Walk") -> None:
        """Goes on as the later walk did."""
        for step, times in later.calls.items():
            self.calls[step] = self.calls.get(step, 0) + times

    def told(self) -> str:
        """The rooms in order, for a person."""
        return "\n".join(f"{number}. {room}" for number, room in enumerate(self.rooms, start=1))

    def count(self, *names: str) -> int:
        """How often functions of these names were called."""
        return sum(times for (_room, name), times in self.calls.items() if name in names)

    def note(self, frame: FrameType, event: str, _argument: Any) -> None:
        """The profiler that `sys.setprofile` calls."""
        if event == "call" and _is_step(frame.f_code) and (room := self._room(frame.f_code)):
            key = room, frame.f_code.co_name
            self.calls[key] = self.calls.get(key, 0) + 1

    def _room(self, code: CodeType) -> str:
        name = code.co_filename.removeprefix(f"{self.root}/")
        return name if name.startswith(HOUSES) else ""


def _is_step(code: CodeType) -> bool:
    return bool(code.co_flags & _FUNCTION) and not code.co_name.startswith(("<", "__"))


@contextmanager
def walking(root: Path = ROOT) -> Iterator[Walk]:
    """Counts what runs inside of the block."""
    walk, before = Walk(root), sys.getprofile()
    sys.setprofile(walk.note)
    try:
        yield walk
    finally:
        sys.setprofile(before)
