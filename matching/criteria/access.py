"""The way in: from the pavement to the flat door.

Values follow DIN 18040-2 as read in public sources; cost ranges are orientation only.
"""

from functools import partial

from matching.criteria.adaptations import ACCESS_WORKS, CARE_FUND, PARTICIPATION
from matching.criteria.wording import AFFIRMED, DENIED, PRESENT
from matching.derived_kinds import StepFree, StepsAtMost
from matching.facts import Choice, Flag, From, Hint, Measure
from matching.kinds import Adaptation, AtLeast, AtMost, IsTrue

_CLAIM = r"(?:rollstuhlgerecht|barrierefrei|seniorengerecht|altersgerecht)"
_ENTRY = r"(?:erreichbar|zugänglich|zugang|eingang|hauseingang)"
_LIFT = r"(?:personen)?(?:aufzug|fahrstuhl|lift)s?"

_centimetres = partial(Measure, unit="cm", theme="access", claim_only=True, source="DIN 18040-2")
_feature = partial(Flag, theme="access", claim_only=True)

STEPS_TO_FLAT = Measure(
    key="steps_to_flat",
    label="Stufen bis zur Wohnungstür",
    unit="Stufen",
    unit_one="Stufe",
    low=0,
    high=200,
    theme="access",
    hint="Nur Stufen, die man nicht umgehen kann. Mit Aufzug zählen nur die Stufen davor und danach.",
    question="Wie viele Stufen muss man vom Gehweg bis zur Wohnungstür gehen, wenn man den Aufzug nutzt?",
    headline=True,
    claim_only=True,
    aliases=("stufen", "anzahl stufen", "stufen bis wohnung", "stufen bis zur wohnungstür", "treppenstufen"),
    source="DIN 18040-2",
)
FLOOR = Measure(
    key="floor",
    label="Etage",
    unit="",
    storeys=True,
    low=-2,
    high=40,
    theme="access",
    hint="0 ist das Erdgeschoss, 1 das erste Obergeschoss, −1 das Untergeschoss.",
    question="In welcher Etage liegt die Wohnung? Das Erdgeschoss ist 0.",
    imports=(From("geo/etage"),),
    aliases=("etage", "geschoss", "stockwerk", "etage (0 = eg)"),
    hints=(
        Hint(r"\b(?:erdgeschoss|parterre|eg)-?wohnung", 0),
        Hint(r"\bwohnung\s+(?:liegt\s+|befindet\s+sich\s+)?im\s+(?:erdgeschoss|parterre|eg)\b", 0),
    ),
)
HAS_LIFT = _feature(
    key="has_lift",
    label="Aufzug",
    hint="Ein Aufzug für Personen, der auf der Etage der Wohnung hält.",
    question="Gibt es einen Aufzug, der auf der Etage der Wohnung hält?",
    headline=True,
    imports=(From("ausstattung/fahrstuhl@PERSONEN"),),
    aliases=("aufzug", "fahrstuhl", "lift", "personenaufzug", "aufz"),
    hints=(
        Hint(rf"{DENIED}{_LIFT}\b", False),
        Hint(
            rf"\b{_LIFT}\b(?:\s*:\s*nein|\s+fehlt|(?:\s+(?:ist|leider|wurde)){{0,2}}\s+nicht\s+(?:vorhanden|eingebaut))",
            False,
        ),
        Hint(rf"\b{_LIFT}\s+(?:gibt\s+es|existiert)\s+(?:leider\s+)?nicht", False),
        Hint(rf"\b{_LIFT}\b{PRESENT}", True),
    ),
    source="DIN 18040-2",
)
STEP_FREE = _feature(
    key="step_free",
    label="Stufenlos erreichbar",
    hint="Vom Gehweg bis in die Wohnung ohne eine einzige Stufe, auch mit Aufzug oder Rampe.",
    question="Kommt man vom Gehweg bis in die Wohnung, ohne eine Stufe zu gehen?",
    headline=True,
    aliases=("stufenlos", "stufenlos erreichbar", "stufenfrei", "stufenloser zugang"),
    hints=(
        Hint(r"\bnicht\s+(?:\w+\s+)?stufen(?:los|frei)", False),
        Hint(rf"(?:\bnicht\s+(?:\w+\s+)?|{DENIED})(?:barrierefrei|ebenerdig)(?:e[nmrs]?)?\s+{_ENTRY}", False),
        Hint(rf"{DENIED}stufen(?:los|frei)(?:e[nmrs]?)?\s+{_ENTRY}", False),
        Hint(r"(?<!nicht\s)\b(?:nur\s+)?über\s+(?:\w+\s+){0,3}stufen\s+(?:zu\s+)?erreich", False),
        Hint(r"\bnur\s+über\s+(?:\w+\s+)?treppen?(?:haus)?\b", False),
        Hint(
            rf"\b{AFFIRMED}stufen(?:los|frei)(?:e[nmrs]?)?\b(?!\s+(?:regel|verstell|einstell|dimm|\w*\s*dusch))", True
        ),
        Hint(r"(?<!nicht\s)\b(?:ohne|keine(?:rlei)?)\s+(?:stufen?|treppen?(?:steigen)?)\b", True),
        Hint(rf"\b{AFFIRMED}(?:barrierefrei|ebenerdig)(?:e[nmrs]?)?\s+{_ENTRY}", True),
        Hint(r"\bwohnung\s+(?:liegt|ist)\s+ebenerdig\b", True),
    ),
    source="DIN 18040-2",
)
LIFT_CABIN_WIDTH = _centimetres(
    key="lift_cabin_width_cm",
    label="Breite der Aufzugskabine",
    low=40,
    high=400,
    hint="Innen von Wand zu Wand gemessen, an der schmalsten Stelle. Handläufe abziehen.",
    question="Wie breit ist die Aufzugskabine innen?",
    aliases=("aufzug breite cm", "kabinenbreite", "kabinenbreite cm"),
)
LIFT_CABIN_DEPTH = _centimetres(
    key="lift_cabin_depth_cm",
    label="Tiefe der Aufzugskabine",
    low=40,
    high=400,
    hint="Innen von der geschlossenen Tür bis zur Rückwand gemessen.",
    question="Wie tief ist die Aufzugskabine innen?",
    aliases=("aufzug tiefe cm", "kabinentiefe", "kabinentiefe cm"),
)
LIFT_DOOR_CLEAR_WIDTH = _centimetres(
    key="lift_door_clear_width_cm",
    label="Lichte Breite der Aufzugstür",
    low=40,
    high=200,
    hint="Der freie Durchgang bei ganz geöffneter Tür.",
    question="Wie breit ist der freie Durchgang der geöffneten Aufzugstür?",
    aliases=("aufzugstür cm", "breite aufzugstür", "aufzugstür breite cm"),
)
ENTRANCE_DOOR_CLEAR_WIDTH = _centimetres(
    key="entrance_door_clear_width_cm",
    label="Lichte Breite von Haus- und Wohnungstür",
    low=40,
    high=200,
    hint="Der freie Durchgang bei ganz geöffneter Tür. Bei mehreren Türen zählt die schmalste.",
    question="Wie breit ist der freie Durchgang an der schmalsten Tür zwischen Straße und Wohnung?",
    aliases=(
        "hauseingangstür cm",
        "wohnungstür cm",
        "breite eingangstür",
        "eingangstür cm",
        "hauseingang cm",
    ),
)
ENTRANCE_DOOR_POWERED = _feature(
    key="entrance_door_powered",
    label="Haustür öffnet automatisch",
    hint="Die Haustür öffnet sich mit Motor, auf Knopfdruck oder von selbst.",
    question="Öffnet die Haustür automatisch oder auf Knopfdruck?",
    aliases=("automatische haustür", "türantrieb", "automatiktür"),
    hints=(
        Hint(rf"{DENIED}(?:automatiktür|türantrieb)", False),
        Hint(r"\b(?:automatische[nrs]?|elektrische[nrs]?)\s+(?:haus(?:eingangs)?|eingangs)tür", True),
    ),
)
RAMP_SLOPE = Measure(
    key="ramp_slope_percent",
    label="Steigung von Rampe oder Zuweg",
    unit="%",
    low=0,
    high=30,
    step=0.5,
    theme="access",
    hint="Die steilste Stelle. 6 cm Höhe auf 1 m Länge sind 6 %. Ohne Steigung bitte 0 eintragen.",
    question="Wie steil ist die Rampe oder der Weg zum Haus an der steilsten Stelle?",
    claim_only=True,
    aliases=("rampe steigung", "rampensteigung", "steigung rampe %", "rampe neigung"),
    source="DIN 18040-2",
)
HANDRAILS_BOTH_SIDES = _feature(
    key="handrails_both_sides",
    label="Handläufe auf beiden Seiten der Treppe",
    question="Hat die Treppe im Haus auf beiden Seiten einen Handlauf?",
    hint="Ohne Unterbrechung auf dem ganzen Weg zur Wohnung.",
    aliases=("handlauf beidseitig", "beidseitige handläufe", "handläufe beidseitig"),
    hints=(
        Hint(
            rf"\b{AFFIRMED}(?:beidseitige?[nmr]?\s+handl[aä]uf|handl[aä]ufe?\s+(?:beidseit|auf\s+beiden))",
            True,
        ),
    ),
    source="DIN 18040-2",
)
PARKING_ACCESSIBLE = _feature(
    key="parking_accessible",
    label="Breiter Stellplatz am Haus",
    hint="Mindestens 3,50 m breit und 5 m lang, stufenlos mit dem Haus verbunden.",
    question="Gibt es am Haus einen Stellplatz, der mindestens 3,50 m breit und stufenlos zu erreichen ist?",
    aliases=("behindertenparkplatz", "barrierefreier stellplatz", "rollstuhlstellplatz"),
    hints=(
        Hint(rf"\b{AFFIRMED}behinderten(?:park|stell)pl[aä]tz", True),
        Hint(rf"\b{AFFIRMED}(?:barrierefreie[nr]?|rollstuhlgerechte[nr]?)\s+(?:park|stell)pl[aä]tz", True),
    ),
    source="DIN 18040-2",
)
SCOOTER_SPACE = _feature(
    key="scooter_space",
    label="Abstellplatz für Rollstuhl oder Elektromobil",
    hint="Trocken, stufenlos zu erreichen und mit Steckdose.",
    question="Gibt es einen trockenen, stufenlos erreichbaren Abstellplatz mit Steckdose?",
    aliases=("abstellplatz rollstuhl", "rollatorplatz", "abstellplatz elektromobil", "e-scooter stellplatz"),
    hints=(Hint(rf"\b{AFFIRMED}(?:rollator|rollstuhl|scooter)-?(?:raum|garage|box|abstellplatz|abstellraum)", True),),
    source="DIN 18040-2",
)
CLAIMED_LEVEL = Choice(
    key="claimed_level",
    label="Angabe in der Anzeige",
    theme="access",
    hint="Was die Anzeige verspricht. Erst die einzelnen Maße zeigen, ob die Wohnung passt.",
    question="Als was wird die Wohnung angeboten?",
    options={
        "none": "nichts davon",
        "age_friendly": "altersgerecht oder barrierearm",
        "accessible": "barrierefrei",
        "wheelchair": "rollstuhlgerecht",
    },
    ordered=True,
    claim_only=True,
    imports=(
        From("ausstattung/rollstuhlgerecht", value="wheelchair"),
        From("ausstattung/barrierefrei", value="accessible"),
        From("ausstattung/seniorengerecht", value="age_friendly"),
    ),
    aliases=("barrierefreiheit", "ausbaustandard", "barrierefrei laut anzeige"),
    hints=(
        Hint(
            rf"\b{AFFIRMED}rollstuhl(?:gerecht|geeignet|tauglich)(?:e[nmrs]?)?\b{PRESENT}(?!\s+(?:park|stell)pl)",
            "wheelchair",
        ),
        Hint(
            rf"\b{AFFIRMED}barrierefrei(?:e[nmrs]?)?\b{PRESENT}"
            r"(?!\s+(?:dusch|bad|zugang|zugänglich|eingang|hauseingang|erreichbar|umbau|umzubau|ausbau|park|stell))",
            "accessible",
        ),
        Hint(
            rf"\b{AFFIRMED}(?:barrierearm|barrierereduziert|schwellenarm|(?:senioren|alters|alten|behinderten)gerecht)"
            rf"(?:e[nmrs]?)?\b{PRESENT}",
            "age_friendly",
        ),
        Hint(rf"\b(?:fast|nahezu|weitgehend|größtenteils|bedingt|teilweise)\s+{_CLAIM}", "age_friendly"),
        Hint(rf"\b(?:nicht\s+(?:\w+\s+)?|keine?\s+){_CLAIM}", "none"),
    ),
)

_CABIN = "DIN 18040-2: 110 cm breit, 140 cm tief."
_NO_LIFT_TO_TAKE = ((HAS_LIFT, 0.0), (FLOOR, 0.0))
"""Where there is no lift, and on the ground floor, nobody has to pass its door."""

_STEP_WORKS = (
    Adaptation("ramp", "Rampe", (600, 4000), low=0, high=3, funding=ACCESS_WORKS),
    Adaptation("platform_lift", "Hublift oder Treppenlift", (7000, 16000), low=0, high=18, funding=ACCESS_WORKS),
)
_DOOR_DRIVE = Adaptation("door_drive", "Türantrieb für die Haustür", (2500, 5000), funding=ACCESS_WORKS)
_HANDRAIL = Adaptation("second_handrail", "Zweiter Handlauf", (100, 1200), funding=(CARE_FUND, PARTICIPATION))

FACTS = (
    STEPS_TO_FLAT,
    FLOOR,
    HAS_LIFT,
    STEP_FREE,
    LIFT_CABIN_WIDTH,
    LIFT_CABIN_DEPTH,
    LIFT_DOOR_CLEAR_WIDTH,
    ENTRANCE_DOOR_CLEAR_WIDTH,
    ENTRANCE_DOOR_POWERED,
    RAMP_SLOPE,
    HANDRAILS_BOTH_SIDES,
    PARKING_ACCESSIBLE,
    SCOOTER_SPACE,
    CLAIMED_LEVEL,
)
CRITERIA = (
    StepsAtMost(
        STEPS_TO_FLAT,
        others=(HAS_LIFT, FLOOR),
        needs_evidence=True,
        reach=9,
        prior=0.25,
        adaptations=_STEP_WORKS,
        norm="DIN 18040-2: stufenlos; ein Treppenlift gilt nur als Anpassung.",
    ),
    AtMost(FLOOR, reach=3, prior=0.5),
    IsTrue(HAS_LIFT, prior=0.35, norm="SächsBO § 39: Aufzug in Gebäuden mit mehr als 13 m Höhe."),
    StepFree(
        STEP_FREE,
        others=(STEPS_TO_FLAT, HAS_LIFT, FLOOR),
        needs_evidence=True,
        prior=0.2,
        adaptations=_STEP_WORKS,
        norm="DIN 18040-2: stufenlos vom Gehweg bis in die Wohnung.",
    ),
    AtLeast(LIFT_CABIN_WIDTH, reach=15, prior=0.4, idle_where=_NO_LIFT_TO_TAKE, norm=_CABIN),
    AtLeast(LIFT_CABIN_DEPTH, reach=25, prior=0.35, idle_where=_NO_LIFT_TO_TAKE, norm=_CABIN),
    AtLeast(
        LIFT_DOOR_CLEAR_WIDTH, reach=10, step=5, prior=0.4, idle_where=_NO_LIFT_TO_TAKE, norm="DIN 18040-2: 90 cm."
    ),
    AtLeast(ENTRANCE_DOOR_CLEAR_WIDTH, needs_evidence=True, reach=10, step=5, prior=0.45, norm="DIN 18040-2: 90 cm."),
    IsTrue(ENTRANCE_DOOR_POWERED, prior=0.05, adaptations=(_DOOR_DRIVE,)),
    AtMost(RAMP_SLOPE, reach=4, prior=0.5, norm="DIN 18040-2: Rampen höchstens 6 %, Wege 3 %."),
    IsTrue(
        HANDRAILS_BOTH_SIDES,
        prior=0.2,
        adaptations=(_HANDRAIL,),
        norm="DIN 18040-2: Handläufe auf beiden Seiten.",
    ),
    IsTrue(PARKING_ACCESSIBLE, prior=0.08, norm="DIN 18040-2: 3,50 m × 5 m."),
    IsTrue(SCOOTER_SPACE, prior=0.1, norm="DIN 18040-2: 1,80 m × 1,50 m mit Steckdose."),
)
