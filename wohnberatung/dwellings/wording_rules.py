"""Wording of adverts that may treat people unequally, as data: what is looked for, why it matters, what to write.

Source of the grounds: General Equal Treatment Act (AGG) §§ 1, 2 (1) 8, 19, 20; what is allowed: § 5 (positive
measures), § 19 (3) (balanced structures, read narrowly), § 19 (5) (those who live on the same plot), § 20 (1)
(a factual reason; never for ethnic origin). The patterns are our own reading; a person of the office decides.
"""

import re
from dataclasses import dataclass
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


@dataclass(frozen=True)
class WordingRule:
    """One kind of wording: `pattern` finds it in a sentence, whatever the capitals (text, as compiling takes a
    moment that only who reads adverts needs to wait); `because` explains, `instead` helps.

    `concept` is wording that gives a lawful reason; `close_allowed`: whoever lives in the same house may wish it.
    A sentence with `thing` in it and none of `person` is about the home and not about who may have it.
    """

    ground: str
    pattern: str
    because: Any
    instead: Any
    source: str
    concept: re.Pattern[str] | None = None
    close_allowed: bool = True
    thing: re.Pattern[str] | None = None
    person: re.Pattern[str] | None = None


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+|,?\s+(?=(?:aber|jedoch|sondern|but)\b)", re.IGNORECASE)
# Sentences that say it makes no difference.
OPEN_TO_ALL = re.compile(
    r"\b(?:unabhängig\s+(?:von|davon)|ungeachtet|egal\b|gleich\s+welche|niemand\w*|diskrimin|benachteilig|regardless|no\s+matter|"
    r"spielt\s+(?:\w+\s+){0,6}keine\s+rolle|everyone|not\s+(?:required|necessary|needed|a\s+problem)|"
    r"(?:nicht|keine?)\s+(?:\w+\s+)?(?:nötig|erforderlich|notwendig|vorausgesetzt|voraussetzung|bedingung|problem|hindernis|"
    r"hinderungsgrund|wichtig|entscheidend))",
    re.IGNORECASE,
)

RULES = (
    WordingRule(
        ORIGIN,
        "|".join(ORIGIN_WORDS.turns()),
        _l("Niemand darf wegen der Herkunft von einer Wohnung ausgeschlossen werden. Davon gibt es keine Ausnahme."),
        _l("Lassen Sie diese Stelle weg. Sie können stattdessen schreiben, was Ihnen im Haus wichtig ist."),
        "AGG § 1, § 19 Abs. 2",
        close_allowed=False,
    ),
    WordingRule(
        RELIGION,
        "|".join(RELIGION_WORDS.turns()),
        _l("Religion und Weltanschauung dürfen bei der Wohnungssuche in der Regel keine Rolle spielen."),
        _l("Beschreiben Sie, wie Sie zusammen leben wollen, statt wer einziehen darf."),
        "AGG § 1, § 19, § 20 Abs. 1",
    ),
    WordingRule(
        GENDER,
        "|".join(GENDER_WORDS.turns()),
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
        "|".join(AGE_WORDS.turns()),
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
        "|".join(SEXUALITY_WORDS.turns()),
        _l("Wen jemand liebt, darf bei der Wohnungssuche keine Rolle spielen."),
        _l("Lassen Sie diese Stelle weg. Ein Wohnprojekt kann beschreiben, für wen es gedacht ist."),
        "AGG § 1, § 19, § 20 Abs. 1",
        concept=_pattern(r"(?:queeres|lesbisches|schwules)\s+wohnprojekt"),
    ),
    WordingRule(
        DISABILITY,
        "|".join(DISABILITY_WORDS.turns()),
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
        "|".join(INDIRECT_WORDS.turns()),
        _l(
            "Das klingt neutral, schließt aber oft dieselben Menschen aus: zum Beispiel Rentnerinnen, Menschen mit "
            "Behinderung oder Zugewanderte."
        ),
        _l("Nennen Sie die Miete. Beim Jobcenter oder Sozialamt ist die Zahlung sogar besonders sicher."),
        "AGG § 3 Abs. 2, § 20",
    ),
)
