"""The other way round: all open requests in the peer, one offer comes in."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Protocol

from benchmarks.peers.plain_python import PlainPython, WorksOf, base_of, chance_of, satisfaction_of
from benchmarks.rules import HALVING_EUR, Rule, price_column
from benchmarks.table import Table


class Reversed(Protocol):
    """Scores of the requests that one offer does not miss, in any order."""

    name: str

    def __init__(self, table: Table, requests: Sequence[Sequence[Rule]]) -> None: ...

    def scores(self, row: int) -> list[float]: ...


class ReversedPython:
    """A loop over requests, leaving each at its first missed must."""

    name = "plain Python"

    def __init__(self, table: Table, requests: Sequence[Sequence[Rule]]) -> None:
        self.offers = PlainPython(table).offers
        made: dict[int, Any] = {}
        for rule in (rule for rules in requests for rule in rules):
            made.setdefault(id(rule), chance_of(rule) if rule.must else satisfaction_of(rule))
        self.requests = [
            (
                [made[id(rule)] for rule in rules if rule.must],
                [(rule.weight, made[id(rule)]) for rule in rules if not rule.must],
                WorksOf(rules),
            )
            for rules in requests
        ]

    def scores(self, row: int) -> list[float]:
        offer, found = self.offers[row], []
        for musts, wishes, works in self.requests:
            score = 1.0
            for chance in musts:
                score *= chance(offer)
                if not score:
                    break
            else:
                score *= works.factor(offer)
                merit = total = 0.0
                for weight, satisfaction in wishes:
                    merit += weight * satisfaction(offer)
                    total += weight
                found.append(score * (0.5 + 0.5 * merit / total) if wishes else score)
        return found


class ReversedSQLite:
    """Requirements in rows; what the offer comes to is worked out once per distinct requirement, in Python, then
    joined and added up."""

    name = "SQLite"

    def __init__(self, table: Table, requests: Sequence[Sequence[Rule]]) -> None:
        self.offers = PlainPython(table).offers
        distinct = {id(rule): rule for rules in requests for rule in rules}
        numbers = {identity: number for number, identity in enumerate(distinct)}
        self.judges = [
            (chance_of(rule) if rule.must else satisfaction_of(rule), rule, base_of(rule) if rule.works else None)
            for rule in distinct.values()
        ]
        self.database = sqlite3.connect(":memory:")
        self.database.executescript(TABLES)
        rows = (
            (place, numbers[id(rule)], rule.must, 0.0 if rule.must else rule.weight)
            for place, rules in enumerate(requests)
            for rule in rules
        )
        self.database.executemany("INSERT INTO asked VALUES (?, ?, ?, ?)", rows)
        self.database.execute("CREATE INDEX musts ON asked (rule) WHERE must")

    def scores(self, row: int) -> list[float]:
        offer = self.offers[row]
        outcomes = (
            (
                number,
                judge(offer),
                rule.works,
                getattr(offer, price_column(rule.column)) * (1.0 - base(offer)) if base is not None else 0.0,
            )
            for number, (judge, rule, base) in enumerate(self.judges)
        )
        self.database.execute("DELETE FROM outcomes")
        self.database.executemany("INSERT INTO outcomes VALUES (?, ?, ?, ?)", outcomes)
        return [score for (score,) in self.database.execute(SCORES)]


TABLES = """
CREATE TABLE asked (request INTEGER, rule INTEGER, must INTEGER, weight REAL, PRIMARY KEY (request, rule))
WITHOUT ROWID;
CREATE TABLE outcomes (rule INTEGER PRIMARY KEY, outcome REAL, works TEXT, cost REAL);
"""
SCORES = f"""
WITH excluded AS (SELECT request FROM outcomes JOIN asked USING (rule) WHERE outcome = 0 AND must),
parts AS (SELECT request, max(cost) AS cost FROM outcomes JOIN asked USING (rule)
          WHERE must AND cost > 0 GROUP BY request, works),
paid AS (SELECT request, sum(cost) AS cost FROM parts GROUP BY request)
SELECT exp(sum(CASE WHEN must THEN ln(outcome) ELSE 0 END))
       * pow(0.5, coalesce((SELECT cost FROM paid WHERE paid.request = asked.request), 0) / {HALVING_EUR})
       * (0.5 + 0.5 * coalesce(sum(weight * outcome) / nullif(sum(weight), 0), 1))
FROM asked JOIN outcomes USING (rule)
WHERE request NOT IN excluded
GROUP BY request
"""
