"""The two files of every stateless command, read and checked as a whole, and the dated amounts."""

import gc
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from matching.catalogue import MARKETS, Market
from matching.json_input import ContractError, read_offers, read_requests
from matching.json_output import engine_stamp
from matching.proposals.groups import CareFund
from matching.requests import Request, SupplyRow
from seed_data.files import read_table

FAULT = 2

Record = TypeVar("Record", Request, SupplyRow)
Asked = TypeVar("Asked")
Content = TypeVar("Content")


def two_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options every stateless command shares."""
    return _file_options(command, required=True)


def one_or_two_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same options for a command that looks at each side by itself."""
    return _file_options(command, required=False)


def market_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Which market, and how the answer is put."""
    for option in (
        click.option("--format", "form", type=click.Choice(["json", "table"]), default="json", show_default=True),
        click.option("--market", "market_name", type=click.Choice(sorted(MARKETS)), default="homes", show_default=True),
    ):
        command = option(command)
    return command


def json_file(name: str, required: bool = True, told: str = "JSON-Datei.") -> Callable[..., Any]:
    """The option ``--NAME``, which reaches the command as ``<NAME>_path``."""
    return click.option(f"--{name}", f"{name}_path", type=click.Path(path_type=Path), required=required, help=told)


def _file_options(command: Callable[..., Any], required: bool) -> Callable[..., Any]:
    for option in (market_options, json_file("offers", required), json_file("requests", required)):
        command = option(command)
    return command


def load(requests_path: Path, offers_path: Path, market_name: str) -> tuple[Market, list[Request], list[SupplyRow]]:
    """Both files, read and checked; ends the program with every fault of both if there is one."""
    return load_by(read_requests, requests_path, offers_path, market_name)


def load_by(
    read: Callable[[bytes, Market], Asked], requests_path: Path, offers_path: Path, market_name: str
) -> tuple[Market, Asked, list[SupplyRow]]:
    """Like `load`, for a command that reads more of the requests than the others."""
    market = MARKETS[market_name]
    faults: list[str] = []
    requests = read_file(requests_path, read, market, faults)
    offers = read_file(offers_path, read_offers, market, faults)
    if faults or requests is None or offers is None:
        refuse(faults)
    return market, requests, offers


def load_one(path: Path, read: Callable[[bytes, Market], Content], market: Market) -> Content:
    """One file, read and checked; ends the program with every fault if there is one."""
    faults: list[str] = []
    content = read_file(path, read, market, faults)
    if content is None:
        refuse(faults)
    return content


def refuse(faults: Sequence[str]) -> NoReturn:
    """Print the faults and end with exit code 2."""
    for fault in faults:
        click.echo(fault, err=True)
    sys.exit(FAULT)


def chosen(records: Sequence[Record], ids: Sequence[str], option: str) -> Sequence[Record]:
    """The records of those ids, all where none is named; ends the program where one does not exist."""
    known = {record.id: record for record in records}
    if missing := [record_id for record_id in ids if record_id not in known]:
        refuse([f"{option} {record_id}: Diese Kennung steht nicht in der Datei." for record_id in missing])
    return [known[record_id] for record_id in ids] if ids else records


def read_file(
    path: Path, read: Callable[[bytes, Market], Content], market: Market, faults: list[str]
) -> Content | None:
    """What one file holds; None, with what is wrong added to `faults`, where it cannot be read."""
    # All that is read stays to the end of the command: collecting garbage would look through it for nothing.
    gc.disable()
    try:
        return read(path.read_bytes(), market)
    except OSError as error:
        faults.append(f"{path}: Die Datei lässt sich nicht lesen ({error.strerror}).")
    except ContractError as error:
        faults.extend(f"{path.name}: {fault}" for fault in error.faults)
    finally:
        gc.freeze()
        gc.enable()
    return None


def print_json(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def stamped(market: Market, seed: int = 0, **answers: Any) -> dict[str, Any]:
    """The answers with the stamp of the engine before them."""
    return {"engine": engine_stamp(market, seed), **answers}


def answer(form: str, value: dict[str, Any], lines: Iterable[str]) -> None:
    """Print the answer: as JSON, or its sentences one per line."""
    if form == "json":
        print_json(value)
    else:
        click.echo("\n".join(lines))


CARE_FUND_EACH = "care_measure_max"
CARE_FUND_TOGETHER = "care_measure_max_shared"


class NoAmount(LookupError):
    """The table holds no amount of that name for that day."""


def care_fund(on: date) -> CareFund:
    """What the care fund adds to works on that day, for one person and for a shared dwelling."""
    return CareFund(amount(CARE_FUND_EACH, on), amount(CARE_FUND_TOGETHER, on))


def amount(key: str, on: date) -> float:
    """The amount valid on that day, ends included; `NoAmount` where there is none."""
    valid = [
        row
        for row in read_table("parameters.csv")
        if row["key"] == key
        and row["alternative"] == "0"
        and (not row["valid_from"] or date.fromisoformat(row["valid_from"]) <= on)
        and (not row["valid_to"] or on <= date.fromisoformat(row["valid_to"]))
    ]
    if not valid:
        raise NoAmount(key)
    return float(max(valid, key=lambda row: row["valid_from"])["value"])
