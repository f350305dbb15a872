"""Signs on the doors: one name one thing, rooms of a readable size, no doors beside the doors."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.test_repository import committed_files, name_of

SHORTEST_FILE = 25
HOUSE = ("matching/", "wohnberatung/")
PASSED_ON = ("/services/__init__.py", "/models/__init__.py", "/forms/__init__.py")


@cache
def house() -> dict[str, ast.Module]:
    """Every module of the engine and the application; migrations are a history, not rooms."""
    names = {name_of(file): file for file in committed_files(".py")}
    return {
        name: ast.parse(file.read_text(encoding="utf-8"))
        for name, file in names.items()
        if name.startswith(HOUSE) and "/migrations/versions/" not in name
    }


def is_marker(name: str) -> bool:
    """A package's mark, or an area's declaration, which is as short as the area has little to declare."""
    return Path(name).name in ("__init__.py", "__main__.py", "area.py")


def test_no_class_name_stands_for_two_things() -> None:
    """Whoever reads `Step` must not have to ask which: a second one says what kind it is."""
    homes: dict[str, list[str]] = defaultdict(list)
    for name, tree in house().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(name)
    assert {name: places for name, places in homes.items() if len(places) > 1} == {}


def test_no_file_is_a_crumb() -> None:
    lengths = {name: max((node.end_lineno or 0) for node in tree.body) for name, tree in house().items() if tree.body}
    crumbs = {name: lines for name, lines in lengths.items() if lines < SHORTEST_FILE and not is_marker(name)}
    assert crumbs == {}


def test_packages_do_not_pass_on_what_their_modules_make() -> None:
    """A name has one address, its module. The views of an area are imported by their package, so that their routes
    are there; nothing is imported from it."""
    passing_on = {
        name
        for name, tree in house().items()
        if name.endswith(PASSED_ON)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body)
    }
    assert passing_on == set()


def test_public_services_say_what_they_raise() -> None:
    silent = [
        f"{name}: {function.name} raises {', '.join(sorted(unsaid))}"
        for name, tree in house().items()
        if "/services" in name
        for function in public_functions(tree)
        if (unsaid := raised_by(function) - words_of(function))
    ]
    assert silent == []


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    yield from (node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"))


def raised_by(function: ast.FunctionDef) -> set[str]:
    """Names of the classes that a function raises itself; what it passes on with a bare `raise` is not its own."""
    raised = (node.exc for node in ast.walk(function) if isinstance(node, ast.Raise) and node.exc is not None)
    called = (error.func if isinstance(error, ast.Call) else error for error in raised)
    return {error.id for error in called if isinstance(error, ast.Name) and error.id[:1].isupper()}


def words_of(function: ast.FunctionDef) -> set[str]:
    return set(
        (ast.get_docstring(function) or "")
        .replace("`", " ")
        .replace(":", " ")
        .replace(",", " ")
        .replace(".", " ")
        .replace(";", " ")
        .split()
    )
