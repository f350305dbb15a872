"""``wohnberatung retention``: a report first, then the deed, then nothing left to do."""

import shutil
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.infrastructure.processes import told_by


def test_the_job_reports_then_acts_once(prepared_demo: Path, tmp_path: Path) -> None:
    shutil.copytree(prepared_demo, tmp_path, dirs_exist_ok=True)
    engine = create_engine(f"sqlite:///{tmp_path / 'demo' / 'wohnberatung.sqlite3'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE housing_requests SET created_at = '2020-01-01 00:00:00', confirmed_at = NULL"))
        total = connection.scalar(text("SELECT count(*) FROM housing_requests WHERE state = 'new'"))
    assert due(told_by(tmp_path, "retention", "--dry-run")) >= total > 0
    assert due(told_by(tmp_path, "retention", "--dry-run")) >= total, "a dry run does nothing"
    done = due(told_by(tmp_path, "retention"))
    with engine.connect() as connection:
        asked = connection.scalar(text("SELECT count(*) FROM housing_requests WHERE asked_at IS NOT NULL"))
    engine.dispose()
    assert done == asked
    assert due(told_by(tmp_path, "retention")) == 0


def due(report: str) -> int:
    """The number in the line of the requests to ask about."""
    (line,) = (line for line in report.splitlines() if line.startswith("request_ask "))
    return int(line.split()[3])
