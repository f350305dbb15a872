"""The provider's side of a match as the office and the person see it: who was told what, with which consent."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import User
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.extensions import db
from wohnberatung.providers.services.ledger import PARTS, ShownDisclosure, disclosures_of, parts_of_contact
from wohnberatung.providers.services.links import latest_presentation
from wohnberatung.providers.services.needs import told_needs, words_of_needs
from wohnberatung.providers.services.voting import MatchVoteSheet, vote_sheet
from wohnberatung.seekers.models import Consent, Purpose

THROUGH_TELEPHONE = "telephone"


@dataclass(frozen=True)
class ConsentOnFile:
    """One consent to telling a provider something: when it was given and how, and by whom it was taken down."""

    text: str
    given_at: datetime
    how: str


@dataclass(frozen=True)
class ProviderSide:
    """`ask_again_on` is the day that those who offer named; `has_question`: they wait for the office; `vote` is that of
    a group while it runs."""

    ask_again_on: date | None
    has_question: bool
    vote: MatchVoteSheet | None
    consents: tuple[ConsentOnFile, ...]
    told: list[ShownDisclosure]


def provider_side(match: BrokeredMatch, actor: Actor) -> ProviderSide:
    """Forbidden for anybody but the office."""
    only_office(actor)
    presentation = latest_presentation(match)
    purposes = (Purpose.SHARING, Purpose.RELEASE)
    held = [each for each in match.request.consents if each.purpose in purposes and each.withdrawn_at is None]
    named = select(User.id, User.name).where(User.id.in_({each.recorded_by for each in held if each.recorded_by}))
    names: dict[str, str] = dict(db.session.execute(named).all()) if held else {}
    waits = presentation is not None and presentation.ended_at is None
    return ProviderSide(
        ask_again_on=presentation.ask_again_on if presentation and waits else None,
        vote=vote_sheet(presentation, None) if presentation and waits else None,
        has_question=match.has_open_question,
        consents=tuple(ConsentOnFile(each.text, each.given_at, _how(each, names)) for each in held),
        told=disclosures_of(match),
    )


def would_be_told(match: BrokeredMatch, step: str) -> list[str]:
    """What a provider learns by the person's yes to that step, in the words of the person."""
    if step == "release":
        return [f"{PARTS[part]}: {value}" for part, value in parts_of_contact(match.request).items()]
    return words_of_needs(told_needs(match))


def _how(consent: Consent, names: dict[str, str]) -> str:
    name = names.get(consent.recorded_by or "", "") or _("Wohnberatung")
    if consent.given_through == THROUGH_TELEPHONE:
        return _("am Telefon, aufgenommen von %(name)s", name=name)
    return _("aufgenommen von %(name)s", name=name) if consent.recorded_by else _("selbst, im Internet")
