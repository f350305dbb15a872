"""A household that separates: one request becomes two in the same case. Each keeps what was said; who goes is asked for
consents of their own, as nobody can agree for somebody else."""

from flask_babel import gettext as _

from matching.criteria.household import PERSONS
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.content import record_event
from wohnberatung.cases.services.requests import requests_of
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.changing import CHANGEABLE
from wohnberatung.seekers.services.requests import change_request, needs_of


def request_to_split(case: Case, request_id: str, actor: Actor) -> HousingRequest:
    """One of the case's requests; NotFound for any other, and for one that is over."""
    found = next((each for each in requests_of(case, actor) if each.id == request_id), None)
    if found is None or found.state not in CHANGEABLE:
        raise NotFound(_("Dieses Gesuch gibt es in dem Fall nicht, oder es ist beendet."))
    return found


def leave_staying(shared: HousingRequest, staying: int, version: int | None, actor: Actor) -> None:
    """The request goes on for so many people. DomainError at `staying` where nobody would go or stay, Conflict where it
    was changed meanwhile."""
    needs = needs_of(shared)
    before = needs["household"].get(PERSONS.key)
    if staying < 1 or (before is not None and staying >= int(str(before))):
        message = _("Bitte sagen Sie, wie viele Personen bleiben: mindestens eine, und weniger als bisher.")
        raise DomainError(message, "staying")
    household = {**needs["household"], PERSONS.key: staying}
    change_request(shared, version=version or 0, needs={**needs, "household": household}, actor=actor)


def note_split(case: Case, own: HousingRequest, actor: Actor) -> HousingRequest:
    """The history of the case says where the second request comes from."""
    record_event(case, "request_split", actor, other_id=own.id)
    db.session.flush()
    return own
