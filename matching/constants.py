"""The numbers that the rules are made of, in one place: whoever changes one changes the version of every market.

`docs/matching.md` tells them in words under "Grades" and "Chance, wish, score".
"""

import math

CONSENT_CHANCE = (0.0, 0.5, 0.9)
"""Chance that an adaptation comes about where the owner refused, has not said, agreed."""

WORKS_HALVING_EUR = 25_000.0
"""What a household must pay for works beyond its own budget and funding halves a score for every so many euro."""

PRIOR_OBSERVATIONS = 10.0
"""How many pseudo-observations the declared prior weighs against the supply at hand."""

CLAIM_LOG_ODDS = math.log(3.0)
"""An unverified claim that would pass triples the odds of an unknown; one that would fail divides them by three."""

LEAST_LIKELIHOOD = 1e-4
"""No unknown is certain, neither way."""

EPSILON = 1e-9
"""Room for the rounding of decimal amounts: 620.10 € is within 0.10 € of 620 €."""

HOP_SATISFACTION = (1.0, 0.6, 0.25, 0.0)
"""How satisfying a home still is in a wanted neighbourhood, one hop away from it, two, three."""

SIMILAR_TEXTS = 0.5
"""Likeness from which two texts say nearly the same."""

CHANCE_SHARE = 0.5
"""Beta: how much of the score the musts decide alone; the wishes decide the rest."""

TIE_DIGITS = 12
"""Scores that agree to so many digits are equal: the last bits differ between machines."""


def in_force() -> tuple[tuple[str, object], ...]:
    """Every number under its name, as it is now."""
    return tuple((name, value) for name, value in sorted(globals().items()) if name.isupper())
