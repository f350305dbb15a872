"""Reading and writing the data files.

Hand-written: `.toml` and `.csv`. Generated: `.jsonl`, one record a line, so that a change shows as a changed line.
"""

import csv
import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

FOLDER = Path(str(files("seed_data")))


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_lines(name: str) -> list[dict[str, Any]]:
    """The records of a generated file."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table with a heading; cells are text."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_lines(records: list[dict[str, Any]]) -> bytes:
    """The content of a generated file."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
