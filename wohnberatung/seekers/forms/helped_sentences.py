"""The engine's sentences for the one who seeks, as they speak to somebody who has helped: the table of `helped.py` for
what is kept with a proposal.

A kept sentence is not written anew, it is told to another reader with the values of that day (`translations.retold`).
"""

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

HELPED_SENTENCES: dict[str, Words] = {
    "Das passt fast: %(label)s – %(found)s. Sie möchten: %(wanted)s.": _l(
        "Das passt fast: %(label)s – %(found)s. Die Person möchte: %(wanted)s."
    ),
    "Das passt nicht: %(label)s – %(found)s. Sie möchten: %(wanted)s.": _l(
        "Das passt nicht: %(label)s – %(found)s. Die Person möchte: %(wanted)s."
    ),
    "Das wissen wir noch nicht: %(label)s. Wir fragen für Sie nach.": _l(
        "Das wissen wir noch nicht: %(label)s. Wir fragen für die Person nach."
    ),
    "Laut Anzeige passt das nicht: %(label)s – %(found)s. Das ist noch nicht geprüft. Wir fragen für Sie nach.": _l(
        "Laut Anzeige passt das nicht: %(label)s – %(found)s. Das ist noch nicht geprüft. Wir fragen für die Person "
        "nach."
    ),
    "Laut Anzeige: %(label)s – %(found)s. Das ist noch nicht geprüft. Wir fragen für Sie nach.": _l(
        "Laut Anzeige: %(label)s – %(found)s. Das ist noch nicht geprüft. Wir fragen für die Person nach."
    ),
    "Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft auf Sie zu.": _l(
        "Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft auf die Person zu."
    ),
    "Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft fast auf Sie zu.": _l(
        "Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft fast auf die Person zu."
    ),
    "Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft auf Sie nicht zu.": _l(
        "Das fragt das Angebot: %(label)s – %(wanted)s. Das trifft auf die Person nicht zu."
    ),
    "Das fragt das Angebot: %(label)s – %(wanted)s. Dazu haben Sie noch nichts angegeben.": _l(
        "Das fragt das Angebot: %(label)s – %(wanted)s. Dazu ist noch nichts angegeben."
    ),
}
