"""What an offer may ask of a household; nothing else exists.

Each of these is either a fact of the flat's size, of the law, or of the terms of living together. A household
gives them itself and only where an offer asks.
"""

from functools import partial

from matching.criteria.money import DEPOSIT, SHARES
from matching.facts import Choice, Flag, Measure
from matching.kinds import AtLeast, IsFalse, IsTrue, Within
from matching.option_kinds import OneOf

_measure = partial(Measure, owner="household", theme="household")
_flag = partial(Flag, owner="household", theme="household")
_choice = partial(Choice, owner="household", theme="household")

PERSONS = _measure(
    key="persons",
    label="Personen im Haushalt",
    unit="Personen",
    unit_one="Person",
    low=1,
    high=20,
    hint="Alle, die zusammen einziehen, auch Kinder.",
    source="Größe der Wohnung",
)
CHILDREN = _measure(
    key="children",
    label="Kinder im Haushalt",
    unit="Kinder",
    unit_one="Kind",
    low=0,
    high=15,
    hint="Kinder unter 18 Jahren, die mit einziehen.",
    source="Größe der Wohnung",
)
PETS = _flag(
    key="pets",
    label="Hund oder Katze",
    hint="Kleine Tiere und Assistenzhunde zählen nicht.",
)
SMOKERS = _flag(
    key="smokers",
    label="Es wird in der Wohnung geraucht",
    hint="Nur in der Wohnung; auf dem Balkon zählt nicht.",
)
WBS = _flag(
    key="wbs",
    label="Wohnberechtigungsschein (WBS) liegt vor",
    hint="Der Schein vom Sozialamt ist ein Jahr gültig und kostet nichts.",
    source="WoFG § 27",
)
WBS_TYPE = _choice(
    key="wbs_type",
    label="Typ des Wohnberechtigungsscheins",
    hint="Steht oben auf dem Bescheid.",
    options={"L": "WBS Typ L", "gMW": "WBS Typ gMW", "pMW": "WBS Typ pMW", "W": "WBS Typ W"},
    source="WoFG § 27",
)
DEPOSIT_PAYER = _choice(
    key="deposit_payer",
    label="Wer bezahlt die Kaution?",
    hint="Die Kaution bekommt der Vermieter beim Einzug und gibt sie nach dem Auszug zurück.",
    options={
        "own_money": "eigenes Geld",
        "jobcenter": "das Jobcenter",
        "social_office": "das Sozialamt",
        "somebody_else": "jemand anderes",
    },
    source="SGB II § 22 Abs. 6, SGB XII § 35a",
)
DEPOSIT_AVAILABLE = _measure(
    key="deposit_available_eur",
    label="Für die Kaution möglich",
    unit="€",
    low=0,
    high=100000,
    step=0.01,
    hint="Ein ungefährer Betrag genügt. Wenn Sie es nicht wissen, lassen Sie das Feld leer.",
)
SHARES_AVAILABLE = _measure(
    key="shares_available_eur",
    label="Für Anteile oder Einlage möglich",
    unit="€",
    low=0,
    high=100000,
    step=0.01,
    hint="Für Anteile einer Genossenschaft oder die Einlage eines Projekts, auch als Darlehen.",
)
COMMUNITY_HOURS = _measure(
    key="community_hours_month",
    label="Zeit für die Gemeinschaft",
    unit="Stunden im Monat",
    unit_one="Stunde im Monat",
    low=0,
    high=120,
    hint="So viel Zeit möchten Sie für Treffen und Aufgaben im Haus geben.",
)
HELP_HOURS = _measure(
    key="help_hours_month",
    label="Zeit, um zu helfen",
    unit="Stunden im Monat",
    unit_one="Stunde im Monat",
    low=0,
    high=120,
    hint="So viel Zeit möchten Sie im Haushalt oder im Alltag helfen.",
)
NEEDS_WHEELCHAIR_HOME = _flag(
    key="needs_wheelchair_home",
    label="Braucht eine rollstuhlgerechte Wohnung",
    hint="So bleiben rollstuhlgerechte Wohnungen für Menschen frei, die sie brauchen.",
    source="AGG § 5",
)
CARE_ENTITLED = _flag(
    key="care_entitled",
    label="Hat Anspruch auf Leistungen der Pflege",
    hint="Nur für ambulant betreute Wohngemeinschaften: Ein Pflegegrad liegt vor.",
    source="SGB XI § 38a",
)
AGE_GROUP = _choice(
    key="age_group",
    label="Altersgruppe",
    hint="Danach darf nur fragen, wer selbst dort wohnt.",
    options={
        "under_27": "unter 27 Jahre",
        "27_39": "27 bis 39 Jahre",
        "40_59": "40 bis 59 Jahre",
        "60_74": "60 bis 74 Jahre",
        "75_plus": "75 Jahre und älter",
    },
    source="AGG §§ 19, 20",
)

WORKS_BUDGET = _measure(
    key="works_budget_eur",
    label="Eigenes Geld für Umbauten",
    unit="€",
    low=0,
    high=100000,
    step=0.01,
    hint="So viel können Sie selbst für Umbauten zahlen, zum Beispiel für breitere Türen. Danach fragt kein Anbieter.",
)

PAID_FROM = ((DEPOSIT, DEPOSIT_AVAILABLE), (SHARES, SHARES_AVAILABLE))
"""What an offer costs once, at the beginning, and the household's means for it."""

HAS_PERMIT = IsTrue(WBS, prior=0.4)

FACTS = (
    PERSONS,
    CHILDREN,
    PETS,
    SMOKERS,
    WBS,
    WBS_TYPE,
    DEPOSIT_PAYER,
    DEPOSIT_AVAILABLE,
    SHARES_AVAILABLE,
    COMMUNITY_HOURS,
    HELP_HOURS,
    NEEDS_WHEELCHAIR_HOME,
    CARE_ENTITLED,
    AGE_GROUP,
    WORKS_BUDGET,
)
CRITERIA = (
    Within(PERSONS, reach=1, prior=0.6),
    Within(CHILDREN, reach=1, prior=0.7),
    IsFalse(PETS, prior=0.8),
    IsFalse(SMOKERS, prior=0.75),
    HAS_PERMIT,
    OneOf(WBS_TYPE, prior=0.4),
    AtLeast(DEPOSIT_AVAILABLE, reach=500, prior=0.6),
    AtLeast(SHARES_AVAILABLE, reach=1000, prior=0.5),
    AtLeast(COMMUNITY_HOURS, reach=8, prior=0.6),
    AtLeast(HELP_HOURS, reach=8, prior=0.5),
    IsTrue(NEEDS_WHEELCHAIR_HOME, prior=0.1),
    IsTrue(CARE_ENTITLED, prior=0.2),
    OneOf(AGE_GROUP, prior=0.5),
)
