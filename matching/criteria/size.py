"""How big the home is, for how many, and what it has outdoors."""

from matching.criteria.adaptations import FLAT_WORKS
from matching.criteria.living import PRIVATE_AREA
from matching.criteria.wording import AFFIRMED, DENIED, OUTDOORS, PRESENT
from matching.derived_kinds import OwnArea, OwnRooms
from matching.facts import Flag, From, Hint, Measure
from matching.kinds import Adaptation, AtLeast, IsTrue

LIVING_AREA = Measure(
    key="living_area_sqm",
    label="Wohnfläche",
    unit="m²",
    low=8,
    high=500,
    step=0.01,
    theme="size",
    hint="Die Wohnfläche aus dem Mietvertrag.",
    question="Wie groß ist die Wohnfläche?",
    headline=True,
    imports=(From("flaechen/wohnflaeche"),),
    aliases=(
        "wohnfläche",
        "wohnfläche m²",
        "wohnfläche qm",
        "wohnflaeche",
        "größe",
        "fläche m²",
        "qm",
        "wfl",
        "wohnfl",
    ),
    source="WoFlV",
)
ROOMS = Measure(
    key="rooms",
    # "3 + Kü", "3 ZKB", "2½-Zimmer-Wohnung": kitchen and bath count for no room.
    beside=(
        r"(?<=[\d½¼¾])\s*-?\s*(?:zi(?:mmer)?\b\.?|z|r|raum|räume|rooms?)?(?:[\s+,;&/-]|und|mit|wohnung|whg\.?|"
        r"(?:wohn|ess)?küche|(?:wohn)?kü\.?|kochnische|bad|balkon|diele|flur|kdbb?|kbb?|k|d|b)*$"
    ),
    label="Zimmer",
    unit="Zimmer",
    just_one="1 Zimmer",
    low=1,
    high=20,
    step=0.5,
    theme="size",
    hint="Ohne Küche, Bad und Flur. Kleine Räume zwischen 6 und 10 m² zählen halb.",
    question="Wie viele Zimmer hat die Wohnung, ohne Küche und Bad?",
    headline=True,
    imports=(From("flaechen/anzahl_zimmer"),),
    aliases=("zimmer", "anzahl zimmer", "zimmeranzahl", "räume", "raumzahl", "zi"),
)
MAX_PERSONS = Measure(
    key="max_persons",
    label="Platz für so viele Personen",
    unit="Personen",
    unit_one="Person",
    low=1,
    high=20,
    theme="size",
    hint="Wie viele Personen höchstens in der Wohnung leben können.",
    question="Für wie viele Personen ist die Wohnung höchstens geeignet?",
    imports=(From("verwaltung_objekt/max_personen"),),
    aliases=("max. personen", "max personen", "maximale personenzahl", "personen max"),
)
BALCONY = Flag(
    key="balcony",
    label="Balkon oder Terrasse",
    theme="size",
    hint="Ein eigener Platz im Freien, der zur Wohnung gehört.",
    question="Gehört zur Wohnung ein Balkon oder eine Terrasse?",
    imports=(
        From("flaechen/anzahl_balkone", value=True),
        From("flaechen/anzahl_terrassen", value=True),
        From("flaechen/anzahl_logia", value=True),
        From("flaechen/balkon_terrasse_flaeche", value=True),
    ),
    aliases=("balkon", "terrasse", "loggia", "balkon/terrasse"),
    hints=(
        Hint(rf"{DENIED}{OUTDOORS}", False),
        Hint(rf"(?<!französischer\s)(?<!französischen\s)\b(?:\w+)?{OUTDOORS}e?n?\b{PRESENT}", True),
    ),
)
BALCONY_LEVEL = Flag(
    key="balcony_level",
    label="Balkon ohne Schwelle",
    theme="size",
    hint="Der Ausgang hat höchstens 2 cm Schwelle.",
    question="Kommt man ohne Schwelle auf den Balkon oder die Terrasse?",
    claim_only=True,
    aliases=("balkon schwellenlos", "balkon ohne schwelle", "balkon ebenerdig"),
    hints=(
        Hint(
            rf"\b\w*{OUTDOORS}\s+(?:ist\s+)?nicht\s+(?:\w+\s+)?(?:schwellen|stufen|ebenerdig|barrierefrei)",
            False,
        ),
        Hint(
            rf"\b{AFFIRMED}(?:schwellen(?:los|frei)|barrierefrei|stufenlos)\w*\s+(?:\w+\s+){{0,2}}{OUTDOORS}",
            True,
        ),
        Hint(
            rf"\b\w*{OUTDOORS}\s+(?:ist\s+)?(?:schwellen(?:los|frei)|stufenlos|barrierefrei|ohne\s+schwelle)",
            True,
        ),
    ),
    source="DIN 18040-2",
)
GARDEN = Flag(
    key="garden",
    label="Garten",
    theme="size",
    hint="Ein eigener Garten oder ein Garten, den das Haus gemeinsam nutzt.",
    question="Gibt es einen Garten, den die Mieterinnen und Mieter nutzen können?",
    imports=(From("ausstattung/gartennutzung"),),
    aliases=("garten", "gartennutzung", "gartenmitbenutzung"),
    hints=(
        Hint(rf"{DENIED}(?:mieter|gemeinschafts)?garten(?:nutzung|mitbenutzung|anteil)?\b", False),
        Hint(rf"\b(?:mieter|gemeinschafts)garten\b{PRESENT}|\bgarten(?:nutzung|mitbenutzung|anteil)\b{PRESENT}", True),
        Hint(r"\bmit\s+(?:eigenem\s+|kleinem\s+|gemeinsamem\s+)?garten\b", True),
    ),
)

_LEVEL_EXIT = Adaptation("balcony_threshold", "Schwelle zum Balkon ausgleichen", (500, 4000), funding=FLAT_WORKS)

FACTS = (LIVING_AREA, ROOMS, MAX_PERSONS, BALCONY, BALCONY_LEVEL, GARDEN)
CRITERIA = (
    OwnArea(LIVING_AREA, others=(PRIVATE_AREA,), reach=15, prior=0.4, usual_tolerance=1),
    OwnRooms(ROOMS, others=(PRIVATE_AREA, LIVING_AREA), reach=1, prior=0.4),
    AtLeast(MAX_PERSONS, reach=1, prior=0.6),
    IsTrue(BALCONY, prior=0.6),
    IsTrue(BALCONY_LEVEL, prior=0.15, adaptations=(_LEVEL_EXIT,), norm="DIN 18040-2: Freisitz ohne Schwelle."),
    IsTrue(GARDEN, prior=0.2),
)
