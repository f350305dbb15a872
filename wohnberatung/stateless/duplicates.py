"""The command ``duplicates``: the same person or dwelling twice, for a person to decide."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from matching.catalogue import MARKETS
from matching.duplicates import PERSON, Field, LikelyPair, likely_duplicates
from matching.duplicates.json_files import duplicates_answer, home_fields, read_homes, read_people
from matching.json_output import engine_stamp
from wohnberatung.stateless.files import answer, one_or_two_files, read_file, refuse

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
