"""Texts about living together, put together from whole sentences that people might write."""

import tomllib
from functools import cache
from importlib.resources import files

from seed_data.making.chance import Chance

Bank = dict[str, dict[str, list[str]]]


@cache
def _bank() -> Bank:
    return tomllib.loads(files("seed_data").joinpath("making/voices.toml").read_text(encoding="utf-8"))


def text(chance: Chance, themes: tuple[str, ...], persons: int, opening: str) -> str:
    """An opening of that kind, two or three of the themes, mostly a closing; one person says "ich"."""
    voice = "ich" if persons == 1 else "wir"
    chosen = chance.sample(themes, k=min(len(themes), chance.randint(2, 3)))
    parts = [opening, *chosen, *(["closing"] if chance.yes(0.7) else [])]
    return " ".join(chance.choice(_bank()[part][voice]) for part in parts)
