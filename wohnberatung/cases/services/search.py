"""One box over everything: what somebody remembers leads to the record, if they may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from wohnberatung.cases.search.following import follower
from wohnberatung.cases.search.record_kinds import Hit, search_kinds
from wohnberatung.cases.services.cases import cases_reached_by
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.languages import Words

SHOWN = 30
# Rights may take some away again.
LOOKED_AT = 90


@dataclass(frozen=True)
class HitGroup:
    """Hits of one kind, the best first."""

    key: str
    label: Words
    hits: list[Hit]


def search(query: str, actor: Actor) -> list[HitGroup]:
    """The best hits by kind; the kind with the best of all first. Nothing for an empty query.

    A phone number or an e-mail address finds its case by the keyed index, all else by the words in memory.
    """
    only_office(actor)
    if not query.strip():
        return []
    keys = [("case", case_id) for case_id in cases_reached_by(query)]
    searching = follower()
    with searching.lock:
        keys += [key for key, _score in searching.current().find(query, actor.user_id, LOOKED_AT)]
    return _shown(dict.fromkeys(keys), actor)


def warm() -> int:
    """Build the index before anybody asks; returns how many records it holds."""
    searching = follower()
    with searching.lock:
        return len(searching.current())


def _shown(keys: Iterable[tuple[str, str]], actor: Actor) -> list[HitGroup]:
    ids: dict[str, list[str]] = {}
    for kind, record_id in keys:
        ids.setdefault(kind, []).append(record_id)
    kinds, groups, left = search_kinds(), [], SHOWN
    for kind, wanted in ids.items():
        hits = kinds[kind].shown(wanted, actor)
        found = [hits[record_id] for record_id in wanted if record_id in hits][:left]
        left -= len(found)
        if found:
            groups.append(HitGroup(kind, kinds[kind].label, found))
    return groups
