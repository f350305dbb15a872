"""The JSON contract of the stateless commands: requests and offers in, faults in words out.

Every fault of a file is collected before anything is refused, each naming record and key, so that a file
can be mended in one go.
"""

import json
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from matching.catalogue import Market
from matching.facts import FactError
from matching.kinds import Criterion
from matching.language import GERMAN, mark
from matching.profiles import profiles_of
from matching.requests import EVIDENCE_NAMES, Request, Requirement, SupplyRow

REQUIREMENT_FIELDS = frozenset({"key", "wanted", "importance", "weight", "tolerance"})
MOST_MEANS_EUR = 1e6
LIGHTEST, HEAVIEST = 1, 3
ONE_SPELLING = frozenset({str, bool, int})
"""Types of which equal values are the same value."""

T = TypeVar("T")


class ContractError(ValueError):
    """All faults of one file, one message each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read_requests(content: str | bytes, market: Market) -> list[Request]:
    """Requests of a JSON file; raises `ContractError` with every fault."""
    reader = RecordReader(market, mark("Gesuch"))
    return reader.records(content, reader.request)


def read_offers(content: str | bytes, market: Market) -> list[SupplyRow]:
    """Supply rows of a JSON file; raises `ContractError` with every fault."""
    reader = RecordReader(market, mark("Angebot"))
    return reader.records(content, reader.supply_row)


class RecordReader:
    """Reads one file and gathers what is wrong with it. Commands that read more than the two sides' own fields
    extend `request` or `supply_row`."""

    def __init__(self, market: Market, what: str) -> None:
        self.market = market
        self.what = what
        self.record = ""
        self.faults: list[str] = []
        self._fact_keys = {fact.key for fact in market.facts}
        self._read: dict[tuple[str, str, type, Any], Any] = {}

    def records(self, content: str | bytes, read: Callable[[str, dict[str, Any]], T]) -> list[T]:
        """Every record of the file, as `read` takes it; raises `ContractError` with every fault."""
        items = json_list(content)
        found: dict[str, T] = {}
        for number, item in enumerate(items, 1):
            self.record = f"{self.what} Nr. {number}"
            if not isinstance(item, dict):
                self.fault("", mark("Erwartet wird ein Objekt in geschweiften Klammern."))
                continue
            record_id = item.get("id")
            if not isinstance(record_id, str) or not record_id:
                self.fault("id", mark("Die Kennung fehlt oder ist kein Text."))
                continue
            self.record = f"{self.what} {record_id[:60]}"
            if record_id in found:
                self.fault("id", mark("Diese Kennung kommt zweimal vor."))
            found[record_id] = read(record_id, item)
        if self.faults:
            raise ContractError(self.faults)
        return list(found.values())

    def request(self, record_id: str, item: dict[str, Any]) -> Request:
        if "requirements" not in item:
            self.fault("requirements", mark("Die Liste der Anforderungen fehlt; sie darf leer sein."))
        return Request(
            id=record_id,
            requirements=self.requirements(item, "requirements", self.market.criterion),
            household=self.facts(item, "household", self.market.household_fact),
            text=self.text(item),
            profiles=self.profiles(item),
            works_means_eur=self.number(item, "", "works_means_eur", 0, MOST_MEANS_EUR, 0),
        )

    def supply_row(self, record_id: str, item: dict[str, Any]) -> SupplyRow:
        if "facts" not in item:
            self.fault("facts", mark("Die Angaben fehlen; das Objekt darf leer sein."))
        facts = self.facts(item, "facts", self.market.fact)
        return SupplyRow(
            id=record_id,
            facts=facts,
            evidence=self.evidence(item),
            demands=self.requirements(item, "demands", self.market.demand_criterion),
            text=self.text(item),
        )

    def facts(self, item: dict[str, Any], field: str, declared: Callable[[str], Any]) -> dict[str, Any]:
        values = {}
        for key, raw in self.object(item, field).items():
            # A stock says the same of many homes. Floats stay out: -0.0 would be read as the 0.0 that came before it.
            kept = (field, key, raw.__class__, raw) if raw.__class__ in ONE_SPELLING else None
            if kept is not None and (value := self._read.get(kept)) is not None:
                values[key] = value
                continue
            try:
                value = declared(key).read(raw)
            except KeyError:
                self.fault(key, mark("Dieses Merkmal gibt es nicht."))
            except FactError as error:
                self.fault(key, error.message)
            else:
                if value is not None:
                    values[key] = value
                    if kept is not None:
                        self._read[kept] = value
        return values

    def profiles(self, item: dict[str, Any]) -> tuple[str, ...]:
        keys = item.get("profiles")
        if keys is not None and not isinstance(keys, list):
            self.fault("profiles", mark("Erwartet wird eine Liste."))
            return ()
        known = [profile.key for profile in profiles_of(self.market)]
        for key in keys or ():
            if key not in known:
                self.fault("profiles", mark("Das Bedarfsprofil „%(profile)s“ gibt es nicht."), profile=str(key)[:40])
        return tuple(key for key in known if key in (keys or ()))

    def evidence(self, item: dict[str, Any]) -> dict[str, str]:
        said = self.object(item, "evidence")
        if said.keys() <= self._fact_keys and all(level in EVIDENCE_NAMES for level in said.values()):
            return said
        levels = {}
        for key, level in said.items():
            try:
                self.market.fact(key)
            except KeyError:
                self.fault(key, mark("Dieses Merkmal gibt es nicht."))
                continue
            if level not in EVIDENCE_NAMES:
                self.fault(key, mark("Als Nachweis möglich sind claimed, stated und measured."))
            else:
                levels[key] = level
        return levels

    def requirements(
        self, item: dict[str, Any], field: str, declared: Callable[[str], Criterion]
    ) -> tuple[Requirement, ...]:
        items = item.get(field)
        if items is None:
            return ()
        if not isinstance(items, list):
            self.fault(field, mark("Erwartet wird eine Liste."))
            return ()
        read = (self.requirement(entry, f"{field}[{position}]", declared) for position, entry in enumerate(items))
        return tuple(requirement for requirement in read if requirement is not None)

    def requirement(self, entry: Any, where: str, declared: Callable[[str], Criterion]) -> Requirement | None:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str):
            self.fault(where, mark("Erwartet wird ein Objekt mit key, wanted und importance."))
            return None
        key = entry["key"]
        before = len(self.faults)
        for unknown in sorted(entry.keys() - REQUIREMENT_FIELDS):
            self.fault(key, mark("Das Feld „%(field)s“ gibt es nicht."), field=str(unknown)[:40])
        importance = entry.get("importance", "must")
        if importance not in ("must", "wish"):
            self.fault(key, mark("importance ist must oder wish."))
        weight = self.number(entry, key, "weight", LIGHTEST, HEAVIEST, 1)
        tolerance = self.number(entry, key, "tolerance", 0, 1e6, 0)
        wanted = None
        try:
            wanted = declared(key).read_wanted(entry.get("wanted"))
        except KeyError:
            self.fault(key, mark("Dieses Kriterium gibt es nicht."))
        except FactError as error:
            self.fault(key, error.message)
        return Requirement(key, wanted, importance, weight, tolerance) if len(self.faults) == before else None

    def text(self, item: dict[str, Any]) -> str:
        text = item.get("text")
        if text is None or isinstance(text, str):
            return text or ""
        self.fault("text", mark("Erwartet wird ein Text."))
        return ""

    def fault(self, key: str, message: str, **values: str) -> None:
        where = f"{self.record}, {key}" if key else self.record
        self.faults.append(f"{where}: {GERMAN.say(message, **values)}")

    def number(self, entry: dict[str, Any], key: str, field: str, low: float, high: float, missing: float) -> float:
        value = entry.get(field)
        if value is None:
            return missing
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.fault(
                key,
                mark("%(field)s ist eine Zahl von %(low)s bis %(high)s."),
                field=field,
                low=GERMAN.number(low),
                high=GERMAN.number(high),
            )
            return missing
        return value

    def object(self, item: dict[str, Any], field: str) -> dict[str, Any]:
        value = item.get(field)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(field, mark("Erwartet wird ein Objekt in geschweiften Klammern."))
            return {}
        return value


def json_list(content: str | bytes) -> list[Any]:
    """The list that a JSON file holds, in UTF-8 and without doubled keys; raises `ContractError`."""
    try:
        if isinstance(content, bytes):
            content = content.decode("utf-8-sig")
        items = json.loads(content, parse_constant=_refuse_constant, object_pairs_hook=_no_doubles)
    except UnicodeDecodeError:
        raise ContractError([mark("Die Datei ist nicht in UTF-8 gespeichert.")]) from None
    except json.JSONDecodeError as error:
        raise ContractError(
            [GERMAN.say(mark("Das ist kein JSON (Zeile %(line)s, Spalte %(column)s)."),
                        line=str(error.lineno), column=str(error.colno))]
        ) from None  # fmt: skip
    except (ValueError, RecursionError) as error:
        raise ContractError([str(error)[:200]]) from None
    if not isinstance(items, list):
        raise ContractError([mark("Erwartet wird eine Liste in eckigen Klammern.")])
    return items


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(GERMAN.say(mark("„%(name)s“ ist keine Zahl, die JSON kennt."), name=name))


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) < len(pairs):
        doubles = sorted({key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number])})
        raise ValueError(
            GERMAN.say(
                mark("%(record)s nennt %(keys)s zweimal; jeder Schlüssel darf nur einmal stehen."),
                record=str(item.get("id", mark("Ein Objekt")))[:60],
                keys=", ".join(doubles)[:80],
            )
        )
    return item
