"""The commands ``best-questions``, ``adaptation-advice`` and ``gap``: what would bring demand and supply closer."""

from pathlib import Path

import click

from matching.frame import Frame
from matching.json_output import plain
from matching.request_index import RequestIndex
from matching.supply_gap import gap
from matching.whatif.adaptation_advice import adaptation_advice
from matching.whatif.questions import MOST, best_questions
from wohnberatung.stateless.files import answer, chosen, load, stamped, two_files


@click.command("best-questions")
@two_files
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="Wie lang die Listen sind.")
@click.option("--most", type=click.IntRange(min=1), default=MOST, show_default=True, help="Wie viele Fragen.")
def best_questions_command(
    requests_path: Path, offers_path: Path, market_name: str, form: str, top: int, most: int
) -> None:
    """Welche offenen Angaben man zuerst erfragen sollte."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    found = best_questions(Frame(market, offers), requests, top, most)
    answer(form, stamped(market, questions=plain(found)), (question.sentence for question in found))


@click.command("adaptation-advice")
@two_files
@click.option("--offer", "offer_ids", multiple=True, help="Nur dieses Angebot; mehrfach möglich.")
def adaptation_advice_command(
    requests_path: Path, offers_path: Path, market_name: str, form: str, offer_ids: tuple[str, ...]
) -> None:
    """Welche Umbauten ein Angebot für wie viele Gesuche öffnen."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    ids = [offer.id for offer in chosen(offers, offer_ids, "--offer")]
    found = adaptation_advice(ids, Frame(market, offers), RequestIndex(market, requests))
    answer(form, stamped(market, advice=plain(found)), (f"{item.offer}: {item.sentence}" for item in found))


@click.command("gap")
@two_files
def gap_command(requests_path: Path, offers_path: Path, market_name: str, form: str) -> None:
    """Was gesucht wird, was es gibt und was fehlt."""
    market, requests, offers = load(requests_path, offers_path, market_name)
    found = gap(Frame(market, offers), requests)
    answer(form, stamped(market, gap=plain(found)), (line.sentence for line in found.lines))
