"""Every sentence of the engine, said once over the whole catalogue for one, two and many, in every language."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from matching.catalogue import HOMES, SITES
from matching.explanation import Reader, Sentences
from matching.facts import Choice, Day, Fact, Flag, Measure, NeighbourhoodCode, Text
from matching.grading import Grade
from matching.kinds import Adaptation, Criterion, Within
from matching.language import Language
from matching.option_kinds import Options, Resembles
from matching.requests import Evidence, Requirement
from matching.requirement_terms import Side
from tests.matching.test_golden_rankings import ranked, wish
from wohnberatung.bridge.wording import engine_language
from wohnberatung.core.languages import LANGUAGES, ReadLanguage

WORKS = Adaptation("works", "Tür verbreitern", (3000, 10000))
CRITERIA: tuple[tuple[Side, Criterion], ...] = (
    *(("seeker", criterion) for criterion in (*HOMES.criteria, *SITES.criteria)),
    *(("provider", criterion) for criterion in (*HOMES.demand_criteria, *SITES.demand_criteria)),
)
MANY = {"rooms": 7, "inner_door_clear_width_cm": 90}
each_language = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)


def values(fact: Fact) -> list[Any]:
    """None, one, two and many of it, the least and the most there is, or every option."""
    if isinstance(fact, Measure):
        few = (fact.low, 0, 1, 2, 7, 90, 655.5, 2020, fact.high)
        return list(dict.fromkeys(value for value in few if fact.low <= value <= fact.high))
    if isinstance(fact, Flag):
        return [True, False]
    if isinstance(fact, Choice):
        return [fact.read([key] if fact._checked.__qualname__.startswith("Choices") else key) for key in fact.options]
    if isinstance(fact, NeighbourhoodCode):
        return list(fact.city.codes[:2])
    if isinstance(fact, Day):
        return ["2027-08-01"]
    return ["Ruhiges Haus"]


def wanted_values(criterion: Criterion) -> list[Any]:
    """The ways to ask for it: exactly, from, up to, between, one of several."""
    found = values(criterion.fact)
    if isinstance(criterion, Within):
        open_ended = (pair for value in found for pair in ([value, None], [None, value]))
        return [*([value, value] for value in found), *map(list, pairwise(found)), *open_ended]
    if isinstance(criterion, Options):
        flat = [each for value in found for each in (value if isinstance(value, list) else [value])]
        return [flat[:1], flat[:2]]
    return found


def phrases(criterion: Criterion, language: Language) -> Iterator[str]:
    """What is wanted and what is found, for every value."""
    for wanted in wanted_values(criterion):
        yield criterion.wanted_words(wanted, language)
    if not isinstance(criterion, Resembles):
        for value in values(criterion.fact):
            yield criterion.fact.format(value, language)


def judged(language: Language) -> Iterator[Sentences]:
    """Every criterion, all grades, known and unknown."""
    for side, criterion in CRITERIA:
        found = values(criterion.fact)[0]
        coded = criterion.fact.encode(found) if not isinstance(criterion.fact, Text) else 0.5
        for wanted in wanted_values(criterion):
            # Nothing is built in a household.
            for grade in (each for each in Grade if side == "seeker" or each is not Grade.ADAPTABLE):
                known = grade is not Grade.UNKNOWN
                yield Sentences(
                    side=side,
                    criterion=criterion,
                    requirement=Requirement(criterion.key, wanted),
                    grade=grade,
                    value=coded if known else None,
                    evidence=Evidence.STATED if known else Evidence.NONE,
                    chance=0.5,
                    consent=1,
                    works=WORKS if grade is Grade.ADAPTABLE else None,
                    language=language,
                )


@cache
def told(language: ReadLanguage) -> tuple[str, ...]:
    """Every sentence and phrase once, in the order in which it is first said."""
    spoken = engine_language(language)
    read = (said[reader] for said in judged(spoken) for reader in Reader)
    said = [*read, *(phrase for _side, criterion in CRITERIA for phrase in phrases(criterion, spoken))]
    return tuple(dict.fromkeys(said))


PLURALS = {fact.unit: fact.unit_one for fact in (*HOMES.facts, *HOMES.household) if isinstance(fact, Measure)}
BROKEN = {
    "a number that is one and its noun in the plural": r"(?<![\d.,])1 (?:Personen|Kinder|Stufen|Stunden|Jahre|Tage"
    r"|Räume|Wohnungen|Plätze|people|persons|children|steps|hours|years|days|flats|floors|places|rooms)\b",
    "from one to the same": r"\b(\d+) (?:bis|to) \1\b",
    "a word twice": r"\b(\w+) \1\b",
    "a preposition before a label that has its own": r"\b(?:nach|about|for) (?:Für|For)\b",
    "a bound that bounds nothing": r"(?:mindestens|at least) €?0\b(?![.,]\d)|(?:höchstens|at most) €?0\b(?![.,]\d)"
    r"|(?:mindestens|höchstens|at least|at most) (?:nie|never|unbefristet|ohne Ende|open-ended|jeden Tag|every day)\b",
    "a storey that is found and only a number": r"(?:Etage|Floor)(?::| –) -?\d+\b(?!\.|,5| floor)",
    "a storey or a year that is only a number": r"(?:Etage|Floor|Bau-?[Jj]ahr|Year built)\b[^.]*"
    r"(?:mindestens|höchstens|at least|at most) -?\d+\b(?!\.|,5| floor)",
    "a hole": r"%\(|  | [.,:;]|\.\.|: \.|– \.|\(\)|„“",
}


@each_language
@pytest.mark.parametrize("fault", BROKEN)
def test_no_sentence_is_put_together_wrongly(language: ReadLanguage, fault: str) -> None:
    assert [sentence for sentence in told(language) if re.search(BROKEN[fault], sentence)] == []


@each_language
def test_every_unit_has_its_singular(language: ReadLanguage) -> None:
    """Of a word that is a noun in the plural; of a symbol there is none."""
    plural = [unit for unit, one in PLURALS.items() if re.search(r"\w{4,}(?:en|e|n|r)$", unit) and not one]
    assert plural == ["Zimmer"]
    assert len(told(language)) > 1000


@pytest.mark.parametrize(
    ("evidence", "wanted", "advisor", "seeker"),
    [
        (
            "claimed",
            "93",
            "Stadtteil: vermutlich Löbtau-Süd (aus der Adresse geschlossen), gewünscht Löbtau-Süd. Erfüllt.",
            "Das passt: Stadtteil – vermutlich Löbtau-Süd.",
        ),
        (
            "stated",
            "93",
            "Stadtteil: Löbtau-Süd (laut Anbieter), gewünscht Löbtau-Süd. Erfüllt.",
            "Das passt: Stadtteil – Löbtau-Süd.",
        ),
        (
            "claimed",
            "23",
            "Stadtteil: vermutlich Löbtau-Süd (aus der Adresse geschlossen), gewünscht Kaditz. Nicht erfüllt.",
            "Das passt nicht: Stadtteil – vermutlich Löbtau-Süd. Sie möchten: Kaditz.",
        ),
    ],
)
def test_a_place_worked_out_of_an_address_is_never_told_as_what_an_advert_claims(
    evidence: str, wanted: str, advisor: str, seeker: str
) -> None:
    home = {"facts": {"district": "93"}, "evidence": {"district": evidence}}
    (match,) = ranked([wish("district", [wanted])], {"o": home})
    sentences = match.reasons[0].sentences
    assert (sentences["advisor"], sentences["seeker"]) == (advisor, seeker)
