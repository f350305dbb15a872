"""From where somebody looks at an introduction: one of its sides, signed in or by secret link, or the office; and what
a side may be called before and after they know each other."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services.organisations import contact_of_organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR, Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.services.provider_desk import address_of
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionLink, IntroductionSide, SideAnswer
from wohnberatung.seekers.contents import StoredContact
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.contacts import EMAIL, HELPER
from wohnberatung.seekers.services.requests import contact_of, shown_to


@dataclass(frozen=True)
class SideStanding:
    """An introduction as seen from one `side`; none is the office. `token` is the secret that opened it."""

    introduction: Introduction
    side: IntroductionSide | None
    actor: Actor | None = None
    token: str = ""

    @property
    def is_office(self) -> bool:
        return self.side is None

    @property
    def party(self) -> Party:
        return self.side.party if self.side else Party.OFFICE

    @property
    def contact(self) -> StoredContact:
        """How the one who seeks is called, who has helped them: for their own side; empty for all others."""
        return contact_of(self.side.request) if self.side and self.side.request else {}

    def acts_for(self, chosen: str | None) -> IntroductionSide:
        """The side that the deed counts for: one's own, or the one that the office speaks for.

        Raises DomainError at `side` where the office has not said for whom.
        """
        if self.side is not None:
            return self.side
        found = next((side for side in self.introduction.sides if side.id == chosen), None)
        if found is None:
            raise DomainError(_("Bitte sagen Sie, für wen."), "side")
        return found


def at_desk(introduction_id: str, actor: Actor) -> SideStanding:
    """For the office and for whoever belongs to a side. Raises NotFound for all others."""
    row = load_introduction(introduction_id, actor)
    if actor.is_staff:
        return SideStanding(row, None, actor)
    mine = [side for side in row.sides if actor.belongs_to(side.organisation_id)]
    if not mine:
        raise gone()
    waiting = (side for side in mine if side.answer == SideAnswer.WAITING)
    return SideStanding(row, next(waiting, mine[0]), actor)


def by_link(token: str) -> SideStanding:
    """For the holder of a secret. Raises NotFound for any other, and after its day."""
    link = db.session.get(IntroductionLink, hash_token(token))
    if link is None or link.valid_until <= clock.now():
        raise gone()
    row = load_introduction(link.side.introduction_id, VISITOR)
    return SideStanding(row, next(side for side in row.sides if side.id == link.side_id), token=token)


def visible_introductions(actor: Actor) -> Select[Introduction]:
    """Those that this person may know of, as far as requests are concerned: none with somebody who is blocked."""
    hidden = (
        select(IntroductionSide.id)
        .join(IntroductionSide.request)
        .where(IntroductionSide.introduction_id == Introduction.id, ~shown_to(actor))
    )
    side = selectinload(Introduction.sides)
    return (
        select(Introduction)
        .where(~hidden.exists())
        .options(side.joinedload(IntroductionSide.site), side.joinedload(IntroductionSide.project))
    )


def load_introduction(introduction_id: str, actor: Actor, *, locked: bool = False) -> Introduction:
    """As it is now; `locked` until the transaction ends. NotFound where there is none to be known of."""
    query = visible_introductions(actor).where(Introduction.id == introduction_id)
    if locked:
        query = query.with_for_update(of=Introduction).execution_options(populate_existing=True)
    row = db.session.scalar(query)
    if row is None:
        raise gone()
    return row


def described(side: IntroductionSide) -> tuple[str, str]:
    """What may be said of a side to everybody in the introduction: no name and no way to reach anybody."""
    if side.site is not None:
        return side.site.title, side.site.description
    if side.project is not None:
        return side.project.name, side.project.summary
    return _("Suchende Person %(number)s", number=side.position + 1), ""


def contact_lines(side: IntroductionSide) -> list[tuple[str, str]]:
    """(label, value) of who a side is and how to reach them. Ask `may_know` first."""
    if side.request is not None:
        return _of_seeker(side.request)
    assert side.organisation_id is not None
    organisation = db.session.get_one(Organisation, side.organisation_id)
    details = contact_of_organisation(organisation)
    email = details.get("email") or address_of(organisation.id)
    lines = [
        (_("Organisation"), organisation.name),
        (_("Ansprechperson"), details.get("person")),
        (_("Telefonnummer"), details.get("phone")),
        (_("E-Mail-Adresse"), email),
        (_("Adresse des Hauses"), side.site.address if side.site else None),
    ]
    return [(label, value) for label, value in lines if value]


def may_know(standing: SideStanding) -> bool:
    """Whether this standing is told who the others are: the office always, a side once all have agreed."""
    return standing.is_office or standing.introduction.is_acquainted


def _of_seeker(request: HousingRequest) -> list[tuple[str, str]]:
    """The name, and the way on which the person wants to be reached, or whoever helps them."""
    contact = contact_of(request)
    if contact.get("ask") == HELPER:
        helper = contact.get("helper", {})
        ways = (helper.get("name"), helper.get("phone"), helper.get("email"))
    else:
        reach = contact.get("reach")
        phone = contact.get("phone") if reach in (None, "phone") else None
        ways = (contact.get("name"), phone, contact.get("email") if reach in (None, EMAIL) else None)
    labels = (_("Name"), _("Telefonnummer"), _("E-Mail-Adresse"))
    return [(label, value) for label, value in zip(labels, ways, strict=True) if value]


def subject_of(side: IntroductionSide) -> str:
    """Who it is, for the hash of an introduction."""
    return f"{side.role}|{side.site_id or side.project_id or side.request_id}"


def gone() -> NotFound:
    return NotFound(_("Diese Vermittlung gibt es nicht, oder der Link gilt nicht mehr."))
