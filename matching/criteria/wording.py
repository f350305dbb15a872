"""Pieces of patterns for hints in free text: adverts deny as often as they promise.

A pattern that finds nothing costs a question to the landlord; one that finds the opposite costs a person a trip.
So the pieces hold back whenever a sentence waters its promise down.
"""

import re

AFFIRMED = "".join(
    rf"(?<!\b{words}\s)"
    # Lookbehinds need a fixed width, so each wording of a denial stands on its own.
    for words in (
        "nicht",
        r"nicht\sganz",
        r"nicht\svollständig",
        r"nicht\skomplett",
        r"nicht\sdurchgehend",
        r"nicht\süberall",
        "bedingt",
        "teilweise",
        "fast",
        "nahezu",
        "weitgehend",
        "größtenteils",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "ohne",
        "weder",
        "noch",
    )
)
"""Put before a word: it is neither denied nor watered down."""

PRESENT = (
    r"(?!\s*:?\s*(?:nein|keine?)\b)"
    r"(?!(?:\s+\w+){0,2}\s+(?:nicht|fehlt|entfernt|ausgebaut)\b)"
    r"(?!(?:\s+(?:ist|sind|wird|werden|wäre|leider|noch|derzeit)){0,3}\s+"
    r"(?:kein|geplant|möglich|nachrüstbar|nachgerüstet|anschließbar|buchbar|zubuchbar|optional|vorgesehen|vorbereitet"
    r"|in\s+planung|auf\s+(?:anfrage|wunsch)|gegen\s+aufpreis))"
    r"(?!\s+(?:kann|können|könnte|könnten|lässt|lassen)\s+(?:\w+\s+){0,3}"
    r"(?:nachgerüstet|nachrüsten|angebracht|anbringen|angeschlossen|anschließen|eingebaut|einbauen|installiert|angebaut"
    r"|montiert|errichtet|gebucht|bestellt))"
)
"""Put after a whole word: it is there, not missing, planned or merely possible."""

ABSENT = (
    r"(?:\s*:\s*nein\b"
    r"|(?:\s+(?:ist|sind|leider|noch)){0,3}\s+(?:nicht\s+vorhanden|nicht\s+eingebaut|fehlt|fehlen)\b)"
)
"""Put after a whole word: it is missing."""

DENIED = (
    r"\b(?:keine?[nmrs]?|ohne|weder|weder\s+(?:\w+\s+){1,3}noch|statt(?:\s+einer)?|fehlende[nmrs]?"
    r"|nicht\s+(?:über|mit)\s+eine[nmr]?)\s+(?:\w+\s+)?"
)
"""Put before a noun: it is missing."""

OUTDOORS = r"(?:balkon|terrasse|loggia|freisitz)"
"""A place outdoors that belongs to a home."""

NOT_OUTDOORS = "".join(
    rf"(?<!{place}{joint})"
    for place in ("balkon", "terrasse", "loggia", "freisitz")
    for joint in (r"\s", r",\s", r":\s", r"\s\(", r"\s-\s", r"\sist\s", r"\sauch\s", r"\sist\sauch\s")
)
"""Put before a word: it is not said of a place outdoors."""

_BUILT = (
    r"(?:(?:an|ein|um|aus|nach|auf)(?:zu)?(?:gebaut|bauen)|nach(?:zu)?(?:gerüstet|rüsten)|gebaut|errichtet?|installiert?"
    r"|montiert?|ergänzt|geschaffen|hergestellt|built|installed|added|fitted)"
)
PLANNED = re.compile(
    r"\b(?:(?<!gut )(?<!durchdacht )(?<!clever )(?<!großzügig )(?:geplante?[nmrs]?|plan(?:t|en))"
    r"|in\s+(?:planung|vorbereitung)|im\s+bau|vorgesehen|beabsichtigt|plann(?:ed|ing)|plans?\s+to"
    rf"|(?:wird|werden|soll|sollen|will\s+be|to\s+be)\b.*\b{_BUILT}|{_BUILT}\s+(?:wird|werden|soll))\b",
    re.IGNORECASE,
)
"""A sentence about what is to come: what it names is not there yet."""
