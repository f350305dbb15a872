"""The cubes of planning: what is counted by what. They are fixed, as a free filter would let anybody ask until one
person is left. A new cube is one row here."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

SEEKING, STOCK, ADVICE, BROKERAGE = "seeking", "stock", "advice", "brokerage"
ALL = "*"
"""The value of a dimension that stands for all of them."""


@dataclass(frozen=True)
class Dimension:
    """What records are told apart by; its values stand in services/categories.py."""

    key: str
    label: Words


@dataclass(frozen=True)
class CubeMeasure:
    """How many records of a cell are counted: all of them, or those of which it is so."""

    key: str
    label: Words


@dataclass(frozen=True)
class Cube:
    """`key` is its word in addresses, `about` says in a sentence what is counted; a record that has several values of
    a dimension counts in each and once in their total."""

    key: str
    title: Words
    about: Words
    population: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[CubeMeasure, ...]


PROFILE = Dimension("profile", _l("Bedarf"))
QUARTER = Dimension("quarter", _l("Stadtbezirk"))
NEIGHBOURHOOD = Dimension("neighbourhood", _l("Stadtteil"))
CRITERION = Dimension("criterion", _l("Was die Wohnung können muss"))
LIVING_FORM = Dimension("form", _l("Wohnform"))
PERSONS = Dimension("persons", _l("Personen im Haushalt"))
RENT = Dimension("rent", _l("Höchste Warmmiete"))
UNIT = Dimension("unit", _l("Wohnung, gebaut für"))
WORKS = Dimension("works", _l("Umbau"))
HURDLE = Dimension("hurdle", _l("Was im Weg steht"))
FACT = Dimension("fact", _l("Angabe"))
EVIDENCE = Dimension("evidence", _l("Woher man es weiß"))
REASON = Dimension("reason", _l("Anlass"))
RESULT = Dimension("result", _l("Ergebnis"))
TOPIC = Dimension("topic", _l("Thema"))
AGE_GROUP = Dimension("age_group", _l("Altersgruppe"))
OUTCOME = Dimension("outcome", _l("Stand"))
DECLINED_FOR = Dimension("declined_for", _l("Grund"))
SPAN = Dimension("span", _l("Von wann bis wann"))
DAYS = Dimension("days", _l("Dauer"))

HOUSEHOLDS = CubeMeasure("all", _l("suchen"))
POSSIBLE = CubeMeasure("possible", _l("für sie kommt eine Wohnung infrage"))
FITS = CubeMeasure("fits", _l("für sie passt eine ohne Umbau und Rückfrage"))
NEEDS = (HOUSEHOLDS, POSSIBLE, FITS)
OFFERS = (CubeMeasure("all", _l("Angebote")),)
ADVISED = (CubeMeasure("all", _l("Beratene")),)
PLACED = (CubeMeasure("all", _l("Haushalte")),)

WHO_SEEKS = _l("Haushalte, die am Stichtag suchen und der Vermittlung zugestimmt haben.")
IN_A_YEAR = _l("Haushalte mit Vorschlägen in den zwölf Monaten vor dem Stichtag.")
ADVISED_IN_A_YEAR = _l("Menschen und Organisationen, die in den zwölf Monaten vor dem Stichtag beraten wurden.")

CUBES = (
    Cube("stadtteile", _l("Wo gesucht wird"), WHO_SEEKS, SEEKING, (NEIGHBOURHOOD,), NEEDS),
    Cube("bedarf", _l("Wer wo sucht"), WHO_SEEKS, SEEKING, (PROFILE, QUARTER), NEEDS),
    Cube("merkmale", _l("Was Wohnungen können müssen"), WHO_SEEKS, SEEKING, (CRITERION, QUARTER), NEEDS),
    Cube("wohnformen", _l("Wie Menschen wohnen möchten"), WHO_SEEKS, SEEKING, (LIVING_FORM, QUARTER), NEEDS),
    Cube("haushalte", _l("Haushalte und Mieten"), WHO_SEEKS, SEEKING, (PERSONS, RENT), NEEDS),
    Cube("mieten", _l("Bedarf und Mieten"), WHO_SEEKS, SEEKING, (PROFILE, RENT), NEEDS),
    Cube(
        "vergeblich",
        _l("Was vergeblich gesucht wird"),
        _l("Haushalte, für die keine Wohnung infrage kommt: Nur diese eine Anforderung steht im Weg."),
        SEEKING,
        (HURDLE,),
        (HOUSEHOLDS,),
    ),
    Cube(
        "eine-mehr",
        _l("Wem eine Wohnung mehr helfen würde"),
        _l("Haushalte, für die keine Wohnung infrage kommt: Für sie käme eine neue infrage, die so gebaut ist."),
        SEEKING,
        (UNIT, QUARTER),
        (HOUSEHOLDS,),
    ),
    Cube(
        "umbauten",
        _l("Welche Umbauten helfen würden"),
        _l("Haushalte, für die nichts ohne Umbau und Rückfrage passt: Dieser eine Umbau würde reichen."),
        SEEKING,
        (WORKS,),
        (HOUSEHOLDS,),
    ),
    Cube(
        "bestand",
        _l("Was man über die Angebote weiß"),
        _l("Veröffentlichte Angebote am Stichtag."),
        STOCK,
        (FACT, EVIDENCE),
        OFFERS,
    ),
    Cube("anlaesse", _l("Warum Menschen kommen"), ADVISED_IN_A_YEAR, ADVICE, (REASON, RESULT), ADVISED),
    Cube("themen", _l("Worüber gesprochen wird"), ADVISED_IN_A_YEAR, ADVICE, (TOPIC, AGE_GROUP), ADVISED),
    Cube("ergebnisse", _l("Was aus Vorschlägen wird"), IN_A_YEAR, BROKERAGE, (OUTCOME,), PLACED),
    Cube("absagen", _l("Warum abgesagt wird"), IN_A_YEAR, BROKERAGE, (DECLINED_FOR,), PLACED),
    Cube("dauer", _l("Wie lange es dauert"), IN_A_YEAR, BROKERAGE, (SPAN, DAYS), PLACED),
)
BY_KEY = {cube.key: cube for cube in CUBES}
