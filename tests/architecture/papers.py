"""What papers, docstrings and comments name: files, folders, modules, commands, words of the code."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tests.architecture.test_repository import ROOT, committed_files, name_of
from wohnberatung.cli import COMMANDS

SUFFIXES = r"py|md|html|txt|typ|toml|csv|jsonl|json|zip|png|lock|js|css"
FILE = re.compile(rf"(?<![\w/.:*<…-])((?:\.\./)*(?:[\w-]+/)*[a-z_][\w-]*(?:\.[\w-]+)*\.(?:{SUFFIXES}))(?![\w*]|\.\w)")
FOLDER = re.compile(r"`((?:\.\./)*(?:[\w-]+/)+)`")
MODULE = re.compile(r"`([A-Za-z_]\w*(?:\.\w+)+)(?:\(\))?`|(?<![\w.`/])((?:matching|wohnberatung)(?:\.\w+)+)")
STARTED = re.compile(r"-m ((?:matching|wohnberatung|tests|benchmarks|seed_data)(?:\.\w+)*)")
WORD = re.compile(r"`+([A-Za-z]\w*_\w+)(?:\([^`]*\))?`+")
TARGET = re.compile(r"`make ([a-z]+)|(?m:^make ([a-z]+))")
COMMAND = re.compile(r"(?:`|bin/)wohnberatung ([a-z][a-z-]*)")
# What the walks passed before is said to be gone; a migration tells of its own day.
BEFORE = re.compile(r"(?m)^(\| \d+ \|)[^|]*\|")
OF_THEIR_DAY = ("benchmarks/results", "wohnberatung/migrations/versions/")


class Mention(NamedTuple):
    paper: str
    said: str


def mentions(pattern: re.Pattern[str]) -> set[Mention]:
    found = ((name, match) for name, text in papers() for match in pattern.finditer(text))
    return {Mention(name, next(group for group in match.groups() if group)) for name, match in found}


@cache
def papers() -> list[tuple[str, str]]:
    """Name and text of everything that tells people about the house."""
    files = committed_files(".md", ".py", ".html", ".typ", "Makefile", "pyproject.toml")
    told = ((name_of(file), telling_part(file)) for file in files if not name_of(file).startswith(OF_THEIR_DAY))
    return [(name, BEFORE.sub(r"\1", text)) for name, text in told]


def telling_part(file: Path) -> str:
    """A page's whole text; of a source its comments and docstrings."""
    text = file.read_text("utf-8")
    match file.suffix:
        case ".md":
            return text
        case ".py":
            return "\n".join([*docstrings(text), *comments(text)])
        case ".html":
            return "\n".join(re.findall(r"\{#(.*?)#\}", text, re.DOTALL))
        case ".typ":
            return "\n".join(re.findall(r"(?m)^\s*//(.*)", text))
        case _:
            return "\n".join(comments(text))


def docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""


def comments(source: str) -> list[str]:
    return re.findall(r"(?m)(?:^|\s)#+ (.*)", source)


@cache
def paths() -> frozenset[str]:
    """Every committed file and folder under each of its ends, a folder with a slash behind it: `web/sessions.py` is
    one file only, and whoever reads it in `docs/` looks for it from the room that is told about."""
    files = [PurePosixPath(name_of(file)) for file in committed_files()]
    folders = {folder for file in files for folder in file.parents if folder.parts}
    ways = [(path, "") for path in files] + [(path, "/") for path in folders]
    return frozenset("/".join(path.parts[at:]) + end for path, end in ways for at in range(len(path.parts)))


def is_ignored(path: str) -> bool:
    """What a command makes, and git is told not to look at."""
    return path.rstrip("/") in {line.strip("/ ") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()}


def is_ours(dotted: str) -> bool:
    """Whether it begins with one of our packages, or with a room of them; others are somebody else's, or data."""
    first = dotted.split(".")[0]
    return not FILE.fullmatch(dotted) and any(
        f"{root}{first}{end}" in paths() for root in ("", "matching/", "wohnberatung/") for end in ("/", ".py")
    )


def leads_somewhere(mention: Mention) -> bool:
    """Whether there is such a module, or such a thing in one: from the root, from the engine or the application, or
    from a folder around the paper."""
    around = [folder.parts for folder in PurePosixPath(mention.paper).parents]
    ways = [("matching",), ("wohnberatung",), *around]
    return any(_found([*way, *mention.said.split(".")]) for way in ways)


def _found(parts: list[str]) -> bool:
    for length in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:length])
        if path.with_suffix(".py").is_file() or (path / "__init__.py").is_file():
            thing: object = import_module(".".join(parts[:length]))
            for name in parts[length:]:
                if not hasattr(thing, name) and name not in getattr(thing, "__annotations__", {}):
                    return False
                thing = getattr(thing, name, None)
            return True
    return False


@cache
def written() -> frozenset[str]:
    """Every word of code, templates, data and settings: names of modules too, but no docstrings and no comments."""
    kinds = (".py", ".html", ".txt", ".typ", ".toml", ".csv", ".json", ".js", ".css", "Makefile")
    files = committed_files(*kinds)
    words = {word for file in files for word in re.findall(r"\w+", without_telling(file.read_text("utf-8")))}
    return frozenset(words | {file.stem for file in files})


def without_telling(source: str) -> str:
    return re.sub(r"(?m)(?:^|\s)#+ .*", "", re.sub(r'(?s)""".*?"""', "", source))


def targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text("utf-8")))


def commands() -> set[str]:
    return set(COMMANDS)
