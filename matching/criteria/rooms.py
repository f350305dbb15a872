"""Rooms and doors: getting through the flat, turning, reaching what one uses.

Values follow DIN 18040-2 (B: accessible, R: unrestricted with a wheelchair) as read in public sources.
"""

from matching.criteria.adaptations import FLAT_WORKS
from matching.criteria.wording import AFFIRMED, DENIED, PRESENT
from matching.facts import Flag, From, Hint, Measure
from matching.kinds import Adaptation, AtLeast, AtMost, IsTrue, Within

_OUTSIDE = r"(?:balkon|terrasse|loggia|freisitz)"
_TO_OUTSIDE = rf"(?!\s+(?:\w+\s+){{0,2}}{_OUTSIDE}|\s+(?:\w+\s+){{0,2}}dusch)"

INNER_DOOR_CLEAR_WIDTH = Measure(
    key="inner_door_clear_width_cm",
    label="Lichte Breite der Innentüren",
    unit="cm",
    low=40,
    high=200,
    theme="rooms",
    hint="Der freie Durchgang bei ganz geöffneter Tür, an der schmalsten Tür zu einem Raum, den man braucht.",
    question="Wie breit ist der freie Durchgang an der schmalsten Zimmertür?",
    headline=True,
    claim_only=True,
    aliases=("türbreite", "türbreite cm", "innentüren cm", "lichte türbreite", "lichte breite innentüren"),
    source="DIN 18040-2",
)
BATHROOM_DOOR_CLEAR_WIDTH = Measure(
    key="bathroom_door_clear_width_cm",
    label="Lichte Breite der Badtür",
    unit="cm",
    low=40,
    high=200,
    theme="rooms",
    hint="Der freie Durchgang bei ganz geöffneter Tür, ohne Zarge und Türblatt.",
    question="Wie breit ist der freie Durchgang der Badtür?",
    headline=True,
    claim_only=True,
    aliases=("badtür", "badtür cm", "breite badtür", "türbreite bad", "türbreite bad cm"),
    source="DIN 18040-2",
)
BATHROOM_DOOR_OPENS_OUTWARD = Flag(
    key="bathroom_door_opens_outward",
    label="Badtür öffnet nach außen",
    theme="rooms",
    hint="Oder eine Schiebetür. So bleibt im Bad Platz, und Hilfe kommt hinein.",
    question="Öffnet die Badtür nach außen, oder ist sie eine Schiebetür?",
    claim_only=True,
    aliases=("badtür öffnet nach außen", "badtür nach außen"),
    hints=(
        Hint(r"\bbadtür\s+(?:öffnet|schlägt)\s+(?:nicht\s+nach\s+außen|nach\s+innen)", False),
        Hint(r"\bbadtür\s+(?:öffnet|schlägt)\s+nach\s+außen|\bschiebetür\s+(?:zum|im)\s+bad", True),
    ),
    source="DIN 18040-2",
)
THRESHOLD_HEIGHT = Measure(
    key="threshold_height_cm",
    label="Höchste Schwelle in der Wohnung",
    unit="cm",
    low=0,
    high=40,
    step=0.5,
    theme="rooms",
    hint="Die höchste Kante, über die man zwischen den Räumen muss. Ohne Schwellen bitte 0 eintragen.",
    question="Wie hoch ist die höchste Türschwelle in der Wohnung? Ohne Schwellen bitte 0.",
    claim_only=True,
    aliases=("schwelle", "schwelle cm", "schwellenhöhe", "höchste schwelle cm"),
    hints=(
        Hint(rf"\b(?:keine(?:rlei)?|ohne)\s+(?:tür)?schwellen?\b{_TO_OUTSIDE}", 0),
        Hint(rf"\b{AFFIRMED}schwellen(?:los|frei)(?:e[nmrs]?)?\b{_TO_OUTSIDE}{PRESENT}", 0),
    ),
    source="DIN 18040-2",
)
CORRIDOR_WIDTH = Measure(
    key="corridor_width_cm",
    label="Breite des Flurs",
    unit="cm",
    low=50,
    high=400,
    theme="rooms",
    hint="An der schmalsten Stelle, von Wand zu Wand oder bis zum festen Einbau.",
    question="Wie breit ist der Flur in der Wohnung an der schmalsten Stelle?",
    claim_only=True,
    aliases=("flurbreite", "flurbreite cm", "flur cm", "breite flur"),
    source="DIN 18040-2",
)
TURNING_SPACE = Measure(
    key="turning_space_cm",
    label="Freie Fläche zum Wenden",
    unit="cm",
    low=50,
    high=400,
    theme="rooms",
    hint="Die kürzere Seite der freien Fläche in Wohn-, Schlaf- und Kochbereich; die kleinste davon zählt.",
    question="Wie groß ist die freie Fläche zum Wenden in Wohnraum, Schlafraum und Küche? Die kleinste zählt.",
    claim_only=True,
    aliases=("bewegungsfläche", "bewegungsfläche cm", "wendefläche cm", "wendekreis cm"),
    source="DIN 18040-2",
)
BED_SIDE_SPACE = Measure(
    key="bed_side_space_cm",
    label="Platz neben dem Bett",
    unit="cm",
    low=0,
    high=400,
    theme="rooms",
    hint="Freier Platz entlang einer langen Seite, wenn ein Bett von 1 m × 2 m steht.",
    question="Wie viel Platz bleibt neben einem Bett auf einer langen Seite?",
    claim_only=True,
    aliases=("platz neben bett", "platz neben bett cm", "platz am bett cm"),
    source="DIN 18040-2",
)
KITCHEN_UNDERRIDEABLE = Flag(
    key="kitchen_underrideable",
    label="Küche zum Unterfahren",
    theme="rooms",
    hint="Herd, Spüle und Arbeitsplatte sind im Sitzen zu nutzen.",
    question="Sind Herd, Spüle und Arbeitsplatte im Sitzen zu nutzen?",
    claim_only=True,
    aliases=("küche unterfahrbar", "unterfahrbare küche"),
    hints=(
        Hint(r"\bküche(?:nzeile)?\s+(?:ist\s+)?nicht\s+unterfahrbar", False),
        Hint(rf"\b{AFFIRMED}unterfahrbare[nr]?\s+(?:\w+)?küche|\bküche(?:nzeile)?\s+(?:ist\s+)?unterfahrbar", True),
    ),
    source="DIN 18040-2",
)
CONTROLS_REACHABLE = Flag(
    key="controls_reachable",
    label="Schalter und Griffe in Greifhöhe",
    theme="rooms",
    hint="Lichtschalter, Türgriffe und Sicherungen sind 85 bis 105 cm hoch.",
    question="Sind Lichtschalter, Türgriffe und Sicherungen zwischen 85 und 105 cm hoch?",
    claim_only=True,
    aliases=("schalter 85 cm", "schalter in greifhöhe", "bedienelemente erreichbar"),
    source="DIN 18040-2",
)
WINDOW_HANDLES_REACHABLE = Flag(
    key="window_handles_reachable",
    label="Fenstergriffe in Greifhöhe",
    theme="rooms",
    hint="Griffe zwischen 85 und 105 cm hoch, oder ein Fenster je Raum öffnet mit Motor.",
    question="Lässt sich in jedem Raum ein Fenster im Sitzen öffnen, mit einem Griff zwischen 85 und 105 cm?",
    claim_only=True,
    aliases=("fenstergriffe erreichbar", "fenstergriffe 105 cm"),
    source="DIN 18040-2",
)
BALCONY = Flag(
    key="balcony",
    label="Balkon oder Terrasse",
    theme="rooms",
    hint="Ein eigener Platz im Freien, der zur Wohnung gehört.",
    question="Gehört zur Wohnung ein Balkon oder eine Terrasse?",
    imports=(
        From("flaechen/anzahl_balkone", value=True),
        From("flaechen/anzahl_terrassen", value=True),
        From("flaechen/balkon_terrasse_flaeche", value=True),
    ),
    aliases=("balkon", "terrasse", "loggia", "balkon/terrasse"),
    hints=(
        Hint(rf"{DENIED}{_OUTSIDE}", False),
        Hint(rf"\b(?:\w+)?{_OUTSIDE}e?n?\b{PRESENT}", True),
    ),
)
BALCONY_LEVEL = Flag(
    key="balcony_level",
    label="Balkon ohne Schwelle",
    theme="rooms",
    hint="Der Ausgang hat höchstens 2 cm Schwelle.",
    question="Kommt man ohne Schwelle auf den Balkon oder die Terrasse?",
    claim_only=True,
    aliases=("balkon schwellenlos", "balkon ohne schwelle", "balkon ebenerdig"),
    hints=(
        Hint(rf"\b{_OUTSIDE}\s+(?:ist\s+)?nicht\s+(?:\w+\s+)?(?:schwellen|stufen|ebenerdig|barrierefrei)", False),
        Hint(rf"\b{AFFIRMED}(?:schwellen(?:los|frei)|barrierefrei|stufenlos)\w*\s+(?:\w+\s+){{0,2}}{_OUTSIDE}", True),
        Hint(rf"\b{_OUTSIDE}\s+(?:ist\s+)?(?:schwellen(?:los|frei)|stufenlos|barrierefrei|ohne\s+schwelle)", True),
    ),
    source="DIN 18040-2",
)
GARDEN = Flag(
    key="garden",
    label="Garten",
    theme="rooms",
    hint="Ein eigener Garten oder ein Garten, den das Haus gemeinsam nutzt.",
    question="Gibt es einen Garten, den die Mieterinnen und Mieter nutzen können?",
    imports=(From("ausstattung/gartennutzung"),),
    aliases=("garten", "gartennutzung", "gartenmitbenutzung"),
    hints=(
        Hint(rf"{DENIED}(?:\w+)?garten(?:nutzung|mitbenutzung|anteil)?\b", False),
        Hint(r"\b(?:mieter|gemeinschafts|eigene[rn]\s+)garten|\bgarten(?:nutzung|mitbenutzung|anteil)\b", True),
    ),
)
LIVING_AREA = Measure(
    key="living_area_sqm",
    label="Wohnfläche",
    unit="m²",
    low=8,
    high=500,
    step=0.01,
    theme="rooms",
    hint="Die Wohnfläche aus dem Mietvertrag.",
    question="Wie groß ist die Wohnfläche?",
    headline=True,
    imports=(From("flaechen/wohnflaeche"),),
    aliases=("wohnfläche", "wohnfläche m²", "wohnfläche qm", "wohnflaeche", "größe", "fläche m²", "qm"),
    source="WoFlV",
)
ROOMS = Measure(
    key="rooms",
    label="Zimmer",
    unit="Zimmer",
    low=1,
    high=20,
    step=0.5,
    theme="rooms",
    hint="Ohne Küche, Bad und Flur. Kleine Räume zwischen 6 und 10 m² zählen halb.",
    question="Wie viele Zimmer hat die Wohnung, ohne Küche und Bad?",
    headline=True,
    imports=(From("flaechen/anzahl_zimmer"),),
    aliases=("zimmer", "anzahl zimmer", "zimmeranzahl", "räume", "raumzahl"),
)
MAX_PERSONS = Measure(
    key="max_persons",
    label="Platz für so viele Personen",
    unit="Personen",
    low=1,
    high=20,
    theme="rooms",
    hint="Wie viele Personen höchstens in der Wohnung leben können.",
    question="Für wie viele Personen ist die Wohnung höchstens geeignet?",
    imports=(From("verwaltung_objekt/max_personen"),),
    aliases=("max. personen", "max personen", "maximale personenzahl", "personen max"),
)


_ROOM_DOOR = Adaptation("widen_door", "Tür verbreitern", (1500, 3000), low=70, funding=FLAT_WORKS)
_BATH_DOOR = Adaptation("widen_door", "Tür verbreitern", (1500, 3000), low=60, funding=FLAT_WORKS)
_DOOR_HINGE = Adaptation("rehang_door", "Badtür nach außen öffnen lassen", (200, 900), funding=FLAT_WORKS)
_THRESHOLD = Adaptation("remove_threshold", "Schwelle entfernen", (50, 300), high=6, funding=FLAT_WORKS)
_KITCHEN = Adaptation("kitchen", "Küche zum Unterfahren umbauen", (2500, 9000), funding=FLAT_WORKS)
_CONTROLS = Adaptation("controls", "Schalter und Griffe versetzen", (200, 1500), funding=FLAT_WORKS)
_WINDOW = Adaptation("window_handles", "Fenstergriffe versetzen oder Antrieb einbauen", (300, 2000), funding=FLAT_WORKS)
_BALCONY = Adaptation("balcony_threshold", "Schwelle zum Balkon ausgleichen", (500, 4000), funding=FLAT_WORKS)

FACTS = (
    INNER_DOOR_CLEAR_WIDTH,
    BATHROOM_DOOR_CLEAR_WIDTH,
    BATHROOM_DOOR_OPENS_OUTWARD,
    THRESHOLD_HEIGHT,
    CORRIDOR_WIDTH,
    TURNING_SPACE,
    BED_SIDE_SPACE,
    KITCHEN_UNDERRIDEABLE,
    CONTROLS_REACHABLE,
    WINDOW_HANDLES_REACHABLE,
    BALCONY,
    BALCONY_LEVEL,
    GARDEN,
    LIVING_AREA,
    ROOMS,
    MAX_PERSONS,
)
_DOORS = "DIN 18040-2: 80 cm, mit Rollstuhl 90 cm."
_HEIGHT = "DIN 18040-2: 85 bis 105 cm."
CRITERIA = (
    AtLeast(INNER_DOOR_CLEAR_WIDTH, needs_evidence=True, reach=10, prior=0.3, adaptations=(_ROOM_DOOR,), norm=_DOORS),
    AtLeast(BATHROOM_DOOR_CLEAR_WIDTH, needs_evidence=True, reach=10, prior=0.2, adaptations=(_BATH_DOOR,), norm=_DOORS),
    IsTrue(BATHROOM_DOOR_OPENS_OUTWARD, prior=0.35, adaptations=(_DOOR_HINGE,), norm="DIN 18040-2: öffnet nach außen."),
    AtMost(
        THRESHOLD_HEIGHT,
        needs_evidence=True,
        reach=3,
        prior=0.4,
        adaptations=(_THRESHOLD,),
        norm="DIN 18040-2: keine Schwellen; höchstens 2 cm, wo es technisch nicht anders geht.",
    ),
    AtLeast(CORRIDOR_WIDTH, needs_evidence=True, reach=20, prior=0.4, norm="DIN 18040-2: 120 cm."),
    AtLeast(TURNING_SPACE, needs_evidence=True, reach=30, prior=0.3, norm="DIN 18040-2: 120 cm, mit Rollstuhl 150 cm."),
    AtLeast(BED_SIDE_SPACE, needs_evidence=True, reach=30, prior=0.4, norm="DIN 18040-2: 120 cm, mit Rollstuhl 150 cm."),
    IsTrue(KITCHEN_UNDERRIDEABLE, prior=0.03, adaptations=(_KITCHEN,), norm="DIN 18040-2 R: im Sitzen nutzbar."),
    IsTrue(CONTROLS_REACHABLE, prior=0.3, adaptations=(_CONTROLS,), norm=_HEIGHT),
    IsTrue(WINDOW_HANDLES_REACHABLE, prior=0.1, adaptations=(_WINDOW,), norm=_HEIGHT),
    IsTrue(BALCONY, prior=0.6),
    IsTrue(BALCONY_LEVEL, prior=0.15, adaptations=(_BALCONY,), norm="DIN 18040-2: Freisitz ohne Schwelle."),
    IsTrue(GARDEN, prior=0.2),
    Within(LIVING_AREA, reach=15, prior=0.4),
    Within(ROOMS, reach=1, prior=0.4),
    AtLeast(MAX_PERSONS, reach=1, prior=0.6),
)
