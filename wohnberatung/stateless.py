"""Commands that need no database: two JSON files in, an answer out.

Faults go to standard error, one line each, and the command ends with exit code 2; nothing is half-done.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from matching.answers import engine_stamp, ranking_answer
from matching.catalogue import MARKETS, Market
from matching.contract import ContractError, read_offers, read_requests
from matching.explanation import Reader
from matching.frame import Frame
from matching.ranking import rank
from matching.requests import Request, SupplyRow
from matching.text import TextIndex

FAULT = 2
OUTLOOK_WORDS = {"fits": "passt", "clarify": "zu klären", "adapt": "nach Anpassung", "misses": "passt nicht"}


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


@click.command("rank")
@two_files
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="Wie viele je Gesuch.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Für gleichrangige Angebote.")
@click.option("--include-misses", is_flag=True, help="Auch Angebote zeigen, die nicht passen.")
@click.option("--reader", type=click.Choice([reader.value for reader in Reader]), default="advisor", show_default=True)
def rank_command(
    requests_path: Path,
    offers_path: Path,
    market_name: str,
    form: str,
    top: int,
    seed: int,
    include_misses: bool,
    reader: str,
) -> None:
    """Angebote für Gesuche reihen, mit Gründen."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    frame = Frame(market, offers)
    texts = TextIndex(frame.texts)
    rankings = [
        ranking_answer(rank(request, frame, top, seed, include_misses, texts=texts), Reader(reader))
        for request in requests
    ]
    if form == "json":
        print_json({"engine": engine_stamp(market, seed), "rankings": rankings})
    else:
        click.echo("\n\n".join(_table(ranking) for ranking in rankings))


def _table(ranking: dict[str, Any]) -> str:
    lines = [f"Gesuch {ranking['request']}: {ranking['considered']} Angebote angesehen"]
    for match in ranking["matches"]:
        lines.append(
            f"{match['rank']:>4}. {match['offer']:<24} {OUTLOOK_WORDS[match['outlook']]:<15}"
            f" {match['score']:.2f} ({match['worst']:.2f} bis {match['best']:.2f})"
        )
        lines += [f"        {reason['sentence']}" for reason in match["reasons"]]
    if not ranking["matches"]:
        lines.append("      Kein Angebot erfüllt alle Muss-Anforderungen. --include-misses zeigt, woran es liegt.")
    return "\n".join(lines)
