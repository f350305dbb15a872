"""City views for tests that need one and not the computation."""

from tests.cases.factories import make_advisor
from tests.factories import make_dwelling, make_offer, make_request
from wohnberatung.cityview.models import CityProposal, CityRun, ProposedKind
from wohnberatung.core import clock
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db


def city_proposal() -> CityProposal:
    """One that waits for a decision, in a city view that is made."""
    run = CityRun(asked_by=make_advisor().user_id, protection=0.5, amounts_of=clock.today(), made_at=clock.now())
    db.session.add(run)
    db.session.flush()
    proposal = CityProposal(id=new_id(), run_id=run.id, kind=ProposedKind.HOME, place=0)
    proposal.request, proposal.offer = make_request().request, make_offer(make_dwelling())
    proposal.plain_answer = {"score": 0.5, "outlook": "fits", "reasons": [], "works": []}
    db.session.add(proposal)
    db.session.flush()
    return proposal
