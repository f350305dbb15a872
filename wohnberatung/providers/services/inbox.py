"""People who would suit, as those who offer see them: what the home must be able to do, until when to answer, and the
contact once both have agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.states import ACQUAINTED, UNDER_CONTRACT, WITH_BOTH, MatchState
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import NotFound
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Step
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.providers.models import Presentation
from wohnberatung.providers.services.ledger import contact_for_provider
from wohnberatung.providers.services.links import side_of
from wohnberatung.providers.services.needs import PresentedNeeds, needs_for_provider
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import shown_to

# What was answered stays on the page so long.
KEPT = timedelta(days=180)
OVER = _l("Das hat sich erledigt. Sie müssen nichts tun.")
WAITS = _l("Sie haben zugesagt. Jetzt entscheidet die Person, ob Sie ihren Namen erfahren.")
SAID: dict[MatchState, Words] = {
    MatchState.PRESENTED: _l("Wartet auf Ihre Antwort."),
    MatchState.MUTUAL_INTEREST: WAITS,
    MatchState.REFUSED: _l("Sie haben abgesagt. Die Wohnberatung sieht sich das noch an."),
    MatchState.RESERVED: _l("Das Angebot ist für diese Person reserviert."),
    **dict.fromkeys(ACQUAINTED, _l("Beide möchten. Sie kennen jetzt Namen und Kontakt.")),
    MatchState.ENDED_AFTER_MOVE_IN: _l("Das Wohnen bei Ihnen ist beendet."),
    **dict.fromkeys(UNDER_CONTRACT, _l("Der Vertrag ist geschlossen.")),
}
ANSWERS: dict[str, Words] = {"welcome": _l("Ja"), "refuse": _l("Nein")}


@dataclass(frozen=True)
class ShownPresentation:
    """One person who would suit. `said` is where it stands, for those who offer; `steps` are the answers that they may
    give; `contact` is empty before both have agreed."""

    presentation: Presentation
    said: Words
    steps: tuple[Step[BrokeredMatch], ...]
    contact: list[tuple[str, str]]

    @property
    def match(self) -> BrokeredMatch:
        return self.presentation.match

    @property
    def number(self) -> str:
        """How both sides name it on the telephone; it tells nothing about anybody."""
        return f"{self.match.id[:4]}-{self.match.id[4:8]}".upper()

    @property
    def title(self) -> str:
        """Of the offer."""
        return self.match.offer.display_title

    @property
    def waits(self) -> bool:
        """For their answer."""
        return self.presentation.ended_at is None and self.match.state == MatchState.PRESENTED

    @property
    def last_day(self) -> date | None:
        return self.match.last_day

    @property
    def answer(self) -> Words:
        """What they have answered, in a word; empty where they have not."""
        return ANSWERS.get(self.presentation.answer or "", "")

    def needs(self) -> PresentedNeeds | None:
        """Opened when it is shown, and only as long as it is any business of theirs."""
        known = self.match.shared_at is not None and self.match.state in (*WITH_BOTH, *UNDER_CONTRACT)
        return needs_for_provider(self.match) if known else None


def waiting_for(actor: Actor) -> list[ShownPresentation]:
    """What waits for an answer of this person's organisations, the most urgent first."""
    waits = _of(actor).where(Presentation.ended_at.is_(None), BrokeredMatch.state == MatchState.PRESENTED)
    return _shown(db.session.scalars(waits.order_by(BrokeredMatch.due_at, Presentation.id)).all())


def answered_by(actor: Actor) -> list[ShownPresentation]:
    """What they have answered, or was taken back, in the last half-year, the newest first."""
    ended = _of(actor).where(Presentation.ended_at >= clock.now() - KEPT)
    return _shown(db.session.scalars(ended.order_by(Presentation.ended_at.desc(), Presentation.id)).all())


def load_presented(match_id: str, actor: Actor) -> ShownPresentation:
    """The last presentation of a match, for those to whom it was presented; NotFound for all others."""
    mine = _of(actor).where(Presentation.match_id == match_id).order_by(Presentation.presented_at.desc())
    found = db.session.scalar(mine.limit(1))
    if found is None:
        raise NotFound(_("Diesen Vorschlag gibt es nicht."))
    return shown_presentation(found)


def shown_presentation(presentation: Presentation) -> ShownPresentation:
    """For those who offer, whoever has shown that they may see it."""
    match = presentation.match
    by = side_of(match)
    waits = presentation.ended_at is None and match.state == MatchState.PRESENTED
    steps = STEPS.offered(match, by) if waits else ()
    return ShownPresentation(presentation, SAID.get(MatchState(match.state), OVER), steps, contact_for_provider(match))


def _shown(found: Sequence[Presentation]) -> list[ShownPresentation]:
    return [shown_presentation(presentation) for presentation in found]


def _of(actor: Actor) -> Select[Presentation]:
    """Of this person's organisations, without people whose cases are blocked."""
    match = joinedload(Presentation.match)
    offer = match.joinedload(BrokeredMatch.offer)
    person = match.joinedload(BrokeredMatch.request).selectinload(HousingRequest.consents)
    loaded = offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project), person
    query = select(Presentation).join(Presentation.match).join(BrokeredMatch.offer).join(BrokeredMatch.request)
    return query.where(shown_to(actor), Offer.organisation_id.in_(actor.organisation_ids)).options(*loaded)
