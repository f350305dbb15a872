"""Kinds of letters, what may stand in their templates, and the templates a new office begins with."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

# Words within a line.
INLINE = {
    "name": _l("Name der Person"),
    "fallnummer": _l("Nummer des Falls"),
    "beraterin": _l("Name der zuständigen Beraterin oder des Beraters"),
    "datum": _l("Tag, an dem der Brief geschrieben wird"),
    "telefon": _l("Telefonnummer der Wohnberatung"),
}
# Whole sections: each stands in a line of its own.
BLOCKS = {
    "beratung": _l("Was die Beraterin in diesem Brief selbst schreibt"),
    "ziele": _l("Liste der Ziele"),
    "barrieren": _l("Was die Wohnung nicht kann, aus der letzten Bestandsaufnahme"),
    "massnahmen": _l("Tabelle der Maßnahmen mit Kosten und Stand"),
    "foerderung": _l("Wer vielleicht etwas bezahlt, mit den Schritten in ihrer Reihenfolge"),
    "wohnungen": _l("Passende Wohnungen aus dem Gesuch, mit Gründen"),
    "kontakt": _l("Wie die Wohnberatung zu erreichen ist"),
}


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter. `word` stands in addresses; `title` and `body` are its first template, in every language."""

    key: str
    word: str
    label: Words
    title: Words
    body: Words


ADVICE_TITLE = _l("Ihre Beratung bei uns")
ADVICE_BODY = _l("""wir haben miteinander gesprochen. Hier steht noch einmal das Wichtigste.

# Das haben wir besprochen
{beratung}

# Ihre Ziele
{ziele}

# Das geht in Ihrer Wohnung noch nicht
{barrieren}

# Das können Sie tun
{massnahmen}

# Wenn Sie Fragen haben
Rufen Sie uns an. Nennen Sie bitte Ihre Nummer: {fallnummer}.
{kontakt}""")
MEASURES_TITLE = _l("Maßnahmen für Ihre Wohnung")
MEASURES_BODY = _l("""hier finden Sie, was Ihnen helfen kann, was es etwa kostet und wer vielleicht etwas dazu bezahlt.

{beratung}

# Die Maßnahmen
{massnahmen}

# Wer vielleicht etwas bezahlt
Wichtig: Beginnen Sie erst, wenn Sie eine Zusage haben. Das sind Hinweise von uns und keine Zusagen.
{foerderung}

# Wir helfen Ihnen
Wir füllen die Anträge gern mit Ihnen zusammen aus. Ihre Nummer ist {fallnummer}.
{kontakt}""")
HOMES_TITLE = _l("Wohnungen, die zu Ihnen passen können")
HOMES_BODY = _l("""wir haben für Sie verglichen, was zu dem passt, was Sie brauchen.
Bei jeder Wohnung steht, was passt, was fehlt und was wir erst fragen müssen.

{beratung}

# Die Wohnungen
{wohnungen}

# So geht es weiter
Sagen Sie uns, welche Wohnung Sie interessiert. Dann fragen wir für Sie nach.
Ihren Namen erfährt noch niemand. Ihre Nummer ist {fallnummer}.
{kontakt}""")
KINDS = {
    kind.key: kind
    for kind in (
        LetterKind("advice", "beratung", _l("Zusammenfassung der Beratung"), ADVICE_TITLE, ADVICE_BODY),
        LetterKind("measures", "massnahmen", _l("Maßnahmen und Förderhinweise"), MEASURES_TITLE, MEASURES_BODY),
        LetterKind("homes", "wohnungen", _l("Passende Wohnungen mit Gründen"), HOMES_TITLE, HOMES_BODY),
    )
}
BY_WORD = {kind.word: kind for kind in KINDS.values()}
