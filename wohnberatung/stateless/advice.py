"""The commands ``best-questions``, ``adaptation-advice``, ``gap`` and ``duplicates``, for people to decide on."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from matching.catalogue import MARKETS
from matching.duplicates.fields import PERSON, Field
from matching.duplicates.json_files import duplicates_answer, home_fields, read_homes, read_people
from matching.duplicates.pairs import LikelyPair, likely_duplicates
from matching.frame import Frame
from matching.json_output import engine_stamp, plain
from matching.request_index import RequestIndex
from matching.supply_gap import gap
from matching.whatif.adaptation_advice import adaptation_advice
from matching.whatif.questions import MOST, best_questions
from wohnberatung.stateless.files import answer, chosen, load, one_or_two_files, read_file, refuse, stamped, two_files


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


WORDS = {"agree": "gleich", "differ": "verschieden", "blank": "fehlt"}
NOTHING = "Keine wahrscheinlichen Dubletten."
NO_FILE = "Bitte mindestens eine der beiden Dateien angeben: --requests oder --offers."


@click.command("duplicates")
@one_or_two_files
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Mindestens so wahrscheinlich."
)
def duplicates_command(
    requests_path: Path | None, offers_path: Path | None, market_name: str, form: str, least: float
) -> None:
    """Wahrscheinlich dieselbe Person oder dieselbe Wohnung zweimal, Feld für Feld. Entscheiden muss ein Mensch."""
    market = MARKETS[market_name]
    faults = [] if requests_path or offers_path else [NO_FILE]
    people = read_file(requests_path, read_people, market, faults) if requests_path else {}
    homes = read_file(offers_path, read_homes, market, faults) if offers_path else {}
    if faults:
        refuse(faults)
    pairs = {"person": _pairs(people or {}, PERSON, least), "dwelling": _pairs(homes or {}, home_fields(market), least)}
    value: dict[str, Any] = {
        "engine": engine_stamp(market, seed=0),
        "duplicates": [entry for kind, found in pairs.items() for entry in duplicates_answer(kind, found)],
    }
    labels = {field.name: field.label for field in (*PERSON, *home_fields(market))}
    answer(form, value, [line for found in pairs.values() for line in _lines(found, labels)] or [NOTHING])


def _pairs(records: Mapping[str, Mapping[str, Any]], fields: tuple[Field, ...], least: float) -> list[LikelyPair]:
    return likely_duplicates(list(records), list(records.values()), fields, least)


def _lines(pairs: list[LikelyPair], labels: Mapping[str, str]) -> Iterator[str]:
    for pair in pairs:
        yield f"{pair.a:<24} {pair.b:<24} {pair.probability:.0%}"
        yield "        " + ", ".join(f"{labels[name]}: {WORDS[word]}" for name, word in pair.fields.items())
