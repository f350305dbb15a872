"""Matches as the office works on them: picked from a ranking, proposed, withdrawn, with their whole history."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from wohnberatung.accounts.models import User
from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent
from wohnberatung.brokerage.reasons import REASONS, DeclineReason
from wohnberatung.brokerage.services.effects import due_after
from wohnberatung.brokerage.services.history import NOTHING, Given, lock_pair, locked, note_of, record, take
from wohnberatung.brokerage.services.results import KeptResult, judge, result_of, seal_result
from wohnberatung.brokerage.services.steps import STEPS, awaited_of
from wohnberatung.brokerage.states import OPEN
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party, Step
from wohnberatung.dwellings.models import Offer
from wohnberatung.dwellings.services.listings import get_offer
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest, PostalLetter, Purpose, RequestState
from wohnberatung.seekers.services.consents import GivenConsent, add_consent, has_consent
from wohnberatung.seekers.services.contacts import mail_reader, reach_words
from wohnberatung.seekers.services.post import letters_about
from wohnberatung.seekers.services.requests import contact_of, load_request, move_request, shown_to
from wohnberatung.seekers.steps import TAKE_UP


@dataclass(frozen=True)
class MatchHistoryLine:
    """One event in words."""

    event: MatchEvent
    done: Any
    who: str
    reason: Any
    note: str


@dataclass(frozen=True)
class MatchSheet:
    """One match, opened for the office: what the engine said then, what can be done next, what has happened. `answers`
    are those that the person may give, also on the telephone; `reach` is how they want to be answered, in words;
    `letters` go to them by post, or went."""

    match: BrokeredMatch
    result: KeptResult
    steps: tuple[Step[BrokeredMatch], ...]
    answers: tuple[Step[BrokeredMatch], ...]
    history: tuple[MatchHistoryLine, ...]
    reason: DeclineReason | None
    gets_mails: bool
    reach: str
    letters: tuple[PostalLetter, ...]

    @property
    def lacks(self) -> frozenset[str]:
        """Purposes without which a provider hears nothing, or no name, and to which the person has not agreed."""
        return frozenset(
            purpose for purpose in (Purpose.SHARING, Purpose.RELEASE) if not has_consent(self.match.request, purpose)
        )

    @property
    def awaits_person(self) -> bool:
        """Whether nothing goes on without a yes of the person."""
        return awaited_of(self.answers) is not None


def review(request_id: str, offer_id: str, actor: Actor) -> BrokeredMatch:
    """Make a candidate a case. An open one stays as it is; one that is over is taken up again, where that may be."""
    request = load_request(request_id, actor)
    offer = get_offer(offer_id, actor)
    lock_pair(request.id, offer.id)
    match = db.session.scalar(
        select(BrokeredMatch).where(BrokeredMatch.request_id == request.id, BrokeredMatch.offer_id == offer.id)
    )
    if match is None:
        return _begin(request, offer, actor)
    if match.state not in OPEN:
        advance(match.id, "review", actor)
    return match


def advance(
    match_id: str, key: str, actor: Actor, *, version: int | None = None, given: Given = NOTHING
) -> BrokeredMatch:
    """Take a step of the office. Done already by the same step, nothing happens, unless it may be taken again.

    Conflict where `version` is not the stored one or the step does not lead from here.
    """
    only_office(actor)
    match = locked(match_id)
    load_request(match.request_id, actor)  # one that is not to be known of has no matches either
    if STEPS.is_done(match, key, Party.OFFICE) and match.state not in STEPS[key].sources:
        return match
    if version is not None:
        check_version(match, version)
    take(match, key, by=Party.OFFICE, actor=actor, given=given)
    if key == "review":
        seal_result(match, judge(match.request, match.offer_id))
        db.session.flush()
    return match


def record_answer(
    match_id: str,
    key: str,
    actor: Actor,
    *,
    version: int | None,
    given: Given,
    consent: GivenConsent | None = None,
) -> BrokeredMatch:
    """The person's own answer, given on the telephone: it counts as theirs, and the history says who took it down. So
    does the `consent` that was read out to them and stands behind the answer.

    Raises as `take` does, Conflict where the match was changed meanwhile, NotFound for one that is not to be known of.
    """
    only_office(actor)
    match = locked(match_id)
    load_request(match.request_id, actor)
    check_version(match, version)
    if consent is not None:
        add_consent(match.request, consent, taken_down_by=actor)
    return take(match, key, by=Party.SEEKER, actor=actor, given=given)


def match_sheet(match_id: str, actor: Actor) -> MatchSheet:
    """NotFound where there is none, Forbidden for anybody but the office."""
    only_office(actor)
    match = db.session.scalar(
        _matches(actor).options(selectinload(BrokeredMatch.events)).where(BrokeredMatch.id == match_id)
    )
    if match is None:
        raise NotFound(_("Diesen Vorschlag gibt es nicht."))
    return MatchSheet(
        match=match,
        result=result_of(match),
        steps=STEPS.offered(match, Party.OFFICE),
        answers=STEPS.offered(match, Party.SEEKER),
        history=_history(match),
        reason=REASONS.get(match.reason or ""),
        gets_mails=mail_reader(match.request) is not None,
        reach=reach_words(contact_of(match.request)),
        letters=tuple(letters_about(match.id)),
    )


def has_open_matches(request_id: str) -> bool:
    """Whether something between this request and an offer is not over yet."""
    alive = BrokeredMatch.request_id == request_id, BrokeredMatch.state.in_([state.value for state in OPEN])
    return db.session.scalar(select(BrokeredMatch.id).where(*alive).limit(1)) is not None


def _begin(request: HousingRequest, offer: Offer, actor: Actor) -> BrokeredMatch:
    step = STEPS["review"]
    match = BrokeredMatch(id=new_id(), request=request, offer=offer, state=step.target, created_by=actor.user_id)
    for guard in step.guards:
        guard(match)
    match.changed_by, match.due_at = actor.user_id, due_after(match, step.key)
    seal_result(match, judge(request, offer.id))
    db.session.add(match)
    record(match, step, Party.OFFICE, None, actor=actor, given=NOTHING, told=[])
    if request.state == RequestState.NEW:
        move_request(request, TAKE_UP, by=Party.OFFICE)
    return match


def _history(match: BrokeredMatch) -> tuple[MatchHistoryLine, ...]:
    people = {event.actor_id for event in match.events if event.actor_id}
    named = select(User.id, User.name).where(User.id.in_(people))
    names: dict[str, str] = dict(db.session.execute(named).all()) if people else {}
    words = {
        Party.OFFICE: _("Wohnberatung"),
        Party.SEEKER: _("Suchende Person"),
        Party.PROVIDER: _("Anbieter"),
        Party.GROUP: _("Gruppe"),
        Party.SYSTEM: _("Programm"),
    }
    return tuple(
        MatchHistoryLine(
            event,
            STEPS[event.step].done,
            _who(words[Party(event.party)], names.get(event.actor_id or "", ""), event),
            REASONS[event.reason].wording if event.reason else "",
            note_of(event),
        )
        for event in match.events
    )


def _who(party: str, name: str, event: MatchEvent) -> str:
    """Who took the step; of an answer on the telephone also who took it down."""
    if event.party == Party.SEEKER and event.actor_id:
        return _("%(party)s am Telefon, aufgenommen von %(name)s", party=party, name=name or _("Wohnberatung"))
    return name or party


def _matches(actor: Actor) -> Any:
    person = joinedload(BrokeredMatch.request)
    offer = joinedload(BrokeredMatch.offer)
    shown = select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor))
    return shown.options(person, offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
