"""What people saw differently, for the office to take into the facts of the home, or not."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matching.catalogue import HOMES
from wohnberatung.bridge.wording import spoken
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import NotFound
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.sheets import fact_row
from wohnberatung.extensions import db
from wohnberatung.seekers.services.requests import shown_to
from wohnberatung.viewings.models import CorrectionState, FactCorrection
from wohnberatung.viewings.steps import CORRECTION_STEPS, TAKE

MEASURED, STATED = "measured", "stated"
AFTER_VIEWING = "Rückmeldung nach der Besichtigung"


@dataclass(frozen=True)
class ShownCorrection:
    """In words: what is known so far, and what was seen."""

    correction: FactCorrection
    label: str
    known: str
    seen: str

    @property
    def by_provider(self) -> bool:
        return self.correction.side == Party.PROVIDER


def waiting_corrections(actor: Actor, match_id: str | None = None) -> list[ShownCorrection]:
    """What the office has not decided on, the longest waiting first; of one match or of all."""
    only_office(actor)
    offer = joinedload(FactCorrection.match).joinedload(BrokeredMatch.offer)
    query = select(FactCorrection).join(FactCorrection.match).join(BrokeredMatch.request).where(shown_to(actor))
    query = query.options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
    query = query.where(FactCorrection.state == CorrectionState.WAITING)
    if match_id is not None:
        query = query.where(FactCorrection.match_id == match_id)
    found = db.session.scalars(query.order_by(FactCorrection.created_at, FactCorrection.id))
    return [shown for row in found if (shown := _shown(row)) is not None]


def decide_correction(correction_id: str, key: str, actor: Actor, *, version: int | None) -> bool:
    """Take it over, or leave the fact as it is. What was measured counts as measured, anything else as stated; returns
    False where better knowledge stands against it, and the fact stays.

    Raises NotFound for one that is not to be known of, Conflict where somebody else has decided.
    """
    only_office(actor)
    query = select(FactCorrection).join(FactCorrection.match).join(BrokeredMatch.request).where(shown_to(actor))
    correction = db.session.scalar(query.where(FactCorrection.id == correction_id).with_for_update(of=FactCorrection))
    if correction is None:
        raise NotFound(_("Diese Angabe gibt es nicht."))
    step = CORRECTION_STEPS.check(correction, key, by=Party.OFFICE)
    check_version(correction, version)
    CORRECTION_STEPS.enter(correction, step)
    took_effect = key != TAKE or _record(correction, actor)
    db.session.flush()
    return took_effect


def _record(correction: FactCorrection, actor: Actor) -> bool:
    match, fact = correction.match, HOMES.fact(correction.key)
    part = next(part for part in match.offer.parts if part.fact_owner == fact.owner)
    report = record_facts(
        part,
        {correction.key: correction.value},
        MEASURED if correction.measured else STATED,
        observed_on=match.viewing_on,
        source=AFTER_VIEWING,
        actor=actor,
    )
    return not report.kept_stronger


def _shown(correction: FactCorrection) -> ShownCorrection | None:
    fact = HOMES.fact(correction.key)
    part = next((part for part in correction.match.offer.parts if part.fact_owner == fact.owner), None)
    if part is None:
        return None
    row = fact_row(part, fact)
    return ShownCorrection(correction, row.label, row.text, fact.format(correction.value, spoken()))
