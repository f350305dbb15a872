"""A scenario is worked out by the worker: the gap today, the gap then, and who of those who seek would gain."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import cast, overload

import numpy as np
from flask_babel import gettext as _
from sqlalchemy import func, select

from matching.arrays import Positions
from matching.catalogue import HOMES
from matching.frame import Frame
from matching.requests import Request, SupplyRow
from matching.supply_gap import ALL, Gap, found_for, gap
from matching.text_similarity import TextIndex
from matching.whatif.scenarios import served_without_works
from wohnberatung.bridge.frames import published_supply
from wohnberatung.core import clock
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Running
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.extensions import db
from wohnberatung.planning.services.seeking import asked_by, counted_requests
from wohnberatung.scenarios.models import Counts, Findings, GapThen
from wohnberatung.scenarios.services.changes import applied
from wohnberatung.scenarios.services.scenarios import get_scenario

TOLD_EVERY = 100
# The gap of today, the gap of then, and each household by itself.
PARTS = 3
DIMENSIONS = ("profile", "quarter", "persons", "rent", "form")


class _Told(Sequence[Request]):
    """Requests that tell the job how far it is while they are gone through; there it can be stopped, too. `part` of
    PARTS is being gone through."""

    def __init__(self, requests: Sequence[Request], job: Running, part: int) -> None:
        self._requests, self._job, self._part = requests, job, part

    def __len__(self) -> int:
        return len(self._requests)

    @overload
    def __getitem__(self, place: int) -> Request: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Request]: ...
    def __getitem__(self, place: int | slice) -> Request | Sequence[Request]:
        return self._requests[place]

    def __iter__(self) -> Iterator[Request]:
        size = len(self._requests)
        for number, request in enumerate(self._requests):
            if number % TOLD_EVERY == 0:
                self._job.tell(self._part * size + number, PARTS * size, _("Was finden die, die suchen?"))
            yield request


def compute(job: Running) -> str:
    """Work it out, once; what takes long happens outside of transactions. NotFound where it was deleted meanwhile."""
    scenario = get_scenario(job.arguments["scenario"])
    if scenario.made_at is None:
        kind, change = scenario.kind, scenario.change
        requests, (homes, _leanings), streets = counted_requests(), published_supply(), _streets()
        db.session.rollback()  # nobody waits for what is read while it is worked out
        then = applied(kind, change, requests, homes, streets)
        findings = _findings(_Side(requests, homes), _Side(then.requests, then.homes), job)
        with transaction():
            scenario = get_scenario(scenario.id)
            scenario.findings, scenario.touched = findings, then.touched
            scenario.catalogue, scenario.inputs = HOMES.version, digest_of(requests, homes)
            scenario.requests, scenario.homes, scenario.made_at = len(requests), len(homes), clock.now()
    return _("Das Szenario ist gerechnet.")


class _Side:
    """Who seeks and what there is, today or then. The homes of today stand first, in the same order, on both sides."""

    def __init__(self, requests: Sequence[Request], homes: Sequence[SupplyRow]) -> None:
        self.requests, self.frame = requests, Frame(HOMES, homes)
        self.texts = TextIndex(self.frame.texts)

    def gap(self, job: Running, part: int) -> Gap:
        return gap(self.frame, _Told(self.requests, job, part), texts=self.texts)

    def found(self, request: Request) -> tuple[int, int, Positions]:
        """Whether something comes into question, whether something fits, and the rows that need no works."""
        found = found_for(request, self.frame, self.texts)
        return bool(len(found.listed)), bool(len(found.fitting)), served_without_works(request, self.frame, self.texts)


def _findings(today: _Side, later: _Side, job: Running) -> Findings:
    gaps = [side.gap(job, part) for part, side in enumerate((today, later))]
    total, cells = dict[str, int](), defaultdict[str, dict[str, dict[str, int]]](lambda: defaultdict(dict))
    for request, changed in zip(_Told(today.requests, job, PARTS - 1), later.requests, strict=True):
        one = _one(today.found(request), later.found(changed))
        _add(total, one)
        for dimension, values in asked_by(request).items():
            for value in values if dimension in DIMENSIONS else ():
                _add(cells[dimension][value], one)
    lines = list(_gap_lines(*gaps))
    (whole,) = (line for line in lines if line["kind"] == ALL)
    changes = [line for line in lines if line["kind"] != ALL and line["shortage"][0] != line["shortage"][1]]
    changes.sort(key=lambda line: line["shortage"][1] - line["shortage"][0])
    # Nobody seeks: then all of it is nothing.
    counted = total or dict.fromkeys(Counts.__annotations__, 0)
    return cast(Findings, {"total": counted, "shortage": whole["shortage"], "cells": cells, "gap": changes})


def _one(before: tuple[int, int, Positions], after: tuple[int, int, Positions]) -> Counts:
    (possible, fits, served), (possible_then, fits_then, served_then) = before, after
    newly = not fits and bool(len(np.setdiff1d(served_then, served, assume_unique=True)))
    return {
        "seeking": 1,
        "possible": int(possible),
        "possible_then": int(possible_then),
        "fits": int(fits),
        "fits_then": int(fits_then),
        "newly": int(newly),
    }


def _add(counted: dict[str, int], one: Counts) -> None:
    for key, number in cast(dict[str, int], one).items():
        counted[key] = counted.get(key, 0) + number


def _gap_lines(today: Gap, later: Gap) -> Iterator[GapThen]:
    before = {(line.kind, line.key): line for line in today.lines}
    for line in later.lines:
        old = before.get((line.kind, line.key))
        yield {
            "kind": line.kind,
            "key": str(line.key),
            "label": line.label,
            "demand": round(line.demand, 1),
            "supply": [round(old.supply if old else 0.0, 1), round(line.supply, 1)],
            "shortage": [round(old.shortage if old else line.demand, 1), round(line.shortage, 1)],
        }


def digest_of(requests: Sequence[Request], homes: Sequence[SupplyRow]) -> str:
    """SHA-256 over all that goes in, as hexadecimal digits."""
    digest = hashlib.sha256()
    for each in (*sorted(requests, key=lambda one: one.id), *sorted(homes, key=lambda one: one.id)):
        digest.update(repr(each).encode())
    return digest.hexdigest()


def _streets() -> dict[str, str]:
    """Street and number by offer, in small letters."""
    street = func.lower(Dwelling.street + " " + Dwelling.house_number).label("street")
    return {row.id: row.street for row in db.session.execute(select(Offer.id, street).join(Offer.dwelling))}
