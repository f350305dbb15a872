"""What the invented office remembers: lists of earlier weeks, and weights that wait for a second person."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from seed_data.files import read_toml
from wohnberatung.accounts.models import User, UserRole
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.bridge.frames import read_supply
from wohnberatung.bridge.needs import weights_in_force
from wohnberatung.core import clock
from wohnberatung.core.actors import ADMIN, Actor
from wohnberatung.core.transactions import transaction
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.learning.models import ProposedWeights
from wohnberatung.learning.services.likelihoods import keep, latest, learn_likelihoods
from wohnberatung.learning.services.weights import propose_by_hand
from wohnberatung.lists.models import KeptHome
from wohnberatung.lists.services.keeping import keep_lists_of
from wohnberatung.seekers.models import HousingRequest, RequestState

REQUESTS = 6
DAYS_AGO = (42, 14, 3)


def remember_lists() -> int:
    """Lists of the newest requests as they were on some days, where none was ever kept; returns how many changed then.
    In transactions of its own."""
    if db.session.scalar(select(KeptHome.id).limit(1)) is not None:
        return 0
    active = select(HousingRequest.id, HousingRequest.created_at).where(HousingRequest.state == RequestState.ACTIVE)
    newest = db.session.execute(active.order_by(HousingRequest.created_at.desc()).limit(REQUESTS)).all()
    published = db.session.execute(select(Offer.id, Offer.published_at)).all()
    changed, now = 0, clock.now()
    for days in DAYS_AGO:
        moment = now - timedelta(days=days)
        sought = [request.id for request in newest if request.created_at <= moment]
        homes = read_supply()
        homes.frame.drop([offer.id for offer in published if offer.published_at and offer.published_at > moment])
        db.session.rollback()
        with clock.put_back(timedelta(days=days)):
            changed += keep_lists_of(sought, homes)
    return changed


def weigh() -> bool:
    """Proposed by the first administrator, so that another one can look at whose lists would change; where nobody has
    proposed any. In a transaction of its own."""
    with transaction():
        first = select(User.id).join(UserRole).where(UserRole.role == ADMIN).order_by(User.created_at, User.email)
        actor = load_actor(db.session.scalar(first.limit(1)) or "")
        if actor is None or db.session.scalar(select(ProposedWeights.id).limit(1)) is not None:
            return False
        told = read_toml("weights.toml")
        propose_by_hand(actor, **told["by_hand"])
        _propose_learned(actor, told["learned"])
        return True


def learn_once() -> bool:
    """What a first night teaches of the homes, where none has. In a transaction of its own."""
    if latest() is not None:
        return False
    learned = learn_likelihoods()
    db.session.rollback()
    with transaction():
        keep(learned)
    return True


def _propose_learned(actor: Actor, told: Mapping[str, Any]) -> None:
    """As the worker keeps what outcomes speak for, some days ago."""
    present = weights_in_force()
    row = ProposedWeights(factors=dict(told["factors"]), cases=told["cases"], proposed_by=actor.user_id or "")
    row.name = f"learned-{told['cases']}"
    row.based_on, row.base_factors = present.version, dict(present.factors)
    row.present_quality, row.proposed_quality = told["present_quality"], told["proposed_quality"]
    row.proposed_at = clock.now() - timedelta(days=told["days_ago"])
    db.session.add(row)
