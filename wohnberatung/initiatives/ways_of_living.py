"""Ways of living together, explained: what each is, for whom, on what conditions, and what is still to be checked.

Facts are those of the domain paper on shared living that were read in a public source, as they stood on `CHECKED`.
What the paper marks as general knowledge is left out, or named under `to_check` as not checked yet.
"""

from dataclasses import dataclass
from datetime import date

from wohnberatung.core.languages import Words

CHECKED = date(2026, 11, 22)


@dataclass(frozen=True)
class WayOfLiving:
    """One way. `key` is its word in addresses; `idea` says it in two sentences. `forms` are options of the living form
    that mean it, by which projects are found; `programs` are keys of funding programmes; `sources` are hosts, read on
    the day `checked`."""

    key: str
    title: Words
    idea: Words
    for_whom: Words
    conditions: tuple[Words, ...]
    money: Words
    law: Words
    watch: tuple[Words, ...]
    examples: Words
    to_check: Words
    sources: tuple[str, ...]
    forms: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    checked: date = CHECKED
