"""Areas declare themselves: what one of them leaves out stops the start, with a sentence that says where."""

import ast
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from flask import Flask

from tests.architecture.test_repository import committed_files, name_of
from tests.factories import advisor
from tests.infrastructure.application import new_app
from wohnberatung.areas import AREAS
from wohnberatung.core.area import WORK
from wohnberatung.core.completeness import Incomplete, check_complete
from wohnberatung.core.manifests import EXTENSION, Area, areas, erase
from wohnberatung.core.work import Periodic
from wohnberatung.jobs.models import Job
from wohnberatung.projects.models import JoinEnquiry
from wohnberatung.seekers.services.requests import shown_to


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, without any database behind it."""
    return new_app(f"sqlite:///{tmp_path_factory.mktemp('areas') / 'none.db'}")


def without(key: str, **left_out: Any) -> tuple[Area, ...]:
    """All areas, one of them with other declarations."""
    return tuple(replace(area, **left_out) if area.key == key else area for area in AREAS)


def faults(app: Flask, declared: tuple[Area, ...]) -> list[str]:
    with pytest.raises(Incomplete) as refused:
        check_complete(app, declared)
    return str(refused.value).splitlines()


def test_all_areas_of_the_house_are_complete(opened: Flask) -> None:
    check_complete(opened, AREAS)


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (without("demand", work=()), "demand: wohnberatung.demand.area.WORK has no effect."),
        (without("mail", retention=()), "mail: wohnberatung.mail.area.RETENTION has no effect."),
        (without("doubles", desk=()), "doubles: wohnberatung.doubles.area.DESK has no effect."),
        (without("cases", search=()), "cases: wohnberatung.cases.search.record_kinds.KINDS has no effect."),
        (without("surveys", picture_subjects=()), "surveys: wohnberatung.surveys.area.OF_SURVEY"),
        (without("network", blueprint=None), "network: it has pages. Declare blueprint=views.blueprint."),
        (without("letters", models=None), "letters: nobody owns the table letters."),
        (without("letters", told_of_case={}), "letters: letters keep personal data, and nobody is told of it."),
        (without("mail", not_exported=""), "mail: outgoing_mails keep personal data, and nobody is told of it."),
        (without("seekers", export_pages=("seekers.gone",)), "seekers: there is no page seekers.gone."),
        (without("cases", erasure={}), "cases: nothing erases a person's rows of cases."),
        (without("accounts", erasure={}), "accounts: nothing erases a person's rows of users."),
        (without("directory", impersonal={}), "directory: directory_lists may tell about people."),
        (without("cases", request_visibility=()), "request_visibility: no area hides the requests of blocked cases."),
        (tuple(area for area in AREAS if area.key != "surveys"), "surveys: it has an area.py. Put its AREA into"),
        ((*AREAS, AREAS[3]), f"areas: '{AREAS[3].key}' is declared twice."),
        ((*AREAS, Area(key="more", work=WORK)), "work: 'tidy' is declared twice."),
    ],
    ids=lambda value: value.partition(":")[0] if isinstance(value, str) else "",
)
def test_what_an_area_leaves_out_is_said_with_its_remedy(opened: Flask, declared: tuple[Area, ...], said: str) -> None:
    assert any(fault.startswith(said) for fault in faults(opened, declared))


def test_everything_that_is_missing_is_said_at_once(opened: Flask) -> None:
    declared = tuple(replace(area, blueprint=None, retention=()) for area in AREAS)
    assert len(faults(opened, declared)) > len(AREAS)


def test_work_that_is_made_and_not_declared_stops_the_start(opened: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("wohnberatung.demand.made_for_a_test")
    vars(module)["FORGOTTEN"] = Periodic("forgotten", "", lambda _job: None)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    assert faults(opened, AREAS) == [
        "demand: wohnberatung.demand.made_for_a_test.FORGOTTEN has no effect. Name it in its AREA, or remove it."
    ]


def test_who_asks_for_areas_where_none_are_bound_gets_none(opened: Flask) -> None:
    with pytest.raises(RuntimeError):
        areas()
    with Flask("empty").app_context(), pytest.raises(RuntimeError, match="No areas are bound"):
        areas()


def test_nobody_is_shown_requests_while_no_area_hides_any(opened: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(opened.extensions, EXTENSION, without("cases", request_visibility=()))
    with opened.app_context(), pytest.raises(RuntimeError, match="request_visibility"):
        shown_to(advisor())


# Commands must start without Flask, so their table names modules; of two drivers for SQLite one is there.
LAZY = {"wohnberatung/cli.py", "wohnberatung/core/database.py"}


def test_nothing_is_found_by_looking_for_modules() -> None:
    looking = {name_of(file) for file in _application() if _calls(file, "find_spec", "import_module")}
    assert looking == LAZY


def test_nothing_registers_itself_by_being_imported() -> None:
    """A listener of the session is declared; those of a table or of an engine belong to it."""
    assert [name_of(file) for file in _application() if _calls(file, "listens_for")] == []


def _application() -> list[Path]:
    return [file for file in committed_files(".py") if name_of(file).startswith("wohnberatung/")]


def _calls(file: Path, *names: str) -> bool:
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return any(isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names for node in tree)


def test_a_row_goes_the_way_its_area_declares(opened: Flask) -> None:
    gone: list[JoinEnquiry] = []
    enquiry = JoinEnquiry()
    with opened.app_context():
        opened.extensions[EXTENSION] = without("projects", erasure={JoinEnquiry: gone.append})
        try:
            erase(enquiry)
            with pytest.raises(LookupError, match="No area declares who erases Job"):
                erase(Job())
        finally:
            opened.extensions[EXTENSION] = AREAS
    assert gone == [enquiry]
