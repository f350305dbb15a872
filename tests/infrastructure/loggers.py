"""After each test the loggers of its process are as they were before it.

A library that a test calls may configure logging for the whole process: import-linter does, and thereby silences every
logger there is. A test that reads the log then failed, if it came later in the same process, and one that proves that
nothing is in the log could not fail.
"""

import logging
from collections.abc import Generator
from typing import Any

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    named = [each for each in logging.root.manager.loggerDict.values() if isinstance(each, logging.Logger)]
    before = [(logger, state(logger)) for logger in (logging.root, *named)]
    outcome = yield
    for logger, (level, disabled, propagate, handlers) in before:
        if logger.level != level:
            logger.setLevel(level)  # it forgets what was found out about levels so far
        logger.disabled, logger.propagate, logger.handlers[:] = disabled, propagate, handlers
    return outcome


def state(logger: logging.Logger) -> tuple[int, bool, bool, list[Any]]:
    return logger.level, logger.disabled, logger.propagate, list(logger.handlers)
