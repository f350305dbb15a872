"""Changing one's own request: a draft grows from it, sealed with the key of the same person, and becomes its new
version."""

from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.bridge.needs import Needs, StoredRequirement, read_needs
from wohnberatung.bridge.request_form import DISTRICT
from wohnberatung.bridge.summary import needs_summary
from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.seekers.contents import DraftAnswers, StoredContact
from wohnberatung.seekers.models import HousingRequest, RequestDraft, RequestState
from wohnberatung.seekers.services.consents import (
    GivenConsent,
    consents_from,
    has_consent,
    refuse_health_without_consent,
    withdraw_consent,
)
from wohnberatung.seekers.services.contacts import contact_words
from wohnberatung.seekers.services.drafts import end_changes, store_change
from wohnberatung.seekers.services.requests import change_request, contact_of, load_request_by_token, needs_of

CHANGEABLE = (RequestState.NEW, RequestState.ACTIVE, RequestState.PAUSED)


def begin_change(token: str, answers: DraftAnswers) -> str:
    """A draft that changes the request, in place of any earlier one. Returns the secret of the draft's link.

    Raises DomainError where the request is over, NotFound for any other secret.
    """
    request = load_request_by_token(token)
    if request.state not in CHANGEABLE:
        raise DomainError(_("Dieses Gesuch ist beendet. Möchten Sie wieder suchen, setzen Sie es zuerst fort."))
    end_changes(request)
    return store_change(request, answers)


def save_change(
    draft: RequestDraft,
    *,
    version: int,
    contact: StoredContact,
    needs: Needs,
    given: Collection[GivenConsent],
    asked: Collection[str],
) -> HousingRequest:
    """The new version. Of the purposes that were `asked`, those not `given` are taken back.

    Weights and tolerances that an advisor has set stay, as the form does not ask for them. Conflict with both texts
    where the request has changed meanwhile, DomainError as in `submit_request`.
    """
    request = changed_request(draft)
    weighed = with_kept_weights(needs, needs_of(request))
    if request.version != version:
        refuse_outdated(request, contact, weighed)
    new = [consent for consent in given if not has_consent(request, consent.purpose)]
    request.consents.extend(consents_from(new, "web_form", None))
    held = [
        GivenConsent(row.purpose, row.text_version, row.text, row.language)
        for row in request.consents
        if not row.withdrawn_at
    ]
    refuse_health_without_consent(read_needs(weighed), held)
    change_request(request, version=version, contact=contact, needs=weighed)
    end_changes(request)
    for purpose in set(asked) - {consent.purpose for consent in given}:
        withdraw_consent(request, purpose)
    return request


def changed_request(draft: RequestDraft) -> HousingRequest:
    """What the draft changes; NotFound where it is gone."""
    mine = HousingRequest.person_key_id == draft.person_key_id
    request = db.session.scalars(select(HousingRequest).where(mine)).one_or_none()
    if request is None:
        raise NotFound(_("Dieses Gesuch gibt es nicht mehr."))
    return request


def with_kept_weights(needs: Needs, stored: Needs) -> Needs:
    """The needs of the form, each requirement with the weight and the tolerance it has in the `stored` ones.

    Of the tolerance the form knows only whether there is one: if that has changed, the form's holds.
    """
    known = {entry["key"]: entry for entry in stored["requirements"]}
    return {**needs, "requirements": [_weighed(entry, known.get(entry["key"])) for entry in needs["requirements"]]}


def refuse_outdated(request: HousingRequest, contact: StoredContact, needs: Needs) -> None:
    """Conflict: what is stored now beside what the person has entered, in words."""
    current = _in_words(contact_of(request), needs_of(request))
    submitted = _in_words(contact, read_needs(needs))
    raise Conflict(str(CHANGED_MEANWHILE), current, submitted)


def _weighed(entry: StoredRequirement, before: StoredRequirement | None) -> StoredRequirement:
    if before is None:
        return entry
    asked = entry["key"] == DISTRICT.fact.key
    kept = not asked or bool(entry["tolerance"]) == bool(before["tolerance"])
    tolerance = before["tolerance"] if kept else entry["tolerance"]
    return {**entry, "weight": before["weight"], "tolerance": tolerance}


def _in_words(contact: StoredContact, needs: Needs) -> dict[str, str]:
    summary = needs_summary(needs)
    lines = [*contact_words(contact), *summary.household, *(line for _label, group in summary.wishes for line in group)]
    if summary.profiles:
        lines.append((_("Bedarf"), ", ".join(summary.profiles)))
    if contact.get("note"):
        lines.append((_("Außerdem"), contact["note"]))
    return dict(lines)
