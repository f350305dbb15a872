"""Wording of adverts that may treat people unequally, as data: what is looked for, why it matters, what to write.

Source of the grounds: General Equal Treatment Act (AGG) §§ 1, 2 (1) 8, 19, 20; what is allowed: § 5 (positive
measures), § 19 (3) (balanced structures, read narrowly), § 19 (5) (those who live on the same plot), § 20 (1)
(a factual reason; never for ethnic origin). The patterns are our own reading; a person of the office decides.
"""

import re
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

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
    """One kind of wording: `pattern` finds it, whatever the capitals; `because` explains, `instead` helps.

    `concept` is wording that gives a lawful reason; `close_allowed`: whoever lives in the same house may wish it.
    """

    ground: str
    pattern: re.Pattern[str]
    because: Any
    instead: Any
    source: str
    concept: re.Pattern[str] | None = None
    close_allowed: bool = True


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_ONLY = r"\b(?:nur|ausschließlich|ausschliesslich|bevorzugt|vorzugsweise|am liebsten|lieber)\s+(?:an\s+|für\s+)?"
_NO = r"\b(?:kein|keine|keinen|nicht\s+(?:an|für))\s+"
_ONLY_OR_NO = rf"(?:{_ONLY}|{_NO})"

RULES = (
    WordingRule(
        ORIGIN,
        _pattern(
            rf"{_ONLY_OR_NO}(?:\w+\s+)?(?:deutsch|ausländ|auslaend|migrant|flüchtling|geflüchtet|asyl|einheimisch|"
            r"türk|arab|afrika|osteurop|russ|ukrain|roma\b|sinti|schwarze|weiße\b)\w*",
            r"\bdeutsche[nrs]?\s+(?:mieter|familie|paar|staats|pass|herkunft|abstammung)\w*",
            r"\bohne\s+migrationshintergrund",
        ),
        _l("Niemand darf wegen der Herkunft von einer Wohnung ausgeschlossen werden. Davon gibt es keine Ausnahme."),
        _l("Lassen Sie diese Stelle weg. Sie können stattdessen schreiben, was Ihnen im Haus wichtig ist."),
        "AGG § 1, § 19 Abs. 2",
        close_allowed=False,
    ),
    WordingRule(
        RELIGION,
        _pattern(
            rf"{_ONLY_OR_NO}(?:\w+\s+)?(?:christ|musli|moslem|islam|jüdisch|juden|kathol|evangel|protestant|atheist|"
            r"gläubig|kopftuch)\w*",
            r"\bchristliche[nrs]?\s+(?:familie|mieter|haushalt|paar)\w*",
        ),
        _l("Religion und Weltanschauung dürfen bei der Wohnungssuche in der Regel keine Rolle spielen."),
        _l("Beschreiben Sie, wie Sie zusammen leben wollen, statt wer einziehen darf."),
        "AGG § 1, § 19, § 20 Abs. 1",
    ),
    WordingRule(
        GENDER,
        _pattern(
            rf"{_ONLY_OR_NO}(?:\w+\s+)?(?:frau|männer|mann\b|dame|herren|mädchen|jungs|weiblich|männlich|mieterinnen\b)"
            r"\w*",
            r"\b(?:ältere|alleinstehende|ruhige|nette|seriöse)[nrs]?\s+(?:dame|herrn?|frau)\b",
        ),
        _l("Eine Wohnung steht in der Regel allen Geschlechtern offen."),
        _l("Schreiben Sie „Person“ oder „Haushalt“. Für ein Frauenwohnprojekt nennen Sie bitte das Konzept."),
        "AGG § 1, § 19, § 20 Abs. 1",
        concept=_pattern(r"frauen-?wohn\w*", r"frauen-?projekt", r"frauenhaus", r"schutzwohnung", r"beginen"),
    ),
    WordingRule(
        AGE,
        _pattern(
            rf"{_ONLY_OR_NO}(?:\w+\s+)?(?:junge|jüngere|ältere|alte\b|senior|rentner|student|azubi|kinder|babys)\w*",
            r"\b(?:junges|jüngeres|älteres)\s+(?:paar|ehepaar)",
            r"\b(?:bis|unter|höchstens|maximal|ab|über)\s+(?:zu\s+)?\d\d\s+jahren?\b",
            r"\bkinderlos\w*",
            r"\bohne\s+(?:kleine\s+)?kinder\b",
            r"\bkinder\s+(?:sind\s+)?(?:un|nicht\s+)erwünscht",
        ),
        _l("Das Alter darf in der Regel nicht entscheiden, wer eine Wohnung bekommt. Auch Kinder gehören dazu."),
        _l(
            "Nennen Sie die Größe der Wohnung und wie hellhörig das Haus ist. Ist es eine Wohnform für eine bestimmte "
            "Gruppe, zum Beispiel Seniorenwohnen oder studentisches Wohnen, dann schreiben Sie das dazu."
        ),
        "AGG § 1, § 19 Abs. 3, § 20 Abs. 1",
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
        _pattern(rf"{_ONLY_OR_NO}(?:\w+\s+)?(?:homosexuell|hetero|schwul|lesb|queer|trans\b|transsexuell)\w*"),
        _l("Wen jemand liebt, darf bei der Wohnungssuche keine Rolle spielen."),
        _l("Lassen Sie diese Stelle weg. Ein Wohnprojekt kann beschreiben, für wen es gedacht ist."),
        "AGG § 1, § 19, § 20 Abs. 1",
        concept=_pattern(r"(?:queeres|lesbisches|schwules)\s+wohnprojekt"),
    ),
    WordingRule(
        DISABILITY,
        _pattern(
            rf"{_NO}(?:\w+\s+){{0,2}}(?:rollstuhl|rollator|behinder|pflegebedürf|pflegegrad|psychisch|krank|"
            r"assistenzhund|blindenführhund)\w*",
            rf"{_ONLY}(?:\w+\s+)?(?:gesunde|fitte)\w*",
            r"\b(?:körperlich|gesundheitlich|geistig)\s+(?:fit|gesund)\w*",
        ),
        _l("Menschen mit Behinderung dürfen nicht ausgeschlossen werden."),
        _l(
            "Beschreiben Sie die Wohnung: wie viele Stufen, wie breite Türen. Dann kann jede Person selbst sehen, ob "
            "sie passt. Eine rollstuhlgerechte Wohnung dürfen Sie denen vorbehalten, die sie brauchen."
        ),
        "AGG § 1, § 5, § 19, § 20 Abs. 1",
        close_allowed=False,
    ),
    WordingRule(
        INDIRECT,
        _pattern(
            r"\b(?:kein|keine|keinen|ohne)\s+(?:hartz|bürgergeld|jobcenter|sozialamt|grundsicherung|transferleistung)"
            r"\w*",
            rf"{_ONLY}berufstätig\w*",
            r"\b(?:perfekte?|sehr\s+gute|fließende?|akzentfreie?s?)\s+deutsch\w*",
        ),
        _l(
            "Das klingt neutral, schließt aber oft dieselben Menschen aus: zum Beispiel Rentnerinnen, Menschen mit "
            "Behinderung oder Zugewanderte."
        ),
        _l("Nennen Sie die Miete. Beim Jobcenter oder Sozialamt ist die Zahlung sogar besonders sicher."),
        "AGG § 3 Abs. 2, § 20",
    ),
)
