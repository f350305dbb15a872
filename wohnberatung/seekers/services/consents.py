"""Consents per purpose, withdrawn as easily as given, and who must know at once when one goes or matching ends."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from flask_babel import gettext as _

from wohnberatung.bridge.needs import Needs
from wohnberatung.bridge.request_form import tells_about_health
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError
from wohnberatung.core.languages import current_language
from wohnberatung.core.manifests import areas
from wohnberatung.extensions import db
from wohnberatung.seekers.models import Consent, HousingRequest, Purpose

RequestListener = Callable[[HousingRequest, str], None]


def matching_ended(request: HousingRequest, reason: str) -> None:
    """Nobody may look for homes for this request any more: `reason` is consent_withdrawn or request_ended."""
    for area in areas():
        for listener in area.on_matching_ended:
            listener(request, reason)


def consent_withdrawn(request: HousingRequest, purpose: str) -> None:
    """A consent was taken back, the one to this purpose."""
    for area in areas():
        for listener in area.on_consent_withdrawn:
            listener(request, purpose)


@dataclass(frozen=True)
class GivenConsent:
    """A box that was ticked: the purpose, and the wording as the person read it, in which of our languages."""

    purpose: str
    text_version: str
    text: str
    language: str = field(default_factory=lambda: current_language().code, compare=False)


def refuse_health_without_consent(needs: Needs, given: Collection[GivenConsent]) -> None:
    """DomainError where checked needs tell about somebody's health and nobody consented to keeping that."""
    telling = tells_about_health(needs["profiles"], needs["household"])
    if telling and all(consent.purpose != Purpose.HEALTH for consent in given):
        message = _("Angaben zur Gesundheit dürfen wir nur mit der Einwilligung dazu speichern.")
        raise DomainError(message, "consent_health")


def consents_from(given: Iterable[GivenConsent], through: str, actor: Actor | None) -> list[Consent]:
    """Rows to store; ValueError for a purpose that does not exist."""
    return [
        Consent(
            purpose=Purpose(consent.purpose),
            text_version=consent.text_version,
            text=consent.text,
            language=consent.language,
            given_through=through,
            recorded_by=actor.user_id if actor else None,
        )
        for consent in given
    ]


def has_consent(request: HousingRequest, purpose: str) -> bool:
    """Given and not withdrawn."""
    return any(item.purpose == purpose and item.withdrawn_at is None for item in request.consents)


def add_consent(request: HousingRequest, given: GivenConsent, *, taken_down_by: Actor | None = None) -> None:
    """A consent given later by the person, through their link, or on the telephone where somebody took it down; one
    that holds already stays as it is."""
    if not has_consent(request, given.purpose):
        through = "web_form" if taken_down_by is None else "telephone"
        request.consents.extend(consents_from([given], through, taken_down_by))
        db.session.flush()


def may_be_matched(request: HousingRequest, needs: Needs) -> bool:
    """Whether offers may be sought: with the consent to that, and where needs tell about health, with that one too."""
    allowed = not tells_about_health(needs["profiles"], needs["household"]) or has_consent(request, Purpose.HEALTH)
    return has_consent(request, Purpose.MATCHING) and allowed


def withdraw_consent(request: HousingRequest, purpose: str) -> None:
    """Effective at once, also on what was kept because of it; the row stays as proof."""
    for consent in request.consents:
        if consent.purpose == purpose and consent.withdrawn_at is None:
            consent.withdrawn_at = clock.now()
    db.session.flush()
    consent_withdrawn(request, purpose)
    if purpose == Purpose.MATCHING:
        matching_ended(request, "consent_withdrawn")
