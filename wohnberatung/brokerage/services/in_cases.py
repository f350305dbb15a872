"""What happened with proposals, in the timeline of the case their request belongs to."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from wohnberatung.brokerage.models import Match
from wohnberatung.brokerage.services.history import note_of
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.cases.models import Case, CaseRequest
from wohnberatung.cases.services import Entry
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.services import shown_to


def matches_in_timeline(case: Case, actor: Actor) -> Iterator[Entry]:
    """Every step of every proposal, of requests that the acting person may know of."""
    offer = joinedload(Match.offer)
    loaded = (
        offer.joinedload(Offer.dwelling),
        offer.joinedload(Offer.project),
        joinedload(Match.request),
        selectinload(Match.events),
    )
    belongs = select(CaseRequest.request_id).where(CaseRequest.case_id == case.id)
    shown = select(Match).join(Match.request).where(shown_to(actor), Match.request_id.in_(belongs))
    for match in db.session.scalars(shown.options(*loaded)):
        title = match.offer.display_title
        for event in match.events:
            done = _("%(offer)s: %(done)s", offer=title, done=STEPS[event.step].done)
            yield Entry(event.happened_at, done, note_of(event), "", "brokerage.show_match", {"match_id": match.id})
