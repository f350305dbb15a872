"""What notices are about, how long they hang, and on which grounds something may be reported."""

from enum import StrEnum
from typing import TypedDict

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

# Weeks. Nobody takes down a notice that is over: so each has an end, and whoever wrote it may renew it.
USUAL_WEEKS, MOST_WEEKS = 8, 26
OFFERED_WEEKS = (2, 4, USUAL_WEEKS, 12, MOST_WEEKS)


class NoticeTopic(StrEnum):
    """What a notice is about; help among neighbours comes first."""

    HELP_OFFERED = "help_offered"
    HELP_SOUGHT = "help_sought"
    COMPANY = "company"
    THINGS = "things"
    HOUSING = "housing"
    INFORMATION = "information"


TOPIC_LABELS: dict[NoticeTopic, Words] = {
    NoticeTopic.HELP_OFFERED: _l("Hilfe angeboten"),
    NoticeTopic.HELP_SOUGHT: _l("Hilfe gesucht"),
    NoticeTopic.COMPANY: _l("Gesellschaft und Freizeit"),
    NoticeTopic.THINGS: _l("Dinge verschenken und leihen"),
    NoticeTopic.HOUSING: _l("Wohnen und Zusammenleben"),
    NoticeTopic.INFORMATION: _l("Information"),
}


class ReportGround(StrEnum):
    """Why somebody reports something (Art. 16 (2) (a) DSA: a reasoned explanation; the ground only begins it)."""

    DISCRIMINATION = "discrimination"
    INSULT = "insult"
    FRAUD = "fraud"
    PERSONAL_DATA = "personal_data"
    COPYRIGHT = "copyright"
    OTHER = "other"


GROUND_LABELS: dict[ReportGround, Words] = {
    ReportGround.DISCRIMINATION: _l("Menschen werden benachteiligt oder ausgeschlossen"),
    ReportGround.INSULT: _l("Beleidigung, Hetze oder Drohung"),
    ReportGround.FRAUD: _l("Betrug oder falsche Angaben"),
    ReportGround.PERSONAL_DATA: _l("Daten oder Bilder einer Person, die das nicht will"),
    ReportGround.COPYRIGHT: _l("Fremder Text oder fremdes Bild ohne Erlaubnis"),
    ReportGround.OTHER: _l("Etwas anderes"),
}


class ReportedKind(StrEnum):
    """What may be reported, by its word in addresses."""

    NOTICE = "aushang"
    EVENT = "veranstaltung"


class NoticeValues(TypedDict, total=False):
    """What a notice says, by column; `place` is the code of a neighbourhood, None for the whole city."""

    topic: str
    place: str | None
    title: str
    text: str
    answer_to: str
    weeks: int


def topic_label(topic: str) -> str:
    """In the language being read."""
    return str(TOPIC_LABELS[NoticeTopic(topic)])


def ground_label(ground: str) -> str:
    """In the language being read."""
    return str(GROUND_LABELS[ReportGround(ground)])
