"""House rules that any file can break."""

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE = 400
# Put together here, so that this file does not name them.
INDEX_HOSTS = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]
LOCKS = ("requirements.lock", "requirements-bench.lock")
NPM_LOCKS = ("package-lock.json", "tests/browser/package-lock.json")


def committed_files(*suffixes: str) -> list[Path]:
    """Files that git knows or would add, of these kinds; all without a kind."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    files = [ROOT / name for name in names if not suffixes or name.endswith(suffixes)]
    return [file for file in files if file.is_file()]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_imports_follow_the_house() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == 0


def test_only_the_transactions_module_commits() -> None:
    """A service that commits takes the decision from the view that knows whether all went well."""
    allowed = {"wohnberatung/core/transactions.py"}
    committing = {
        name_of(file) for file in committed_files(".py") if name_of(file).startswith("wohnberatung/") and commits(file)
    }
    assert committing == allowed


def commits(file: Path) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
    return any(isinstance(called, ast.Attribute) and called.attr == "commit" for called in calls)


def test_views_catch_nothing() -> None:
    """There is one way from a refusal to a page: `form.accepting()` and `refusal_returns_to`, which both roll back. A
    view that catches by itself keeps what the service had written before it refused."""
    catching = {
        name_of(file)
        for file in committed_files(".py")
        if re.match(r"wohnberatung/\w+/views(/|\.py)", name_of(file))
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ExceptHandler) or (isinstance(node, ast.Name) and node.id == "suppress")
    }
    assert catching == set()


def test_only_hands_press_in_a_browser() -> None:
    """A click returns while the old page may still stand: whoever goes on at once reads and ticks on that one.
    `follow` waits for the next page, `touch` says that there is none."""
    pressing = {
        name_of(file)
        for file in (ROOT / "tests" / "browser").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and presses(node, node.func.attr)
    }
    assert pressing == {"tests/browser/hands.py"}


def presses(call: ast.Call, method: str) -> bool:
    by_key = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    return method in ("click", "dblclick", "tap") or (method == "press" and any("Enter" in str(key) for key in by_key))


def test_no_file_is_longer_than_a_person_reads_in_one_go() -> None:
    lengths = {
        name_of(file): len(file.read_text(encoding="utf-8").splitlines())
        for file in committed_files(".py", ".html", ".css", ".js")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_every_macro_is_used() -> None:
    templates = [file.read_text(encoding="utf-8") for file in committed_files(".html", ".txt", ".jinja")]
    defined = {name for text in templates for name in re.findall(r"\{%-?\s*macro\s+(\w+)", text)}
    everything = "\n".join(templates)
    assert defined - set(re.findall(r"(?<!macro )\b(\w+)\s*\(", everything)) == set()


def test_a_page_fetches_only_macros_that_it_uses() -> None:
    idle = {
        (name_of(file), name)
        for file in committed_files(".html", ".txt", ".jinja")
        for text in [file.read_text(encoding="utf-8")]
        for names in re.findall(r"\{%-?\s*from [^%]*? import ([^%]+?)(?: with context)?\s*-?%\}", text)
        for name in re.findall(r"(\w+)\s*(?:,|$)", names)
        if len(re.findall(rf"\b{name}\b", text)) < 2
    }
    assert idle == set()


def test_no_file_names_a_package_index() -> None:
    naming = [
        name_of(file)
        for file in committed_files()
        for text in [file.read_bytes().decode("utf-8", "replace")]
        if any(host in text for host in INDEX_HOSTS)
    ]
    assert naming == []


def test_nothing_made_by_others_is_committed() -> None:
    made = [name_of(file) for file in committed_files(".woff", ".woff2", ".ttf", ".min.css", ".min.js", ".whl", ".so")]
    assert made == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_hashes(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text().strip())
    assert len(entries) > 50
    for entry in entries:
        assert re.match(r"[a-z0-9.\-]+(\[[a-z,]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_both_locks_agree() -> None:
    main, bench = (dict(re.findall(r"(?m)^([a-z0-9.\-]+==\S+)(.*)", (ROOT / name).read_text())) for name in LOCKS)
    names = {pin.split("==")[0] for pin in main}
    assert {pin for pin in bench if pin.split("==")[0] in names} <= set(main)


@pytest.mark.parametrize("name", NPM_LOCKS)
def test_every_locked_asset_has_its_hash_and_no_host(name: str) -> None:
    packages = json.loads((ROOT / name).read_text())["packages"]
    fetched = {path: entry for path, entry in packages.items() if path}
    assert fetched
    for path, entry in fetched.items():
        assert entry["integrity"].startswith("sha512-"), path
        assert "resolved" not in entry, path
