"""The acting person as services see them (a value, no row, no request), and the roles that access speaks of."""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from wohnberatung.core.errors import Forbidden

PUBLIC, LINK, PROVIDER, ADVISOR, ADMIN = "public", "link", "provider", "advisor", "admin"
LOGIN_ROLES = (PROVIDER, ADVISOR, ADMIN)
STAFF = frozenset({ADVISOR, ADMIN})
# What a member may do in an organisation: a manager also invites and removes members and edits the profile.
MANAGER, EDITOR = "manager", "editor"
MEMBER_ROLES = (MANAGER, EDITOR)


class Publication(StrEnum):
    """What becomes of something that is to be published: public at once, looked at by the office first, or not
    yet possible, as the office does not know the organisation."""

    LIVE = "live"
    REVIEW = "review"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in one organisation. An organisation that is not `confirmed` prepares drafts and publishes
    nothing; what a `trusted` one publishes is public at once."""

    organisation_id: str
    name: str = ""
    role: str = EDITOR
    confirmed: bool = True
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: ``user_id`` is None for visitors; ids are public ids.

    Rights come from all `seats`. `chosen` is the organisation the person works for at the moment: what is new
    belongs to it, and pages begin with it.
    """

    user_id: str | None = None
    name: str = ""
    email: str = ""
    roles: frozenset[str] = frozenset()
    seats: tuple[Seat, ...] = ()
    chosen: str | None = None

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Works for the advisory office: advisors and administrators."""
        return not STAFF.isdisjoint(self.roles)

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def organisation_ids(self) -> frozenset[str]:
        return frozenset(seat.organisation_id for seat in self.seats)

    @property
    def acts_for(self) -> Seat | None:
        """The organisation the person has chosen, else their first one; None for who belongs to none."""
        return self.seat_in(self.chosen) or next(iter(self.seats), None)

    def seat_in(self, organisation_id: str | None) -> Seat | None:
        return next((seat for seat in self.seats if seat.organisation_id == organisation_id), None)

    def belongs_to(self, organisation_id: str | None) -> bool:
        return self.seat_in(organisation_id) is not None

    def manages(self, organisation_id: str | None) -> bool:
        seat = self.seat_in(organisation_id)
        return seat is not None and seat.role == MANAGER

    def publication_for(self, organisation_id: str | None) -> Publication:
        """What becomes of something this person publishes for the organisation."""
        if self.is_staff:
            return Publication.LIVE
        seat = self.seat_in(organisation_id)
        if seat is None or not seat.confirmed:
            return Publication.NOT_YET
        return Publication.LIVE if seat.trusted else Publication.REVIEW


VISITOR = Actor()


def only_office(actor: Actor) -> None:
    """Forbidden for whoever does not work for the advisory office."""
    if not actor.is_staff:
        raise Forbidden(_("Das darf nur die Wohnberatung."))


def only_administration(actor: Actor) -> None:
    """Forbidden for whoever does not administrate."""
    if not actor.has_role(ADMIN):
        raise Forbidden(_("Das darf nur die Verwaltung."))


def may_edit(actor: Actor, organisation_id: str | None) -> bool:
    """The office may edit everything, others what is their organisation's."""
    return actor.is_staff or actor.belongs_to(organisation_id)


def check_may_edit(actor: Actor | None, organisation_id: str | None) -> None:
    """**Raises** Forbidden unless `may_edit`; None is the office's own machinery."""
    if actor is not None and not may_edit(actor, organisation_id):
        raise Forbidden(_("Sie können nur Einträge Ihrer eigenen Organisation ändern."))


ANYBODY = frozenset({PUBLIC})
LINK_HOLDERS = frozenset({LINK})
PROVIDERS = frozenset({PROVIDER})
OFFICE = frozenset({ADVISOR, ADMIN})
ADMINS = frozenset({ADMIN})
SIGNED_IN = PROVIDERS | OFFICE
