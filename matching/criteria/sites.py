"""The other market: initiatives seek a house, a storey or a plot; owners offer them."""

from matching.criteria.wording import AFFIRMED, DENIED
from matching.facts import Choice, Day, Flag, From, Hint, Measure, NeighbourhoodCode, Text
from matching.kinds import AtLeast, AtMost, IsTrue, NotLater, Within
from matching.neighbourhoods import DRESDEN
from matching.option_kinds import Near, OneOf, Resembles

SITE_KIND = Choice(
    key="site_kind",
    label="Was wird angeboten",
    owner="site",
    theme="sites",
    hint="Ein ganzes Haus, ein Teil davon oder ein Grundstück.",
    question="Was bieten Sie an: ein Haus, eine Etage, mehrere Wohnungen, ein Grundstück oder eine Halle?",
    headline=True,
    options={
        "house": "Haus",
        "storey": "Etage",
        "flats": "mehrere Wohnungen",
        "plot": "Grundstück",
        "hall": "Halle oder Gewerbebau",
    },
    imports=(
        From("objektkategorie/objektart/grundstueck", value="plot"),
        From("objektkategorie/objektart/hallen_lager_prod", value="hall"),
        From("objektkategorie/objektart/haus", value="house"),
        From("objektkategorie/objektart/zinshaus_renditeobjekt", value="house"),
    ),
    aliases=("objektart", "art"),
)
SITE_AREA = Measure(
    key="site_area_sqm",
    label="Fläche",
    unit="m²",
    low=10,
    high=1000000,
    step=0.01,
    owner="site",
    theme="sites",
    hint="Bei Gebäuden die nutzbare Fläche, bei Grundstücken die Fläche des Grundstücks.",
    question="Wie groß ist die Fläche?",
    headline=True,
    imports=(
        From("flaechen/gesamtflaeche"),
        From("flaechen/nutzflaeche"),
        From("flaechen/wohnflaeche"),
        From("flaechen/grundstuecksflaeche"),
    ),
    aliases=("fläche", "fläche m²", "nutzfläche", "grundstücksfläche"),
)
DWELLING_COUNT = Measure(
    key="dwelling_count",
    label="Wohnungen",
    unit="Wohnungen",
    unit_one="Wohnung",
    low=0,
    high=1000,
    owner="site",
    theme="sites",
    hint="So viele Wohnungen gibt es oder sind möglich.",
    question="Wie viele Wohnungen gibt es oder sind möglich?",
    headline=True,
    imports=(From("flaechen/anzahl_wohneinheiten"),),
    aliases=("wohneinheiten", "anzahl wohnungen", "we"),
)
COMMON_ROOM_POSSIBLE = Flag(
    key="common_room_possible",
    label="Gemeinschaftsraum möglich",
    owner="site",
    theme="sites",
    hint="Es gibt einen Raum dafür, oder er lässt sich einrichten.",
    question="Gibt es Platz für einen Gemeinschaftsraum?",
    aliases=("gemeinschaftsraum möglich",),
)
GROUND_LEASE_POSSIBLE = Flag(
    key="ground_lease_possible",
    label="Erbbaurecht möglich",
    owner="site",
    theme="sites",
    hint="Das Grundstück bleibt Ihr Eigentum, die Gruppe baut und zahlt einen Erbbauzins.",
    question="Kommt für Sie ein Erbbaurecht infrage?",
    imports=(From("objektkategorie/vermarktungsart@ERBPACHT", value=True),),
    aliases=("erbbaurecht", "erbpacht", "erbbaurecht möglich"),
    hints=(
        Hint(rf"{DENIED}(?:erbbaurecht|erbpacht)", False),
        Hint(rf"\b{AFFIRMED}(?:erbbaurecht|erbpacht)\b(?!\s+(?:ist\s+)?(?:nicht|ausgeschlossen))", True),
    ),
    source="ErbbauRG",
)
PURCHASE_PRICE = Measure(
    key="purchase_price_eur",
    label="Kaufpreis",
    unit="€",
    low=0,
    high=100000000,
    step=0.01,
    owner="site",
    theme="sites",
    hint="Ohne Nebenkosten. Wird nicht verkauft, bleibt das Feld leer.",
    question="Welchen Kaufpreis stellen Sie sich vor?",
    headline=True,
    imports=(From("preise/kaufpreis"),),
    aliases=("kaufpreis", "kaufpreis €", "preis"),
)
RENT_PER_SQM = Measure(
    key="rent_per_sqm_eur",
    label="Kaltmiete je Quadratmeter",
    unit="€/m²",
    low=0,
    high=100,
    step=0.01,
    owner="site",
    theme="sites",
    hint="Im Monat, ohne Betriebskosten und Heizung.",
    question="Welche Kaltmiete je Quadratmeter stellen Sie sich vor?",
    headline=True,
    imports=(From("preise/mietpreis_pro_qm"),),
    aliases=("miete je m²", "miete pro qm", "kaltmiete je m²", "€/m²"),
)
DISTRICT = NeighbourhoodCode(
    key="district",
    label="Stadtteil",
    owner="site",
    theme="sites",
    city=DRESDEN,
    hint="Der statistische Stadtteil, in dem das Haus oder Grundstück liegt.",
    question="In welchem Stadtteil liegt das Haus oder Grundstück?",
    headline=True,
    imports=(From("derived/district"),),
    aliases=("stadtteil", "ortsteil", "statistischer stadtteil"),
)
AVAILABLE_FROM = Day(
    key="available_from",
    label="Verfügbar ab",
    owner="site",
    theme="sites",
    hint="Der erste Tag, an dem eine Gruppe beginnen kann.",
    question="Ab wann ist das Haus oder Grundstück verfügbar?",
    headline=True,
    imports=(From("derived/available_from"),),
    aliases=("verfügbar ab", "frei ab"),
)
LISTED_BUILDING = Flag(
    key="listed_building",
    label="Denkmalschutz",
    owner="site",
    theme="sites",
    hint="Das Gebäude steht in der Denkmalliste.",
    question="Steht das Gebäude unter Denkmalschutz?",
    imports=(From("verwaltung_objekt/denkmalgeschuetzt"),),
    aliases=("denkmalschutz", "denkmal", "denkmalgeschützt"),
    hints=(
        Hint(rf"{DENIED}denkmalschutz|\bnicht\s+(?:unter\s+denkmalschutz|denkmalgeschützt)", False),
        Hint(r"\bdenkmalgeschützt\w*\b|\bunter\s+denkmalschutz\b|\beinzeldenkmal\b", True),
    ),
    source="SächsDSchG",
)
LIFT_POSSIBLE = Flag(
    key="lift_possible",
    label="Aufzug vorhanden oder möglich",
    owner="site",
    theme="sites",
    hint="Ein Aufzug ist da oder kann innen oder außen angebaut werden.",
    question="Gibt es einen Aufzug, oder kann einer eingebaut werden?",
    imports=(From("ausstattung/fahrstuhl@PERSONEN", value=True),),
    aliases=("aufzug", "aufzug möglich"),
)
OWNER_WISHES = Text(
    key="owner_wishes",
    label="Das wünsche ich mir",
    owner="site",
    theme="sites",
    hint="In eigenen Worten: was aus dem Haus werden soll und was Ihnen wichtig ist.",
    question="Was soll aus dem Haus oder Grundstück werden? Was ist Ihnen wichtig?",
    aliases=("wünsche", "wünsche eigentümer"),
)
TERM_YEARS = Measure(
    key="term_years",
    label="Laufzeit",
    unit="Jahre",
    unit_one="Jahr",
    low=1,
    high=199,
    owner="site",
    theme="sites",
    hint="So lange kann die Gruppe sicher bleiben: als Miete, Pacht oder Erbbaurecht.",
    question="Für wie viele Jahre können Sie sich binden?",
    aliases=("laufzeit", "laufzeit jahre", "vertragsdauer jahre"),
)

FACTS = (
    SITE_KIND,
    SITE_AREA,
    DWELLING_COUNT,
    COMMON_ROOM_POSSIBLE,
    GROUND_LEASE_POSSIBLE,
    PURCHASE_PRICE,
    RENT_PER_SQM,
    DISTRICT,
    AVAILABLE_FROM,
    LISTED_BUILDING,
    LIFT_POSSIBLE,
    OWNER_WISHES,
    TERM_YEARS,
)
CRITERIA = (
    OneOf(SITE_KIND, prior=0.4),
    Within(SITE_AREA, reach=200, prior=0.4),
    Within(DWELLING_COUNT, reach=4, prior=0.4),
    IsTrue(COMMON_ROOM_POSSIBLE, prior=0.5),
    IsTrue(GROUND_LEASE_POSSIBLE, prior=0.2),
    AtMost(PURCHASE_PRICE, reach=200000, prior=0.4),
    AtMost(RENT_PER_SQM, reach=2, prior=0.4),
    Near(DISTRICT, reach=3, prior=0.3),
    NotLater(AVAILABLE_FROM, reach=365, prior=0.5),
    IsTrue(LISTED_BUILDING, prior=0.25),
    IsTrue(LIFT_POSSIBLE, prior=0.5),
    Resembles(OWNER_WISHES, prior=0.3),
    AtLeast(TERM_YEARS, reach=10, prior=0.5),
)
