"""What one advert says of a home and cannot all be so: two words on one fact, a promise beside what is in its way.

Nothing of it is left out: it stays what the advert claims, the sender and the office read of it, and somebody asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.criteria.access import CLAIMED_LEVEL, FLOOR, HAS_LIFT, STEP_FREE, STEPS_TO_FLAT
from matching.facts import Fact
from wohnberatung.bridge.imports import CLAIMED, ImportedFacts
from wohnberatung.intake.result import RawRecord
from wohnberatung.intake.sections import storey_in

# "barrierearm" and "altersgerecht" promise no way without steps.
_WHEELCHAIR, _NO_BARRIERS = "wheelchair", "ausstattung/barrierefrei"
_WITHOUT_STEPS = {CLAIMED_LEVEL.key: ("accessible", _WHEELCHAIR), STEP_FREE.key: (True,)}

PROMISES = frozenset(_WITHOUT_STEPS)


def with_contradictions(record: RawRecord, read: ImportedFacts) -> tuple[RawRecord, ImportedFacts]:
    """The record with a question about each, the facts that it is about as claims."""
    doubtful = set[str]()
    found = (*_two_words(read), *_in_the_way(read), *_lesser_denied(record, read), *_two_storeys(record, read))
    for keys, words in found:
        record = record.noted(f"{words} {_('Bitte prüfen Sie beides.')}")
        doubtful |= keys
    return record, replace(read, evidence=read.evidence | dict.fromkeys(doubtful, CLAIMED))


def _two_words(read: ImportedFacts) -> Iterator[tuple[set[str], str]]:
    for key, other in read.contradicted.items():
        fact = HOMES.fact(key)
        said = {"label": fact.label, "one": fact.format(read.facts[key]), "other": fact.format(other)}
        yield {key}, _("%(label)s: Hier steht %(one)s, und es steht auch %(other)s da.", **said)


def _in_the_way(read: ImportedFacts) -> Iterator[tuple[set[str], str]]:
    known = read.facts
    for obstacles in (_between_storeys(known), [STEPS_TO_FLAT] if known.get(STEPS_TO_FLAT.key) else []):
        promises = [key for key, values in _WITHOUT_STEPS.items() if obstacles and known.get(key) in values]
        for key in promises[:1]:
            said = {
                "promise": _shown(HOMES.fact(key), known[key]),
                "obstacles": ", ".join(_shown(fact, known[fact.key]) for fact in obstacles),
            }
            yield {key}, _("„%(promise)s“ passt nicht zu „%(obstacles)s“.", **said)


def _between_storeys(known: Mapping[str, Any]) -> list[Fact]:
    """What says that nobody gets there on wheels: a storey without a lift. A flat below the ground has stairs before it
    even where nobody speaks of a lift."""
    storey, lift = known.get(FLOOR.key) or 0, known.get(HAS_LIFT.key)
    if storey and lift is False:
        return [FLOOR, HAS_LIFT]
    return [FLOOR] if storey < 0 and lift is None else []


def _lesser_denied(record: RawRecord, read: ImportedFacts) -> Iterator[tuple[set[str], str]]:
    """A home that is fit for wheelchairs has no barriers: programs that write a no for every box contradict the one
    that somebody ticked."""
    promised = read.facts.get(CLAIMED_LEVEL.key)
    if promised == _WHEELCHAIR and record.values.get(_NO_BARRIERS) in (False, 0.0):
        said = {"promise": CLAIMED_LEVEL.format(promised), "denied": CLAIMED_LEVEL.options["accessible"]}
        yield {CLAIMED_LEVEL.key}, _("„%(promise)s“ passt nicht zu „%(denied)s: nein“.", **said)


def _two_storeys(record: RawRecord, read: ImportedFacts) -> Iterator[tuple[set[str], str]]:
    """Where the flat lies in the house by its own name, "EG links", and by its storey."""
    floor, named = read.facts.get(FLOOR.key), storey_in(record.address.unit)
    if floor is not None and named is not None and named != floor:
        said = {"storey": FLOOR.format(floor), "unit": record.address.unit}
        yield {FLOOR.key}, _("„%(storey)s“ passt nicht zu „%(unit)s“.", **said)


def _shown(fact: Fact, value: Any) -> str:
    words = str(fact.format(value))
    return words if fact is CLAIMED_LEVEL else f"{fact.label}: {words}"
