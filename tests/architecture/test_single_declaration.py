"""A fact is named once, in its declaration. Everything else asks the catalogue."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from matching.catalogue import HOMES, RESOURCES, SITES
from tests.architecture.test_repository import committed_files, name_of

# Words that mean other things too; all other keys carry their unit or are compounds.
ORDINARY = {
    "description",
    "district",
    "floor",
    "free_times",
    "languages",
    "rooms",
    "seats",
    "spoken_languages",
    "stage",
}
KEYS = {fact.key for market in (HOMES, SITES, RESOURCES) for fact in market.facts} - ORDINARY
DECLARATIONS = "matching/criteria/"
CODE = ("matching/", "wohnberatung/", "templates/", "benchmarks/")
# A migration tells what a column was called on its day.
FROZEN = "wohnberatung/migrations/versions/"


def keys_in_python(file: Path) -> Iterator[str]:
    """Keys written as text, attribute or argument; a variable may be called what it likes."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for field in ("value", "attr", "arg"):
            written = getattr(node, field, None)
            if isinstance(written, str) and written in KEYS:
                yield written


def keys_in_template(file: Path) -> Iterator[str]:
    """Keys that stand in Jinja's own brackets; the German text around them may use any word."""
    for code in re.findall(r"\{[{%].*?[%}]\}", file.read_text(encoding="utf-8"), re.DOTALL):
        yield from KEYS & set(re.findall(r"\w+", code))


def test_a_fact_key_stands_in_its_declaration_only() -> None:
    repeated = {}
    for file in committed_files(".py", ".html"):
        name = name_of(file)
        if name.startswith(CODE) and not name.startswith((DECLARATIONS, FROZEN)):
            found = set(keys_in_python(file) if file.suffix == ".py" else keys_in_template(file))
            repeated |= {name: sorted(found)} if found else {}
    assert repeated == {}


def test_the_search_sees_every_way_to_write_a_key(tmp_path: Path) -> None:
    some = sorted(KEYS)[:4]
    module = tmp_path / "module.py"
    module.write_text(f"{some[0]} = offer.{some[1]}\nsearch({some[2]}='{some[3]}')")
    assert set(keys_in_python(module)) == set(some[1:])
    template = tmp_path / "page.html"
    template.write_text(f"<p>{some[0]}</p>{{{{ offer.{some[1]} }}}}{{% if offer['{some[2]}'] %}}")
    assert set(keys_in_template(template)) == set(some[1:3])
