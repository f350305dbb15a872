"""Published figures give nobody away: to equations, to months, to whoever knows everybody else."""

from collections.abc import Sequence

import numpy as np
import pytest

from tests.planning.attackers import (
    Between,
    exactly,
    learnt_by_equations,
    sureness,
    within_rounding,
    within_shifts,
    within_suppression,
)
from tests.planning.populations import (
    CELLS,
    CLASSICAL,
    KINDS,
    ONLY_FRESH,
    ONLY_LASTING,
    OURS,
    Draws,
    Figures,
    Population,
    Publish,
    as_counted,
    cell_key_method,
    counted,
    only_rounded,
    random_population,
    suppressed,
)
from wohnberatung.planning.protection import FEWEST_TOLD, SCALE, STEP, Protection, chance_of_shift, rounded

SECRET = b"nobody knows this"
POPULATIONS, MONTHS = 1_000, 12
# Figures that depend on what somebody needs: six of them stand in the tables of the small world.
CELLS_OF_NEED = 6
SUREST = 1 / (1 + np.exp(-CELLS_OF_NEED / SCALE))
"""By the least chance of a shift beside its neighbour: nobody can ever be surer, however many months they read."""


def populations(many: int = POPULATIONS) -> list[Population]:
    drawn = np.random.default_rng(14)
    return [random_population(drawn) for _number in range(many)]


def published(publish: Publish, many: int, months: int = 1) -> list[tuple[Population, Sequence[Figures]]]:
    return [(each, [publish(each, month) for month in range(months)]) for each in populations(many)]


def test_equations_over_all_tables_tell_of_nobody_what_they_need() -> None:
    assert learnt_by_equations(published(cell_key_method(SECRET), POPULATIONS), within_shifts) == 0


def test_equations_over_the_tables_of_a_year_tell_nothing_either() -> None:
    assert learnt_by_equations(published(cell_key_method(SECRET), 300, MONTHS), within_shifts) == 0


@pytest.mark.parametrize(
    ("publish", "between"),
    [(as_counted, exactly), (suppressed, within_suppression), (only_rounded, within_rounding)],
)
def test_the_same_equations_succeed_where_figures_are_protected_otherwise(publish: Publish, between: Between) -> None:
    """The attacker is a real one: what counts, leaves out or only rounds gives people away."""
    assert learnt_by_equations(published(publish, 300), between) > 0


def test_who_knows_everybody_else_never_gets_sure_even_after_a_year() -> None:
    sure = [_after_a_year(each, OURS) for each in populations()]
    assert max(sure) < SUREST
    assert float(np.mean(sure)) < 0.6


def test_without_the_lasting_shift_a_year_gives_people_away() -> None:
    assert max(_after_a_year(each, ONLY_FRESH) for each in populations(100)) > SUREST


def _after_a_year(population: Population, draws: Draws) -> float:
    figures = [cell_key_method(SECRET, draws)(population, month) for month in range(MONTHS)]
    return sureness("p0", [population] * MONTHS, figures, draws)


def test_what_has_moved_when_somebody_came_tells_nothing_about_them() -> None:
    sure = [_after_coming(each, OURS) for each in populations()]
    assert max(sure) < SUREST
    assert float(np.mean(sure)) < 0.6


@pytest.mark.parametrize("draws", [ONLY_LASTING, CLASSICAL])
def test_without_the_fresh_shift_what_has_moved_gives_them_away(draws: Draws) -> None:
    """Also the cell key method as others use it: only the cells of who came are drawn anew."""
    assert max(_after_coming(each, draws) for each in populations(100)) > SUREST


def _after_coming(population: Population, draws: Draws) -> float:
    months = [population.without("p0"), population]
    publish = cell_key_method(SECRET, draws)
    return sureness("p0", months, [publish(month, number) for number, month in enumerate(months)], draws)


def test_the_same_people_are_told_in_the_same_figures_whenever_and_wherever() -> None:
    population = populations(1)[0]
    one, again = cell_key_method(SECRET)(population, 3), cell_key_method(SECRET)(population, 3)
    assert one.tolist() == again.tolist()
    other = cell_key_method(b"another secret")
    assert any(other(each, 0).tolist() != cell_key_method(SECRET)(each, 0).tolist() for each in populations(5))


def test_when_anybody_comes_all_figures_are_drawn_anew() -> None:
    """Also those of cells they are not in, about as often as those they are in."""
    moved: dict[bool, list[bool]] = {True: [], False: []}
    publish = cell_key_method(SECRET)
    for population in populations(400):
        before, after = publish(population.without("p0"), 0), publish(population, 0)
        for cell, changed in zip(CELLS, (before != after).tolist(), strict=True):
            moved[bool(cell.counts[population.people["p0"]])].append(changed)
    inside, outside = (float(np.mean(moved[key])) for key in (True, False))
    assert outside > 0.1
    assert inside < 3 * outside


def test_figures_stay_near_the_counts() -> None:
    publish = cell_key_method(SECRET)
    crowd = Population({f"p{number}": number % len(KINDS) for number in range(1200)})
    error = np.abs(publish(crowd, 0) - counted(crowd))
    assert error.mean() < STEP
    assert error.max() < 4 * STEP


@pytest.mark.parametrize(("count", "shown"), [(-3, 0), (0, 0), (7, 0), (8, 10), (12, 10), (13, 15), (1234, 1235)])
def test_counts_are_rounded_to_five_and_below_ten_nothing_is_told(count: int, shown: int) -> None:
    assert rounded(count) == shown
    assert shown == 0 or shown >= FEWEST_TOLD


def test_shifts_come_as_often_as_their_table_says() -> None:
    shields = Protection(SECRET)
    found = [shields.shifts(f"cell {number}", 5, number)[0] for number in range(20_000)]
    for shift in (-2, 0, 1, 4):
        assert found.count(shift) / len(found) == pytest.approx(chance_of_shift(shift), abs=0.01)
