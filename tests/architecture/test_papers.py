"""README, docs, docstrings and comments tell of the house as it is: what they name is there."""

import re

from tests.architecture import papers
from tests.architecture.papers import Mention, mentions
from wohnberatung.areas import AREAS

# Names of others' files, in a sentence about them.
EXAMPLES = {"nacht.zip"}
# Names of others' functions, in a sentence about them.
OF_OTHERS = {"after_this_request"}


def test_every_file_that_is_named_is_there() -> None:
    known = papers.paths() | EXAMPLES
    assert {mention for mention in mentions(papers.FILE) if mention.said.lstrip("./") not in known} == set()


def test_every_folder_that_is_named_is_there() -> None:
    gone = {mention for mention in mentions(papers.FOLDER) if mention.said.lstrip("./") not in papers.paths()}
    assert {mention for mention in gone if not papers.is_ignored(mention.said)} == set()


def test_every_module_that_is_named_can_be_imported() -> None:
    named = {mention for mention in mentions(papers.MODULE) if not mention.paper.startswith("tests/")}
    ours = {mention for mention in named if papers.is_ours(mention.said)} | mentions(papers.STARTED)
    assert {mention for mention in ours if not papers.leads_somewhere(mention)} == set()


def test_every_word_of_the_code_is_written_there() -> None:
    known = papers.written() | OF_OTHERS
    assert {mention for mention in mentions(papers.WORD) if mention.said not in known} == set()


def test_every_command_can_be_called() -> None:
    assert {mention for mention in mentions(papers.TARGET) if mention.said not in papers.targets()} == set()
    assert {mention for mention in mentions(papers.COMMAND) if mention.said not in papers.commands()} == set()


def test_the_map_of_the_house_names_every_area_and_no_other_room() -> None:
    """Paths are proved above; a bare name is an area, a room of the engine, or a name that files of areas have."""
    page = (papers.ROOT / "README.md").read_text("utf-8")
    rows = page.split("## The map of the house", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"[`/](\w+)/?`", rows))
    assert {area.key for area in AREAS} - named == set()
    assert {name for name in named if not {f"{name}/", f"{name}.py"} & papers.paths()} == {"create_app"}


def test_what_is_gone_is_found() -> None:
    """The check finds what it is there for: a renamed file, a module, a word."""
    assert "wohnberatung/papers/parts.py" not in papers.paths()
    assert papers.FILE.findall("see `core/clock.py`, ../glossary.md and a.b.py.") == [
        "core/clock.py",
        "../glossary.md",
        "a.b.py",
    ]
    there = {"core.clock.now", "whatif.why_not", "wohnberatung.core.clock", "smtp.NotSent"}
    gone = {"core.clock.yesterday", "dwellings.services.record_facts", "wohnberatung.papers.parts"}
    leading = {said for said in there | gone if papers.leads_somewhere(Mention("wohnberatung/mail/smtp.py", said))}
    assert leading == there
