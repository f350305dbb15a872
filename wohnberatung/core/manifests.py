"""What an area declares about itself, and where the rest of the house reads it.

Each area has a module ``area.py`` with its ``AREA``; ``wohnberatung/areas.py`` lists them all, ``create_app`` checks
the list (``completeness``) and binds it to the application. The desk, the timeline, exports, retention, the worker,
search and visibility ask :func:`areas`. Nothing is registered by being imported.

The types are those of the mechanisms that read them. They are known to the type checker only, as the frame depends on
no area.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app
from sqlalchemy import event

from wohnberatung.extensions import AppSession

if TYPE_CHECKING:
    from types import ModuleType

    from flask import Blueprint
    from sqlalchemy import ColumnElement

    from wohnberatung.brokerage.services.history import StepListener
    from wohnberatung.cases.search.record_kinds import SearchKind
    from wohnberatung.cases.services.closing import OpenInCase
    from wohnberatung.cases.services.desk import DeskSection
    from wohnberatung.cases.services.follow_ups import AppointmentBooking, AppointmentDoubt
    from wohnberatung.cases.services.open_work import CasesWithin, MovesWithCase
    from wohnberatung.cases.services.personal_data import ToldOfCase
    from wohnberatung.cases.services.timeline import TimelineSource
    from wohnberatung.core.database import Base
    from wohnberatung.core.place_news import PlaceNews
    from wohnberatung.core.place_sections import PlaceSection
    from wohnberatung.core.queues import WatchedQueue
    from wohnberatung.core.work import Work
    from wohnberatung.pictures.models import PictureSubject
    from wohnberatung.privacy.models import PersonKey
    from wohnberatung.privacy.retention import RetentionRule
    from wohnberatung.seekers.services.consents import RequestListener
    from wohnberatung.seekers.services.data_export import ToldOfRequest
    from wohnberatung.seekers.services.post import LetterText
    from wohnberatung.seekers.services.requests import RequestCondition

EXTENSION = "wohnberatung.areas"
ExportedRecord = dict[str, object]
"""What an area stores about a person, as it is told to them: names and what JSON can say, times in ISO 8601."""


class Declared:
    """Base of what only has an effect once an ``AREA`` names it; one that is made and not named stops the start."""


@dataclass(frozen=True, kw_only=True)
class Area:
    """One area of the office. Everything but the key may be left out.

    models: the module or package with the tables; each table belongs to one area.
    blueprint: its pages.
    work: what is done in the background.
    queues: what waits, runs and failed, for who watches the office.
    retention: how long its rows are kept.
    desk: sections of the office's desk.
    timeline: what it knows about a case, for the case's timeline.
    moves_with_case: which of its rows in a case are still worked with: they go along when it is merged into another.
    after_move: what else is to be done with such a row once it belongs to the other case.
    cases_within: which cases went into a case and are part of it now, as far as somebody may know of them.
    open_in_case: what of it may be open in a case that is to be closed.
    books_appointment: who books what is said at the end of a talk.
    doubts_appointment: what to ask before that is booked.
    told_of_case, told_of_request: what it stores about the people of a case or about a request, for their export.
    export_pages: endpoints at which people get what the area stores about them without a case or a request.
    not_exported: why there is no export, where it keeps personal data.
    erasure: who erases a row that personal data hang on, asked by :func:`erase`; tables that follow it by CASCADE
        need no entry.
    on_key_destroyed: what goes with the key of a person, in the same transaction.
    on_erased: removes what names an erased row, given by its id, without a foreign key; asked by :func:`erased`.
    impersonal: why a table with binary columns tells about nobody.
    request_visibility: conditions a request must meet to be shown to somebody of the office.
    request_in_use: conditions on which nobody is asked whether they still need their request.
    on_matching_ended, on_consent_withdrawn: what it does in the same transaction.
    by_post: what a letter says to those who want post, by the template of the mail that others get.
    on_match_step: what it does with a step of a match in the same transaction, and whom it has told by that.
    picture_subjects: what its pictures belong to.
    search: kinds of records that can be found.
    session_events: listeners of the database session by SQLAlchemy's name of the event.
    place_sections: what it knows of a neighbourhood, for that one's page.
    place_news: what is new there, for feeds, calendars and mails.
    told_with_project: what it tells in own words beside the page of a project, given by its id: read with that page.
    warming: what each server process reads when it starts, so that nobody waits for it; returns how many records.
    """

    key: str
    models: ModuleType | None = None
    blueprint: Blueprint | None = None
    work: Sequence[Work] = ()
    queues: Sequence[WatchedQueue] = ()
    retention: Sequence[RetentionRule] = ()
    desk: Sequence[DeskSection] = ()
    timeline: Sequence[TimelineSource] = ()
    moves_with_case: Mapping[type[Base], MovesWithCase] = field(default_factory=dict)
    after_move: Mapping[type[Base], Callable[[Any], None]] = field(default_factory=dict)
    cases_within: CasesWithin | None = None
    open_in_case: Sequence[OpenInCase] = ()
    books_appointment: AppointmentBooking | None = None
    doubts_appointment: AppointmentDoubt | None = None
    told_of_case: Mapping[str, ToldOfCase] = field(default_factory=dict)
    told_of_request: Sequence[ToldOfRequest] = ()
    export_pages: Sequence[str] = ()
    not_exported: str = ""
    erasure: Mapping[type[Base], Callable[..., None]] = field(default_factory=dict)
    on_key_destroyed: Sequence[Callable[[PersonKey], None]] = ()
    on_erased: Sequence[Callable[[str], None]] = ()
    impersonal: Mapping[type[Base], str] = field(default_factory=dict)
    request_visibility: Sequence[RequestCondition] = ()
    request_in_use: Sequence[ColumnElement[bool]] = ()
    on_matching_ended: Sequence[RequestListener] = ()
    on_consent_withdrawn: Sequence[RequestListener] = ()
    by_post: Mapping[str, LetterText] = field(default_factory=dict)
    on_match_step: Sequence[StepListener] = ()
    picture_subjects: Sequence[PictureSubject] = ()
    search: Sequence[SearchKind] = ()
    session_events: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    place_sections: Sequence[PlaceSection] = ()
    place_news: Sequence[PlaceNews] = ()
    told_with_project: Callable[[str], Iterable[str]] | None = None
    warming: Mapping[str, Callable[[], int]] = field(default_factory=dict)


def bind(app: Flask, declared: Sequence[Area]) -> None:
    """These are the areas of this application. Their listeners hear the sessions of all applications in the process."""
    app.extensions[EXTENSION] = tuple(declared)
    for area in declared:
        for name, listener in area.session_events.items():
            if not event.contains(AppSession, name, listener):
                event.listen(AppSession, name, listener)


def areas() -> tuple[Area, ...]:
    """The areas of the application in use, in the order of who may import whom.

    Raises RuntimeError outside an application, or in one that nobody has bound areas to: whoever asks for what is
    declared must never go on as if nothing were.
    """
    try:
        bound: tuple[Area, ...] = current_app.extensions[EXTENSION]
    except KeyError:
        raise RuntimeError("No areas are bound to this application: make it with create_app().") from None
    return bound


def erase(row: Base) -> None:
    """Erase a row with all that personal data hang on it, as its area declares: retention asks nobody else.

    Raises LookupError where no area declares how, and whatever the declared function raises.
    """
    for area in areas():
        if type(row) in area.erasure:
            area.erasure[type(row)](row)
            return
    raise LookupError(f"No area declares who erases {type(row).__name__}.")


def erased(row_id: str) -> None:
    """A row that stands for a person is being erased: nothing names it any more. Whoever erases such a row says so."""
    for area in areas():
        for forget in area.on_erased:
            forget(row_id)
