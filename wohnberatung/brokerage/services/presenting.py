"""The steps of a match while those who offer think about it, and when the person takes back what they may know.

See steps.py; their yes and their no are in letting.py.
"""

from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.buttons import for_one_alone, with_open_question
from wohnberatung.brokerage.services.guards import (
    has_question,
    is_consented,
    is_shared,
    is_to_be_had,
    place_is_not_promised,
    was_not_just_reminded,
)
from wohnberatung.brokerage.services.letting import OFFERING
from wohnberatung.brokerage.states import ACQUAINTED, ASIDE, STAGES, MatchState
from wohnberatung.core.steps import Party, Step

S = MatchState
PRESENTING: tuple[Step[BrokeredMatch], ...] = (
    Step(
        "postpone",
        OFFERING,
        (S.PRESENTED,),
        S.PRESENTED,
        _l("Der Anbieter möchte später gefragt werden"),
        _l("Der Anbieter möchte später gefragt werden"),
        guards=(is_to_be_had,),
        asks=True,
        stays=True,
        button=for_one_alone,
    ),
    Step(
        "ask_office",
        (Party.PROVIDER, Party.GROUP),
        (S.PRESENTED,),
        S.PRESENTED,
        _l("Die Wohnberatung fragen"),
        _l("Der Anbieter hat eine Frage"),
        asks=True,
        stays=True,
    ),
    Step(
        "settle_question",
        (Party.OFFICE,),
        tuple(S),
        S.PRESENTED,
        _l("Frage des Anbieters ist geklärt"),
        _l("Frage des Anbieters geklärt"),
        guards=(has_question,),
        stays=True,
        button=with_open_question,
    ),
    Step(
        "remind_provider",
        (Party.SYSTEM, Party.OFFICE),
        (S.PRESENTED,),
        S.PRESENTED,
        _l("Den Anbieter an die Antwort erinnern"),
        _l("Den Anbieter noch einmal gefragt"),
        guards=(is_consented, is_shared, is_to_be_had, was_not_just_reminded),
        stays=True,
        also_told="match_presented",
    ),
    # The provider may know what is needed, and not who it is any more.
    Step(
        "unrelease",
        (Party.SYSTEM,),
        ACQUAINTED,
        S.MUTUAL_INTEREST,
        done=_l("Einwilligung zu Name und Kontakt zurückgenommen"),
        deadline=STAGES[S.MUTUAL_INTEREST].lasts,
    ),
    Step(
        "recall",
        (Party.SYSTEM,),
        ASIDE,
        S.ON_HOLD,
        done=_l("Einwilligung zur Weitergabe zurückgenommen"),
        guards=(place_is_not_promised,),
        stays=True,
    ),
)
