"""Whoever reads the glossary finds every room, and one class name stands for one thing."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE, APPLICATION = "## The engine: `matching/`", "## The application: `wohnberatung/`"


def named_under(heading: str) -> list[str]:
    """What the rows of that section are about."""
    page = (ROOT / "docs/glossary.md").read_text("utf-8")
    section = page.split(heading, 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([\w.]+)` \|", section, re.MULTILINE)


def engine_modules() -> dict[str, Path]:
    """By the name under which they are imported from `matching`; markers of packages are no rooms."""
    files = [file for file in (ROOT / "matching").rglob("*.py") if file.name != "__init__.py"]
    return {".".join(file.relative_to(ROOT / "matching").with_suffix("").parts): file for file in files}


def areas() -> set[str]:
    """Packages of the application with something in them, and its migrations."""
    folders = {file.parent.name for file in (ROOT / "wohnberatung").glob("*/*.py")}
    return folders | {"migrations"}


@pytest.mark.parametrize(("heading", "rooms"), [(ENGINE, sorted(engine_modules())), (APPLICATION, sorted(areas()))])
def test_every_room_stands_in_the_glossary_once_and_no_other(heading: str, rooms: list[str]) -> None:
    assert sorted(named_under(heading)) == rooms


def test_no_class_name_of_the_engine_stands_for_two_things() -> None:
    names: Counter[str] = Counter()
    for file in engine_modules().values():
        tree = ast.parse(file.read_text("utf-8"))
        names.update(node.name.lstrip("_") for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == []
