"""Where the home is, what is near, how old the house is and how much energy it takes."""

from matching.criteria.wording import DENIED
from matching.facts import Choice, Flag, From, Hint, Measure, NeighbourhoodCode
from matching.kinds import AtMost, IsTrue, Within
from matching.neighbourhoods import DRESDEN
from matching.option_kinds import Near

_KM_TO_M = 1000

DISTRICT = NeighbourhoodCode(
    key="district",
    label="Stadtteil",
    theme="place",
    city=DRESDEN,
    hint="Der statistische Stadtteil, in dem das Haus steht.",
    question="In welchem Stadtteil liegt die Wohnung?",
    headline=True,
    imports=(From("derived/district"),),
    aliases=("stadtteil", "ortsteil", "statistischer stadtteil"),
)
STOP_DISTANCE = Measure(
    key="stop_distance_m",
    label="Weg zur nächsten Haltestelle",
    unit="m",
    low=0,
    high=20000,
    theme="place",
    hint="Der Fußweg in Metern, nicht die Luftlinie. 100 Schritte sind etwa 70 m.",
    question="Wie weit ist der Fußweg zur nächsten Haltestelle?",
    imports=(
        From("infrastruktur/distanzen@distanz_zu=BUS", factor=_KM_TO_M),
        From("infrastruktur/distanzen@distanz_zu=US_BAHN", factor=_KM_TO_M),
    ),
    aliases=("entfernung haltestelle", "haltestelle m", "entfernung öpnv", "entfernung öpnv m"),
)
SHOP_DISTANCE = Measure(
    key="shop_distance_m",
    label="Weg zum nächsten Lebensmittelgeschäft",
    unit="m",
    low=0,
    high=20000,
    theme="place",
    hint="Der Fußweg in Metern bis zu einem Geschäft für den täglichen Bedarf.",
    question="Wie weit ist der Fußweg zum nächsten Lebensmittelgeschäft?",
    imports=(From("infrastruktur/distanzen@distanz_zu=EINKAUFSMOEGLICHKEITEN", factor=_KM_TO_M),),
    aliases=("entfernung einkauf", "einkauf m", "entfernung supermarkt", "entfernung supermarkt m"),
)
DOCTOR_DISTANCE = Measure(
    key="doctor_distance_m",
    label="Weg zur nächsten Arztpraxis",
    unit="m",
    low=0,
    high=20000,
    theme="place",
    hint="Der Fußweg in Metern zu einer hausärztlichen Praxis.",
    question="Wie weit ist der Fußweg zur nächsten hausärztlichen Praxis?",
    aliases=("entfernung arzt", "arzt m", "entfernung arztpraxis", "entfernung arzt m"),
)
YEAR_BUILT = Measure(
    key="year_built",
    label="Baujahr",
    unit="",
    low=1200,
    high=2040,
    grouped=False,
    theme="place",
    hint="Das Jahr, in dem das Haus fertig wurde; nicht das Jahr der Sanierung.",
    question="In welchem Jahr wurde das Haus gebaut?",
    imports=(From("zustand_angaben/baujahr"),),
    aliases=("baujahr", "jahr der errichtung"),
)
ENERGY_CLASS = Choice(
    key="energy_class",
    label="Energieeffizienzklasse",
    theme="place",
    hint="Steht im Energieausweis. A+ braucht am wenigsten, H am meisten Energie.",
    question="Welche Klasse steht im Energieausweis?",
    options={name: name for name in ("A+", "A", "B", "C", "D", "E", "F", "G", "H")},
    ordered=True,
    imports=(From("zustand_angaben/energiepass/wertklasse"),),
    aliases=("energieklasse", "energieeffizienzklasse", "effizienzklasse"),
    source="GEG § 86",
)
RENEWABLE_HEATING = Flag(
    key="renewable_heating",
    label="Heizung mit erneuerbarer Energie",
    theme="place",
    hint="Zum Beispiel Wärmepumpe, Pellets oder Fernwärme, die überwiegend erneuerbar ist.",
    question="Wird überwiegend mit erneuerbarer Energie geheizt?",
    imports=(
        From("ausstattung/befeuerung@ERDWAERME", value=True),
        From("ausstattung/befeuerung@LUFTWP", value=True),
        From("ausstattung/befeuerung@PELLET", value=True),
        From("ausstattung/befeuerung@HOLZ", value=True),
    ),
    aliases=("erneuerbare heizung", "heizung erneuerbar"),
    hints=(
        Hint(rf"{DENIED}(?:wärmepumpe|pelletheizung|erdwärme)", False),
        Hint(r"\b(?:luft|erd)?wärmepumpe\b|\bpelletheizung\b|\berdwärme\b", True),
    ),
)

FACTS = (DISTRICT, STOP_DISTANCE, SHOP_DISTANCE, DOCTOR_DISTANCE, YEAR_BUILT, ENERGY_CLASS, RENEWABLE_HEATING)
CRITERIA = (
    Near(DISTRICT, reach=3, prior=0.3),
    AtMost(STOP_DISTANCE, reach=400, prior=0.7),
    AtMost(SHOP_DISTANCE, reach=500, prior=0.6),
    AtMost(DOCTOR_DISTANCE, reach=800, prior=0.5),
    Within(YEAR_BUILT, reach=20, prior=0.5),
    AtMost(ENERGY_CLASS, reach=3, prior=0.5),
    IsTrue(RENEWABLE_HEATING, prior=0.15),
)
