"""The two files of every stateless command: read, checked, refused as a whole where anything is wrong.

Faults go to standard error, one line each, and the command ends with exit code 2; nothing is half-done.
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from matching.catalogue import MARKETS, Market
from matching.contract import ContractError, read_offers, read_requests
from matching.requests import Request, SupplyRow

FAULT = 2

Record = TypeVar("Record", Request, SupplyRow)


def two_files(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options every stateless command shares."""
    for option in (
        click.option("--format", "form", type=click.Choice(["json", "table"]), default="json", show_default=True),
        click.option("--market", "market_name", type=click.Choice(sorted(MARKETS)), default="homes", show_default=True),
        click.option("--offers", "offers_path", type=click.Path(path_type=Path), required=True, help="JSON-Datei."),
        click.option("--requests", "requests_path", type=click.Path(path_type=Path), required=True, help="JSON-Datei."),
    ):
        command = option(command)
    return command


def load(requests_path: Path, offers_path: Path, market_name: str) -> tuple[Market, list[Request], list[SupplyRow]]:
    """Both files, read and checked; ends the program with every fault of both if there is one."""
    market = MARKETS[market_name]
    faults: list[str] = []
    requests = _read(requests_path, read_requests, market, faults)
    offers = _read(offers_path, read_offers, market, faults)
    if faults:
        refuse(faults)
    return market, requests, offers


def refuse(faults: Sequence[str]) -> None:
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


def _read(path: Path, read: Callable[[bytes, Market], list[Any]], market: Market, faults: list[str]) -> list[Any]:
    try:
        return read(path.read_bytes(), market)
    except OSError as error:
        faults.append(f"{path}: Die Datei lässt sich nicht lesen ({error.strerror}).")
    except ContractError as error:
        faults.extend(f"{path.name}: {fault}" for fault in error.faults)
    return []


def print_json(answer: dict[str, Any]) -> None:
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def answer(form: str, value: dict[str, Any], lines: Iterable[str]) -> None:
    """Print the answer: as JSON, or its sentences one per line."""
    if form == "json":
        print_json(value)
    else:
        click.echo("\n".join(lines))
