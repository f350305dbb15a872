"""Matches whose sides know each other, with dates in any state."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from tests.brokerage.cases import DOOR, home
from tests.brokerage.ways import on_the_way, sharing
from tests.factories import make_dwelling, make_offer, make_organisation, provider_of
from wohnberatung.accounts.models import Organisation
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import ShownMail
from wohnberatung.seekers.services.requests import Submitted
from wohnberatung.viewings.models import FactCorrection, Viewing
from wohnberatung.viewings.services import dates
from wohnberatung.viewings.services.feedback import SaidAfterwards, give_feedback
from wohnberatung.viewings.services.sides import VIEWING, Standing, viewing_of

LANDLORD = "vermietung@example.org"
TO_RELEASED = ("offer", "interested", "share", "present", "welcome", "release")


class Acquainted(NamedTuple):
    """Both sides of a match, and what they hold."""

    match: BrokeredMatch
    token: str

    @property
    def seeker(self) -> Standing:
        return VIEWING.by_link(self.token, self.match.id)

    @property
    def provider(self) -> Standing:
        return VIEWING.at_desk(self.match.id, self.landlord)

    @property
    def landlord(self) -> Actor:
        return provider_of(db.session.get_one(Organisation, self.match.offer.organisation_id))

    @property
    def viewing(self) -> Viewing:
        found = viewing_of(self.match)
        assert found is not None
        return found


def acquainted(offer: Offer | None = None, submitted: Submitted | None = None) -> Acquainted:
    """Contact is released, and nobody has proposed a date."""
    submitted = submitted or sharing()
    return Acquainted(on_the_way(*TO_RELEASED, submitted=submitted, offer=offer or home()), submitted.token)


def reachable_home(owner: Organisation | None = None) -> Offer:
    """A home in Elbstraße whose provider reads mails."""
    owner = owner or make_organisation()
    owner.plain_contact = {"email": LANDLORD}
    address = Address("Elbstraße", "7", "01307", "Dresden", "")
    dwelling = make_dwelling(owner, address, level="measured", inner_door_clear_width_cm=95)
    return make_offer(dwelling, title="Wohnung am Park")


def provider_link(mails: list[ShownMail]) -> str:
    """The path in the last mail to those who offer."""
    lines = [line for mail in mails if mail.to == LANDLORD for line in mail.text.splitlines()]
    return next(line for line in reversed(lines) if "/besichtigung/" in line).partition("8000")[2]


def in_days(number: int, at: time = time(14)) -> datetime:
    """So many days from today, by the clock on the wall."""
    return dates.moment_at(clock.today() + timedelta(days=number), at)


def proposed(pair: Acquainted | None = None, *days: int) -> Acquainted:
    """By those who offer."""
    pair = pair or acquainted()
    dates.propose(pair.provider, [in_days(day) for day in days or (2, 3)], version=0)
    return pair


def agreed(pair: Acquainted | None = None) -> Acquainted:
    """For the day after tomorrow, at two."""
    pair = proposed(pair)
    dates.choose(pair.seeker, in_days(2), version=pair.viewing.version)
    return pair


def held(pair: Acquainted | None = None) -> Acquainted:
    """The hour has come."""
    pair = agreed(pair)
    pair.viewing.starts_at = clock.now() - timedelta(hours=2)
    pair.match.viewing_on = clock.today()
    db.session.flush()
    return pair


def seen_differently() -> FactCorrection:
    """A door that is narrower than was said."""
    pair = held()
    said = SaidAfterwards("unsure", "Die Tür war schmal.", {DOOR["key"]: 78.0}, measured=True)
    give_feedback(pair.seeker, said, version=0)
    return db.session.query(FactCorrection).one()


def fields_for(*options: tuple[date, str]) -> dict[str, Any]:
    """What somebody fills into the form for dates."""
    sent: dict[str, Any] = {}
    for number, (day, at) in enumerate(options, 1):
        sent |= {f"day_{number}": day.isoformat(), f"time_{number}": at}
    return sent
