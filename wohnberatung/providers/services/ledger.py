"""The ledger: what was told about a person, to whom and when. Read by the person, in their case, and in exports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import Organisation
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.states import ACQUAINTED, UNDER_CONTRACT, MatchState
from wohnberatung.cases.models import Case, CaseRequest
from wohnberatung.cases.services.timeline import TimelineEntry
from wohnberatung.core.actors import Actor
from wohnberatung.core.languages import Words
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.extensions import db
from wohnberatung.papers import Part, heading, moment, pairs
from wohnberatung.providers.models import Disclosed, Disclosure, ToldContent
from wohnberatung.providers.services.needs import told_needs, words_of_needs
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.consents import has_consent
from wohnberatung.seekers.services.contacts import EMAIL, HELPER
from wohnberatung.seekers.services.requests import contact_of, shown_to

WHAT: dict[Disclosed, Words] = {
    Disclosed.NEEDS: _l("Erfahren, was die Wohnung können muss, ohne Namen"),
    Disclosed.CONTACT: _l("Name und Kontakt bekommen"),
    Disclosed.RECALLED: _l("Gebeten, alles zu löschen"),
    Disclosed.DELETED: _l("Bestätigt, dass alles gelöscht ist"),
}
PARTS: dict[str, Words] = {
    "name": _l("Name"),
    "helper": _l("Name der helfenden Person"),
    "phone": _l("Telefonnummer"),
    "email": _l("E-Mail-Adresse"),
}
# Both have agreed, and it has not been taken back.
WITH_CONTACT = (*ACQUAINTED, MatchState.RESERVED, *UNDER_CONTRACT)


@dataclass(frozen=True)
class ShownDisclosure:
    """One line in words: what happened with `to`, about which offer, and what exactly was told."""

    happened_at: datetime
    what: Words
    to: str
    offer: str
    told: tuple[str, ...]


def note_disclosure(match: BrokeredMatch, what: Disclosed, actor: Actor | None = None) -> None:
    """Add a line to the ledger."""
    content: ToldContent = {
        "to": db.session.get_one(Organisation, match.offer.organisation_id).name,
        "offer": match.offer.display_title,
    }
    if what is Disclosed.NEEDS:
        content["needs"] = told_needs(match)
    elif what is Disclosed.CONTACT:
        content["contact"] = list(parts_of_contact(match.request))
    row = Disclosure(match=match, what=what, recorded_by=actor.user_id if actor else None)
    row.plain_content = content
    db.session.add(row)
    db.session.flush()


def parts_of_contact(request: HousingRequest) -> dict[str, str]:
    """What a provider gets once the person has said yes: the name, and the way on which they want to be reached, or
    whoever helps them. Somebody who wants letters, or nothing at all, is reached through the office."""
    contact = contact_of(request)
    found = {"name": contact.get("name")}
    if contact.get("ask") == HELPER:
        helper = contact.get("helper", {})
        found |= {"helper": helper.get("name"), "phone": helper.get("phone"), "email": helper.get("email")}
    else:
        reach = contact.get("reach")
        found["phone"] = contact.get("phone") if reach in (None, "phone") else None
        found["email"] = contact.get("email") if reach in (None, EMAIL) else None
    return {part: value for part, value in found.items() if value}


def contact_for_provider(match: BrokeredMatch) -> list[tuple[str, str]]:
    """(label, value); nothing before both agreed, nor without the consent to exactly this."""
    released = match.released_at is not None and match.state in WITH_CONTACT
    if not released or not has_consent(match.request, Purpose.RELEASE):
        return []
    return [(str(PARTS[part]), value) for part, value in parts_of_contact(match.request).items()]


def disclosures_of(match: BrokeredMatch) -> list[ShownDisclosure]:
    """Of one match, oldest first."""
    rows = select(Disclosure).where(Disclosure.match_id == match.id).order_by(Disclosure.id)
    return [_shown(row) for row in db.session.scalars(rows)]


def disclosures_about(request: HousingRequest) -> list[ShownDisclosure]:
    """Of all matches of a request, oldest first."""
    return [_shown(row) for row in _rows_about(request)]


def stored_disclosures(request: HousingRequest) -> list[ExportedRecord]:
    """The ledger as it is stored."""
    return [
        {"happened_at": row.happened_at.isoformat(), "what": str(row.what), **row.plain_content}
        for row in _rows_about(request)
    ]


def disclosures_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    rows = [(moment(line.happened_at), _sentence(line)) for line in disclosures_about(request)]
    return [heading(_("Was wir Anbietern über Sie gesagt haben")), pairs(rows)] if rows else []


def disclosures_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """Every line, of requests that the acting person may know of."""
    belongs = select(CaseRequest.request_id).where(CaseRequest.case_id == case.id)
    query = select(Disclosure).join(Disclosure.match).join(BrokeredMatch.request)
    shown = query.where(shown_to(actor), BrokeredMatch.request_id.in_(belongs)).options(joinedload(Disclosure.match))
    for row in db.session.scalars(shown):
        line = _shown(row)
        done = _("%(to)s: %(what)s", to=line.to, what=line.what)
        where = {"match_id": row.match_id}
        yield TimelineEntry(row.happened_at, done, ", ".join(line.told), "", "brokerage.show_match", where)


def _rows_about(request: HousingRequest) -> list[Disclosure]:
    query = select(Disclosure).join(Disclosure.match).where(BrokeredMatch.request_id == request.id)
    return list(db.session.scalars(query.order_by(Disclosure.id)))


def _shown(row: Disclosure) -> ShownDisclosure:
    content = row.plain_content
    parts = [str(PARTS[part]) for part in content.get("contact", [])]
    told = (*words_of_needs(content.get("needs", [])), *parts)
    return ShownDisclosure(row.happened_at, WHAT[Disclosed(row.what)], content["to"], content["offer"], told)


def _sentence(line: ShownDisclosure) -> str:
    said = _("%(to)s (%(offer)s): %(what)s", to=line.to, offer=line.offer, what=line.what)
    return "\n".join([said, ", ".join(line.told)]) if line.told else said
