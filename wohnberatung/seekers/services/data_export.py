"""Everything that is stored about a request, for the person themselves (GDPR Articles 15 and 20): as JSON, and in
words for a paper."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wohnberatung.core import clock
from wohnberatung.core.manifests import Declared, areas
from wohnberatung.mail.services.outbox import mails_about
from wohnberatung.papers.parts import Part
from wohnberatung.seekers.models import Consent, HousingRequest, RequestVersion
from wohnberatung.seekers.services.requests import contact_of, load_request_by_token, needs_of


@dataclass(frozen=True)
class ToldOfRequest(Declared):
    """What an area stores about a request: under `key` in the file for programs, and `in_words` for the paper, as
    headings of level 1 with what stands below them; nothing where there is nothing to tell."""

    key: str
    stored: Callable[[HousingRequest], Any]
    in_words: Callable[[HousingRequest], list[Part]]


def told_by_areas() -> list[ToldOfRequest]:
    """What all areas declare, in their order."""
    return [told for area in areas() for told in area.told_of_request]


def stored_about(token: str) -> dict[str, Any]:
    """For the holder of the secret link; NotFound for any other. Times are ISO 8601 in UTC."""
    request = load_request_by_token(token)
    return {
        "exported_at": clock.now().isoformat(),
        "receipt_number": request.receipt_number,
        "state": str(request.state),
        "held": request.held_for is not None,
        "language": request.language,
        "created_at": request.created_at.isoformat(),
        "updated_at": request.updated_at.isoformat(),
        "contact": contact_of(request),
        "needs": needs_of(request),
        "consents": [_consent(consent) for consent in request.consents],
        "versions": versions_of(request),
        "mails": mails_about(request.person_key),
        **{told.key: told.stored(request) for told in told_by_areas()},
    }


def _consent(consent: Consent) -> dict[str, Any]:
    return {
        "purpose": str(consent.purpose),
        "text": consent.text,
        "text_version": consent.text_version,
        "given_at": consent.given_at.isoformat(),
        "given_through": consent.given_through,
        "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
    }


def versions_of(request: HousingRequest) -> list[dict[str, Any]]:
    """The request as it stood after each change: number, moment, contact, needs."""
    return [_version(version) for version in request.versions]


def _version(version: RequestVersion) -> dict[str, Any]:
    return {"number": version.number, "changed_at": version.changed_at.isoformat(), **version.plain_payload}
