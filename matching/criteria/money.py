"""The offer: what it costs, from when, on which terms, and what support the house has.

Amounts are euro per month where not said otherwise.
"""

from functools import partial

from matching.criteria.wording import AFFIRMED, DENIED, PRESENT
from matching.facts import Choice, Day, Flag, From, Hint, Measure
from matching.kinds import AtLeast, AtMost, IsTrue, NotLater
from matching.option_kinds import OneOf

_MONTHS_PER_YEAR = 12
_PERMIT = r"(?:wbs|wohnberechtigungsschein)"
_NEEDED = r"(?:nötig|erforderlich|notwendig|benötigt|voraussetzung)"

_EACH_MONTH = r"\s*(?:im monat|pro monat|/\s*monat|monatlich|mtl\.?|a month|per month|/\s*month)$"
_WARM = r"\s*\(?\b(?:warm|brutto ?warm|warmmiete|all in|incl\.? heating)\b\)?"
_OF_RENTS = r"(?<=\d)\s*x?\s*(?:n?km|mm|(?:netto)?-?kaltmieten?|monatsmieten?|mieten?)\.?$"

_euros = partial(Measure, unit="€", low=0, high=100000, step=0.01, owner="offer", theme="money")

# No home costs more a month: what is more was meant for a year, or for buying.
_HIGHEST_RENT = 15_000

RENT_WARM = _euros(
    key="rent_warm_eur",
    beside=f"{_WARM}|{_EACH_MONTH}",
    high=_HIGHEST_RENT,
    above_zero=True,
    label="Warmmiete",
    hint="Miete, Betriebskosten und Heizung zusammen, im Monat, ohne Strom. Bei einem Zimmer oder Platz nur sein Teil.",
    question="Wie hoch ist die Warmmiete im Monat?",
    headline=True,
    imports=(From("derived/warm_rent"),),
    aliases=(
        "warmmiete",
        "warmmiete €",
        "warmmiete eur",
        "gesamtmiete",
        "bruttowarmmiete",
        "miete warm",
        "warmm",
        "wm",
    ),
)
RENT_GROSS_COLD = _euros(
    key="rent_gross_cold_eur",
    beside=_EACH_MONTH,
    high=_HIGHEST_RENT,
    above_zero=True,
    label="Bruttokaltmiete",
    hint=(
        "Miete und Betriebskosten ohne Heizung. Bei einem Zimmer oder Platz nur sein Teil. Das Jobcenter und das "
        "Sozialamt rechnen mit diesem Betrag."
    ),
    question="Wie hoch ist die Miete mit Betriebskosten, aber ohne Heizung?",
    imports=(From("derived/gross_cold_rent"),),
    aliases=("bruttokaltmiete", "bruttokalt", "bruttokaltmiete €", "bruttokaltmiete eur"),
)
RENT_NET_COLD = _euros(
    key="rent_net_cold_eur",
    beside=_EACH_MONTH,
    high=_HIGHEST_RENT,
    above_zero=True,
    label="Nettokaltmiete",
    hint="Die Miete allein, ohne Nebenkosten und Heizung.",
    question="Wie hoch ist die Miete allein, ohne Nebenkosten und Heizung?",
    imports=(From("derived/net_cold_rent"), From("derived/cold_rent_as_written", claimed=True)),
    aliases=("nettokaltmiete €", "nettokaltmiete eur", "kaltmiete", "grundmiete", "nettomiete", "nkm", "kaltm", "km"),
)
RUNNING_COSTS = _euros(
    key="running_costs_eur",
    beside=_EACH_MONTH,
    label="Nebenkosten",
    hint="Die Vorauszahlung für Betriebskosten im Monat, wie sie im Mietvertrag steht.",
    question="Wie hoch sind die Nebenkosten im Monat?",
    imports=(From("derived/running_costs"),),
    aliases=("betriebskosten", "nk", "nebenkosten €", "nebenkosten eur", "bk", "betriebskosten €"),
)
HEATING_COSTS = _euros(
    key="heating_costs_eur",
    beside=_EACH_MONTH,
    label="Heizkosten",
    hint="Die Vorauszahlung für Heizung und warmes Wasser im Monat, wenn sie für sich genannt ist.",
    question="Wie hoch sind die Heizkosten im Monat?",
    imports=(From("derived/heating_costs"),),
    aliases=("hk", "heizkosten €", "heizkosten eur", "heizung €"),
)
HEATING_WITHIN_COSTS = Flag(
    key="heating_in_running_costs",
    label="Heizkosten in den Nebenkosten enthalten",
    owner="offer",
    theme="money",
    hint="Ja heißt: Die Nebenkosten sind mit Heizung.",
    question="Stecken die Heizkosten in den Nebenkosten?",
    imports=(From("derived/heating_in_running_costs"),),
    aliases=("heizkosten enthalten", "nebenkosten inkl heizung", "heizung enthalten"),
)
DEPOSIT = _euros(
    key="deposit_eur",
    label="Kaution",
    hint="Der ganze Betrag, nicht die Rate. Ohne Kaution bitte 0 eintragen.",
    question="Wie hoch ist die Kaution? Ohne Kaution bitte 0.",
    imports=(From("preise/kaution"),),
    aliases=("kaution", "kaution €", "kaution eur", "mietsicherheit"),
    hints=(Hint(r"\b(?:keine|ohne)\s+kaution\b|\bkautionsfrei\b", 0),),
    source="BGB § 551",
)
DEPOSIT_MONTHS = Measure(
    key="deposit_months",
    beside=_OF_RENTS,
    label="Kaution in Monatsmieten",
    unit="Monatsmieten",
    unit_one="Monatsmiete",
    low=0,
    high=6,
    step=0.5,
    owner="offer",
    theme="money",
    hint="Erlaubt sind höchstens drei Monatsmieten ohne Nebenkosten.",
    question="Wie viele Monatsmieten beträgt die Kaution?",
    imports=(From("derived/deposit_months"),),
    aliases=("kaution monate", "kaution mm", "kaution monatsmieten", "anzahl monatsmieten kaution"),
    source="BGB § 551",
)
SHARES = _euros(
    key="shares_eur",
    label="Genossenschaftsanteile oder Einlage",
    hint="Alle Anteile zusammen, die man zum Einzug zahlen muss. Ohne Anteile bitte 0 eintragen.",
    question="Wie viel muss man für Anteile oder als Einlage zahlen? Ohne Anteile bitte 0.",
    imports=(From("preise/geschaeftsguthaben"),),
    aliases=("genossenschaftsanteile", "anteile", "einlage", "pflichtanteile", "geschäftsanteile"),
    hints=(Hint(r"\b(?:keine|ohne)\s+(?:genossenschafts|geschäfts|pflicht)anteile", 0),),
)
AVAILABLE_FROM = Day(
    key="available_from",
    label="Frei ab",
    owner="offer",
    theme="money",
    hint="Der erste Tag, an dem man einziehen kann.",
    question="Ab wann kann man einziehen?",
    headline=True,
    imports=(From("derived/available_from"),),
    aliases=("frei ab", "verfügbar ab", "bezugsfrei ab", "bezugsfrei", "bezugsfertig ab", "bezugsfertig", "einzug ab"),
)
MIN_TERM = Measure(
    key="min_term_months",
    label="Mindestdauer des Vertrags",
    unit="Monate",
    unit_one="Monat",
    low=0,
    high=1200,
    owner="offer",
    theme="money",
    hint="So lange kann man nicht kündigen. Ohne Mindestdauer bitte 0 eintragen.",
    question="Wie viele Monate muss man mindestens bleiben? Ohne Mindestdauer bitte 0.",
    imports=(
        From("verwaltung_objekt/min_mietdauer@min_dauer=MONAT"),
        From("verwaltung_objekt/min_mietdauer@min_dauer=JAHR", factor=_MONTHS_PER_YEAR),
    ),
    aliases=("mindestmietdauer", "mindestmietdauer monate", "mindestlaufzeit"),
    hints=(Hint(r"\b(?:keine|ohne)\s+mindest(?:miet|vertrags)?(?:dauer|laufzeit|zeit)", 0),),
)
LIMITED_TO = Measure(
    key="limited_to_months",
    label="Befristet auf",
    unit="Monate",
    unit_one="Monat",
    low=1,
    high=1200,
    owner="offer",
    theme="money",
    hint="Wie viele Monate der Vertrag läuft. Ist er ohne Frist, bitte „unbefristet“ eintragen.",
    question="Auf wie viele Monate ist der Vertrag befristet? Ohne Frist bitte „unbefristet“ eintragen.",
    endless="unbefristet",
    imports=(
        From("verwaltung_objekt/max_mietdauer@max_dauer=MONAT"),
        From("verwaltung_objekt/max_mietdauer@max_dauer=JAHR", factor=_MONTHS_PER_YEAR),
    ),
    aliases=("befristung", "befristet auf monate", "mietdauer monate", "vertragsdauer monate"),
    hints=(Hint(r"\b(?:unbefristet\w*|nicht\s+befristet)\b", 1200),),
)
PURCHASE = "purchase"
TENURE = Choice(
    key="tenure",
    label="Art des Vertrags",
    owner="offer",
    theme="money",
    hint="Wohnen für Hilfe heißt: Man wohnt günstig und hilft dafür im Haushalt.",
    question="Wie wird die Wohnung vergeben?",
    options={
        "rent": "Miete",
        "sublet": "Untermiete",
        "cooperative": "Nutzungsvertrag einer Genossenschaft",
        "homeshare": "Wohnen für Hilfe",
        PURCHASE: "Kauf",
        "exchange": "Tausch gegen eine andere Wohnung",
    },
    imports=(
        From("objektkategorie/vermarktungsart@KAUF", value=PURCHASE),
        From("objektkategorie/vermarktungsart@ERBPACHT", value=PURCHASE),
        From("objektkategorie/vermarktungsart@MIETE_PACHT", value="rent"),
    ),
    aliases=("vertragsart", "vermarktungsart", "art des vertrags", "angebotsart"),
    hints=(
        Hint(r"\bwohnen\s+für\s+hilfe\b", "homeshare"),
        Hint(
            rf"\b{AFFIRMED}(?:genossenschaftswohnung|genossenschaftsanteile?|dauernutzungsvertrag)\b",
            "cooperative",
        ),
        Hint(r"\bzur\s+untermiete\b", "sublet"),
        Hint(r"\b(?:wohnungstausch|im\s+tausch\s+gegen)\b", "exchange"),
    ),
)
SINGLE_ROOM = Flag(
    key="single_room",
    label="Nur ein Zimmer in einer geteilten Wohnung",
    owner="offer",
    theme="money",
    hint="Küche und Bad teilt man mit anderen.",
    question="Wird nur ein Zimmer in einer geteilten Wohnung vergeben?",
    imports=(From("derived/single_room"),),
    aliases=("einzelzimmer", "wg zimmer", "nur ein zimmer"),
)
WBS_TYPE = Choice(
    key="wbs_type",
    label="Nötiger Wohnberechtigungsschein",
    owner="offer",
    theme="money",
    hint="Der Typ steht im Bescheid zur Belegungsbindung. Frei vermietbar: ohne WBS.",
    question="Braucht man für die Wohnung einen Wohnberechtigungsschein (WBS), und welchen?",
    options={
        "none": "ohne WBS",
        "L": "WBS Typ L",
        "gMW": "WBS Typ gMW",
        "pMW": "WBS Typ pMW",
        "W": "WBS Typ W",
    },
    claim_only=True,
    # Adverts say that a permit is needed, not which; type L covers most of the city's restricted stock.
    imports=(From("verwaltung_objekt/wbs_sozialwohnung", value="L", claimed=True),),
    aliases=("wbs", "wbs typ", "wbs-typ", "wbs ja nein", "wbs nötig", "wbs erforderlich", "wohnberechtigungsschein"),
    spellings={
        **dict.fromkeys(("nein", "n", "kein", "keiner", "keine", "kein wbs", "nicht nötig", "frei", "false"), "none"),
        **dict.fromkeys(("ja", "j", "x", "wbs", "mit wbs", "erforderlich", "nötig", "true"), "L"),
    },
    hints=(
        Hint(rf"\b(?:kein(?:en)?|ohne)\s+{_PERMIT}\b|\b(?:freifinanziert|frei\s+vermietbar)", "none"),
        Hint(rf"\b{_PERMIT}\s+(?:ist\s+|wird\s+)?nicht\s+{_NEEDED}", "none"),
        Hint(r"\bgMW\b", "gMW"),
        Hint(r"\bpMW\b", "pMW"),
        Hint(rf"\bmit\s+(?:\w+\s+)?{_PERMIT}\b|\b{_PERMIT}\s+(?:ist\s+|wird\s+)?{_NEEDED}|\bsozialwohnung", "L"),
    ),
    source="WoFG § 27",
)
PETS_ALLOWED = Flag(
    key="pets_allowed",
    label="Haustiere erlaubt",
    owner="offer",
    theme="money",
    hint="Hund oder Katze. Kleine Tiere und Assistenzhunde sind immer erlaubt.",
    question="Darf man einen Hund oder eine Katze halten?",
    imports=(From("verwaltung_objekt/haustiere"),),
    aliases=("haustiere", "haustiere erlaubt", "tierhaltung", "tiere erlaubt"),
    hints=(
        Hint(
            r"\bkeine\s+(?:haus)?tiere\b|\b(?:haus)?tier(?:e|haltung)\s+(?:sind\s+|ist\s+)?(?:leider\s+)?(?:nicht|un)",
            False,
        ),
        Hint(r"\b(?:haus)?tier(?:e|haltung)\s+(?:sind\s+|ist\s+)?(?:erlaubt|willkommen|gestattet)", True),
    ),
)
SMOKING_ALLOWED = Flag(
    key="smoking_allowed",
    label="Rauchen erlaubt",
    owner="offer",
    theme="money",
    hint="In den gemeinsamen Räumen oder im eigenen Zimmer.",
    question="Darf in der Wohnung geraucht werden?",
    imports=(From("verwaltung_objekt/nichtraucher", value=False),),
    aliases=("rauchen erlaubt", "rauchen", "raucher"),
    hints=(
        Hint(
            r"\bnichtraucher|\brauchfrei|\brauchen\s+(?:ist\s+)?(?:nicht|verboten|untersagt)|\bkeine\s+raucher",
            False,
        ),
        Hint(r"\brauchen\s+(?:ist\s+)?(?:erlaubt|gestattet)|\braucher\s+willkommen", True),
    ),
)
FURNISHED = Flag(
    key="furnished",
    label="Möbliert",
    owner="offer",
    theme="money",
    hint="Die wichtigsten Möbel stehen in der Wohnung und bleiben.",
    question="Wird die Wohnung mit Möbeln vermietet?",
    # Furnished in part may be a fitted kitchen alone.
    imports=(From("ausstattung/moebliert@moeb=VOLL", value=True),),
    aliases=("möbliert", "moebliert", "möblierung"),
    hints=(
        Hint(r"\b(?:unmöbliert(?:e[nmrs]?)?|nicht\s+möbliert|ohne\s+möbel)\b", False),
        Hint(r"\b(?:voll)?möbliert(?:e[nmrs]?)?\b", True),
    ),
)
CONVERSION_CONSENT = Choice(
    key="conversion_consent",
    label="Zustimmung zu Umbauten",
    owner="offer",
    theme="money",
    hint="Umbauten wegen einer Behinderung können Mieterinnen und Mieter verlangen (§ 554 BGB).",
    question="Stimmen Sie Umbauten zu, zum Beispiel einer breiteren Tür oder einer bodengleichen Dusche?",
    options={"agreed": "zugesagt", "open": "offen, bitte fragen", "refused": "abgelehnt"},
    aliases=("umbau erlaubt", "zustimmung umbau", "umbauten"),
    source="BGB § 554",
)
CARE_ON_SITE = Flag(
    key="care_on_site",
    label="Pflege oder Betreuung im Haus",
    owner="offer",
    theme="services",
    hint="Ein Pflege- oder Betreuungsdienst hat im Haus oder nebenan feste Zeiten.",
    question="Gibt es im Haus einen Pflegedienst oder eine Betreuung mit festen Zeiten?",
    imports=(From("ausstattung/serviceleistungen@BETREUTES_WOHNEN", value=True),),
    aliases=("betreutes wohnen", "pflege im haus", "pflegedienst im haus", "betreuung"),
    hints=(
        Hint(rf"{DENIED}(?:pflegedienst|betreutes\s+wohnen)", False),
        Hint(rf"\b{AFFIRMED}(?:betreutes\s+wohnen|pflegedienst\s+im\s+haus)\b{PRESENT}", True),
    ),
)
NIGHT_ASSISTANCE = Flag(
    key="night_assistance",
    label="Hilfe auch in der Nacht",
    owner="offer",
    theme="services",
    hint="In der Nacht ist jemand im Haus oder schnell da.",
    question="Ist auch in der Nacht jemand da, der hilft?",
    aliases=("nachtbereitschaft", "nachtdienst", "hilfe in der nacht"),
    hints=(
        Hint(rf"{DENIED}(?:nachtdienst|nachtbereitschaft|nachtwache)", False),
        Hint(rf"\b{AFFIRMED}(?:nachtdienst|nachtbereitschaft|nachtwache)\b{PRESENT}", True),
    ),
)
COMMUNITY_ROOM = Flag(
    key="community_room",
    label="Gemeinschaftsraum",
    owner="offer",
    theme="services",
    hint="Ein Raum im Haus oder nebenan, den alle nutzen können.",
    question="Gibt es einen Raum, den alle im Haus nutzen können?",
    aliases=("gemeinschaftsraum", "gemeinschaftsräume", "treffpunkt im haus"),
    hints=(
        Hint(rf"{DENIED}gemeinschafts(?:raum|räume)", False),
        Hint(rf"\b{AFFIRMED}gemeinschafts(?:raum|räumen?)\b{PRESENT}|\bwohncafé\b", True),
    ),
)

FACTS = (
    RENT_WARM,
    RENT_GROSS_COLD,
    RENT_NET_COLD,
    RUNNING_COSTS,
    HEATING_COSTS,
    HEATING_WITHIN_COSTS,
    DEPOSIT,
    DEPOSIT_MONTHS,
    SHARES,
    AVAILABLE_FROM,
    MIN_TERM,
    LIMITED_TO,
    TENURE,
    SINGLE_ROOM,
    WBS_TYPE,
    PETS_ALLOWED,
    SMOKING_ALLOWED,
    FURNISHED,
    CONVERSION_CONSENT,
    CARE_ON_SITE,
    NIGHT_ASSISTANCE,
    COMMUNITY_ROOM,
)
CRITERIA = (
    AtMost(RENT_WARM, reach=100, prior=0.4, usual_tolerance=10),
    AtMost(RENT_GROSS_COLD, reach=80, prior=0.4, usual_tolerance=10),
    AtMost(DEPOSIT, reach=500, prior=0.6),
    AtMost(SHARES, reach=1000, prior=0.7),
    NotLater(AVAILABLE_FROM, reach=90, prior=0.5),
    AtMost(MIN_TERM, reach=12, step=3, prior=0.7),
    AtLeast(LIMITED_TO, reach=24, step=6, prior=0.9),
    OneOf(TENURE, prior=0.8),
    IsTrue(PETS_ALLOWED, prior=0.5),
    IsTrue(SMOKING_ALLOWED, prior=0.5),
    IsTrue(FURNISHED, prior=0.08),
    IsTrue(CARE_ON_SITE, prior=0.05),
    IsTrue(NIGHT_ASSISTANCE, prior=0.03),
    IsTrue(COMMUNITY_ROOM, prior=0.1),
)
