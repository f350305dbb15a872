"""Owners, groups and people who seek are introduced to each other, in every state in which that may be."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, VISITOR, Actor
from wohnberatung.network.models.introductions import Introduction, IntroductionSide
from wohnberatung.network.services import consenting, introductions, meetings, outcomes, suggestions, thread
from wohnberatung.network.services.sides import SideStanding
from wohnberatung.projects.models import Project

Record = Mapping[str, Any]
OFFICE = Actor(name="Wohnberatung", roles=frozenset({ADVISOR}))
WORDING = consenting.Wording(
    "2026-12",
    "Ja, ich möchte die anderen kennenlernen. Wenn alle zustimmen, sehen die anderen meinen Namen und wie sie mich "
    "erreichen, und ich sehe das von ihnen. Das kann ich jederzeit zurücknehmen.",
)
ACQUAINTED = ("introduced", "dated", "succeeded", "ended", "withdrawn")


def bring_together(
    table: Record, sites: Mapping[str, str], projects: Mapping[str, Project], acting: Callable[[Project], Actor]
) -> None:
    """`sites` are ids by title, `projects` rows by name, `acting` says who asks for a group. Flushes and never
    commits."""
    for record in table["introduction"]:
        who = OFFICE if record["by"] == "office" else acting(projects[record["project"]])
        _live(_begin(record, sites, projects, who), record)
    waiting = [founder.request for founder in suggestions.possible_founders(OFFICE)]
    for record in table["founding"]:
        chosen, waiting = waiting[: record["people"]], waiting[record["people"] :]
        if len(chosen) == record["people"]:
            _live(introductions.introduce_founders(chosen, record["reasons"], OFFICE), record)


def _begin(record: Record, sites: Mapping[str, str], projects: Mapping[str, Project], who: Actor) -> Introduction:
    project = projects[record["project"]]
    message, reasons = record.get("message", ""), record.get("reasons", "")
    if "with" in record:
        return introductions.introduce_initiatives(project.id, projects[record["with"]].id, message, who, reasons)
    return introductions.ask_introduction(sites[record["site"]], project.id, message, who, reasons)


def _live(row: Introduction, record: Record) -> None:
    """As far as the record says; of those that are only asked one side has answered already."""
    reach, sides = record["reach"], row.sides
    if reach == "asked":
        return
    for side in sides if reach in ACQUAINTED else sides[:1]:
        _answer(row, side, agrees=True)
    if reach == "declined":
        _answer(row, sides[1], agrees=False)
    for number, text in enumerate(record.get("messages", ())):
        thread.write(_at(row, sides[number % len(sides)]), text)
    if reach == "dated":
        _arrange(row, record["place"])
    if reach in ("succeeded", "ended"):
        said = {"reason": record.get("reason"), "note": record.get("note", ""), "version": row.version}
        outcomes.record_outcome(_at(row, sides[0]), record["outcome"], **said)
    if reach == "withdrawn":
        consenting.take_back(_at(row, sides[1]), version=row.version)


def _arrange(row: Introduction, place: str) -> None:
    """One side proposes two dates, the other chooses the first."""
    options = [_moment(5, 16), _moment(7, 10)]
    meeting = meetings.propose_meeting(_at(row, row.sides[0]), options, place, version=0)
    meetings.choose_meeting(_at(row, row.sides[1]), options[0], version=meeting.version)


def _answer(row: Introduction, side: IntroductionSide, *, agrees: bool) -> None:
    consenting.answer(_at(row, side), agrees=agrees, wording=WORDING, version=row.version)


def _at(row: Introduction, side: IntroductionSide) -> SideStanding:
    return SideStanding(row, side, None if side.request_id else VISITOR)


def _moment(days: int, hour: int) -> datetime:
    """So many days from today, by the clock on the wall."""
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=clock.BERLIN).astimezone(UTC)
