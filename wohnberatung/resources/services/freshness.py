"""Every few months whoever gives or seeks something is asked whether it still holds; a link in the mail answers without
signing in. What nobody confirms is not shown any more, and comes back with one click."""

from datetime import timedelta

from sqlalchemy import ColumnElement, select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.resources.models import Resource, ResourceState
from wohnberatung.resources.services.entries import give_link
from wohnberatung.resources.services.mails import address_of_owner, tell_owner
from wohnberatung.resources.services.requests_of import end_requests
from wohnberatung.resources.steps import LAPSE, RESOURCE_STEPS

# Help and rooms change more often than organisations do.
ASKED_AFTER, LAPSES_AFTER = timedelta(days=180), timedelta(days=30)


def ask_whether_current() -> int:
    """A mail for each entry that nobody has confirmed for half a year; returns how many. Who has no mail address is
    telephoned by the office (`to_telephone`). Raises LeftUndone for entries where it failed."""
    long_ago = Resource.confirmed_at <= clock.now() - ASKED_AFTER
    return sum(each_in_its_own_transaction(_ids(long_ago, Resource.asked_at.is_(None)), _ask))


def let_lapse() -> int:
    """What was asked about and nobody has confirmed for a month is not shown any more; returns how many."""
    unanswered = Resource.asked_at <= clock.now() - LAPSES_AFTER
    return sum(each_in_its_own_transaction(_ids(unanswered), _lapse))


def to_telephone(actor: Actor) -> list[Resource]:
    """Those that were to be asked and have no mail address, the longest unconfirmed first. Forbidden for everybody but
    the office."""
    only_office(actor)
    query = select(Resource).where(Resource.state == ResourceState.PUBLISHED, Resource.asked_at.is_not(None))
    rows = db.session.scalars(query.order_by(Resource.confirmed_at, Resource.id))
    return [row for row in rows if not address_of_owner(row)]


def _ask(resource_id: str) -> int:
    row = db.session.get_one(Resource, resource_id)
    row.asked_at = clock.now()
    db.session.flush()
    if not address_of_owner(row):
        return 0
    tell_owner(row, "resource_current", give_link(row))
    return 1


def _lapse(resource_id: str) -> int:
    row = db.session.get_one(Resource, resource_id)
    RESOURCE_STEPS.take(row, LAPSE, by=Party.SYSTEM)
    end_requests(row)
    return 1


def _ids(*conditions: ColumnElement[bool]) -> list[str]:
    shown = Resource.state == ResourceState.PUBLISHED
    return list(db.session.scalars(select(Resource.id).where(shown, *conditions).order_by(Resource.id)))
