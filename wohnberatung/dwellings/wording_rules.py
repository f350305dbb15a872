"""Wording of adverts that may treat people unequally, as data: what is looked for, why it matters, what to write.

Source of the grounds: General Equal Treatment Act (AGG) §§ 1, 2 (1) 8, 19, 20; what is allowed: § 5 (positive
measures), § 19 (3) (balanced structures, read narrowly), § 19 (5) (those who live on the same plot), § 20 (1)
(a factual reason; never for ethnic origin). The patterns are our own reading; a person of the office decides.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.dwellings.wording_vocabulary import (
    AGE_WORDS,
    DISABILITY_WORDS,
    GENDER_WORDS,
    INDIRECT_WORDS,
    ORIGIN_WORDS,
    RELIGION_WORDS,
    SEXUALITY_WORDS,
    TURNS,
    Words,
)

ORIGIN, RELIGION, GENDER, AGE, SEXUALITY, DISABILITY, INDIRECT = (
    "origin",
    "religion",
    "gender",
    "age",
    "sexuality",
    "disability",
    "indirect",
)


_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+|,?\s+(?=(?:aber|jedoch|sondern|but)\b)", re.IGNORECASE)
# Sentences that say it makes no difference.
_OPEN_TO_ALL = re.compile(
    r"\b(?:unabhängig\s+(?:von|davon)|ungeachtet|egal\b|gleich\s+welche|niemand\w*|diskrimin|benachteilig|regardless|no\s+matter|"
    r"spielt\s+(?:\w+\s+)*keine\s+rolle|everyone|not\s+(?:required|necessary|needed|a\s+problem)|"
    r"(?:nicht|keine?)\s+(?:\w+\s+)?(?:nötig|erforderlich|notwendig|vorausgesetzt|voraussetzung|bedingung|problem|hindernis|"
    r"hinderungsgrund|wichtig|entscheidend))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WordingRule:
    """One kind of wording: `words` in turns that leave people out, whatever the capitals; `because` explains,
    `instead` helps.

    `concept` is wording that gives a lawful reason; `close_allowed`: whoever lives in the same house may wish it.
    A sentence with `thing` in it and none of `person` is about the home and not about who may have it.
    """

    ground: str
    words: Words
    because: Any
    instead: Any
    source: str
    concept: re.Pattern[str] | None = None
    close_allowed: bool = True
    thing: re.Pattern[str] | None = None
    person: re.Pattern[str] | None = None

    def find(self, text: str) -> list[str]:
        """The wordings in the text that leave people out, in its order, each as often as it stands there."""
        sentences = (sentence for sentence in _worth_reading(text) if not self._is_about_home(sentence))
        return [match[0].strip() for sentence in sentences for match in self._pattern.finditer(sentence)]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _pattern(*self.words.turns())

    def _is_about_home(self, sentence: str) -> bool:
        is_about_thing = self.thing is not None and self.thing.search(sentence) is not None
        return is_about_thing and not (self.person and self.person.search(sentence))


@lru_cache(maxsize=64)
def _worth_reading(text: str) -> tuple[str, ...]:
    """The sentences in which some turn begins at all, but for those that say it makes no difference."""
    sentences = (sentence for sentence in _SENTENCES.split(text) if TURNS.search(sentence))
    return tuple(sentence for sentence in sentences if not _OPEN_TO_ALL.search(sentence))


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


RULES = (
    WordingRule(
        ORIGIN,
        ORIGIN_WORDS,
        _l("Niemand darf wegen der Herkunft von einer Wohnung ausgeschlossen werden. Davon gibt es keine Ausnahme."),
        _l("Lassen Sie diese Stelle weg. Sie können stattdessen schreiben, was Ihnen im Haus wichtig ist."),
        "AGG § 1, § 19 Abs. 2",
        close_allowed=False,
    ),
    WordingRule(
        RELIGION,
        RELIGION_WORDS,
        _l("Religion und Weltanschauung dürfen bei der Wohnungssuche in der Regel keine Rolle spielen."),
        _l("Beschreiben Sie, wie Sie zusammen leben wollen, statt wer einziehen darf."),
        "AGG § 1, § 19, § 20 Abs. 1",
    ),
    WordingRule(
        GENDER,
        GENDER_WORDS,
        _l("Eine Wohnung steht in der Regel allen Geschlechtern offen."),
        _l("Schreiben Sie „Person“ oder „Haushalt“. Für ein Frauenwohnprojekt nennen Sie bitte das Konzept."),
        "AGG § 1, § 19, § 20 Abs. 1",
        # "Nachmieterin oder Nachmieter", "(m/w/d)"
        thing=_pattern(
            r"\bm/w", r"\b\w+in(?:nen)?\s*(?:/|oder|und|bzw\.?)\s*-?\w+", r"\b(?:frauen?\s+(?:und|oder)\s+m[aä]nn\w*)"
        ),
        concept=_pattern(r"frauen-?wohn\w*", r"frauen-?projekt", r"frauenhaus", r"schutzwohnung", r"beginen"),
    ),
    WordingRule(
        AGE,
        AGE_WORDS,
        _l("Das Alter darf in der Regel nicht entscheiden, wer eine Wohnung bekommt. Auch Kinder gehören dazu."),
        _l(
            "Nennen Sie die Größe der Wohnung und wie hellhörig das Haus ist. Ist es eine Wohnform für eine bestimmte "
            "Gruppe, zum Beispiel Seniorenwohnen oder studentisches Wohnen, dann schreiben Sie das dazu."
        ),
        "AGG § 1, § 19 Abs. 3, § 20 Abs. 1",
        thing=_pattern(
            r"\b(?:miete|haus|gebäude|heizung|dach|fenster|baujahr|miet(?:vertrag|dauer|verhältnis)\w*|vertrag\w*|laufzeit|befrist\w*|"
            r"seit|garantie|saniert\w*|sanierung|erfahrung|minuten|house|building|lease|contract|since|minutes)\b"
        ),
        person=_pattern(
            r"\b(?:mieter\w*|bewerber\w*|person(?:en)?|leuten?|paare?n?|menschen|interessent\w*|mitbewohner\w*|kind(?:er)?n?|"
            r"senior\w*|rentner\w*|student\w*|tenants?|people|applicants?|children|kids|suchen?|gesucht|nur|only|wanted)\b"
        ),
        concept=_pattern(
            r"senior\w*-?(?:wohn|residenz|gerecht|heim)\w*",
            r"betreutes\s+wohnen",
            r"service-?wohnen",
            r"studentisches\s+wohnen",
            r"student\w*-?(?:wohnheim|heim|apartment)\w*",
            r"mehrgenerationen\w*",
            r"azubi-?wohn\w*",
            r"jugend-?wohn\w*",
        ),
    ),
    WordingRule(
        SEXUALITY,
        SEXUALITY_WORDS,
        _l("Wen jemand liebt, darf bei der Wohnungssuche keine Rolle spielen."),
        _l("Lassen Sie diese Stelle weg. Ein Wohnprojekt kann beschreiben, für wen es gedacht ist."),
        "AGG § 1, § 19, § 20 Abs. 1",
        concept=_pattern(r"(?:queeres|lesbisches|schwules)\s+wohnprojekt"),
    ),
    WordingRule(
        DISABILITY,
        DISABILITY_WORDS,
        _l("Menschen mit Behinderung dürfen nicht ausgeschlossen werden."),
        _l(
            "Beschreiben Sie die Wohnung: wie viele Stufen, wie breite Türen. Dann kann jede Person selbst sehen, ob "
            "sie passt. Eine rollstuhlgerechte Wohnung dürfen Sie denen vorbehalten, die sie brauchen."
        ),
        "AGG § 1, § 5, § 19, § 20 Abs. 1",
        close_allowed=False,
        thing=_pattern(
            r"\b(?:geeignet|erreichbar|zugänglich|befahrbar|nutzbar|stufen?|treppen?|aufzug|lift|schwellen?|türen?|barriere\w*|"
            r"suitable|accessible|steps?|stairs?|lift|elevator)\b"
        ),
        person=_pattern(
            r"\b(?:melden|bewerben|anfragen|aufnehmen|aufgenommen|unerwünscht|erwünscht|willkommen|vermieten|absehen|abzusehen|nehmen|"
            r"apply|welcome|contact|accepted|considered)\b"
        ),
    ),
    WordingRule(
        INDIRECT,
        INDIRECT_WORDS,
        _l(
            "Das klingt neutral, schließt aber oft dieselben Menschen aus: zum Beispiel Rentnerinnen, Menschen mit "
            "Behinderung oder Zugewanderte."
        ),
        _l("Nennen Sie die Miete. Beim Jobcenter oder Sozialamt ist die Zahlung sogar besonders sicher."),
        "AGG § 3 Abs. 2, § 20",
    ),
)
