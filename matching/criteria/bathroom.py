"""The bathroom: reaching the shower, the WC and the basin.

Values follow DIN 18040-2 (B: accessible, R: unrestricted with a wheelchair) as read in public sources.
"""

from functools import partial

from matching.criteria.adaptations import CARE_AIDS, CARE_FUND, FLAT_WORKS, HEALTH_AIDS, HOME_ADAPTATION
from matching.criteria.wording import AFFIRMED, DENIED, PRESENT
from matching.facts import Flag, From, Hint, Measure
from matching.kinds import Adaptation, AtLeast, IsTrue, Within

_LEVEL = (
    r"(?:boden(?:gleich|eben|bündig|tief)|ebenerdig|(?:schwellen|stufen)(?:los|frei)|barrierefrei|befahrbar)"
    r"(?:e[nmrs]?)?"
)
_SHOWER = r"(?:walk-?in-?)?dusch"

_centimetres = partial(Measure, unit="cm", theme="bathroom", claim_only=True, source="DIN 18040-2")
_feature = partial(Flag, theme="bathroom", claim_only=True)

SHOWER_LEVEL = _feature(
    key="shower_level",
    label="Bodengleiche Dusche",
    hint="Ohne Duschwanne, höchstens 2 cm tiefer oder höher als der Boden davor.",
    question="Gibt es eine bodengleiche Dusche ohne Kante, höchstens 2 cm hoch?",
    headline=True,
    aliases=("bodengleiche dusche", "ebenerdige dusche", "dusche bodengleich", "dusche ebenerdig"),
    hints=(
        Hint(rf"{DENIED}{_LEVEL}\s+{_SHOWER}", False),
        Hint(rf"\bdusche\s+(?:ist\s+)?(?:leider\s+)?nicht\s+(?:\w+\s+)?{_LEVEL}", False),
        Hint(rf"\b{AFFIRMED}{_LEVEL},?\s+(?:\w+e[nmrs]?\s+)?{_SHOWER}\w*\b{PRESENT}", True),
        Hint(rf"\bdusche\s*(?:ist\s+|,\s*|\(\s*|-\s*)?{_LEVEL}\b", True),
        Hint(rf"\b{AFFIRMED}walk-?in-?dusche\b{PRESENT}", True),
    ),
    source="DIN 18040-2",
)
HAS_BATHTUB = Flag(
    key="has_bathtub",
    label="Badewanne",
    theme="bathroom",
    question="Gibt es eine Badewanne?",
    hint="Eine fest eingebaute Wanne im Bad.",
    imports=(From("ausstattung/bad@WANNE"),),
    aliases=("badewanne", "wanne", "wannenbad"),
    hints=(
        Hint(rf"{DENIED}(?:bade)?wanne\b", False),
        Hint(rf"\b(?:badewanne|wannenbad|bad\s+mit\s+wanne)\b{PRESENT}", True),
    ),
)
BATHROOM_TURNING_SPACE = _centimetres(
    key="bathroom_turning_space_cm",
    label="Freie Bewegungsfläche im Bad",
    low=50,
    high=400,
    hint="Die kürzere Seite der freien Fläche vor WC, Waschbecken und Dusche.",
    question="Wie groß ist die freie Fläche im Bad? Bitte die kürzere Seite messen.",
    aliases=("bewegungsfläche bad", "bewegungsfläche bad cm", "freifläche bad cm"),
)
WC_SIDE_SPACE = _centimetres(
    key="wc_side_space_cm",
    label="Platz neben dem WC",
    low=0,
    high=200,
    hint="Von der Seite des WC bis zur Wand oder zum nächsten Gegenstand, auf der breiteren Seite.",
    question="Wie viel Platz ist neben dem WC, auf der breiteren Seite?",
    aliases=("platz neben wc", "platz neben wc cm", "wc seitlich cm"),
)
WC_SEAT_HEIGHT = _centimetres(
    key="wc_seat_height_cm",
    label="Sitzhöhe des WC",
    low=30,
    high=60,
    hint="Vom Boden bis zur Oberkante des Sitzes, Brille heruntergeklappt.",
    question="Wie hoch ist der WC-Sitz über dem Boden?",
    aliases=("wc höhe", "wc höhe cm", "sitzhöhe wc"),
)
BASIN_UNDERRIDEABLE = _feature(
    key="basin_underrideable",
    label="Waschbecken zum Unterfahren",
    hint="Man kommt im Sitzen mit den Knien unter das Becken; Oberkante höchstens 80 cm.",
    question="Kann man im Sitzen mit den Knien unter das Waschbecken, und ist es höchstens 80 cm hoch?",
    aliases=("waschbecken unterfahrbar", "unterfahrbares waschbecken", "waschtisch unterfahrbar"),
    hints=(
        Hint(r"\bwasch(?:becken|tisch)\s+(?:ist\s+)?nicht\s+unterfahrbar", False),
        Hint(rf"\b{AFFIRMED}unterfahrbare[nrs]?\s+wasch(?:becken|tisch)", True),
        Hint(r"\bwasch(?:becken|tisch)\s+(?:ist\s+)?unterfahrbar", True),
    ),
    source="DIN 18040-2",
)
GRAB_BARS = _feature(
    key="grab_bars",
    label="Haltegriffe im Bad",
    hint="Fest montiert an WC, Dusche oder Wanne.",
    question="Gibt es fest montierte Haltegriffe an WC, Dusche oder Wanne?",
    aliases=("haltegriffe", "haltegriffe bad", "stützgriffe"),
    hints=(
        Hint(rf"{DENIED}(?:halte|stütz)(?:griff|stange)", False),
        Hint(rf"\b{AFFIRMED}(?:halte|stütz|stützklapp)(?:griff|stange)en?\b{PRESENT}", True),
        Hint(rf"\b{AFFIRMED}(?:halte|stütz|stützklapp)griffe?\b{PRESENT}", True),
    ),
    source="DIN 18040-2",
)

_SHOWER_WORKS = Adaptation("level_shower", "Bodengleiche Dusche einbauen", (3000, 10000), funding=FLAT_WORKS)
_WC_WORKS = Adaptation(
    "wc_height",
    "WC höher setzen oder Sitzerhöhung",
    (150, 900),
    funding=(CARE_FUND, HEALTH_AIDS, HOME_ADAPTATION),
)
_BASIN_WORKS = Adaptation("basin", "Waschbecken zum Unterfahren einbauen", (300, 1500), funding=FLAT_WORKS)
_GRAB_BARS = Adaptation(
    "grab_bars", "Haltegriffe anbringen", (50, 600), funding=(CARE_FUND, CARE_AIDS, HOME_ADAPTATION)
)

FACTS = (
    SHOWER_LEVEL,
    HAS_BATHTUB,
    BATHROOM_TURNING_SPACE,
    WC_SIDE_SPACE,
    WC_SEAT_HEIGHT,
    BASIN_UNDERRIDEABLE,
    GRAB_BARS,
)
CRITERIA = (
    IsTrue(
        SHOWER_LEVEL,
        needs_evidence=True,
        prior=0.15,
        adaptations=(_SHOWER_WORKS,),
        norm="DIN 18040-2: bodengleich, höchstens 2 cm Absenkung, rutschhemmend.",
    ),
    IsTrue(HAS_BATHTUB, prior=0.6),
    AtLeast(
        BATHROOM_TURNING_SPACE,
        needs_evidence=True,
        reach=30,
        prior=0.2,
        norm="DIN 18040-2: 120 cm, mit Rollstuhl 150 cm.",
    ),
    AtLeast(
        WC_SIDE_SPACE,
        needs_evidence=True,
        reach=30,
        prior=0.25,
        norm="DIN 18040-2: 20 cm, mit Rollstuhl 90 cm.",
    ),
    Within(WC_SEAT_HEIGHT, reach=6, prior=0.3, adaptations=(_WC_WORKS,), norm="DIN 18040-2 R: 46 bis 48 cm."),
    IsTrue(
        BASIN_UNDERRIDEABLE,
        prior=0.12,
        adaptations=(_BASIN_WORKS,),
        norm="DIN 18040-2: Oberkante höchstens 80 cm.",
    ),
    IsTrue(
        GRAB_BARS,
        prior=0.1,
        adaptations=(_GRAB_BARS,),
        norm="DIN 18040-2: Wände müssen Haltegriffe tragen können.",
    ),
)
