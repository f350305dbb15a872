"""The commands ``newcomers``, ``rank-requests`` and ``scarcity``: one offer, and who it is for."""

from pathlib import Path
from typing import Any

import click

from matching.explanation import Reader
from matching.frame import Frame
from matching.json_output import plain, request_ranking_answer
from matching.request_index import RequestIndex
from matching.request_ranking import rank_requests
from matching.text_similarity import TextIndex
from matching.whatif.newcomers import bars_of, newcomers
from matching.whatif.scarcity import scarcity
from wohnberatung.stateless.files import answer, chosen, load, stamped, two_files
from wohnberatung.stateless.ranking import OUTLOOK_WORDS

TOP = click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="Wie lang die Listen sind.")
SEED = click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Für Gleichrangige, wie bei rank."
)
OFFERS = click.option("--offer", "offer_ids", multiple=True, help="Nur dieses Angebot; mehrfach möglich.")


@click.command("newcomers")
@two_files
@click.option("--offer", "offer_ids", multiple=True, required=True, help="Das neue Angebot; mehrfach möglich.")
@TOP
@SEED
def newcomers_command(
    requests_path: Path,
    offers_path: Path,
    market_name: str,
    form: str,
    offer_ids: tuple[str, ...],
    top: int,
    seed: int,
) -> None:
    """In welche Listen neue Angebote kommen; die anderen Angebote der Datei gelten als schon da."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    new = [offer.id for offer in chosen(offers, offer_ids, "--offer")]
    frame, index = Frame(market, offers), RequestIndex(market, requests)
    texts = TextIndex(frame.texts)
    bars = bars_of(index, frame, top, seed, leave_out=new, texts=texts)
    found = newcomers(new, frame, index, bars, texts=texts)
    answer(form, stamped(market, seed, newcomers=plain(found)), (item.sentence for item in found))


@click.command("rank-requests")
@two_files
@OFFERS
@TOP
@SEED
@click.option("--reader", type=click.Choice([reader.value for reader in Reader]), default="provider", show_default=True)
def rank_requests_command(
    requests_path: Path,
    offers_path: Path,
    market_name: str,
    form: str,
    offer_ids: tuple[str, ...],
    top: int,
    seed: int,
    reader: str,
) -> None:
    """Gesuche für Angebote reihen, mit Gründen."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    frame, index = Frame(market, offers), RequestIndex(market, requests)
    texts = TextIndex(frame.texts)
    rankings = [
        request_ranking_answer(rank_requests(offer.id, frame, index, top, seed, texts=texts), Reader(reader))
        for offer in chosen(offers, offer_ids, "--offer")
    ]
    lines = [line for ranking in rankings for line in _candidates(ranking)]
    answer(form, stamped(market, seed, rankings=rankings), lines)


def _candidates(ranking: dict[str, Any]) -> list[str]:
    lines = [f"Angebot {ranking['offer']}: {ranking['considered']} Gesuche angesehen"]
    for candidate in ranking["candidates"]:
        lines.append(
            f"{candidate['rank']:>4}. {candidate['request']:<24} {OUTLOOK_WORDS[candidate['outlook']]:<15}"
            f" {candidate['score']:.2f} ({candidate['worst']:.2f} bis {candidate['best']:.2f})"
        )
        lines += [f"        {reason['sentence']}" for reason in candidate["reasons"]]
    return lines


@click.command("scarcity")
@two_files
@OFFERS
@TOP
def scarcity_command(
    requests_path: Path, offers_path: Path, market_name: str, form: str, offer_ids: tuple[str, ...], top: int
) -> None:
    """Welche seltenen Merkmale ein Angebot hat und wer sie braucht."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    frame, index = Frame(market, offers), RequestIndex(market, requests)
    texts = TextIndex(frame.texts)
    found = [scarcity(offer.id, frame, index, top, texts=texts) for offer in chosen(offers, offer_ids, "--offer")]
    lines = []
    for item in found:
        lines.append(f"{item.offer}: {item.sentence}")
        lines += [f"  {feature.sentence}" for feature in item.features]
        lines += [f"  {claimant.sentence}" for claimant in item.claimants]
    answer(form, stamped(market, scarcity=plain(found)), lines)
