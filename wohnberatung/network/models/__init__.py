"""Tables of the network: houses and groups that seek one, and who is introduced to whom."""

from wohnberatung.network.models.introductions import (
    Answer,
    Disclosed,
    Introduction,
    IntroductionDisclosure,
    IntroductionEvent,
    IntroductionFile,
    IntroductionKind,
    IntroductionLink,
    IntroductionMeeting,
    IntroductionMessage,
    IntroductionSide,
    IntroductionState,
    MeetingState,
    Outcome,
    Side,
)
from wohnberatung.network.models.sites import Site, SiteSearch, SiteStatus

__all__ = [
    "Answer",
    "Disclosed",
    "Introduction",
    "IntroductionDisclosure",
    "IntroductionEvent",
    "IntroductionFile",
    "IntroductionKind",
    "IntroductionLink",
    "IntroductionMeeting",
    "IntroductionMessage",
    "IntroductionSide",
    "IntroductionState",
    "MeetingState",
    "Outcome",
    "Side",
    "Site",
    "SiteSearch",
    "SiteStatus",
]
