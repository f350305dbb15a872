"""Everything that happened in a case, from whichever area: each declares sources of entries in its ``AREA``.

A source is called for cases the acting person may open, and gives entries in any order.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.accounts.models import User
from wohnberatung.cases.models import Case, CaseEvent, ConsentState, PersonRole
from wohnberatung.cases.services.requests import requests_of
from wohnberatung.core.actors import Actor
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import areas
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.messages import messages_of
from wohnberatung.seekers.services.requests import shown_to


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened: what, when, by whom, and the page (`endpoint`, `values`) that tells more."""

    happened_at: datetime
    title: Words
    text: str = ""
    who: str = ""
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


TimelineSource = Callable[[Case, Actor], Iterable[TimelineEntry]]

ROLES = {
    PersonRole.HELPER: _l("helfende Person"),
    PersonRole.GUARDIAN: _l("rechtliche Betreuung"),
    PersonRole.MEMBER: _l("lebt im Haushalt"),
    PersonRole.SERVICE: _l("Dienst"),
    PersonRole.LANDLORD: _l("Vermieter"),
    PersonRole.CONTACT: _l("Ansprechperson"),
}
CONSENTS = {
    ConsentState.UNASKED: _l("noch nicht gefragt"),
    ConsentState.ORAL: _l("mündlich eingewilligt"),
    ConsentState.WRITTEN: _l("schriftlich eingewilligt"),
    ConsentState.REFUSED: _l("nicht eingewilligt"),
    ConsentState.WITHDRAWN: _l("Einwilligung zurückgenommen"),
}
ACTIONS = {
    "opened": _l("Fall angelegt"),
    "closed": _l("Fall abgeschlossen"),
    "reopened": _l("Fall wieder geöffnet"),
    "request_linked": _l("Gesuch zugeordnet"),
    "request_split": _l("Haushalt geteilt: zweites Gesuch aufgenommen"),
    "request_unlinked": _l("Gesuch aus dem Fall genommen"),
    "person_removed": _l("Person aus dem Fall genommen"),
    "transferred": _l("Fall übergeben"),
    "taken_over": _l("Übergabe zur Kenntnis genommen"),
    "stand_in": _l("Vertretung festgelegt"),
    "blocked": _l("Fall gesperrt: Niemand sonst sieht ihn"),
    "unblocked": _l("Sperre aufgehoben"),
    "opened_by_other": _l("Mit Begründung geöffnet"),
    "noticed": _l("Öffnung zur Kenntnis genommen"),
    "exported": _l("Auskunft erstellt"),
    "health_withdrawn": _l("Einwilligung zu Angaben über die Gesundheit zurückgenommen"),
    **{f"person_{role}": _l("Person aufgenommen (%(role)s)", role=words) for role, words in ROLES.items()},
    **{f"consent_{state}": _l("Einwilligung: %(state)s", state=words) for state, words in CONSENTS.items()},
}


def timeline(case: Case, actor: Actor) -> list[TimelineEntry]:
    """All entries, the newest first."""
    entries = [entry for area in areas() for source in area.timeline for entry in source(case, actor)]
    return sorted(entries, key=lambda entry: entry.happened_at, reverse=True)


def names_of(user_ids: Iterable[str | None]) -> dict[str, str]:
    """Name by user id."""
    sought = {user_id for user_id in user_ids if user_id}
    if not sought:
        return {}
    return dict(db.session.execute(select(User.id, User.name).where(User.id.in_(sought))).all())


def _receipt_numbers(request_ids: Collection[str], actor: Actor) -> dict[str, str]:
    """By request id; events keep the id, so that nothing is left of a number whose request is erased."""
    shown = shown_to(actor), HousingRequest.id.in_(request_ids)
    numbers = select(HousingRequest.id, HousingRequest.receipt_number).where(*shown)
    return dict(db.session.execute(numbers).all()) if request_ids else {}


def events_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """What was done with the case itself."""
    events = db.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id)).all()
    names = names_of(id_ for event in events for id_ in (event.actor_id, event.other_id))
    numbers = _receipt_numbers({event.other_id for event in events if event.other_id}, actor)
    for event in events:
        note, other = event.plain_note or numbers.get(event.other_id or "", ""), names.get(event.other_id or "", "")
        text = _("an %(name)s", name=other) + (f": {note}" if note else "") if other else note
        title = ACTIONS.get(event.action, event.action)
        yield TimelineEntry(event.happened_at, title, text, names.get(event.actor_id or "", ""))


def requests_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """Requests of the case that the acting person may know of, and the messages about them."""
    for request in requests_of(case, actor):
        title = _("Gesuch %(number)s ist eingegangen", number=request.receipt_number)
        values = {"request_id": request.id}
        yield TimelineEntry(request.created_at, title, "", "", "brokerage.show_ranking", values)
        for message in messages_of(request):
            title = _("Nachricht der Wohnberatung") if message.from_office else _("Nachricht der suchenden Person")
            yield TimelineEntry(
                message.written_at, title, message.text, "", "seekers.show_messages", {"request_id": request.id}
            )
