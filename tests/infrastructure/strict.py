"""pytest option ``--nothing-skipped``: a test that did not run, or was expected to fail, fails the run."""

import pytest

UNPROVEN = ("skipped", "xfailed", "xpassed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nothing-skipped", action="store_true", help="fail if any test was skipped or xfailed")


def unproven_tests(config: pytest.Config) -> list[str]:
    """The tests that prove nothing, each with what became of it; empty without the option."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not config.getoption("nothing_skipped"):
        return []
    reports = reporter.stats
    return [f"{outcome}: {report.nodeid}" for outcome in UNPROVEN for report in reports.get(outcome, [])]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.OK and unproven_tests(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if unproven := unproven_tests(config):
        terminalreporter.section("nothing may be skipped", red=True)
        for line in unproven:
            terminalreporter.line(line)
