"""The commands ``rank``, ``why-not`` and ``concessions``: what suits a request, and what stands in between."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from matching.batch import Progress, rank_all
from matching.explanation import Reader
from matching.frame import Frame
from matching.json_output import engine_stamp, plain, ranking_answer, why_not_answer
from matching.learning.json_input import read_weights
from matching.learning.wish_weights import HAND_SET, weighed
from matching.outlook import Outlook
from matching.requirement_terms import terms_of
from matching.text_similarity import TextIndex
from matching.whatif.concessions import concessions
from matching.whatif.why_not import explain_row
from matching.worker_processes import ClusterError
from wohnberatung.stateless.files import (
    answer,
    chosen,
    json_file,
    load,
    load_one,
    print_json,
    refuse,
    stamped,
    two_files,
)

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


@click.command("why-not")
@two_files
@click.option("--request", "request_ids", multiple=True, help="Nur dieses Gesuch; mehrfach möglich.")
@click.option("--offer", "offer_ids", multiple=True, help="Nur dieses Angebot; mehrfach möglich.")
def why_not_command(
    requests_path: Path,
    offers_path: Path,
    market_name: str,
    form: str,
    request_ids: tuple[str, ...],
    offer_ids: tuple[str, ...],
) -> None:
    """Woran es liegt, dass ein Angebot nicht passt, und was es mindestens bräuchte."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    frame = Frame(market, offers)
    texts = TextIndex(frame.texts)
    rows = [frame.position[offer.id] for offer in chosen(offers, offer_ids, "--offer")]
    pairs = []
    for request in chosen(requests, request_ids, "--request"):
        terms = terms_of(request, frame, texts)
        found = [explain_row(request, frame, terms, row) for row in rows]
        pairs += [pair for pair in found if pair.outlook is not Outlook.FITS]
    lines = []
    for pair in pairs:
        lines.append(f"Gesuch {pair.request}, Angebot {pair.offer}")
        lines += [f"  {change.sentence}" for change in pair.changes]
    answer(form, stamped(market, why_not=[why_not_answer(pair) for pair in pairs]), lines)


@click.command("concessions")
@two_files
def concessions_command(requests_path: Path, offers_path: Path, market_name: str, form: str) -> None:
    """Wie viele Angebote dazukommen, wenn ein Muss wegfällt oder leichter wird."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    frame = Frame(market, offers)
    texts = TextIndex(frame.texts)
    found = [concessions(request, frame, texts=texts) for request in requests]
    lines = []
    for item in found:
        lines.append(f"Gesuch {item.request}, Angebote in der Liste: {item.listed_now}")
        for must in item.items:
            lines += [f"  {must.sentence}", *(f"    {step.sentence}" for step in must.steps)]
    answer(form, stamped(market, concessions=plain(found)), lines)
