"""The tables of steps are whole, nothing goes a way they do not show, and the document draws them as they are."""

import ast
import gc
import importlib
from enum import StrEnum
from typing import Any

import pytest

from tests.architecture.test_repository import committed_files, name_of
from tests.core.step_tables import DOCUMENT, TABLES, Told, document
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.steps import Party, Step, StepTable

every_table = pytest.mark.parametrize("told", TABLES, ids=[told.title for told in TABLES])
# Rows come into their first state where they are made; what is no table yet stands here with its reason.
SETS_STATES = {
    "wohnberatung/dwellings/services/offers.py",  # `save_offer` sets what `advance` has checked
    "wohnberatung/appointments/services/booking.py",  # the first state, before the row is stored
    "wohnberatung/measures/services/measures.py",  # the first state
    "wohnberatung/intake/services/promotion.py",  # what became of one object: no step leads there
}
STATES = {told.table.field for told in TABLES}
AREAS = {name_of(file).split("/")[1] for file in committed_files("steps.py") if "/core/" not in name_of(file)}


@every_table
def test_every_state_is_reached_and_has_a_way_out_or_is_an_end(told: Told) -> None:
    assert told.table.faults() == []


@every_table
def test_a_step_that_is_not_in_the_table_is_refused_and_stores_nothing(session: Any, told: Told) -> None:
    thing, table = told.make(), told.table
    for state in table.states:
        table.put(thing, state)
        session.flush()
        for step in table:
            if state in step.sources:
                continue
            with pytest.raises(DomainError) as refused:
                table.take(thing, step.key, by=step.by[0], why="Darum.")
            assert refused.value.message
            assert not session.dirty
            assert table.state_of(thing) is state


@every_table
def test_a_step_of_another_party_is_as_if_there_were_none(session: Any, told: Told) -> None:
    thing, table = told.make(), told.table
    for step in table:
        table.put(thing, step.sources[0])
        session.flush()
        for party in set(Party) - set(step.by):
            with pytest.raises(NotFound):
                table.take(thing, step.key, by=party, why="Darum.")
            assert step not in table.offered(thing, party)
        assert not session.dirty


@every_table
def test_a_reason_that_is_needed_is_asked_for_at_its_field(session: Any, told: Told) -> None:
    thing, table = told.make(), told.table
    for step in table:
        if step.reason is not None:
            table.put(thing, step.sources[0])
            session.flush()
            with pytest.raises(DomainError) as refused:
                table.take(thing, step.key, by=step.by[0], why=" ")
            assert refused.value.field == step.reason.field
            assert not session.dirty


@every_table
def test_buttons_are_the_steps_with_a_label_that_lead_on_from_here(told: Told) -> None:
    table = told.table
    for state in table.states:
        for party in Party:
            offered = table.offered_from(state, party)
            assert {step.key for step in offered} == {
                step.key for step in table if step.label and party in step.by and state in step.sources
            }


def test_a_step_leads_nowhere_else() -> None:
    class Thing:
        status = "draft"

    table = next(told.table for told in TABLES if told.title == "Offers")
    with pytest.raises(ValueError, match="does not lead to let"):
        table.enter(Thing(), table["veroeffentlichen"], table.states("let"))


def test_a_step_that_stays_leaves_the_thing_where_it_is_and_may_be_taken_again() -> None:
    class Place(StrEnum):
        HERE = "here"
        THERE = "there"

    class Thing:
        state = Place.THERE

    knock: Step[Thing] = Step("knock", (Party.OFFICE,), tuple(Place), Place.HERE, stays=True)
    table = StepTable(knock, begins=(Place.HERE,), refused=lambda _thing: DomainError("Nein."))
    thing = Thing()
    table.take(thing, "knock", by=Party.OFFICE)
    assert thing.state is Place.THERE
    assert not table.is_done(thing, "knock", Party.OFFICE)
    assert [line for line in table.diagram().splitlines() if "knock" in line] == [
        "    here --> here: knock (office)",
        "    there --> there: knock (office)",
    ]


def test_every_table_is_among_those_that_are_tried() -> None:
    for file in committed_files("steps.py"):
        if name_of(file).startswith("wohnberatung/"):
            importlib.import_module(name_of(file).removesuffix(".py").replace("/", "."))
    known = {id(told.table) for told in TABLES}
    assert [item.field for item in gc.get_objects() if isinstance(item, StepTable) and id(item) not in known] == []


def test_nothing_but_a_table_changes_the_state_of_what_has_one() -> None:
    """Otherwise a button and the table would soon say different things."""
    setting = {
        name_of(file)
        for file in committed_files(".py")
        if name_of(file).startswith(tuple(f"wohnberatung/{area}/" for area in AREAS)) and file.name != "steps.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign) and any(_names_a_state(target) for target in node.targets)
    }
    assert setting == SETS_STATES


def test_the_document_draws_the_tables_as_they_are() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()


def _names_a_state(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple):
        return any(_names_a_state(part) for part in target.elts)
    return isinstance(target, ast.Attribute) and target.attr in STATES
