"""Changing one's own request: a draft grows from it, sealed with the key of the same person, and becomes its new
version."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.bridge.needs import read_needs
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.extensions import db
from wohnberatung.seekers.models import Draft, HousingRequest, RequestState
from wohnberatung.seekers.services.consents import (
    GivenConsent,
    consents_from,
    has_consent,
    refuse_health_without_consent,
    withdraw_consent,
)
from wohnberatung.seekers.services.drafts import end_changes, store_change
from wohnberatung.seekers.services.requests import change_request, load_request_by_token

CHANGEABLE = (RequestState.NEW, RequestState.ACTIVE, RequestState.PAUSED)


def begin_change(token: str, answers: Mapping[str, Any]) -> str:
    """A draft that changes the request, in place of any earlier one. Returns the secret of the draft's link."""
    request = load_request_by_token(token)
    if request.state not in CHANGEABLE:
        raise DomainError(_("Dieses Gesuch ist beendet. Möchten Sie wieder suchen, setzen Sie es zuerst fort."))
    end_changes(request)
    return store_change(request, answers)


def save_change(
    draft: Draft,
    *,
    version: int,
    contact: Mapping[str, Any],
    needs: Mapping[str, Any],
    given: Collection[GivenConsent],
    asked: Collection[str],
) -> HousingRequest:
    """The new version. Of the purposes that were `asked`, those not `given` are taken back.

    Conflict where the request has changed meanwhile, DomainError as in `submit_request`.
    """
    mine = HousingRequest.person_key_id == draft.person_key_id
    request = db.session.scalars(select(HousingRequest).where(mine)).one_or_none()
    if request is None:
        raise NotFound(_("Dieses Gesuch gibt es nicht mehr."))
    new = [consent for consent in given if not has_consent(request, consent.purpose)]
    request.consents.extend(consents_from(new, "web_form", None))
    held = [GivenConsent(row.purpose, row.text_version, row.text) for row in request.consents if not row.withdrawn_at]
    refuse_health_without_consent(read_needs(needs), held)
    change_request(request, version=version, contact=contact, needs=needs)
    end_changes(request)
    for purpose in set(asked) - {consent.purpose for consent in given}:
        withdraw_consent(request, purpose)
    return request
