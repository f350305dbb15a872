"""A kind of resource is declared once; everything else follows. (And a migration for the database that is in use.)"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_kind_appears_everywhere_without_another_edit(empty_database_url: str) -> None:
    command = [sys.executable, "-m", "tests.resources.one_kind", empty_database_url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout)
    assert seen.pop("form") == 200
    assert [name for name, there in seen.items() if not there] == []
