"""What events are about, and what helps people to follow them."""

from enum import StrEnum
from typing import TypedDict

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

MOST_PEOPLE = 10
MOST_SEATS = 2000
# Dates that one form makes at most: half a year of weeks.
MOST_DATES = 26


class EventTopic(StrEnum):
    """What an event is about."""

    MEETING = "meeting"
    HOUSING = "housing"
    ADVICE = "advice"
    COURSE = "course"
    CULTURE = "culture"
    PARTICIPATION = "participation"


EVENT_TOPICS: dict[EventTopic, Words] = {
    EventTopic.MEETING: _l("Treffen und Feste"),
    EventTopic.HOUSING: _l("Gemeinschaftlich wohnen"),
    EventTopic.ADVICE: _l("Beratung und Vortrag"),
    EventTopic.COURSE: _l("Kurs und Bewegung"),
    EventTopic.CULTURE: _l("Kultur"),
    EventTopic.PARTICIPATION: _l("Mitreden im Stadtteil"),
}


class Support(StrEnum):
    """What is there so that people can follow."""

    SIGN_LANGUAGE = "dgs"
    EASY_GERMAN = "easy"
    SPEECH_TO_TEXT = "speech_to_text"
    HEARING_LOOP = "hearing_loop"
    ASSISTANCE = "assistance"


SUPPORT_LABELS: dict[Support, Words] = {
    Support.SIGN_LANGUAGE: _l("Gebärdensprache (DGS)"),
    Support.EASY_GERMAN: _l("Leichte oder einfache Sprache"),
    Support.SPEECH_TO_TEXT: _l("Schriftdolmetschen"),
    Support.HEARING_LOOP: _l("Höranlage (Induktionsschleife)"),
    Support.ASSISTANCE: _l("Jemand hilft vor Ort"),
}


class Rhythm(StrEnum):
    """How a date comes again."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


RHYTHM_LABELS: dict[Rhythm, Words] = {
    Rhythm.ONCE: _l("einmal"),
    Rhythm.WEEKLY: _l("jede Woche"),
    Rhythm.FORTNIGHTLY: _l("alle zwei Wochen"),
    Rhythm.MONTHLY: _l("jeden Monat am selben Wochentag"),
}


class EventValues(TypedDict, total=False):
    """What an event says, by column; `place` is the code of a neighbourhood, `capacity` None without a limit."""

    topic: str
    title: str
    text: str
    place: str | None
    address: str
    support: list[str]
    spoken: list[str]
    cost: str
    contact: str
    registers: bool
    capacity: int | None


def event_topic_label(topic: str) -> str:
    """In the language being read."""
    return str(EVENT_TOPICS[EventTopic(topic)])


def support_labels(codes: list[str]) -> list[str]:
    """In the language being read, in declared order."""
    return [str(label) for code, label in SUPPORT_LABELS.items() if code in codes]
