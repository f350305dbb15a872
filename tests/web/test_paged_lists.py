"""Whoever turns a page keeps what was asked: every paged list carries on the arguments that its page reads."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CALL = re.compile(r"\{\{ pagination\((.*?)\) \}\}")
READ = re.compile(r"request\.args(?:\.get\(|\[)'(\w+)'")


def carried() -> dict[str, set[str]]:
    """By endpoint, the arguments that its links to other pages have."""
    found: dict[str, set[str]] = {}
    for file in (ROOT / "templates").rglob("*.html"):
        for call in CALL.findall(file.read_text(encoding="utf-8")):
            endpoint = re.search(r'"(\w+\.\w+)"', call)
            assert endpoint is not None, file
            names = set(re.findall(r"(\w+)=", call)) | ({"**"} if "**" in call else set())
            found.setdefault(endpoint[1], set()).update(names)
    return found


def test_every_paged_list_carries_on_what_its_page_reads() -> None:
    links, left = carried(), {}
    package = ROOT / "wohnberatung"
    for file in (*package.rglob("views/*.py"), *package.rglob("views.py")):
        area = file.relative_to(package).parts[0]
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            endpoint = f"{area}.{node.name}" if isinstance(node, ast.FunctionDef) else ""
            if endpoint not in links or "**" in links[endpoint]:
                continue
            missing = set(READ.findall(ast.unparse(node))) - {"seite"} - links[endpoint]
            left |= {endpoint: missing} if missing else {}
    assert len(links) > 15, "the reader of templates finds them"
    assert left == {}
