"""A criterion is declared once; everything else follows. (And a migration for the database that is in use.)"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def seen(empty_database_url):
    command = [sys.executable, "-m", "tests.bridge.one_declaration", empty_database_url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_a_new_criterion_appears_everywhere_without_another_edit(seen):
    assert seen == {
        "column": 1,
        "sheet": "ja",
        "ranked": ["with_bed", "unknown"],
        "sentence": "Kräuterbeet: ja",
        "form": True,
        "label": "Kräuterbeet",
        "request_form": ["rooms"],
        "asked": [["has_herb_bed", True]],
        "imported": [True, True, True],
        "claimed": "claimed",
    }
