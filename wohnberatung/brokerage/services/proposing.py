"""The first steps of a match, until somebody is interested. See steps.py."""

from flask_babel import lazy_gettext as _l

from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.buttons import until_interested, until_shared
from wohnberatung.brokerage.services.first_shown import is_kept_for_nobody_else
from wohnberatung.brokerage.services.guards import (
    has_sharing_consent,
    is_consented,
    is_not_yet_shared,
    is_to_be_had,
    is_worked_on,
    pair_may_come_up_again,
    place_has_room,
    project_was_not_turned_down,
    seeker_has_room,
)
from wohnberatung.brokerage.states import ANSWERABLE, OVER, STAGES, WITH_BOTH, MatchState
from wohnberatung.core.steps import Party, RequiredReason, Step

S = MatchState
OFFICE, SEEKER = (Party.OFFICE,), (Party.SEEKER,)
WHY = RequiredReason("reason", _l("Bitte wählen Sie einen Grund."))
MAY_OFFER = (is_consented, is_worked_on, is_to_be_had, seeker_has_room, place_has_room)

# Begins it, and begins it again once it is over: last among the buttons, as what is still to be settled comes first.
REVIEW: Step[BrokeredMatch] = Step(
    "review",
    OFFICE,
    OVER,
    S.UNDER_REVIEW,
    _l("Noch einmal prüfen"),
    _l("Zur Prüfung ausgewählt"),
    guards=(is_consented, is_worked_on, is_to_be_had, pair_may_come_up_again, project_was_not_turned_down),
    deadline=STAGES[S.UNDER_REVIEW].lasts,
)
PROPOSING: tuple[Step[BrokeredMatch], ...] = (
    Step(
        "offer",
        OFFICE,
        (S.UNDER_REVIEW,),
        S.OFFERED,
        _l("Vorschlagen"),
        _l("Vorgeschlagen"),
        guards=(*MAY_OFFER, is_kept_for_nobody_else),
        deadline=STAGES[S.OFFERED].lasts,
        told="proposal",
    ),
    Step(
        "interested",
        SEEKER,
        ANSWERABLE,
        S.INTERESTED,
        _l("Das interessiert mich"),
        _l("Antwort: Interesse"),
        guards=MAY_OFFER,
        deadline=STAGES[S.INTERESTED].lasts,
        button=until_interested,
    ),
    # Agreed to for this one provider, as the consent to sharing promises.
    Step(
        "share",
        SEEKER,
        (S.INTERESTED,),
        S.INTERESTED,
        _l("Sie dürfen den Anbieter fragen"),
        _l("Antwort: Der Anbieter darf vom Bedarf erfahren"),
        guards=(is_consented, has_sharing_consent, is_to_be_had, is_not_yet_shared),
        stays=True,
        button=until_shared,
    ),
    Step(
        "declined",
        SEEKER,
        (*ANSWERABLE, *WITH_BOTH),
        S.DECLINED,
        _l("Das passt nicht"),
        _l("Antwort: passt nicht"),
        guards=(is_consented,),
        deadline=STAGES[S.DECLINED].lasts,
        reason=WHY,
    ),
    # How long it rests, the person says.
    Step(
        "later",
        SEEKER,
        ANSWERABLE,
        S.LATER,
        _l("Fragen Sie mich später noch einmal"),
        _l("Antwort: später noch einmal"),
        guards=(is_consented, is_to_be_had),
    ),
    Step(
        "help_wanted",
        SEEKER,
        ANSWERABLE,
        S.HELP_WANTED,
        _l("Ich brauche Hilfe"),
        _l("Antwort: braucht Hilfe"),
        guards=MAY_OFFER,
        deadline=STAGES[S.HELP_WANTED].lasts,
    ),
)
