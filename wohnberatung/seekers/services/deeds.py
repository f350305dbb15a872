"""What the holder of the secret link does with their own request."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.errors import DomainError
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.versions import check_version
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, RequestState
from wohnberatung.seekers.services.consents import has_consent, withdraw_consent
from wohnberatung.seekers.services.drafts import end_changes
from wohnberatung.seekers.services.keeping import erase_request
from wohnberatung.seekers.services.requests import load_request_by_token, set_request_state

S = RequestState


@dataclass(frozen=True)
class Move:
    """A change of state: from where it leads, what its button says, and what is said when it is done."""

    key: str
    sources: tuple[RequestState, ...]
    target: RequestState
    label: Any
    done: Any


# Whoever comes back is read again by a person before anything is proposed: meanwhile things may have changed.
MOVES = {
    move.key: move
    for move in (
        Move("pausieren", (S.NEW, S.ACTIVE), S.PAUSED, _l("Gesuch pausieren"), _l("Ihr Gesuch ruht jetzt.")),
        Move(
            "fortsetzen",
            (S.PAUSED, S.WITHDRAWN),
            S.NEW,
            _l("Wieder suchen"),
            _l("Ihr Gesuch gilt wieder. Wir sehen es uns noch einmal an."),
        ),
        Move(
            "zurueckziehen",
            (S.NEW, S.ACTIVE, S.PAUSED),
            S.WITHDRAWN,
            _l("Gesuch zurückziehen"),
            _l("Ihr Gesuch ist zurückgezogen."),
        ),
    )
}


def moves_from(request: HousingRequest) -> list[Move]:
    """What its holder may do now."""
    return [move for move in MOVES.values() if request.state in move.sources]


def move_mine(token: str, key: str, *, version: int | None) -> Move:
    """Pause, resume or withdraw. The same deed twice is one; DomainError where it does not lead from here."""
    request, move = load_request_by_token(token), MOVES[key]
    if request.state == move.target:
        return move
    if request.state not in move.sources:
        raise DomainError(_("Das geht nicht mehr: Ihr Gesuch hat inzwischen einen anderen Stand."))
    set_request_state(request, move.target, version=version)
    return move


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
