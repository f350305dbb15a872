"""What the holder of the secret link does with their own request, and what goes when a consent goes."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from matching.requests import Importance
from wohnberatung.bridge.needs import Needs, day_that_passed
from wohnberatung.bridge.request_form import without_health
from wohnberatung.bridge.summary import NeedsSummary, needs_summary
from wohnberatung.core.changes import check_version
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import erase_mails
from wohnberatung.seekers.contents import StoredContact
from wohnberatung.seekers.models import Consent, HousingRequest, Purpose, RequestState, RequestVersion
from wohnberatung.seekers.services.changing import CHANGEABLE
from wohnberatung.seekers.services.consents import has_consent, withdraw_consent
from wohnberatung.seekers.services.contacts import mail_reader, send_mail
from wohnberatung.seekers.services.drafts import end_changes
from wohnberatung.seekers.services.reconfirmation import erase_request
from wohnberatung.seekers.services.requests import (
    change_request,
    contact_of,
    load_request_by_token,
    move_request,
    needs_of,
)
from wohnberatung.seekers.steps import REQUEST_STEPS


@dataclass(frozen=True)
class StateWords:
    """A state for the person it concerns; `kind` is info, success or warning."""

    label: Words
    kind: str
    meaning: Words


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
    contact: StoredContact
    stored_needs: Needs
    day_that_passed: Importance | None
    """How important the latest day to move in is where it has passed since; None where it has not, or is not named."""

    @property
    def needs(self) -> NeedsSummary:
        """Put into words only when asked: by then it is known whether a helper reads."""
        return needs_summary(self.stored_needs)

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
    needs = needs_of(request)
    return MyRequest(request, contact_of(request), needs, day_that_passed(needs["requirements"]))


def move_my_request(token: str, key: str, *, version: int | None) -> Step[HousingRequest]:
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


def send_lost_link(receipt_number: str, email: str) -> None:
    """A mail with a new link, if this is the address at which we write about that request; nobody is told whether it
    was. The old link opens nothing from then on."""
    number = "".join(receipt_number.split()).upper()
    request = db.session.scalars(select(HousingRequest).where(HousingRequest.receipt_number == number)).one_or_none()
    reader = mail_reader(request) if request is not None else None
    if request is None or reader is None or reader[1].casefold() != email.strip().casefold():
        return
    end_changes(request)
    secret = new_token()
    request.token_hash = hash_token(secret)
    db.session.flush()
    send_mail(request, "new_link", in_dialogue=True, receipt_number=request.receipt_number, token=secret)


def erase_my_request(token: str) -> None:
    """Everything about this request, for good. Forbidden under a legal hold."""
    erase_request(load_request_by_token(token))


def impersonal(contact: StoredContact) -> StoredContact:
    """Without what names or reaches anybody."""
    kept: StoredContact = {"reach": "none"}
    if "note" in contact:
        kept["note"] = contact["note"]
    if "offer" in contact:
        kept["offer"] = contact["offer"]
    return kept


def forget(request: HousingRequest, purpose: str) -> None:
    """Remove what only this consent allowed to keep; of health nobody can tell in which free text it stands."""
    if purpose == Purpose.HEALTH:
        contact = contact_of(request)
        contact.pop("note", None)
        change_request(request, version=request.version, contact=contact, needs=without_health(needs_of(request)))
    elif purpose == Purpose.CONTACT:
        change_request(request, version=request.version, contact=impersonal(contact_of(request)))
        erase_mails(request.person_key)
    else:
        return
    end_changes(request)
    earlier = RequestVersion.number < request.version
    db.session.execute(delete(RequestVersion).where(RequestVersion.request_id == request.id, earlier))
