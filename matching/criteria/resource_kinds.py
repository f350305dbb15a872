"""What people of a neighbourhood give each other, kind by kind, and what is asked of each: one declaration adds a kind.

Rooms are described by the same facts as homes (`MEETING_FACTS`), so that one word means one thing.
"""

from dataclasses import dataclass

from matching.criteria import access, bathroom, rooms, senses
from matching.criteria.languages import LANGUAGES
from matching.facts import Choices, Fact, Measure

MEETING_FACTS: tuple[Fact, ...] = (
    access.STEP_FREE,
    access.HAS_LIFT,
    access.ENTRANCE_DOOR_CLEAR_WIDTH,
    access.ENTRANCE_DOOR_POWERED,
    access.RAMP_SLOPE,
    access.PARKING_ACCESSIBLE,
    rooms.INNER_DOOR_CLEAR_WIDTH,
    bathroom.BATHROOM_TURNING_SPACE,
    bathroom.WC_SIDE_SPACE,
    bathroom.GRAB_BARS,
    senses.CONTRAST_MARKING,
    senses.TACTILE_LABELS,
)
"""Of a room where people meet: of the whole catalogue what matters to a guest."""

SEATS = Measure(
    key="seats",
    label="Sitzplätze",
    unit="Plätze",
    unit_one="Platz",
    low=1,
    high=1000,
    question="Wie viele Menschen können im Raum sitzen?",
    owner="resource",
    theme="resources",
    hint="So viele Menschen können im Raum sitzen.",
    headline=True,
    aliases=("plätze", "sitze", "personen"),
)
ROOM_AREA = Measure(
    key="room_area_sqm",
    label="Größe des Raums",
    unit="m²",
    low=4,
    high=5000,
    question="Wie groß ist der Raum?",
    owner="resource",
    theme="resources",
    headline=True,
    aliases=("fläche", "größe", "größe m²"),
)
COST_PER_HOUR = Measure(
    key="cost_per_hour_eur",
    label="Kosten je Stunde",
    unit="€",
    low=0,
    high=500,
    step=0.01,
    question="Was kostet eine Stunde?",
    owner="resource",
    theme="resources",
    hint="0 heißt: Es kostet nichts.",
    headline=True,
    aliases=("kosten", "kosten je stunde", "preis", "gebühr"),
)
HOURS_A_MONTH = Measure(
    key="hours_a_month",
    label="Zeit im Monat",
    unit="Stunden im Monat",
    unit_one="Stunde im Monat",
    low=1,
    high=120,
    question="Wie viele Stunden im Monat sind es?",
    owner="resource",
    theme="resources",
    hint="Ungefähr genügt.",
    headline=True,
    aliases=("stunden", "stunden im monat", "zeit"),
)
SPOKEN = Choices(
    key="spoken_languages",
    label="Sprachen",
    question="In welchen Sprachen kann man sich bei Ihnen verständigen?",
    owner="resource",
    theme="resources",
    hint="In diesen Sprachen kann man sich verständigen.",
    options=LANGUAGES,
    aliases=("sprachen", "sprache"),
)

ROOM_FACTS: tuple[Fact, ...] = (SEATS, ROOM_AREA, COST_PER_HOUR, *MEETING_FACTS)
HELP_FACTS: tuple[Fact, ...] = (HOURS_A_MONTH, SPOKEN)
ROOM, HELP, KNOWLEDGE = "room", "help", "knowledge"
GROUPS = {ROOM: "Räume", HELP: "Hilfe", KNOWLEDGE: "Wissen und Kontakte"}
"""Kinds that stand together on a page, in this order."""


@dataclass(frozen=True, kw_only=True)
class ResourceKind:
    """One kind of what is given and sought: `asks` are facts beside what is asked of every kind, `hint` says what
    belongs to it. Where nobody gives one that is `missed`, the page of a neighbourhood says so. A key never changes."""

    key: str
    label: str
    group: str
    hint: str = ""
    asks: tuple[Fact, ...] = ()
    missed: bool = False


KINDS: tuple[ResourceKind, ...] = (
    ResourceKind(
        key="room",
        label="Raum",
        group=ROOM,
        hint="Zum Treffen, Feiern, Üben oder Arbeiten.",
        asks=ROOM_FACTS,
        missed=True,
    ),
    ResourceKind(
        key="reading",
        label="Vorlesen",
        group=HELP,
        hint="Zeitung, Briefe oder Bücher vorlesen.",
        asks=HELP_FACTS,
        missed=True,
    ),
    ResourceKind(
        key="repairs",
        label="Kleine Reparaturen",
        group=HELP,
        hint="Lampe, Regal, tropfender Hahn.",
        asks=HELP_FACTS,
        missed=True,
    ),
    ResourceKind(
        key="transport",
        label="Fahren und Begleiten",
        group=HELP,
        hint="Zum Arzt, zum Amt, zum Chor.",
        asks=HELP_FACTS,
        missed=True,
    ),
    ResourceKind(
        key="company",
        label="Gesellschaft",
        group=HELP,
        hint="Besuch, Spaziergang, gemeinsames Essen.",
        asks=HELP_FACTS,
        missed=True,
    ),
    ResourceKind(
        key="errands",
        label="Einkaufen und Haushalt",
        group=HELP,
        hint="Einkaufen, Kochen, Garten, Haustiere.",
        asks=HELP_FACTS,
        missed=True,
    ),
    ResourceKind(
        key="skill",
        label="Können",
        group=KNOWLEDGE,
        hint="Etwas zeigen oder gemeinsam tun: Computer, Nähen, Musik, Deutsch üben.",
        asks=HELP_FACTS,
    ),
    ResourceKind(
        key="knowledge",
        label="Wissen",
        group=KNOWLEDGE,
        hint="Erfahrung mit Anträgen, Umbau, Wohnprojekten oder Vereinen.",
        asks=HELP_FACTS,
    ),
    ResourceKind(
        key="contacts",
        label="Netzwerke",
        group=KNOWLEDGE,
        hint="Gruppen und Menschen, die andere kennen und Türen öffnen.",
        asks=(SPOKEN,),
    ),
)
