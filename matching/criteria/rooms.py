"""Rooms and doors: getting through the flat, turning, reaching what one uses.

Values follow DIN 18040-2 (B: accessible, R: unrestricted with a wheelchair) as read in public sources.
"""

from functools import partial

from matching.criteria.adaptations import FLAT_WORKS
from matching.criteria.wording import ABSENT, AFFIRMED, DENIED, NOT_OUTDOORS, OUTDOORS, PRESENT
from matching.facts import Flag, Hint, Measure
from matching.kinds import Adaptation, AtLeast, AtMost, IsTrue

_ELSEWHERE = rf"(?!\s+(?:\w+\s+){{0,3}}(?:\w*{OUTDOORS}|dusch))"
_UNDERRIDEABLE = r"unterfahrbare[nr]?\s+(?:\w+)?küchen?(?:zeile)?"

_centimetres = partial(Measure, unit="cm", theme="rooms", claim_only=True, source="DIN 18040-2")
_feature = partial(Flag, theme="rooms", claim_only=True)

INNER_DOOR_CLEAR_WIDTH = _centimetres(
    key="inner_door_clear_width_cm",
    label="Lichte Breite der Innentüren",
    low=40,
    high=200,
    hint="Der freie Durchgang bei ganz geöffneter Tür, an der schmalsten Tür, die man braucht.",
    question="Wie breit ist der freie Durchgang an der schmalsten Zimmertür?",
    headline=True,
    aliases=("türbreite", "türbreite cm", "innentüren cm", "lichte türbreite", "lichte breite innentüren"),
)
BATHROOM_DOOR_CLEAR_WIDTH = _centimetres(
    key="bathroom_door_clear_width_cm",
    label="Lichte Breite der Badtür",
    low=40,
    high=200,
    hint="Der freie Durchgang bei ganz geöffneter Tür, ohne Zarge und Türblatt.",
    question="Wie breit ist der freie Durchgang der Badtür?",
    headline=True,
    aliases=("badtür", "badtür cm", "breite badtür", "türbreite bad", "türbreite bad cm"),
)
BATHROOM_DOOR_OPENS_OUTWARD = _feature(
    key="bathroom_door_opens_outward",
    label="Badtür öffnet nach außen",
    hint="Oder eine Schiebetür. So bleibt im Bad Platz, und Hilfe kommt hinein.",
    question="Öffnet die Badtür nach außen, oder ist sie eine Schiebetür?",
    aliases=("badtür öffnet nach außen", "badtür nach außen"),
    hints=(
        Hint(r"\bbadtür\s+(?:öffnet|schlägt)\s+(?:nicht\s+nach\s+außen|nach\s+innen)", False),
        Hint(r"\bbadtür\s+(?:öffnet|schlägt)\s+nach\s+außen|\bschiebetür\s+(?:zum|im)\s+bad", True),
    ),
    source="DIN 18040-2",
)
THRESHOLD_HEIGHT = _centimetres(
    key="threshold_height_cm",
    label="Höchste Schwelle in der Wohnung",
    low=0,
    high=40,
    step=0.5,
    hint="Die höchste Kante, über die man zwischen den Räumen muss. Ohne Schwellen bitte 0 eintragen.",
    question="Wie hoch ist die höchste Türschwelle in der Wohnung? Ohne Schwellen bitte 0.",
    aliases=("schwelle", "schwelle cm", "schwellenhöhe", "höchste schwelle cm"),
    hints=(
        Hint(rf"\b{AFFIRMED}{NOT_OUTDOORS}(?:keine(?:rlei)?|ohne|frei\s+von)\s+(?:tür)?schwellen?\b{_ELSEWHERE}", 0),
        Hint(rf"\b{AFFIRMED}{NOT_OUTDOORS}schwellen(?:los|frei)(?:e[nmrs]?)?\b{_ELSEWHERE}{PRESENT}", 0),
    ),
)
CORRIDOR_WIDTH = _centimetres(
    key="corridor_width_cm",
    label="Breite des Flurs",
    low=50,
    high=400,
    hint="An der schmalsten Stelle, von Wand zu Wand oder bis zum festen Einbau.",
    question="Wie breit ist der Flur in der Wohnung an der schmalsten Stelle?",
    aliases=("flurbreite", "flurbreite cm", "flur cm", "breite flur"),
)
TURNING_SPACE = _centimetres(
    key="turning_space_cm",
    label="Freie Fläche zum Wenden",
    low=50,
    high=400,
    hint="Die kürzere Seite der freien Fläche in Wohn-, Schlaf- und Kochbereich; die kleinste zählt.",
    question="Wie groß ist die freie Fläche zum Wenden in Wohnraum, Schlafraum und Küche? Die kleinste zählt.",
    aliases=("bewegungsfläche", "bewegungsfläche cm", "wendefläche cm", "wendekreis cm"),
)
BED_SIDE_SPACE = _centimetres(
    key="bed_side_space_cm",
    label="Platz neben dem Bett",
    low=0,
    high=400,
    hint="Freier Platz entlang einer langen Seite, wenn ein Bett von 1 m × 2 m steht.",
    question="Wie viel Platz bleibt neben einem Bett auf einer langen Seite?",
    aliases=("platz neben bett", "platz neben bett cm", "platz am bett cm"),
)
KITCHEN_UNDERRIDEABLE = _feature(
    key="kitchen_underrideable",
    label="Küche zum Unterfahren",
    hint="Herd, Spüle und Arbeitsplatte sind im Sitzen zu nutzen.",
    question="Sind Herd, Spüle und Arbeitsplatte im Sitzen zu nutzen?",
    aliases=("küche unterfahrbar", "unterfahrbare küche"),
    hints=(
        Hint(r"\bküche(?:nzeile)?\s+(?:ist\s+)?nicht\s+unterfahrbar", False),
        Hint(rf"{DENIED}{_UNDERRIDEABLE}|\b{_UNDERRIDEABLE}{ABSENT}", False),
        Hint(
            rf"\b{AFFIRMED}{_UNDERRIDEABLE}\b{PRESENT}|\bküche(?:nzeile)?\s+(?:ist\s+)?unterfahrbar",
            True,
        ),
    ),
    source="DIN 18040-2",
)
CONTROLS_REACHABLE = _feature(
    key="controls_reachable",
    label="Schalter und Griffe in Greifhöhe",
    hint="Lichtschalter, Türgriffe und Sicherungen sind 85 bis 105 cm hoch.",
    question="Sind Lichtschalter, Türgriffe und Sicherungen zwischen 85 und 105 cm hoch?",
    aliases=("schalter 85 cm", "schalter in greifhöhe", "bedienelemente erreichbar"),
    source="DIN 18040-2",
)
WINDOW_HANDLES_REACHABLE = _feature(
    key="window_handles_reachable",
    label="Fenstergriffe in Greifhöhe",
    hint="Griffe zwischen 85 und 105 cm hoch, oder ein Fenster je Raum öffnet mit Motor.",
    question="Lässt sich in jedem Raum ein Fenster im Sitzen öffnen, mit einem Griff zwischen 85 und 105 cm?",
    aliases=("fenstergriffe erreichbar", "fenstergriffe 105 cm"),
    source="DIN 18040-2",
)


_ROOM_DOOR = Adaptation("widen_door", "Tür verbreitern", (1500, 3000), low=70, funding=FLAT_WORKS, each=True)
_BATH_DOOR = Adaptation("widen_door", "Tür verbreitern", (1500, 3000), low=60, funding=FLAT_WORKS, each=True)
_DOOR_HINGE = Adaptation("rehang_door", "Badtür nach außen öffnen lassen", (200, 900), funding=FLAT_WORKS)
_THRESHOLD = Adaptation("remove_threshold", "Schwelle entfernen", (50, 300), high=6, funding=FLAT_WORKS)
_KITCHEN = Adaptation("kitchen", "Küche zum Unterfahren umbauen", (2500, 9000), funding=FLAT_WORKS)
_CONTROLS = Adaptation("controls", "Schalter und Griffe versetzen", (200, 1500), funding=FLAT_WORKS)
_WINDOW = Adaptation("window_handles", "Fenstergriffe versetzen oder Antrieb einbauen", (300, 2000), funding=FLAT_WORKS)

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
)
_DOORS = "DIN 18040-2: 80 cm, mit Rollstuhl 90 cm."
_TURNING = "DIN 18040-2: 120 cm, mit Rollstuhl 150 cm."
_HEIGHT = "DIN 18040-2: 85 bis 105 cm."
CRITERIA = (
    AtLeast(
        INNER_DOOR_CLEAR_WIDTH,
        needs_evidence=True,
        reach=10,
        step=5,
        prior=0.3,
        adaptations=(_ROOM_DOOR,),
        norm=_DOORS,
    ),
    AtLeast(
        BATHROOM_DOOR_CLEAR_WIDTH,
        needs_evidence=True,
        reach=10,
        step=5,
        prior=0.2,
        adaptations=(_BATH_DOOR,),
        norm=_DOORS,
    ),
    IsTrue(
        BATHROOM_DOOR_OPENS_OUTWARD,
        prior=0.35,
        adaptations=(_DOOR_HINGE,),
        norm="DIN 18040-2: öffnet nach außen.",
    ),
    AtMost(
        THRESHOLD_HEIGHT,
        needs_evidence=True,
        reach=3,
        prior=0.4,
        adaptations=(_THRESHOLD,),
        norm="DIN 18040-2: keine Schwellen; höchstens 2 cm, wo es technisch nicht anders geht.",
    ),
    AtLeast(CORRIDOR_WIDTH, needs_evidence=True, reach=20, prior=0.4, norm="DIN 18040-2: 120 cm."),
    AtLeast(
        TURNING_SPACE,
        needs_evidence=True,
        reach=30,
        prior=0.3,
        norm=_TURNING,
    ),
    AtLeast(
        BED_SIDE_SPACE,
        needs_evidence=True,
        reach=30,
        prior=0.4,
        norm=_TURNING,
    ),
    IsTrue(KITCHEN_UNDERRIDEABLE, prior=0.03, adaptations=(_KITCHEN,), norm="DIN 18040-2 R: im Sitzen nutzbar."),
    IsTrue(CONTROLS_REACHABLE, prior=0.3, adaptations=(_CONTROLS,), norm=_HEIGHT),
    IsTrue(WINDOW_HANDLES_REACHABLE, prior=0.1, adaptations=(_WINDOW,), norm=_HEIGHT),
)
