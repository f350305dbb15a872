"""The steps of a match once somebody has lived there: it ends, there is a conversation, and what comes of that.

See steps.py. What a step does to the request of the person is in aftercare.
"""

from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.buttons import where_people_share
from wohnberatung.brokerage.services.guards import (
    is_consented,
    is_in_shared_house,
    may_seek_again,
    was_talked_about,
)
from wohnberatung.brokerage.services.letting import NEWS
from wohnberatung.brokerage.services.proposing import OFFICE, WHY
from wohnberatung.brokerage.states import IN_PLAY, STAGES, MatchState
from wohnberatung.core.steps import Step

S = MatchState
LIVED = (S.MOVED_IN, S.COMPLETED, S.ENDED_AFTER_MOVE_IN)
# Who belongs to a group that shares a house, or is about to; a contract that was signed is no longer ours to end.
OF_GROUP = (*IN_PLAY, S.RESERVED, *LIVED)
AFTER_LIVING: tuple[Step[BrokeredMatch], ...] = (
    Step(
        "end_living",
        OFFICE,
        (S.MOVED_IN, S.COMPLETED),
        S.ENDED_AFTER_MOVE_IN,
        _l("Die Person wohnt dort nicht mehr"),
        _l("Nach dem Einzug beendet"),
        deadline=STAGES[S.ENDED_AFTER_MOVE_IN].lasts,
        reason=WHY,
        asks=True,
    ),
    Step(
        "talked",
        OFFICE,
        (S.ENDED_AFTER_MOVE_IN,),
        S.ENDED_AFTER_MOVE_IN,
        _l("Gespräch festhalten"),
        _l("Gespräch geführt, wie es weitergeht"),
        asks=True,
        stays=True,
    ),
    Step(
        "rematch",
        OFFICE,
        (S.ENDED_AFTER_MOVE_IN,),
        S.CLOSED,
        _l("Wieder suchen"),
        _l("Die Person sucht wieder"),
        guards=(was_talked_about, may_seek_again, is_consented),
        told=NEWS,
        asks=True,
    ),
    # Each who lives in the house, or is about to, is somebody alone again, and their request stays open.
    Step(
        "split",
        OFFICE,
        OF_GROUP,
        S.CLOSED,
        _l("Gruppe teilen"),
        _l("Die Gruppe hat sich geteilt"),
        guards=(is_in_shared_house, may_seek_again, is_consented),
        told=NEWS,
        asks=True,
        button=where_people_share,
    ),
    Step(
        "let_be",
        OFFICE,
        (S.ENDED_AFTER_MOVE_IN,),
        S.CLOSED,
        _l("Die Person sucht nicht weiter"),
        _l("Die Person sucht nicht weiter"),
        guards=(was_talked_about,),
    ),
)
