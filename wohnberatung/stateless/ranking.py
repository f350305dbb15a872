"""The command ``rank``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from matching.batch import Progress, rank_all
from matching.explanation import Reader
from matching.frame import Frame
from matching.json_output import engine_stamp, ranking_answer
from matching.learning.json_input import read_weights
from matching.learning.wish_weights import HAND_SET, weighed
from matching.worker_processes import ClusterError
from wohnberatung.stateless.files import json_file, load, load_one, print_json, refuse, two_files

OUTLOOK_WORDS = {"fits": "passt", "clarify": "zu klären", "adapt": "nach Anpassung", "misses": "passt nicht"}


@click.command("rank")
@two_files
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="Wie viele je Gesuch.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Für gleichrangige Angebote.")
@click.option("--include-misses", is_flag=True, help="Auch Angebote zeigen, die nicht passen.")
@click.option("--reader", type=click.Choice([reader.value for reader in Reader]), default="advisor", show_default=True)
@click.option("--jobs", type=click.IntRange(min=-1), default=-1, show_default=True, help="Prozesse; -1: alle Kerne.")
@click.option("--cluster", metavar="ADRESSE", help="Dask-Cluster, zum Beispiel tcp://127.0.0.1:8786.")
@json_file("weights", required=False, told="Gewichte der Wünsche, die Menschen beschlossen haben, JSON-Datei.")
def rank_command(
    requests_path: Path,
    offers_path: Path,
    market_name: str,
    form: str,
    top: int,
    seed: int,
    include_misses: bool,
    reader: str,
    jobs: int,
    cluster: str | None,
    weights_path: Path | None,
) -> None:
    """Angebote für Gesuche reihen, mit Gründen."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    weights = load_one(weights_path, read_weights, market) if weights_path else HAND_SET
    if weights is not HAND_SET:
        requests = [weighed(request, weights, market) for request in requests]
    frame = Frame(market, offers)
    try:
        with progress_bar(len(requests)) as progress:
            ranked = rank_all(requests, frame, top, seed, include_misses, jobs or 1, cluster, progress)
    except ClusterError as error:
        refuse([str(error)])
    rankings = [ranking_answer(ranking, Reader(reader)) for ranking in ranked]
    if form == "json":
        print_json({"engine": engine_stamp(market, seed, weights), "rankings": rankings})
    else:
        click.echo("\n\n".join(_table(ranking) for ranking in rankings))


@contextmanager
def progress_bar(total: int) -> Iterator[Progress | None]:
    """A bar on standard error while a person watches; nothing where the output goes into a file or a program."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=total, label="Gesuche", file=sys.stderr) as bar:
        yield lambda done, _all: bar.update(done - bar.pos)


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
