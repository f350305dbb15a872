"""The benchmark runs, and its contestants agree with the engine on every answer (it stops where they differ)."""

import pytest

from benchmarks.__main__ import main
from benchmarks.engine import Disagreement, compare


def test_a_quick_run_gives_equal_lists_and_writes_nothing(capsys):
    main(["--quick", "--parts", "single", "--peers", "python", "sqlite", "pandas"])
    printed = capsys.readouterr().out
    assert printed.count("| plain Python | yes |") == 4
    assert printed.count("| SQLite | yes |") == 4


@pytest.mark.parametrize("theirs", [[(1, 0.9)], [(1, 0.9), (2, 0.7)], [(3, 0.9), (2, 0.8)]])
def test_a_list_that_differs_stops_the_run(theirs):
    with pytest.raises(Disagreement):
        compare("somebody", [(1, 0.9), (2, 0.8)], theirs)


def test_rows_that_tie_with_the_last_one_may_differ():
    compare("somebody", [(1, 0.9), (2, 0.8)], [(1, 0.9), (7, 0.8)])
