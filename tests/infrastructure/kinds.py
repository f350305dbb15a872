"""Which tests run on which kind of database: **on both**, unless `SQLITE_ALONE` names them.

That list is found, not written: ``python -m pytest -n0 --find-kinds`` runs everything on SQLite, notes which statements
each test lets the application send, and names the tests without which every part of them is still sent to PostgreSQL by
another test (`parts_of`). Whatever is about races, locks, constraints, migrations, search, imports that are broken off
or wait, retention or sealing (`MATTERS`) is never named, nor is a test that is newer than the list.
``make test PYTEST_ARGS=--both-databases`` runs everything on both.
"""

import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest

BOTH = ("sqlite", "postgresql")
SQLITE_ALONE = Path(__file__).with_name("sqlite_alone.txt")
MATTERS = re.compile(
    r"migrations/|intake/test_(commands|faults|parts|promotion|waiting)|mail/test_workers|jobs/|"
    r"faults/|idempotency|core/test_(constraints|database|large_transactions|migrations|one_by_one|transactions|versions)|"
    r"_rac(e|ing)|at_once|same_time|twice|(?<!b)lock|lease|killed|"
    r"search|following|append|audit|retention|erasure|erased|rotation|seal|encryption|constraint|unique"
)
PACKAGE = "/wohnberatung/"
# What an expanded list of values, or a savepoint's number, adds to a statement.
VARIABLE = re.compile(r"\(\?(?:, ?\?)*\)(?:, ?\(\?(?:, ?\?)*\))*|sa_savepoint_\d+")
# Columns that stand side by side, each by itself, and the rest of the statement.
_COLUMN = r'[\w".]+(?: AS \w+)?'
SELECTED = re.compile(rf"(SELECT )({_COLUMN}(?:, {_COLUMN})*)( FROM .*)")
CHANGED = re.compile(r"""(UPDATE \S+ SET )([\w"]+=\?(?:, [\w"]+=\?)*)( WHERE .*|)""")
INSERTED = re.compile(r"""(INSERT INTO \S+ )\(([\w"]+(?:, [\w"]+)*)\)(.*)""")
# A test costs something even where no clock sees it.
LEAST_SECONDS = 0.02


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--both-databases", action="store_true", help="run every test on both kinds of database")
    parser.addoption("--find-kinds", action="store_true", help="run on SQLite alone and renew sqlite_alone.txt")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only_on(kind): what is tested exists on this kind of database alone")
    if config.getoption("find_kinds"):
        config.pluginmanager.register(Finder(), "finder of kinds")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that comes to need a database runs once on each of its kinds."""
    if "databases" in metafunc.fixturenames:
        every = metafunc.config.getoption("both_databases")
        alone = metafunc.config.getoption("find_kinds") or (metafunc.definition.nodeid in sqlite_alone() and not every)
        only = metafunc.definition.get_closest_marker("only_on")
        kinds = only.args if only else BOTH[:1] if alone else BOTH
        metafunc.parametrize("databases", kinds, indirect=True, scope="session")


@cache
def sqlite_alone() -> frozenset[str]:
    """Names of test functions, whatever their parameters."""
    return frozenset(SQLITE_ALONE.read_text().splitlines())


class Finder:
    """Notes by test function what is sent and how long it takes; renews the list after a whole run without failures."""

    def __init__(self) -> None:
        self.sent: dict[str, set[str]] = defaultdict(set)
        self.seconds: Counter[str] = Counter()
        self._now: set[str] = set()
        # Imported here: the tests of the engine run without it.
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        event.listen(Engine, "before_cursor_execute", self._note)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> Iterator[None]:
        name, begun = item.nodeid.partition("[")[0], time.process_time()
        self._now = self.sent[name] if "databases" in item.fixturenames else set()
        try:
            return (yield)
        finally:
            self.seconds[name] += time.process_time() - begun

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        chosen_by_hand = session.config.args_source is pytest.Config.ArgsSource.ARGS or session.config.option.keyword
        if exitstatus == pytest.ExitCode.OK and not chosen_by_hand:
            both = needed(self.sent, self.seconds)
            SQLITE_ALONE.write_text("".join(f"{name}\n" for name in sorted(self.sent.keys() - both)))

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        frame = sys._getframe()
        while frame := frame.f_back:
            if PACKAGE in (file := frame.f_code.co_filename) and "/migrations/" not in file:
                self._now |= parts_of(statement)
                return


@lru_cache(maxsize=4096)
def parts_of(statement: str) -> frozenset[str]:
    """What it may find out about a database: each column that is read or written, and what is done beside that. Which
    of a row's columns happen to change together, and from which line it is sent, makes it no other statement."""
    said = " ".join(VARIABLE.sub("", statement).split())
    for pattern in (SELECTED, CHANGED, INSERTED):
        if match := pattern.fullmatch(said):
            deed, columns, rest = match.groups()
            table = rest if pattern is SELECTED else ""
            return frozenset({f"{deed}{column}{table}" for column in columns.split(", ")} | {f"{deed}{rest}"})
    return frozenset({said})


def needed(sent: dict[str, set[str]], seconds: Counter[str]) -> set[str]:
    """The tests that together send everything: those that matter, then the cheapest for what is left. Of a handful of
    equals one is as good as the other."""
    chosen = {name for name in sent if MATTERS.search(name)}
    left = set().union(*sent.values()) - set().union(*(sent[name] for name in chosen))
    while left:
        gains = {name: len(sent[name] & left) / (seconds[name] + LEAST_SECONDS) for name in sent.keys() - chosen}
        best = max(sorted(gains), key=lambda name: gains[name])
        chosen.add(best)
        left -= sent[best]
    times = Counter(each for name in chosen for each in sent[name])
    for name in sorted(chosen, key=lambda name: -seconds[name]):
        if not MATTERS.search(name) and all(times[each] > 1 for each in sent[name]):
            chosen.remove(name)
            times.subtract(sent[name])
    return chosen
