"""Pieces of patterns for hints in free text: adverts deny as often as they promise.

Lookbehinds need a fixed width, so each wording of a denial stands on its own.
"""

AFFIRMED = "".join(
    rf"(?<!\b{words}\s)"
    for words in (
        "nicht",
        r"nicht\sganz",
        r"nicht\svollständig",
        r"nicht\skomplett",
        r"nicht\sdurchgehend",
        r"nicht\süberall",
        "bedingt",
        "teilweise",
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
    r"(?!\s+(?:ist\s+|sind\s+|wird\s+|wäre\s+|kann\s+|könnte\s+)?(?:leider\s+|noch\s+|derzeit\s+)?"
    r"(?:nicht|kein|geplant|möglich|nachrüstbar|nachgerüstet|vorgesehen|vorbereitet|in\s+planung|auf\s+anfrage|gewünscht))"
)
"""Put after a word: it is there, not missing, planned or merely possible."""

DENIED = r"\b(?:keine?[nmrs]?|ohne|weder|nicht\s+über\s+eine?n?|noch)\s+(?:\w+\s+)?"
"""Put before a noun: it is missing."""

OUTDOORS = r"(?:balkon|terrasse|loggia|freisitz)"
