"""Everything that is stored about a request, for the person themselves (GDPR Articles 15 and 20): as JSON, and in
words for a paper."""

from collections.abc import Callable
from typing import Any

from wohnberatung.core import clock
from wohnberatung.mail.services.personal import mails_about
from wohnberatung.papers import Part
from wohnberatung.privacy.encryption import open_sealed
from wohnberatung.seekers.models import Consent, HousingRequest, RequestVersion
from wohnberatung.seekers.services.requests import contact_of, load_request_by_token, needs_of

Told = Callable[[HousingRequest], Any]
InWords = Callable[[HousingRequest], list[Part]]
_ELSEWHERE: dict[str, Told] = {}
_IN_WORDS: dict[str, InWords] = {}


def exported_as(name: str) -> Callable[[Told], Told]:
    """Decorator: what an area above this one stores about a request goes into the export under that name."""

    def add(told: Told) -> Told:
        _ELSEWHERE[name] = told
        return told

    return add


def told_in_words(name: str) -> Callable[[InWords], InWords]:
    """Decorator: the same for the paper, headings of level 1 and what stands below them; nothing where there is
    nothing to tell."""

    def add(tell: InWords) -> InWords:
        _IN_WORDS[name] = tell
        return tell

    return add


def words_from_elsewhere(request: HousingRequest) -> list[Part]:
    """What all areas above this one tell, in the order in which they came."""
    return [part for tell in _IN_WORDS.values() for part in tell(request)]


def only_in_one_form() -> set[str]:
    """Names that are told to programs or to readers only; there must be none."""
    return _ELSEWHERE.keys() ^ _IN_WORDS.keys()


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
        **{name: told(request) for name, told in _ELSEWHERE.items()},
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
    return [_version(request, version) for version in request.versions]


def _version(request: HousingRequest, version: RequestVersion) -> dict[str, Any]:
    payload = open_sealed(request.person_key, version.payload, f"request_versions|payload|{version.id}")
    return {"number": version.number, "changed_at": version.changed_at.isoformat(), **payload}
