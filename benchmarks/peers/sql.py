"""The rules as one SQL query: WHERE the musts, ORDER BY the score. For SQLite and PostgreSQL."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.rules import HALVING_EUR, Rule, claim_column, mend_column, price_column


@dataclass(frozen=True)
class Query:
    """What databases call the smaller of two numbers and the larger, and what follows a number so that it
    is a plain double."""

    least: str
    greatest: str
    suffix: str = ""
    power: str = "pow"

    def top(self, rules: Sequence[Rule], number: int) -> str:
        musts = [rule for rule in rules if rule.must]
        wishes = [rule for rule in rules if not rule.must]
        where = " AND ".join(self._holds(rule) for rule in musts) or "TRUE"
        score = " * ".join(self._chance(rule) for rule in musts) or self._number(1)
        if costs := self._costs(musts):
            score += f" * {self.power}({self._number(0.5)}, ({costs}) / {self._number(HALVING_EUR)})"
        if wishes:
            merit = " + ".join(f"{self._number(rule.weight)} * {self._satisfaction(rule)}" for rule in wishes)
            half, total = self._number(0.5), self._number(sum(rule.weight for rule in wishes))
            score += f" * ({half} + {half} * ({merit}) / {total})"
        return f"SELECT row_number, {score} AS score FROM offers WHERE {where} ORDER BY score DESC LIMIT {number}"

    def _number(self, value: float) -> str:
        return f"{float(value)!r}{self.suffix}"

    def _between(self, column: str, low: float, high: float) -> str:
        bounds = ((">=", low), ("<=", high))
        sides = [f"{column} {sign} {self._number(bound)}" for sign, bound in bounds if math.isfinite(bound)]
        return f"({' AND '.join(sides) or f'{column} IS NOT NULL'})"

    def _passes(self, rule: Rule) -> str:
        if rule.listed:
            return f"{rule.column} IN ({', '.join(map(str, rule.passing)) or 'NULL'})"
        return self._between(rule.column, rule.least, rule.most)

    def _costs(self, musts: Sequence[Rule]) -> str:
        """What all works cost together, works of one name once."""
        parts: dict[str, list[str]] = {}
        for rule in musts:
            if rule.works:
                open_part = f"({self._number(1)} - {self._base(rule)})"
                parts.setdefault(rule.works, []).append(f"{price_column(rule.column)} * {open_part}")
        each = (part[0] if len(part) == 1 else f"{self.greatest}({', '.join(part)})" for part in parts.values())
        return " + ".join(each)

    def _holds(self, rule: Rule) -> str:
        ways = [f"{rule.column} IS NULL", self._passes(rule)]
        if rule.claim:
            ways.append(f"{claim_column(rule.column)} = 1")
        if rule.works:
            ways.append(f"{mend_column(rule.column)} > 0")
        return f"({' OR '.join(ways)})"

    def _chance(self, rule: Rule) -> str:
        base = self._base(rule)
        return f"({base} + ({self._number(1)} - {base}) * {mend_column(rule.column)})" if rule.works else base

    def _base(self, rule: Rule) -> str:
        """The chance that a must turns out well by itself."""
        cases = [f"WHEN {rule.column} IS NULL THEN {self._number(rule.likelihood)}"]
        if rule.claim:
            passing, failing = map(self._number, rule.claim)
            claim = f"CASE WHEN {self._passes(rule)} THEN {passing} ELSE {failing} END"
            cases.append(f"WHEN {claim_column(rule.column)} = 1 THEN {claim}")
        cases.append(f"WHEN {self._passes(rule)} THEN {self._number(1)}")
        return f"(CASE {' '.join(cases)} ELSE {self._number(0)} END)"

    def _satisfaction(self, rule: Rule) -> str:
        none, unknown = self._number(0), f"WHEN {rule.column} IS NULL THEN {self._number(rule.likelihood)}"
        if rule.listed:
            merits = ((option, self._number(merit)) for option, merit in enumerate(rule.fading) if merit)
            options = " ".join(f"WHEN {rule.column} = {option} THEN {merit}" for option, merit in merits)
            return f"(CASE {unknown} {options} ELSE {none} END)"
        below = [f"{self._number(rule.low)} - {rule.column}"] if math.isfinite(rule.low) else []
        above = [f"{rule.column} - {self._number(rule.high)}"] if math.isfinite(rule.high) else []
        shortfall = f"{self.greatest}({', '.join([none, *below, *above])})" if below or above else none
        merit = f"{self.greatest}({none}, {self._number(1)} - {shortfall} / {self._number(rule.reach)})"
        return f"(CASE {unknown} ELSE {merit} END)"
