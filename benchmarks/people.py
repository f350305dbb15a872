"""Invented people, some of them twice, written down the second time as people write: mistyped, misheard, swapped,
moved, married, half blank. The same seed gives the same people on any machine."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

WORD_LISTS = tomllib.loads(files("benchmarks").joinpath("people.toml").read_text("utf-8"))
WORDS = {name: words.split() for name, words in WORD_LISTS.items()}
STREET_ENDS = ("straße", "weg", "allee", "platz", "ring", "gasse")
NEIGHBOURS = {"a": "sq", "e": "rw", "i": "uo", "n": "bm", "r": "et", "s": "ad", "t": "rz", "l": "kö", "h": "gj"}
SOUNDS = (("ei", "ai"), ("ck", "k"), ("ph", "f"), ("tz", "z"), ("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
POSTCODES = [f"01{number:03}" for number in (67, 69, 97, 99, 108, 109, 127, 129, 139, 157, 159, 169, 187, 217, 219)]
Row = dict[str, str]


@dataclass(frozen=True)
class Crowd:
    """Rows by id, and the pairs of ids that are one person."""

    rows: dict[str, Row]
    same: frozenset[frozenset[str]]


def make_crowd(size: int, doubles: float = 0.1, seed: int = 0) -> Crowd:
    """So many rows, that share of them second records of others."""
    rng = np.random.default_rng(seed)
    originals = size - round(size * doubles)
    rows = {f"p{number}": _person(rng) for number in range(originals)}
    again = rng.choice(originals, size - originals, replace=False).tolist()
    same = set()
    for number in again:
        rows[f"p{number}x"] = _again(rows[f"p{number}"], rng)
        same.add(frozenset((f"p{number}", f"p{number}x")))
    return Crowd(rows, frozenset(same))


def _person(rng: np.random.Generator) -> Row:
    plain = rng.random() < 0.45
    surname = (
        _pick(WORDS["surnames"], rng, 0.9)
        if plain
        else _pick(WORDS["surname_fronts"], rng) + _pick(WORDS["surname_backs"], rng)
    )
    first = _pick(WORDS["first_names"], rng, 0.5)
    number = str(rng.integers(1, 130)) + ("abc"[rng.integers(3)] if rng.random() < 0.15 else "")
    mailbox = f"{first}.{surname}{rng.integers(1, 99)}".lower()
    return {
        "first_name": first,
        "last_name": surname,
        "birth_date": f"{rng.integers(1930, 2006)}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}",
        "street": _pick(WORDS["street_fronts"], rng) + _pick(STREET_ENDS, rng, 1.0),
        "house_number": number,
        "postcode": _pick(POSTCODES, rng),
        "phone": f"0351 {rng.integers(2_000_000, 9_000_000)}" if rng.random() < 0.7 else "",
        "email": f"{mailbox}@post.example" if rng.random() < 0.5 else "",
    }


def _pick(words: Sequence[str], rng: np.random.Generator, skew: float = 0.0) -> str:
    """A word; with a skew earlier ones come more often, as names do."""
    weights = 1.0 / np.arange(1, len(words) + 1) ** skew
    return words[int(rng.choice(len(words), p=weights / weights.sum()))]


def _again(row: Row, rng: np.random.Generator) -> Row:
    """The same person, written down another time."""
    row = dict(row)
    for name in rng.choice(["first_name", "last_name", "street", "phone", "email"], rng.integers(1, 4), replace=False):
        row[name] = mistyped(row[name], rng)
    if rng.random() < 0.08:
        row["first_name"], row["last_name"] = row["last_name"], row["first_name"]
    if rng.random() < 0.15:
        year, month, day = row["birth_date"].split("-")
        turned = f"{year}-{day}-{month}" if int(day) < 13 else f"{year}-{month}-{int(day) - 1:02}"
        row["birth_date"] = ("", turned, f"{year}-{month}-01")[rng.integers(3)]
    if rng.random() < 0.12:
        moved = _person(rng)
        row |= {name: moved[name] for name in ("street", "house_number", "postcode")}
    if rng.random() < 0.04:
        row["last_name"] = _person(rng)["last_name"]
    if rng.random() < 0.3:
        row["street"] = row["street"].replace("straße", ("str.", " Straße", "strasse")[rng.integers(3)])
    for name in ("phone", "email", "postcode"):
        if rng.random() < 0.2:
            row[name] = ""
    return row


def mistyped(text: str, rng: np.random.Generator) -> str:
    """One slip: a letter lost, doubled, swapped, hit beside, or a sound spelt another way."""
    if len(text) < 3:
        return text
    place = int(rng.integers(1, len(text) - 1))
    before, letter, after = text[:place], text[place], text[place + 1 :]
    heard = next((text.replace(one, other, 1) for one, other in SOUNDS if one in text), text)
    slips = [
        before + after,
        before + letter + letter + after,
        before + after[:1] + letter + after[1:],
        before + _pick(NEIGHBOURS.get(letter, letter), rng) + after,
        heard,
    ]
    return slips[rng.integers(len(slips))]
