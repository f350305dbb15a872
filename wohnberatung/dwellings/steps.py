"""The life of an offer as its provider lives it: which step leads from where to where."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.dwellings.models import OfferStatus

S = OfferStatus


@dataclass(frozen=True)
class Step:
    """`label` is what its button says, `done` what is said afterwards; `asks` steps have a page of their own."""

    key: str
    sources: tuple[OfferStatus, ...]
    target: OfferStatus
    label: Any
    done: Any
    asks: bool = False


PUBLISH, RESERVE, FREE, LET, WITHDRAW = "veroeffentlichen", "reservieren", "wieder-frei", "vermietet", "zurueckziehen"

STEPS = {
    step.key: step
    for step in (
        Step(PUBLISH, (S.DRAFT,), S.PUBLISHED, _l("Veröffentlichen"), _l("Ihr Angebot ist jetzt öffentlich zu sehen.")),
        Step(RESERVE, (S.PUBLISHED,), S.RESERVED, _l("Reservieren"), _l("Das Angebot ist reserviert.")),
        Step(FREE, (S.RESERVED,), S.PUBLISHED, _l("Wieder freigeben"), _l("Das Angebot ist wieder zu sehen.")),
        Step(
            LET,
            (S.PUBLISHED, S.RESERVED, S.REVIEW),
            S.LET,
            _l("Vermietet"),
            _l("Schön. Das Angebot ist beendet, was wir über die Wohnung wissen, bleibt für das nächste Mal."),
            asks=True,
        ),
        Step(
            WITHDRAW,
            (S.DRAFT, S.REVIEW, S.PUBLISHED, S.RESERVED),
            S.WITHDRAWN,
            _l("Zurückziehen"),
            _l("Das Angebot ist zurückgezogen, was wir über die Wohnung wissen, bleibt für das nächste Mal."),
            asks=True,
        ),
    )
}


def steps_from(status: str) -> list[Step]:
    """What the provider may do now."""
    return [step for step in STEPS.values() if status in step.sources]
