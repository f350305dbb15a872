"""What the holder of the secret link does with their own request."""

from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.steps import Party, Step
from wohnberatung.core.versions import check_version
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.consents import has_consent, withdraw_consent
from wohnberatung.seekers.services.drafts import end_changes
from wohnberatung.seekers.services.keeping import erase_request
from wohnberatung.seekers.services.requests import load_request_by_token, move_request
from wohnberatung.seekers.steps import REQUEST_STEPS


def move_mine(token: str, key: str, *, version: int | None) -> Step[HousingRequest]:
    """Pause, resume or withdraw. The same step twice is one; DomainError where it does not lead from here."""
    request = load_request_by_token(token)
    if not REQUEST_STEPS.is_done(request, key, Party.SEEKER):
        move_request(request, key, by=Party.SEEKER, version=version)
    return REQUEST_STEPS[key]


def end_consent(token: str, purpose: str) -> None:
    """Take a consent back; nothing happens where it is gone already."""
    request = load_request_by_token(token)
    if has_consent(request, purpose):
        withdraw_consent(request, purpose)


def renew_link(token: str, *, version: int | None) -> str:
    """A new secret; the old link opens nothing from now on."""
    request = load_request_by_token(token)
    check_version(request, version)
    end_changes(request)
    secret = new_token()
    request.token_hash = hash_token(secret)
    db.session.flush()
    return secret


def erase_mine(token: str) -> None:
    """Everything about this request, for good. Forbidden under a legal hold."""
    erase_request(load_request_by_token(token))
