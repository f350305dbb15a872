"""A scenario is worked out by the worker: the gap today, the gap then, and who of those who seek would gain."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import overload

from flask_babel import gettext as _
from sqlalchemy import func, select

from matching.catalogue import HOMES
from matching.frame import Frame
from matching.requests import Request, SupplyRow
from matching.supply_gap import ALL, Gap, found_for, gap
from matching.text_similarity import TextIndex
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
DIMENSIONS = ("profile", "quarter", "persons", "rent", "form")


class _Told(Sequence[Request]):
    """Requests that tell the job how far it is while they are gone through; there it can be stopped, too."""

    def __init__(self, requests: Sequence[Request], job: Running, begun: int, total: int) -> None:
        self._requests, self._job, self._begun, self._total = requests, job, begun, total

    def __len__(self) -> int:
        return len(self._requests)

    @overload
    def __getitem__(self, place: int) -> Request: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Request]: ...
    def __getitem__(self, place: int | slice) -> Request | Sequence[Request]:
        return self._requests[place]

    def __iter__(self) -> Iterator[Request]:
        for number, request in enumerate(self._requests):
            if number % TOLD_EVERY == 0:
                self._job.tell(self._begun + number, self._total, _("Was finden die, die suchen?"))
            yield request


def compute(job: Running) -> str:
    """Work it out, once; what takes long happens outside of transactions. NotFound where it was deleted meanwhile."""
    scenario = get_scenario(job.arguments["scenario"])
    if scenario.made_at is None:
        kind, change = scenario.kind, scenario.change
        requests, (homes, _leanings), streets = counted_requests(), published_supply(), _streets()
        db.session.rollback()  # nobody waits for what is read while it is worked out
        then = applied(kind, change, requests, homes, streets)
        today = _Side(requests, homes, job, 0)
        later = _Side(then.requests, then.homes, job, 1)
        findings = _findings(requests, today, later)
        with transaction():
            scenario = get_scenario(scenario.id)
            scenario.findings, scenario.touched = findings, then.touched
            scenario.catalogue, scenario.inputs = HOMES.version, digest_of(requests, homes)
            scenario.requests, scenario.homes, scenario.made_at = len(requests), len(homes), clock.now()
    return _("Das Szenario ist gerechnet.")


class _Side:
    """What the engine finds on one side, today or then; by the id of a request whether something comes into question
    and whether something fits."""

    def __init__(self, requests: Sequence[Request], homes: Sequence[SupplyRow], job: Running, number: int) -> None:
        frame = Frame(HOMES, homes)
        texts, size = TextIndex(frame.texts), len(requests)
        told = [_Told(requests, job, begun * size, 4 * size or 1) for begun in (2 * number, 2 * number + 1)]
        self.gap: Gap = gap(frame, told[0], texts=texts)
        self.found: dict[str, tuple[bool, bool]] = {}
        for request in told[1]:
            found = found_for(request, frame, texts)
            self.found[request.id] = (bool(len(found.listed)), bool(len(found.fitting)))


def _findings(requests: Sequence[Request], today: _Side, later: _Side) -> Findings:
    total, cells = [0] * 5, defaultdict[str, dict[str, Counts]](dict)
    for request in requests:
        one = [1, *(int(side.found[request.id][which]) for which in (0, 1) for side in (today, later))]
        total = _added(total, one)
        asked = asked_by(request)
        for dimension in DIMENSIONS:
            for value in asked[dimension]:
                cells[dimension][value] = _added(cells[dimension].get(value, [0] * 5), one)
    lines = list(_gap_lines(today.gap, later.gap))
    (whole,) = (line for line in lines if line["kind"] == ALL)
    changed = [line for line in lines if line["kind"] != ALL and line["shortage"][0] != line["shortage"][1]]
    changed.sort(key=lambda line: line["shortage"][1] - line["shortage"][0])
    return {"total": total, "shortage": whole["shortage"], "cells": dict(cells), "gap": changed}


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


def _added(one: Counts, other: Counts) -> Counts:
    return [first + second for first, second in zip(one, other, strict=True)]


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
