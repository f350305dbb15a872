"""Living together: projects and shared flats, in the words they use for themselves.

The group chooses whom it lives with; nothing here describes a person.
"""

from matching.criteria.languages import LANGUAGES as LANGUAGE_NAMES
from matching.facts import Choice, Choices, Flag, Measure, Text
from matching.kinds import AtLeast, AtMost, IsTrue, Within
from matching.option_kinds import OneOf, Overlaps, Resembles

LIVING_FORM = Choice(
    key="living_form",
    label="Wohnform",
    owner="project",
    theme="living",
    hint="So wohnt man hier: für sich, in einem Projekt oder in einer Wohngemeinschaft.",
    question="Welche Wohnform ist es?",
    headline=True,
    alone="self_contained",
    options={
        "self_contained": "Eigene Wohnung für sich",
        "housing_project": "Gemeinschaftliches Wohnprojekt",
        "multi_generation": "Mehrgenerationenhaus",
        "senior_flat_share": "Wohngemeinschaft älterer Menschen",
        "care_flat_share": "Ambulant betreute Wohngemeinschaft",
        "inclusive_flat_share": "Inklusive Wohngemeinschaft",
        "homeshare": "Wohnen für Hilfe",
        "cluster_flat": "Clusterwohnung",
        "cooperative_house": "Haus einer Genossenschaft",
        "syndicate_house": "Haus im Mietshäuser Syndikat",
        "building_group": "Baugemeinschaft",
    },
    aliases=("wohnform", "projektform", "art des projekts"),
)
STAGE = Choice(
    key="stage",
    label="Stand des Projekts",
    owner="project",
    theme="living",
    hint="Von der ersten Idee bis zum bewohnten Haus.",
    question="Wie weit ist das Projekt?",
    headline=True,
    options={
        "idea": "Idee",
        "founding": "Gründung",
        "planning": "Planung",
        "building": "im Bau",
        "lived_in": "bewohnt",
    },
    aliases=("projektstand", "stand", "stand des projekts"),
)
GROUP_SIZE = Measure(
    key="group_size",
    label="Größe der Gruppe",
    unit="Personen",
    unit_one="Person",
    low=1,
    high=500,
    owner="project",
    theme="living",
    hint="Alle, die hier zusammen wohnen oder wohnen wollen, auch Kinder.",
    question="Wie viele Menschen wohnen hier zusammen, wenn alle Plätze belegt sind?",
    aliases=("gruppengröße", "anzahl bewohner", "personen im projekt"),
)
FREE_PLACES = Measure(
    key="free_places",
    label="Freie Plätze",
    unit="Plätze",
    unit_one="Platz",
    low=0,
    high=500,
    owner="project",
    theme="living",
    hint="Für so viele Menschen ist noch Platz.",
    question="Für wie viele Menschen ist noch Platz?",
    headline=True,
    aliases=("freie plätze", "freie zimmer", "plätze frei"),
)
PRIVATE_BATHROOM = Flag(
    key="private_bathroom",
    label="Eigenes Bad",
    owner="project",
    theme="living",
    alone=True,
    hint="Ein Bad nur für den eigenen Haushalt.",
    question="Hat jeder Haushalt ein eigenes Bad?",
    aliases=("eigenes bad",),
)
CHILDREN_IN_GROUP = Flag(
    key="children_in_group",
    label="Kinder wohnen mit",
    owner="project",
    theme="living",
    alone=False,
    hint="Zur Gruppe gehören Kinder, oder Kinder sind fest eingeplant.",
    question="Wohnen Kinder in der Gruppe?",
    aliases=("kinder", "kinder in der gruppe"),
)
PRIVATE_AREA = Measure(
    key="private_area_sqm",
    label="Eigene Fläche",
    unit="m²",
    low=4,
    high=500,
    step=0.01,
    owner="project",
    theme="living",
    hint="Die Räume, die nur der eigene Haushalt nutzt.",
    question="Wie viele Quadratmeter hat der eigene Bereich?",
    aliases=("private fläche", "zimmergröße", "eigene fläche m²"),
)
COMMUNITY_HOURS = Measure(
    key="community_hours_month",
    label="Zeit für die Gemeinschaft",
    unit="Stunden im Monat",
    unit_one="Stunde im Monat",
    low=0,
    high=120,
    owner="project",
    theme="living",
    alone=0,
    hint="Treffen, Aufgaben im Haus und gemeinsame Vorhaben, je erwachsene Person.",
    question="Wie viele Stunden im Monat nimmt sich jede erwachsene Person für die Gemeinschaft?",
    aliases=("gemeinschaftsstunden", "stunden gemeinschaft"),
)
HELP_HOURS = Measure(
    key="help_hours_month",
    label="Vereinbarte Hilfe",
    unit="Stunden im Monat",
    unit_one="Stunde im Monat",
    low=0,
    high=120,
    owner="project",
    theme="living",
    alone=0,
    hint="Bei Wohnen für Hilfe etwa eine Stunde im Monat je m² des Zimmers. Pflege gehört nicht dazu.",
    question="Wie viele Stunden Hilfe im Monat sind vereinbart? Ohne Hilfe bitte 0.",
    aliases=("hilfestunden", "stunden hilfe"),
)
SHARED_MEALS = Choice(
    key="shared_meals",
    label="Gemeinsam essen",
    owner="project",
    theme="living",
    alone="never",
    hint="Wie oft die Gruppe zusammen kocht oder isst.",
    question="Wie oft isst die Gruppe zusammen?",
    options={"never": "nie", "monthly": "jeden Monat", "weekly": "jede Woche", "daily": "jeden Tag"},
    ordered=True,
    aliases=("gemeinsame mahlzeiten", "gemeinsam essen"),
)
DECISION_MODE = Choice(
    key="decision_mode",
    label="So wird entschieden",
    owner="project",
    theme="living",
    hint="Konsens: alle stimmen zu. Konsent: niemand hat einen schweren Einwand.",
    question="Wie entscheidet die Gruppe?",
    options={
        "consensus": "im Konsens",
        "consent": "im Konsent (Soziokratie)",
        "majority": "mit Mehrheit",
        "provider": "der Träger entscheidet",
    },
    aliases=("entscheidungen", "entscheidungsform"),
)
LANGUAGES = Choices(
    key="languages",
    label="Sprachen im Haus",
    owner="project",
    theme="living",
    hint="Alle Sprachen, in denen man sich hier verständigen kann, auch Gebärdensprache.",
    question="In welchen Sprachen kann man sich bei Ihnen verständigen?",
    options=LANGUAGE_NAMES,
    aliases=("sprachen", "sprache"),
)
SELF_DESCRIPTION = Text(
    key="self_description",
    label="So leben wir zusammen",
    owner="project",
    theme="living",
    hint="In eigenen Worten: was Ihnen wichtig ist, was Sie teilen, wie ein guter Tag aussieht.",
    question="Wie leben Sie zusammen? Was ist Ihnen wichtig?",
    aliases=("beschreibung", "selbstbeschreibung", "über uns"),
)

FACTS = (
    LIVING_FORM,
    STAGE,
    GROUP_SIZE,
    FREE_PLACES,
    PRIVATE_BATHROOM,
    CHILDREN_IN_GROUP,
    PRIVATE_AREA,
    COMMUNITY_HOURS,
    HELP_HOURS,
    SHARED_MEALS,
    DECISION_MODE,
    LANGUAGES,
    SELF_DESCRIPTION,
)
CRITERIA = (
    OneOf(LIVING_FORM, prior=0.3),
    OneOf(STAGE, prior=0.4),
    Within(GROUP_SIZE, reach=6, prior=0.5),
    AtLeast(FREE_PLACES, reach=1, prior=0.5),
    IsTrue(PRIVATE_BATHROOM, prior=0.6),
    IsTrue(CHILDREN_IN_GROUP, prior=0.5),
    AtLeast(PRIVATE_AREA, reach=8, prior=0.5),
    AtMost(COMMUNITY_HOURS, reach=8, prior=0.5),
    AtMost(HELP_HOURS, reach=8, prior=0.7),
    Within(SHARED_MEALS, reach=2, prior=0.5),
    OneOf(DECISION_MODE, prior=0.4),
    Overlaps(LANGUAGES, prior=0.9),
    Resembles(SELF_DESCRIPTION, prior=0.3),
)
