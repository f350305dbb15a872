"""The third market: what a neighbourhood gives and seeks. Rooms, help, knowledge; of organisations and people."""

from matching.criteria import access, bathroom, resource_kinds, rooms, senses
from matching.criteria.resource_kinds import COST_PER_HOUR, HOURS_A_MONTH, MEETING_FACTS, ROOM_AREA, SEATS, SPOKEN
from matching.facts import Choice, Choices, NeighbourhoodCode, Text
from matching.kinds import AtLeast, AtMost, IsTrue
from matching.neighbourhoods import DRESDEN
from matching.option_kinds import Near, OneOf, Overlaps, Resembles

DAYS = {
    "mon": "Montag",
    "tue": "Dienstag",
    "wed": "Mittwoch",
    "thu": "Donnerstag",
    "fri": "Freitag",
    "sat": "Samstag",
    "sun": "Sonntag",
}
PARTS_OF_DAY = {"morning": "vormittags", "afternoon": "nachmittags", "evening": "abends"}

RESOURCE_KIND = Choice(
    key="resource_kind",
    label="Art",
    question="Was wird angeboten?",
    owner="resource",
    theme="resources",
    options={kind.key: kind.label for kind in resource_kinds.KINDS},
    aliases=("art", "kategorie"),
)
DISTRICT = NeighbourhoodCode(
    key="district",
    label="Stadtteil",
    question="In welchem Stadtteil ist das?",
    owner="resource",
    theme="resources",
    city=DRESDEN,
    headline=True,
    aliases=("stadtteil", "ort"),
)
FREE_TIMES = Choices(
    key="free_times",
    label="Freie Zeiten",
    question="Wann ist es jede Woche frei?",
    owner="resource",
    theme="resources",
    hint="Regelmäßig in jeder Woche.",
    options={f"{day}_{part}": f"{name} {said}" for day, name in DAYS.items() for part, said in PARTS_OF_DAY.items()},
)
DESCRIPTION = Text(
    key="description",
    label="Beschreibung",
    question="Was sollten andere darüber wissen?",
    owner="resource",
    theme="resources",
    aliases=("beschreibung", "text"),
)

FACTS = (
    RESOURCE_KIND,
    DISTRICT,
    FREE_TIMES,
    SEATS,
    ROOM_AREA,
    COST_PER_HOUR,
    HOURS_A_MONTH,
    SPOKEN,
    DESCRIPTION,
    *MEETING_FACTS,
)
CRITERIA = (
    OneOf(RESOURCE_KIND, prior=0.3),
    Near(DISTRICT, reach=3, prior=0.5),
    Overlaps(FREE_TIMES, prior=0.4),
    AtLeast(SEATS, reach=10, prior=0.5),
    AtLeast(ROOM_AREA, reach=20, prior=0.5),
    AtMost(COST_PER_HOUR, reach=15, prior=0.5),
    AtLeast(HOURS_A_MONTH, reach=8, prior=0.5),
    Overlaps(SPOKEN, prior=0.9),
    IsTrue(access.STEP_FREE, prior=0.4, norm="DIN 18040-1"),
    AtLeast(access.ENTRANCE_DOOR_CLEAR_WIDTH, reach=10, prior=0.4, norm="DIN 18040-1"),
    AtLeast(rooms.INNER_DOOR_CLEAR_WIDTH, reach=10, prior=0.4, norm="DIN 18040-1"),
    AtLeast(bathroom.BATHROOM_TURNING_SPACE, reach=30, prior=0.3, norm="DIN 18040-1"),
    IsTrue(access.PARKING_ACCESSIBLE, prior=0.2),
    IsTrue(senses.CONTRAST_MARKING, prior=0.2),
    IsTrue(senses.TACTILE_LABELS, prior=0.1),
    Resembles(DESCRIPTION, prior=0.3),
)
