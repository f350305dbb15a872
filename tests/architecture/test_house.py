"""Signs on the doors: one name one thing, rooms of a readable size, no doors beside the doors."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.test_repository import committed_files, name_of

SHORTEST_FILE = 25
HOUSE = ("matching/", "wohnberatung/")
MIGRATIONS = "wohnberatung/migrations/versions/"
PLAIN = {"cache", "cached_property", "contextmanager", "classmethod", "dataclass", "lru_cache", "property"}
PASSED_ON = ("/services/__init__.py", "/models/__init__.py", "/forms/__init__.py")


@cache
def house() -> dict[str, ast.Module]:
    """Every module of the engine and the application; migrations are a history, not rooms."""
    names = {name_of(file): file for file in committed_files(".py")}
    return {
        name: ast.parse(file.read_text(encoding="utf-8"))
        for name, file in names.items()
        if name.startswith(HOUSE) and not name.startswith(MIGRATIONS)
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
    are there; nothing is imported from it. What else is imported and not used the linter finds, save for `__all__`."""
    passing_on = {
        name
        for name, tree in house().items()
        if name.endswith(PASSED_ON)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body)
    }
    listing = {name for name, tree in house().items() for node in ast.walk(tree) if is_name(node, "__all__")}
    assert passing_on | listing == set()


def is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def test_nothing_is_made_for_nobody() -> None:
    """What only tests call is dead. Names in strings and templates count; what a decorator hands on, or a base class
    calls, is not looked at."""
    made = {
        node.name: name
        for name, tree in house().items()
        for part in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef) and not node.bases)]
        for node in part.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        if not node.name.startswith("__") and all(map(is_plain, node.decorator_list))
    }
    assert {name: place for name, place in made.items() if name not in used_names()} == {}


def is_plain(decorator: ast.expr) -> bool:
    """One that leaves a thing for its readers, unlike a route or a command."""
    return ast.unparse(decorator).split("(")[0] in PLAIN


@cache
def used_names() -> frozenset[str]:
    """Every word that code but the tests' reads, docstrings apart, and every word of a template."""
    sources = [file for file in committed_files(".py") if not name_of(file).startswith(("tests/", MIGRATIONS))]
    nodes = [node for file in sources for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    telling = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    strings = (node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in telling)
    templates = (file.read_text("utf-8") for file in committed_files(".html", ".txt", ".typ"))
    words = {word for text in [*strings, *templates] if isinstance(text, str) for word in re.findall(r"\w+", text)}
    return frozenset(names | attributes | words)


def test_public_services_say_what_they_raise() -> None:
    silent = [
        f"{name}: {function.name} raises {', '.join(sorted(unsaid))}"
        for name, tree in house().items()
        if "/services" in name
        for function in public_functions(tree)
        if (unsaid := raised_by(function) - words_of(function))
    ]
    assert silent == []


def public_functions(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef]:
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


def test_public_services_say_what_they_take_and_give() -> None:
    """`Any` switches the checker off for everybody who calls, and so does a mapping of names to it: what is stored or
    handed over has a shape with a name, what is only passed on is an `object`."""
    vague = [f"{name}: {said}" for name, tree in house().items() if "/services" in name for said in vague_in(tree)]
    assert vague == []


def test_columns_say_what_they_hold() -> None:
    """JSON is typed where it enters and leaves the database."""
    held = [
        f"{name}: {model.name}: {ast.unparse(column)}"
        for name, tree in house().items()
        if name.endswith("/models.py")
        for model in classes_of(tree)
        for column in model.body
        if isinstance(column, ast.Assign | ast.AnnAssign) and NAMES_TO_ANYTHING.search(ast.unparse(column))
    ]
    assert held == []


def test_no_name_hides_such_a_type() -> None:
    """But in the seed, which reads files of its own."""
    hidden = [
        f"{name}: {ast.unparse(alias)}"
        for name, tree in house().items()
        if name.startswith("wohnberatung/") and not name.startswith("wohnberatung/seeding/")
        for alias in tree.body
        if isinstance(alias, ast.Assign) and NAMES_TO_ANYTHING.search(ast.unparse(alias.value))
    ]
    assert hidden == []


def test_the_shared_rooms_say_what_they_take_and_give() -> None:
    """The same of core, bridge and web, but for what nobody can know there."""
    shared = ("wohnberatung/core/", "wohnberatung/bridge/", "wohnberatung/web/")
    vague = {f"{name}: {said}" for name, tree in house().items() if name.startswith(shared) for said in vague_in(tree)}
    assert vague == UNKNOWABLE.keys()


UNKNOWABLE = {
    "wohnberatung/core/sealing.py: open_for_house": "JSON; whoever sealed it knows what it was",
    "wohnberatung/core/sealing.py: SealedColumn.context": "the row of any table, read by names",
    "wohnberatung/core/selfcheck.py: refuse_unsafe_start": "the settings by name, see `setting`",
    "wohnberatung/core/selfcheck.py: safety_faults": "the settings by name, see `setting`",
    "wohnberatung/core/settings.py: setting": "each name has a type of its own; config.py checks them all at the start",
    "wohnberatung/bridge/fields.py: FactField.process": "WTForms calls it, which has no types",
    "wohnberatung/bridge/filters.py: FilterForm.validate": "WTForms calls it, which has no types",
    "wohnberatung/bridge/requirement_fields.py: RequirementFormMixin.validate": "WTForms calls it, which has no types",
    "wohnberatung/web/date_forms.py: ProposedDates.validate": "WTForms calls it, which has no types",
    "wohnberatung/web/forms.py: AskingForm.validate": "WTForms calls it, which has no types",
    "wohnberatung/web/forms.py: Form.validate": "WTForms calls it, which has no types",
    "wohnberatung/web/forms.py: PatientForm.validate": "WTForms calls it, which has no types",
    "wohnberatung/web/logs.py: places_only": "structlog calls it, whose events are names of anything",
}


def vague_in(tree: ast.Module) -> Iterator[str]:
    """Public functions and methods that take or give a bare `Any`, or names of it."""
    for owner in (tree, *classes_of(tree)):
        before = f"{owner.name}." if isinstance(owner, ast.ClassDef) else ""
        yield from (
            before + function.name for function in public_functions(owner) if any(map(is_vague, told_by(function)))
        )


def classes_of(tree: ast.Module) -> list[ast.ClassDef]:
    return [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


NAMES_TO_ANYTHING = re.compile(r"\b(dict|Mapping|MutableMapping)\[str, Any\]")


def is_vague(annotation: str) -> bool:
    return annotation == "Any" or NAMES_TO_ANYTHING.search(annotation) is not None


def told_by(function: ast.FunctionDef) -> set[str]:
    """The annotations of all arguments and of the result."""
    arguments = function.args
    listed = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    annotations = [each.annotation for each in listed if each is not None]
    return {ast.unparse(annotation) for annotation in (*annotations, function.returns) if annotation is not None}
