"""What belongs to the home beside its rooms, how the house is heated, and what its energy certificate says."""

from functools import partial

from matching.criteria.wording import AFFIRMED, DENIED, PRESENT
from matching.facts import Choice, Flag, From, Hint, Measure
from matching.kinds import IsTrue
from matching.option_kinds import OneOf

_belongs = partial(Flag, theme="size")
_house = partial(Choice, theme="place")
_PASS = "zustand_angaben/energiepass"
_CARRIERS = (
    ("FERN", "district"),
    ("GAS", "gas"),
    ("FLUESSIGGAS", "gas"),
    ("OEL", "oil"),
    ("ERDWAERME", "heat_pump"),
    ("LUFTWP", "heat_pump"),
    ("PELLET", "wood"),
    ("HOLZ", "wood"),
    ("SOLAR", "solar"),
    ("ELEKTRO", "electricity"),
    ("KOHLE", "coal"),
    ("BLOCK", "block"),
)

FITTED_KITCHEN = _belongs(
    key="fitted_kitchen",
    label="Einbauküche",
    hint="Herd, Spüle und Schränke sind da und bleiben.",
    question="Hat die Wohnung eine Einbauküche?",
    imports=(From("ausstattung/kueche@PANTRY", value=True), From("ausstattung/kueche@EBK")),
    aliases=("ebk", "küche", "kueche", "küche vorhanden"),
    also_yes=("ebk", "einbauküche", "pantry", "pantryküche"),
    hints=(
        Hint(rf"{DENIED}(?:einbau|pantry)küche\b", False),
        Hint(rf"\b{AFFIRMED}(?:einbau|pantry)küche\b{PRESENT}", True),
    ),
)
CELLAR = _belongs(
    key="cellar",
    label="Keller",
    hint="Ein Keller im Haus, in dem man etwas abstellen kann.",
    question="Gehört zur Wohnung ein Keller?",
    imports=(
        From("ausstattung/unterkellert@keller=JA", value=True, claimed=True),
        From("ausstattung/unterkellert@keller=TEIL", value=True, claimed=True),
        From("ausstattung/unterkellert@keller=NEIN", value=False, claimed=True),
    ),
    aliases=("kellerabteil", "kellerraum", "unterkellert", "keller vorhanden"),
    also_yes=("keller", "kellerabteil", "kellerraum"),
    hints=(
        Hint(rf"{DENIED}keller(?:abteil|raum)?\b", False),
        Hint(rf"\b{AFFIRMED}keller(?:abteil|raum)?\b{PRESENT}", True),
    ),
)
PARKING = _belongs(
    key="parking_space",
    label="Stellplatz oder Garage",
    hint="Ein Platz für ein Auto, den man mit der Wohnung mieten kann.",
    question="Kann man zur Wohnung einen Stellplatz oder eine Garage mieten?",
    imports=tuple(
        From(f"ausstattung/stellplatzart@{kind}", value=True)
        for kind in ("FREIPLATZ", "GARAGE", "TIEFGARAGE", "CARPORT", "PARKHAUS", "DUPLEX")
    ),
    aliases=("stellplatz", "garage", "parkplatz", "tiefgarage", "pkw stellplatz", "carport"),
    also_yes=("stellplatz", "freiplatz", "garage", "tiefgarage", "tg", "carport", "parkhaus", "duplex", "parkplatz"),
    hints=(
        Hint(rf"{DENIED}(?:pkw-?\s?)?(?:stellplatz|parkplatz|(?:tief)?garage|carport)\b", False),
        Hint(
            rf"(?<![\w]-)\b{AFFIRMED}(?:pkw-?\s?)?(?:stellplatz|(?:tief)?garagen(?:stell)?platz)\b{PRESENT}"
            r"(?!\s+für\s+(?:\w+\s+)?(?:fahr|rollat|rollst|kinderw|scoot|e-))",
            True,
        ),
    ),
)
HOUSE_STOREYS = Measure(
    key="house_storeys",
    label="Geschosse des Hauses",
    unit="Geschosse",
    unit_one="Geschoss",
    low=1,
    high=60,
    theme="place",
    hint="Wie viele Geschosse das Haus über der Erde hat, das Erdgeschoss mitgezählt.",
    question="Wie viele Geschosse hat das Haus, das Erdgeschoss mitgezählt?",
    imports=(From("geo/anzahl_etagen"),),
    aliases=("geschosse", "etagen gesamt", "anzahl etagen", "stockwerke", "geschosszahl", "etagenzahl"),
)
CONDITION = _house(
    key="home_condition",
    label="Zustand der Wohnung",
    hint="Wie die Wohnung übergeben wird.",
    question="In welchem Zustand wird die Wohnung übergeben?",
    options={
        "first_use": "Erstbezug",
        "as_new": "neuwertig",
        "refurbished": "saniert oder renoviert",
        "partly_refurbished": "teilweise saniert",
        "modernised": "modernisiert",
        "well_kept": "gepflegt",
        "needs_renovation": "muss renoviert werden",
        "unfinished": "noch nicht fertig gebaut",
    },
    imports=tuple(
        From(f"zustand_angaben/zustand@zustand_art={word}", value=value)
        for word, value in (
            ("ERSTBEZUG", "first_use"),
            ("NEUWERTIG", "as_new"),
            ("TEIL_VOLLSANIERT", "refurbished"),
            ("TEIL_VOLLRENOVIERT", "refurbished"),
            ("VOLL_SANIERT", "refurbished"),
            ("TEIL_SANIERT", "partly_refurbished"),
            ("MODERNISIERT", "modernised"),
            ("GEPFLEGT", "well_kept"),
            ("TEIL_VOLLRENOVIERUNGSBED", "needs_renovation"),
            ("SANIERUNGSBEDUERFTIG", "needs_renovation"),
            ("RENOVIERUNGSBEDUERFTIG", "needs_renovation"),
            ("BAUFAELLIG", "needs_renovation"),
            ("ROHBAU", "unfinished"),
            ("PROJEKTIERT", "unfinished"),
        )
    ),
    aliases=("zustand", "objektzustand"),
    spellings={
        "saniert": "refurbished",
        "renoviert": "refurbished",
        "vollsaniert": "refurbished",
        "teilsaniert": "partly_refurbished",
        "renovierungsbedürftig": "needs_renovation",
        "sanierungsbedürftig": "needs_renovation",
        "im bau": "unfinished",
        "neu": "first_use",
        "neubau": "first_use",
    },
)
HEATING_KIND = _house(
    key="heating_kind",
    label="Art der Heizung",
    hint="Woher die Wärme in die Wohnung kommt.",
    question="Wie wird die Wohnung geheizt?",
    options={
        "district": "Fernwärme",
        "central": "Zentralheizung im Haus",
        "flat": "Etagenheizung in der Wohnung",
        "stove": "Öfen in der Wohnung",
    },
    imports=(
        From("ausstattung/heizungsart@FERN", value="district"),
        From("ausstattung/heizungsart@ZENTRAL", value="central"),
        From("ausstattung/heizungsart@ETAGE", value="flat"),
        From("ausstattung/heizungsart@OFEN", value="stove"),
        From("ausstattung/befeuerung@FERN", value="district"),
    ),
    aliases=("heizung", "heizungsart", "heizart", "beheizung"),
    spellings={
        "fern": "district",
        "fernheizung": "district",
        "fw": "district",
        "zentral": "central",
        "zentralheizung": "central",
        "zh": "central",
        "etage": "flat",
        "etagenheizung": "flat",
        "gasetagenheizung": "flat",
        "gas-etagenheizung": "flat",
        "therme": "flat",
        "gastherme": "flat",
        "ofen": "stove",
        "ofenheizung": "stove",
        "kachelofen": "stove",
    },
    hints=(
        Hint(rf"\b{AFFIRMED}fern(?:wärme|heizung)\b{PRESENT}", "district"),
        Hint(rf"\b{AFFIRMED}zentralheizung\b{PRESENT}", "central"),
        Hint(rf"\b{AFFIRMED}(?:gas-?)?etagenheizung\b{PRESENT}", "flat"),
        Hint(rf"\b{AFFIRMED}ofenheizung\b{PRESENT}", "stove"),
    ),
)
ENERGY_SOURCE = _house(
    key="energy_source",
    label="Energieträger der Heizung",
    hint="Steht im Energieausweis.",
    question="Womit wird überwiegend geheizt?",
    options={
        "district": "Fernwärme",
        "gas": "Gas",
        "oil": "Öl",
        "heat_pump": "Wärmepumpe",
        "wood": "Holz oder Pellets",
        "solar": "Sonne",
        "electricity": "Strom",
        "coal": "Kohle",
        "block": "Blockheizkraftwerk",
    },
    imports=(
        *(From(f"ausstattung/befeuerung@{word}", value=value) for word, value in _CARRIERS),
        From(f"{_PASS}/primaerenergietraeger"),
    ),
    aliases=("energieträger", "energietraeger", "befeuerung", "heizenergie", "brennstoff"),
    spellings={
        "fern": "district",
        "erdgas": "gas",
        "nahwärme": "district",
        "nah-/fernwärme": "district",
        "fernwärme_dampf": "district",
        "flüssiggas": "gas",
        "erdgas leicht": "gas",
        "erdgas schwer": "gas",
        "oel": "oil",
        "heizöl": "oil",
        "erdwärme": "heat_pump",
        "luftwp": "heat_pump",
        "umweltwärme": "heat_pump",
        "holz": "wood",
        "pellet": "wood",
        "pellets": "wood",
        "solar": "solar",
        "elektro": "electricity",
        "bhkw": "block",
    },
    source="GEG § 87",
)
ENERGY_CERTIFICATE = _house(
    key="energy_certificate",
    label="Energieausweis",
    hint="Bei der Besichtigung muss man ihn zeigen.",
    question="Welche Art von Energieausweis gibt es?",
    options={
        "demand": "Bedarfsausweis",
        "consumption": "Verbrauchsausweis",
        "not_needed": "nicht nötig",
        "missing": "liegt nicht vor",
    },
    imports=(
        From(f"{_PASS}/epart=BEDARF", value="demand"),
        From(f"{_PASS}/epart=VERBRAUCH", value="consumption"),
        From(f"{_PASS}/jahrgang=nicht_noetig", value="not_needed"),
        From(f"{_PASS}/jahrgang=ohne", value="missing"),
        From(f"{_PASS}/epart"),
        From(f"{_PASS}@epart"),
    ),
    aliases=("energieausweis art", "art des energieausweises", "ausweisart"),
    spellings={
        "bedarf": "demand",
        "verbrauch": "consumption",
        "bedarfsausweis vorhanden": "demand",
        "verbrauchsausweis vorhanden": "consumption",
        "nicht_noetig": "not_needed",
        "denkmalschutz": "not_needed",
        "ohne": "missing",
    },
    source="GEG §§ 79, 80, 87",
)
ENERGY_VALUE = Measure(
    key="energy_kwh_sqm",
    label="Energiekennwert",
    unit="kWh/(m²·a)",
    low=0,
    high=1000,
    step=0.1,
    theme="place",
    hint="Wie viel Energie das Haus im Jahr je Quadratmeter braucht. Steht im Energieausweis.",
    question="Welcher Energiekennwert steht im Energieausweis?",
    imports=(
        From(f"{_PASS}/endenergiebedarf"),
        From(f"{_PASS}/energieverbrauchkennwert"),
        From(f"{_PASS}@endenergiebedarf"),
        From(f"{_PASS}@energieverbrauchkennwert"),
    ),
    aliases=(
        "endenergiebedarf",
        "endenergieverbrauch",
        "energieverbrauch",
        "energiebedarf",
        "kwh/m²a",
        "energiekennwert kwh",
    ),
    source="GEG § 87",
)

FACTS = (
    FITTED_KITCHEN,
    CELLAR,
    PARKING,
    HOUSE_STOREYS,
    CONDITION,
    HEATING_KIND,
    ENERGY_SOURCE,
    ENERGY_CERTIFICATE,
    ENERGY_VALUE,
)
CRITERIA = (
    IsTrue(FITTED_KITCHEN, prior=0.4),
    IsTrue(CELLAR, prior=0.7),
    IsTrue(PARKING, prior=0.4),
    OneOf(HEATING_KIND, prior=0.5),
)
