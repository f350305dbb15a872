"""What a test has measured stands at the end of the run: how many were killed, how much was lost."""

from collections.abc import Callable
from typing import Any

import pytest

FIGURE = "figure"


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Take a sentence with the figure of this test."""
    return lambda sentence: record_property(FIGURE, sentence)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    passed = terminalreporter.getreports("passed")
    told = [(report.nodeid, value) for report in passed for name, value in report.user_properties if name == FIGURE]
    if told:
        terminalreporter.section("figures")
    for node, sentence in sorted(set(told)):
        terminalreporter.line(f"{node.rpartition('/')[2]}: {sentence}")
