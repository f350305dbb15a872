"""A viewing as one side reads it, lists of them, and what is said about the way in."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import locked
from wohnberatung.brokerage.states import ACQUAINTED, MatchState
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.errors import Conflict, Forbidden
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.sheets import FactRow
from wohnberatung.dwellings.services.showcase import shown_offer
from wohnberatung.extensions import db
from wohnberatung.viewings.models import Viewing, ViewingFeedback, ViewingState
from wohnberatung.viewings.services.sides import Standing, acquainted_matches, side_at_turn, viewing_of
from wohnberatung.viewings.way_in import told_way_in

WAY_IN = "access"


@dataclass(frozen=True)
class ViewingSheet:
    """What a page shows: the viewing as it is now, and what this side may do about it."""

    standing: Standing
    viewing: Viewing | None
    feedback: Mapping[str, ViewingFeedback]

    @property
    def match(self) -> BrokeredMatch:
        return self.standing.match

    @property
    def title(self) -> str:
        """In the language that is read."""
        return shown_offer(self.match.offer).title

    @property
    def version(self) -> int:
        return self.viewing.version if self.viewing else 0

    @property
    def turn(self) -> Party | None:
        """Whose move it is, as long as the match goes on."""
        return side_at_turn(self.viewing) if self.viewing and self.is_alive else None

    @property
    def is_alive(self) -> bool:
        return self.match.state in ACQUAINTED

    @property
    def is_mine_to_move(self) -> bool:
        return self.turn is not None and self.standing.side in (self.turn, Party.OFFICE)

    @property
    def may_choose(self) -> bool:
        return self.is_mine_to_move and self.is_in(ViewingState.PROPOSED)

    @property
    def may_propose(self) -> bool:
        return self.is_alive and not self.is_in(ViewingState.AGREED)

    @property
    def is_agreed(self) -> bool:
        return self.is_in(ViewingState.AGREED) and self.match.state == MatchState.VIEWING

    @property
    def is_over(self) -> bool:
        """The hour has come: now one can say how it was."""
        agreed = self.viewing is not None and self.viewing.state in (ViewingState.AGREED, ViewingState.HELD)
        return agreed and self.viewing is not None and self.viewing.has_begun

    @property
    def may_call_off(self) -> bool:
        open_states = (ViewingState.PROPOSED, ViewingState.OTHERS_WANTED, ViewingState.AGREED)
        return self.is_alive and self.is_in(*open_states) and not (self.viewing and self.viewing.has_begun)

    @property
    def arrival(self) -> Mapping[str, str]:
        """What is said about the way in, by the keys of way_in.PARTS."""
        return (self.viewing and self.viewing.plain_arrival) or {}

    @property
    def told_arrival(self) -> list[tuple[Words, Words, bool]]:
        """The same in words."""
        return told_way_in(self.arrival)

    @property
    def way_in(self) -> list[FactRow]:
        """What is known of the home, as long as nobody has said more."""
        return [row for row in shown_offer(self.match.offer).abilities if row.known and row.fact.theme == WAY_IN]

    def is_in(self, *states: ViewingState) -> bool:
        return self.viewing is not None and self.viewing.state in states


def viewing_sheet(standing: Standing) -> ViewingSheet:
    """As it is now."""
    given = select(ViewingFeedback).where(ViewingFeedback.match_id == standing.match.id)
    feedback = {str(each.side): each for each in db.session.scalars(given)}
    return ViewingSheet(standing, viewing_of(standing.match), feedback)


def listed_viewings(actor: Actor) -> list[ViewingSheet]:
    """Those under way, of this person's offers or all for the office: what is next stands first."""
    matches = db.session.scalars(acquainted_matches(actor).where(BrokeredMatch.state.in_(ACQUAINTED))).all()
    side = Party.OFFICE if actor.is_staff else Party.PROVIDER
    stored = select(Viewing).where(Viewing.match_id.in_([match.id for match in matches]))
    viewings = {viewing.match_id: viewing for viewing in db.session.scalars(stored)}
    sheets = [ViewingSheet(Standing(match, side, actor), viewings.get(match.id), {}) for match in matches]
    return sorted(sheets, key=_next_first)


def _next_first(sheet: ViewingSheet) -> tuple[bool, str, str]:
    starts_at = sheet.viewing.starts_at if sheet.viewing else None
    return not sheet.is_mine_to_move, starts_at.isoformat() if starts_at else "9", sheet.match.id


def describe_arrival(standing: Standing, said: Mapping[str, str], *, version: int | None) -> Viewing:
    """How to get in, as those who offer say it or the office for them.

    Raises Forbidden for the one who seeks, Conflict where somebody was faster or nothing is under way.
    """
    if standing.side is Party.SEEKER:
        raise Forbidden(_("Das schreibt der Anbieter."))
    viewing = viewing_of(locked(standing.match.id))
    if viewing is None or version != viewing.version:
        raise Conflict(str(CHANGED_MEANWHILE))
    viewing.plain_arrival = {key: text.strip() for key, text in said.items() if text.strip()} or None
    db.session.flush()
    return viewing
