"""Whether the areas have declared all they must. What is missing stops the start, with a sentence that says where."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from flask import Blueprint, Flask
from sqlalchemy import LargeBinary, Table

from wohnberatung.core.manifests import Area, Declared

PACKAGE = Path(__file__).resolve().parents[1]
# Personal data hang on a person's key or on an account.
PEOPLE = ("person_keys", "users")


class Incomplete(RuntimeError):
    """The areas leave something undeclared; each line names an area and what to do."""


def check_complete(app: Flask, areas: Sequence[Area]) -> None:
    """Raises Incomplete with all that is missing. Call it when all pages are registered."""
    faults = [
        *_twice(areas),
        *_left_out(areas),
        *_forgotten(areas),
        *_unowned(areas),
        *_untold(app, areas),
        *_unhidden(areas),
    ]
    if faults:
        raise Incomplete("\n".join(faults))


def _twice(areas: Sequence[Area]) -> Iterator[str]:
    """Of two with one key the second would silently stand for both."""
    keys: dict[str, list[str]] = {
        "areas": [area.key for area in areas],
        "work": [each.kind for area in areas for each in area.work],
        "queues": [queue.key for area in areas for queue in area.queues],
        "retention": [rule.key for area in areas for rule in area.retention],
        "desk": [section.key for area in areas for section in area.desk],
        "told_of_case": [key for area in areas for key in area.told_of_case],
        "told_of_request": [told.key for area in areas for told in area.told_of_request],
        "open_in_case": [kind.key for area in areas for kind in area.open_in_case],
        "picture_subjects": [subject.kind for area in areas for subject in area.picture_subjects],
        "place_sections": [section.key for area in areas for section in area.place_sections],
        "place_news": [kind.key for area in areas for kind in area.place_news],
        "search": [kind.key for area in areas for kind in area.search],
        "warming": [key for area in areas for key in area.warming],
    }
    for what, found in keys.items():
        for key in sorted(key for key, times in Counter(found).items() if times > 1):
            yield f"{what}: {key!r} is declared twice. Give one of them another key."


def _left_out(areas: Sequence[Area]) -> Iterator[str]:
    """Rooms that are there and that no manifest opens."""
    listed = {area.key: area for area in areas}
    for folder in sorted(path.parent for path in PACKAGE.glob("*/area.py")):
        area = listed.get(folder.name)
        if area is None:
            yield f"{folder.name}: it has an area.py. Put its AREA into wohnberatung/areas.py, or remove the folder."
            continue
        if area.models is None and _has(folder, "models"):
            yield f"{area.key}: it has tables. Declare models=models."
        if area.blueprint is None and _has(folder, "views"):
            yield f"{area.key}: it has pages. Declare blueprint=views.blueprint."


def _has(folder: Path, name: str) -> bool:
    return (folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists()


def _forgotten(areas: Sequence[Area]) -> Iterator[str]:
    """What was made to be declared, and is not."""
    named = {id(each) for area in areas for each in _named_by(area)}
    loaded = sorted((name, module) for name, module in sys.modules.items() if name.startswith(f"{PACKAGE.name}."))
    for area in areas:
        package = f"{PACKAGE.name}.{area.key}"
        for module in (module for name, module in loaded if f"{name}.".startswith(f"{package}.")):
            for name, made in _made_in(module):
                if id(made) not in named:
                    yield f"{area.key}: {module.__name__}.{name} has no effect. Name it in its AREA, or remove it."


def _named_by(area: Area) -> Iterator[object]:
    yield area.blueprint
    declared = (area.work, area.retention, area.desk, area.told_of_request, area.picture_subjects, area.search)
    for group in (*declared, area.open_in_case, area.place_sections, area.place_news, area.queues):
        yield from group


def _made_in(module: ModuleType) -> Iterator[tuple[str, object]]:
    for name, value in vars(module).copy().items():
        for each in value if isinstance(value, tuple | list) else (value,):
            if isinstance(each, Declared) or (isinstance(each, Blueprint) and each.import_name == module.__name__):
                yield name, each


def _unowned(areas: Sequence[Area]) -> Iterator[str]:
    """Tables of a package that is no declared area: nobody would keep, tell or erase what is in them."""
    owners = {area.key for area in areas if area.models is not None}
    for module, table in _tables():
        if _room(module) not in owners:
            yield f"{_room(module)}: nobody owns the table {table.name}. Declare an area for it with models=…"


def _untold(app: Flask, areas: Sequence[Area]) -> Iterator[str]:
    """Areas that keep personal data and do not say how people get them, or how they go."""
    tables = _tables()
    personal = _personal(table for _module, table in tables)
    for area in areas:
        mine = [table for module, table in tables if _room(module) == area.key]
        erased = {model.__tablename__ for model in area.erasure}
        reasons = {model.__tablename__ for model in area.impersonal}
        told = area.told_of_case or area.told_of_request or area.export_pages or area.not_exported
        kept = [table.name for table in mine if table.name in personal]
        if kept and not told:
            yield (
                f"{area.key}: {', '.join(kept)} keep personal data, and nobody is told of it. "
                "Declare told_of_case, told_of_request or export_pages, or say why in not_exported."
            )
        for table in mine:
            if _stands_alone(table) and table.name not in erased:
                yield f"{area.key}: nothing erases a person's rows of {table.name}. Declare erasure={{Model: service}}."
            elif _is_binary(table) and table.name not in personal | erased | reasons:
                yield f"{area.key}: {table.name} may tell about people. Declare erasure, or say why not in impersonal."
        for page in area.export_pages:
            if page not in app.view_functions:
                yield f"{area.key}: there is no page {page}. Mend export_pages."


def _personal(tables: Iterable[Table]) -> set[str]:
    """Names of tables whose rows hang on a person: by their key, or as rows that go with such rows."""
    left, found = {table.name: table for table in tables}, set(PEOPLE)
    while more := {name for name, table in left.items() if name not in found and _hangs_on(table, found)}:
        found |= more
    return found


def _hangs_on(table: Table, personal: set[str]) -> bool:
    return _refers_to_key(table) or bool(_goes_with(table) & personal)


def _stands_alone(table: Table) -> bool:
    """Whether it has rows about people that go with no other row."""
    return table.name in PEOPLE or _refers_to_key(table)


def _refers_to_key(table: Table) -> bool:
    return any(key.column.table.name == "person_keys" for key in table.foreign_keys)


def _goes_with(table: Table) -> set[str]:
    return {key.column.table.name for key in table.foreign_keys if (key.ondelete or "").upper() == "CASCADE"}


def _is_binary(table: Table) -> bool:
    return any(isinstance(column.type, LargeBinary) for column in table.columns)


def _tables() -> list[tuple[str, Table]]:
    """Every mapped table with the module it is declared in."""
    from wohnberatung.extensions import Model

    found = ((mapper.class_.__module__, mapper.local_table) for mapper in Model.registry.mappers)
    return sorted(
        ((module, table) for module, table in found if isinstance(table, Table)), key=lambda item: item[1].name
    )


def _room(module: str) -> str:
    """``wohnberatung.cases.models`` → ``cases``."""
    return module.split(".")[1] if module.startswith("wohnberatung.") else module


def _unhidden(areas: Sequence[Area]) -> Iterator[str]:
    if not any(area.request_visibility for area in areas):
        yield "request_visibility: no area hides the requests of blocked cases. Declare it where cases are known."
