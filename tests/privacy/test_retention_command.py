"""``wohnberatung retention``: a report first, then the deed, then nothing left to do."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from tests.infrastructure.server import ROOT, command, demo_environment


def test_the_job_reports_then_acts_once(prepared_demo: Path, tmp_path: Path) -> None:
    shutil.copytree(prepared_demo, tmp_path, dirs_exist_ok=True)
    environment = demo_environment(tmp_path)

    def call(*arguments: str) -> Any:
        return subprocess.run(
            [command("wohnberatung"), *arguments], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
        )

    engine = create_engine(f"sqlite:///{tmp_path / 'demo' / 'wohnberatung.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE housing_requests SET created_at = '2020-01-01 00:00:00', confirmed_at = NULL"))
        total = connection.scalar(text("SELECT count(*) FROM housing_requests WHERE state = 'new'"))
    assert due(call("retention", "--dry-run").stdout) >= total > 0
    assert due(call("retention", "--dry-run").stdout) >= total, "a dry run does nothing"
    done = due(call("retention").stdout)
    with engine.connect() as connection:
        asked = connection.scalar(text("SELECT count(*) FROM housing_requests WHERE asked_at IS NOT NULL"))
    engine.dispose()
    assert done == asked
    assert due(call("retention").stdout) == 0


def due(report: str) -> int:
    """The number in the line of the requests to ask about."""
    (line,) = (line for line in report.splitlines() if line.startswith("request_ask "))
    return int(line.split()[3])
