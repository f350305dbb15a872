"""Requests for discretion with valid defaults."""

from typing import Any

from tests.factories import advisor
from wohnberatung.discretion.models import DiscretionRequest
from wohnberatung.discretion.services.requests import save_request

COMPLETE = {
    "title": "Clusterwohnung ohne eigene Küchen",
    "rule": "funding_norm",
    "paragraph": "Förderrichtlinie Nummer 5.2",
    "deviation": "Sieben Zimmer mit Bad teilen eine Küche.",
    "grounds": "Die Menschen wollen zusammen kochen, und die Fläche je Person ist kleiner.",
    "authority": "Amt Beispiel",
    "summary": "Eine Clusterwohnung sollte gefördert werden, obwohl die Zimmer keine eigene Küche haben.",
    "lessons": "Ein Grundriss mit Flächen je Person hat überzeugt.",
}


def make_request_for_discretion(**said: Any) -> DiscretionRequest:
    """A draft that says everything that may ever be needed, unless told otherwise."""
    return save_request(COMPLETE | said, advisor())
