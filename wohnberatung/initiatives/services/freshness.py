"""Once a year a group is asked whether its page is still right; what nobody confirms stays and says since when."""

from datetime import timedelta

from sqlalchemy import func, select

from wohnberatung.core import clock
from wohnberatung.core.languages import GERMAN
from wohnberatung.core.transactions import each_in_its_own_transaction
from wohnberatung.dwellings.services.provider_desk import address_of
from wohnberatung.extensions import db
from wohnberatung.initiatives.models import Initiative
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.projects.models import Project

# A year after somebody last said so, the group is asked; a month later the page is marked. As in the directory.
ASKED_AFTER, STALE_AFTER = timedelta(days=365), timedelta(days=395)


def is_stale(initiative: Initiative) -> bool:
    """Whether nobody has said for more than a year that it is right."""
    return initiative.confirmed_at <= clock.now() - STALE_AFTER


def ask_groups() -> int:
    """A mail for each public initiative that nobody has confirmed for a year, once a year; returns how many.

    Raises LeftUndone for those where it failed.
    """
    before = clock.now() - ASKED_AFTER
    last = func.coalesce(Initiative.asked_at, Initiative.confirmed_at)
    query = select(Initiative.id).join(Initiative.project).where(Project.published.is_(True))
    due = list(db.session.scalars(query.where(Initiative.confirmed_at <= before, last <= before)))
    return sum(each_in_its_own_transaction(due, _ask))


def _ask(initiative_id: str) -> int:
    initiative = db.session.get_one(Initiative, initiative_id)
    initiative.asked_at = clock.now()
    address = address_of(initiative.project.organisation_id)
    if address is None:
        return 0
    name, slug = initiative.name, initiative.slug
    queue_mail("initiative_confirm", to=address, language=GERMAN.code, in_dialogue=True, name=name, slug=slug)
    return 1
