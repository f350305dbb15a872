"""A request as the holder of its secret link sees it."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from wohnberatung.bridge.summary import NeedsSummary, needs_summary
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party, Step
from wohnberatung.seekers.models import Consent, HousingRequest, Purpose, RequestState
from wohnberatung.seekers.services.changing import CHANGEABLE
from wohnberatung.seekers.services.requests import contact_of, load_request_by_token, needs_of
from wohnberatung.seekers.steps import REQUEST_STEPS


@dataclass(frozen=True)
class StateWords:
    """A state for the person it concerns; `kind` is info, success or warning."""

    label: Words
    kind: str
    meaning: Any


STATES = {
    RequestState.NEW: StateWords(
        _l("angekommen"), "info", _l("Wir haben Ihr Gesuch. Als Nächstes liest es eine Beraterin oder ein Berater.")
    ),
    RequestState.ACTIVE: StateWords(
        _l("wir suchen"), "success", _l("Wir suchen nach passenden Angeboten. Sobald etwas passt, schlagen wir es vor.")
    ),
    RequestState.PAUSED: StateWords(
        _l("pausiert"), "warning", _l("Ihr Gesuch ruht. Wir schlagen Ihnen nichts vor, bis Sie sich wieder melden.")
    ),
    RequestState.WITHDRAWN: StateWords(_l("zurückgezogen"), "info", _l("Sie haben Ihr Gesuch zurückgezogen.")),
    RequestState.CLOSED: StateWords(_l("abgeschlossen"), "info", _l("Ihr Gesuch ist abgeschlossen.")),
}


@dataclass(frozen=True)
class MyRequest:
    """One's own request, opened."""

    request: HousingRequest
    contact: dict[str, Any]
    needs: NeedsSummary

    @property
    def state(self) -> StateWords:
        return STATES[RequestState(self.request.state)]

    @property
    def steps(self) -> tuple[Step[HousingRequest], ...]:
        """What its holder may make of the state."""
        return REQUEST_STEPS.offered(self.request, Party.SEEKER)

    @property
    def is_changeable(self) -> bool:
        return self.request.state in CHANGEABLE

    @property
    def is_reachable(self) -> bool:
        """Whether the office may and can get in touch."""
        return any(consent.purpose == Purpose.CONTACT for consent in self.consents)

    @property
    def consents(self) -> list[Consent]:
        """Those that hold."""
        return [consent for consent in self.request.consents if consent.withdrawn_at is None]


def my_request(token: str) -> MyRequest:
    """NotFound for a token that opens nothing."""
    request = load_request_by_token(token)
    return MyRequest(request, contact_of(request), needs_summary(needs_of(request)))
