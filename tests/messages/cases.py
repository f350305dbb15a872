"""Messages of a match whose sides do not know each other yet."""

from tests.brokerage.ways import on_the_way, sharing
from tests.viewings.cases import TO_RELEASED, reachable_home
from wohnberatung.dwellings.models import Offer
from wohnberatung.messages.models import MatchMessage
from wohnberatung.messages.services.conversations import CONVERSATION, write
from wohnberatung.seekers.services.requests import Submitted

PRESENTED = TO_RELEASED[:4]


def held_message(offer: Offer | None = None, submitted: Submitted | None = None) -> MatchMessage:
    """From the one who seeks, with a telephone number in it."""
    submitted = submitted or sharing()
    match = on_the_way(*PRESENTED, submitted=submitted, offer=offer or reachable_home())
    return write(CONVERSATION.by_link(submitted.token, match.id), "provider", "Meine Nummer ist 0351 1234567.")
