"""The catalogue holds exactly what was agreed, and every declaration can be read, written and shown."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from matching.catalogue import HOMES, RESOURCES, SITES, THEMES
from matching.facts import Choice, Choices, Day, Fact, FactError, Flag, Measure, NeighbourhoodCode
from matching.kinds import Criterion
from matching.language import GERMAN, Language, next_such_day
from tests.matching import catalogue_table

SIDES: dict[str, tuple[tuple[Fact, ...], tuple[Criterion, ...], str]] = {
    "homes": (HOMES.facts, HOMES.criteria, catalogue_table.HOMES),
    "household": (HOMES.household, HOMES.demand_criteria, catalogue_table.HOUSEHOLD),
    "sites": (SITES.facts, SITES.criteria, catalogue_table.SITES),
    "resources": (RESOURCES.facts, RESOURCES.criteria, catalogue_table.RESOURCES),
}
EVERY_FACT = [pytest.param(fact, id=f"{side}-{fact.key}") for side, row in SIDES.items() for fact in row[0]]
EVERY_CRITERION = [pytest.param(item, id=f"{side}-{item.key}") for side, row in SIDES.items() for item in row[1]]
ADAPTABLE = [param for param in EVERY_CRITERION if param.values[0].adaptations]
NEVER = re.compile(
    r"herkunft|nationalität|staatsangehör|relig|konfession|geschlecht|sexuell|hautfarbe|aussehen|diagnose|krankheit"
    r"|ausländ|migra|ethni|origin|nationality|gender|race|\bname\b|leidet|gefesselt|behinderte\b|alte menschen",
    re.IGNORECASE,
)


def described(facts: Iterable[Fact], criteria: Iterable[Criterion]) -> list[str]:
    """Declarations put into the words of the table, one line per fact."""
    judged = {criterion.key: criterion for criterion in criteria}
    return [" ".join((*_fact_words(fact), *_criterion_words(judged.get(fact.key)))) for fact in facts]


def _fact_words(fact: Fact) -> list[str]:
    words = [fact.key, type(fact).__name__]
    if isinstance(fact, Measure):
        return [*words, fact.unit.replace(" ", "_") or "-", f"{fact.low:g}", f"{fact.high:.0f}"]
    if isinstance(fact, Choices):
        return [*words, "-"]
    return [*words, ",".join(fact.options)] if isinstance(fact, Choice) else words


def _criterion_words(criterion: Criterion | None) -> list[str]:
    if criterion is None:
        return ["-"]
    works = [
        f"A{work.cost_eur[0]}-{work.cost_eur[1]}"
        + ("" if (work.low, work.high) == (-float("inf"), float("inf")) else f"[{work.low:g},{work.high:g}]")
        for work in criterion.adaptations
    ]
    return [type(criterion).__name__, *(["E"] if criterion.needs_evidence else []), *works]


def samples(fact: Fact) -> list[Any]:
    """Values that cover the fact: both ends and a step for a measure, every option of a choice."""
    if isinstance(fact, Measure):
        return [fact.low + fact.step * fact.above_zero, fact.low + fact.step, fact.high]
    if isinstance(fact, Flag):
        return [True, False]
    if isinstance(fact, Choices):
        return [list(fact.options), *([option] for option in fact.options)]
    if isinstance(fact, Choice):
        return list(fact.options)
    if isinstance(fact, NeighbourhoodCode):
        return list(fact.city.codes)
    return ["2027-02-28"] if isinstance(fact, Day) else ["Wir kochen jeden Sonntag zusammen."]


@pytest.mark.parametrize("side", SIDES)
def test_the_declarations_say_what_was_agreed(side: str) -> None:
    facts, criteria, table = SIDES[side]
    agreed = [" ".join(line.split()) for line in table.strip().splitlines()]
    assert sorted(described(facts, criteria)) == sorted(agreed)


@pytest.mark.parametrize("fact", EVERY_FACT)
def test_what_is_shown_can_be_read_back(fact: Fact) -> None:
    for value in samples(fact):
        assert fact.parse(fact.format(value)) == value
        assert fact.read(value) == value


@pytest.mark.parametrize("fact", EVERY_FACT)
def test_a_column_keeps_the_value(fact: Fact) -> None:
    assert fact.decode(fact.encode(None)) is None
    for value in samples(fact):
        expected = value if fact.encode(value) == fact.encode(value) else None  # text has no column
        assert fact.decode(fact.encode(value)) == expected


@pytest.mark.parametrize("fact", [param for param in EVERY_FACT if isinstance(param.values[0], Measure)])
def test_an_implausible_number_is_refused_with_the_plausible_ones(fact: Measure) -> None:
    for value in (fact.low - 1, fact.high + 1):
        with pytest.raises(FactError, match="nicht plausibel") as refusal:
            fact.parse(value)
        assert refusal.value.key == fact.key
        assert fact.amount_words(fact.low) in refusal.value.message
        assert "  " not in refusal.value.message


@pytest.mark.parametrize("fact", EVERY_FACT)
def test_every_fact_speaks_plain_german(fact: Fact) -> None:
    assert fact.label
    assert fact.theme in THEMES
    assert fact.hint.endswith((".", "?")) or (fact.owner != "household" and not fact.hint)
    assert fact.question.endswith((".", "?")) != (fact.owner == "household")
    options = fact.options if isinstance(fact, Choice) else {}
    if fact.key != "languages":  # the names of languages are no words about people
        assert not NEVER.search(" ".join((fact.key, fact.label, fact.hint, fact.question, *options.values())))


@pytest.mark.parametrize("fact", EVERY_FACT)
def test_imports_and_hints_claim_values_the_fact_can_take(fact: Fact) -> None:
    for source in fact.imports:
        assert re.fullmatch(r"[a-z_]+(?:/[a-z_]+)+(?:@\w+(?:=[A-Z_]+)?|=[A-Za-z_]+)?", source.path)
        fact.read(source.value)
    for hint in fact.hints:
        re.compile(hint.pattern)
        assert fact.read(hint.value) is not None


@pytest.mark.parametrize("market", [HOMES, SITES, RESOURCES], ids=["homes", "sites", "resources"])
def test_a_column_header_means_one_fact(market: Any) -> None:
    headers = [header for fact in market.facts for header in {*fact.aliases, fact.key, fact.label.lower()}]
    assert sorted(headers) == sorted(set(headers))
    assert all(header == header.lower() for header in headers)


@pytest.mark.parametrize("criterion", ADAPTABLE)
def test_every_adaptation_says_what_it_costs_and_who_may_pay(criterion: Criterion) -> None:
    for work in criterion.adaptations:
        assert re.fullmatch(r"[a-z_]+", work.measure)
        assert work.label
        assert 0 <= work.cost_eur[0] < work.cost_eur[1]
        assert work.consent == "owner"
        assert work.funding


def test_a_wider_door_may_be_paid_by_the_care_fund_first() -> None:
    (works,) = HOMES.criterion("inner_door_clear_width_cm").adaptations
    assert (works.measure, works.funding[0]) == ("widen_door", "sgb11_40_4")


def test_the_states_programme_pays_nothing_before_the_flat_door() -> None:
    for key in ("steps_to_flat", "step_free", "entrance_door_powered"):
        for works in HOMES.criterion(key).adaptations:
            assert "sab_home_adaptation" not in works.funding


def test_ordered_choices_run_from_best_or_least() -> None:
    assert HOMES.fact("energy_class").encode("A+") < HOMES.fact("energy_class").encode("H")
    assert HOMES.fact("shared_meals").encode("never") < HOMES.fact("shared_meals").encode("daily")
    assert [fact.key for fact in HOMES.facts if isinstance(fact, Choice) and fact.ordered] == [
        "claimed_level",
        "energy_class",
        "shared_meals",
    ]


def test_loose_words_of_adverts_are_only_claims() -> None:
    themes = {"access", "rooms", "bathroom", "senses"}
    firm = {fact.key for fact in HOMES.facts if fact.theme in themes and not fact.claim_only}
    assert firm == {"floor", "has_bathtub"}


def test_a_list_shows_about_a_dozen_facts() -> None:
    assert 10 <= sum(fact.headline for fact in HOMES.facts) <= 14


def test_facts_have_the_owners_of_their_side() -> None:
    assert {fact.owner for fact in HOMES.facts} == {"dwelling", "offer", "project"}
    assert {fact.owner for fact in HOMES.household} == {"household"}
    assert {fact.owner for fact in SITES.facts} == {"site"}


def test_a_year_is_shown_without_a_thousands_separator() -> None:
    assert HOMES.fact("year_built").format(1985) == "1985"


def test_languages_are_codes_and_a_sign_language() -> None:
    languages = HOMES.fact("languages")
    assert isinstance(languages, Choices)
    assert len(languages.options) < 53
    assert "dgs" in languages.options
    assert all(re.fullmatch(r"[a-z]{2}|dgs", code) for code in languages.options)


def test_only_its_own_unit_may_follow_a_number():
    deposit, area = HOMES.fact("deposit_eur"), HOMES.fact("living_area_sqm")
    assert deposit.parse("1.234,50 EUR") == 1234.5
    assert area.parse("54,5 qm") == area.parse("54.5 m²") == 54.5
    with pytest.raises(FactError, match="3 Kaltmieten"):
        deposit.parse("3 Kaltmieten")


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("rent_warm_eur", "1.200,50", 1200.5),
        ("rent_warm_eur", "1.200", 1200),
        ("rent_warm_eur", "1200 €", 1200),
        ("rent_warm_eur", "1 200", 1200),
        ("rent_warm_eur", "1200,-", 1200),
        ("rent_warm_eur", "620,-", 620),
        ("rent_warm_eur", "620,-- €", 620),
        ("rent_warm_eur", "620.- Euro", 620),
        ("rent_warm_eur", "ca. 650", 650),
        ("rent_warm_eur", "etwa 650 EUR", 650),
        ("rooms", "2 1/2", 2.5),
        ("rooms", "2½", 2.5),
        ("rooms", "zwei", 2),
        ("rooms", "drei Zimmer", 3),
        ("living_area_sqm", "ca. 54,5 qm", 54.5),
        ("max_persons", "zwei Personen", 2),
        ("available_from", "1.3.27", "2027-03-01"),
        ("available_from", "1. 3. 2027", "2027-03-01"),
        ("available_from", "01.03.2027", "2027-03-01"),
        ("available_from", "1. März 2027", "2027-03-01"),
        ("available_from", "1. August 2027", "2027-08-01"),
        ("available_from", "März 2027", "2027-03-01"),
        ("available_from", "ab März 2027", "2027-03-01"),
        ("available_from", "3/2027", "2027-03-01"),
        ("available_from", "2027-03-01", "2027-03-01"),
        ("rent_warm_eur", "€650", 650),
        ("rent_warm_eur", "EUR 650", 650),
        ("rent_warm_eur", "650 EUR", 650),
        ("rent_warm_eur", "1,200.50", 1200.5),
        ("deposit_eur", "0", 0),
        ("rooms", "two", 2),
        ("available_from", "1 March 2027", "2027-03-01"),
        ("available_from", "March 1, 2027", "2027-03-01"),
        ("available_from", "by 1st of March 2027", "2027-03-01"),
        ("available_from", "end of February 2027", "2027-02-28"),
    ],
)
def test_numbers_and_days_are_taken_as_people_write_them(key: str, typed: str, value: Any) -> None:
    assert HOMES.fact(key).parse(typed) == value


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("rent_warm_eur", "600-700", "„600-700“ ist keine Zahl"),
        ("rent_warm_eur", "1.20.0", "„1.20.0“ ist keine Zahl"),
        ("rent_warm_eur", "drei", "„drei“ ist keine Zahl"),
        ("deposit_eur", "zwei", "„zwei“ ist keine Zahl"),
        ("rooms", "viele", "„viele“ ist keine Zahl"),
        ("max_persons", "2,5", "ganze Zahl"),
        ("max_persons", "zweieinhalb", "„zweieinhalb“ ist keine Zahl"),
        ("available_from", "31.2.2027", "„31.2.2027“ ist kein Datum"),
        ("available_from", "1.3.27 oder 1.4.27", "„1.3.27 oder 1.4.27“ ist kein Datum"),
        ("available_from", "1.3.1927", "das Jahr 1927?"),
        ("available_from", "1.3.3027", "das Jahr 3027?"),
        ("available_from", "1st March", "In welchem Jahr?"),
        ("available_from", "1. März", "In welchem Jahr?"),
        ("rent_warm_eur", "1.2000", "„1.2000“ ist keine Zahl"),
        ("rent_warm_eur", "1,200", "Meinen Sie 1200 oder 1,2?"),
        ("living_area_sqm", "88,125", "Meinen Sie 88125 oder 88,125?"),
        ("rent_warm_eur", "0", "Meinen Sie wirklich 0 €?"),
        ("rent_gross_cold_eur", "0,00 €", "Meinen Sie wirklich 0 €?"),
    ],
)
def test_what_is_refused_is_named_as_it_was_typed(key: str, typed: str, said: str) -> None:
    with pytest.raises(FactError) as refusal:
        HOMES.fact(key).parse(typed)
    assert said in refusal.value.message


WORDS = {"Zimmer": "rooms", "unbefristet": "no time limit"}
ENGLISH = Language(translate=lambda message: WORDS.get(message, message), decimal=".", thousands=",")


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("rent_warm_eur", "1,200", 1200),
        ("rent_warm_eur", "1.200,50 €", 1200.5),
        ("rooms", "2 rooms", 2),
        ("limited_to_months", "No time limit", 1200),
    ],
)
def test_on_an_english_page_a_number_is_read_as_in_english(key: str, typed: str, value: float) -> None:
    assert HOMES.fact(key).parse(typed, ENGLISH) == value
    with pytest.raises(FactError, match=r"1200 oder 1,2\?"):
        HOMES.fact("rent_warm_eur").parse("1.200", ENGLISH)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1st March", (2027, 3, 1)),
        ("31.12.", (2026, 12, 31)),
        ("am 1. Mai", (2027, 5, 1)),
        ("1.11.", None),
        ("2027", None),
        ("Anfang März", (2027, 3, 1)),
        ("Ende Februar", (2027, 2, 28)),
        ("im Mai", (2027, 5, 1)),
        ("Anfang November", None),
        ("in 3 Monaten", (2027, 2, 28)),
        ("in drei Wochen", (2026, 12, 21)),
        ("in einem Jahr", (2027, 11, 30)),
        ("in a month", (2026, 12, 30)),
        ("nach Ostern", None),
        ("Frühjahr 2027", None),
    ],
)
def test_a_day_without_its_year_is_the_next_one_unless_it_has_just_gone_by(
    typed: str, day: tuple[int, int, int] | None
) -> None:
    assert next_such_day(typed, date(2026, 11, 30)) == (date(*day) if day else None)


def test_one_is_said_in_the_singular():
    assert HOMES.fact("steps_to_flat").format(1) == "1 Stufe"
    assert HOMES.fact("steps_to_flat").format(2) == "2 Stufen"


def test_a_storey_that_is_found_has_its_name_and_a_refusal_the_number_that_was_typed() -> None:
    floor = HOMES.fact("floor")
    said = ["2. Untergeschoss", "Untergeschoss", "Erdgeschoss", "1. Obergeschoss", "4. Obergeschoss", "0,5"]
    assert [floor.format(value) for value in (-2, -1, 0, 1, 4, 0.5)] == said
    with pytest.raises(FactError, match=r"400 ist nicht plausibel; möglich sind -2 bis 40\."):
        floor.parse("400")


def test_works_that_may_cost_nothing_begin_at_no_amount() -> None:
    assert GERMAN.cost_range(0, 300) == "bis etwa 300 €"
    assert GERMAN.cost_range(1500, 3000) == "etwa 1.500 bis 3.000 €"


def test_a_limit_that_is_none_is_read_and_said_as_a_word() -> None:
    limit = HOMES.fact("limited_to_months")
    assert limit.parse("unbefristet") == limit.parse("1200") == 1200
    assert (limit.format(1200), limit.format(24)) == ("unbefristet", "24 Monate")
