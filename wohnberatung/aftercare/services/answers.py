"""What people say of how it goes: by the link from a mail, or on the telephone, and that the office has seen to it."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.aftercare.living import Living
from wohnberatung.aftercare.models import LivingAnswer, LivingCheck
from wohnberatung.aftercare.services.asking import LIVING_THERE, checks_of
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.brokerage.services.history import locked, take
from wohnberatung.brokerage.services.matches import match_sheet
from wohnberatung.brokerage.services.proposals import match_by_secret
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.seekers.services.requests import shown_to


@dataclass(frozen=True)
class LivingSaid:
    """An answer: how one lives there, what is missing, and whether one may be asked the next time."""

    living: str
    missing: str = ""
    ask_again: bool | None = None


def check_by_secret(token: str, match_id: str) -> LivingCheck:
    """The last time of asking, for the holder of the secret; NotFound for any other, and where nobody has asked."""
    return _last(match_by_secret(token, match_id))


def answer_by_secret(token: str, match_id: str, said: LivingSaid, *, version: int | None) -> LivingCheck:
    """The person's own answer. The same twice is one; Conflict where another one came first."""
    check = check_by_secret(token, match_id)
    match = locked(match_id)
    db.session.refresh(check)
    if check.answer is not None:
        if _as_kept(said) == check.plain_answer and said.ask_again == check.ask_again:
            return check
        raise Conflict(_("Wir haben Ihre Antwort schon. Rufen Sie uns an, wenn sich etwas geändert hat."))
    check_version(check, version)
    return _keep(match, check, said)


def record_answer(match_id: str, said: LivingSaid, actor: Actor) -> LivingCheck:
    """Taken down by the office, whether somebody was asked before or not. DomainError where nobody lives there."""
    match = match_sheet(match_id, actor).match
    locked(match_id)
    if match.state not in LIVING_THERE:
        raise DomainError(_("Hier wohnt noch niemand oder niemand mehr."))
    open_ones = [each for each in checks_of(match_id) if each.answer is None]
    check = open_ones[-1] if open_ones else _unasked(match)
    check.recorded_by = actor.user_id
    return _keep(match, check, said)


def handle(check_id: str, actor: Actor, *, version: int | None) -> LivingCheck:
    """The office has done what the answer asked for. NotFound for one that is not to be known of."""
    check = _load(check_id, actor)
    check_version(check, version)
    check.handled_at = clock.now()
    db.session.flush()
    return check


def needs_talk(check: LivingCheck) -> bool:
    """Whether the office has something to do about the answer."""
    said = check.plain_answer
    return said is not None and (said["living"] != Living.WELL or bool(said.get("missing")))


def _keep(match: BrokeredMatch, check: LivingCheck, said: LivingSaid) -> LivingCheck:
    if said.living not in set(Living):
        raise DomainError(_("Bitte wählen Sie eine Antwort."), "living")
    check_length(said.missing, NOTE, "missing")
    check.plain_answer, check.ask_again = _as_kept(said), said.ask_again
    check.answered_at = clock.now()
    if match.state in LIVING_THERE:
        take(match, "told_how_it_goes", by=Party.SYSTEM)
    if not needs_talk(check):
        check.handled_at = clock.now()
    db.session.flush()
    return check


def _as_kept(said: LivingSaid) -> LivingAnswer:
    missing = said.missing.strip()
    return {"living": said.living, "missing": missing} if missing else {"living": said.living}


def _unasked(match: BrokeredMatch) -> LivingCheck:
    """Somebody called, or was called, before the day had come."""
    today = clock.today()
    if any(each.due_on == today for each in checks_of(match.id)):
        raise DomainError(_("Heute ist dazu schon eine Antwort festgehalten."))
    check = LivingCheck(id=new_id(), match=match, due_on=today, asked_at=clock.now(), told="")
    db.session.add(check)
    return check


def _last(match: BrokeredMatch) -> LivingCheck:
    checks = checks_of(match.id)
    if not checks:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return checks[-1]


def _load(check_id: str, actor: Actor) -> LivingCheck:
    only_office(actor)
    known = select(LivingCheck).join(LivingCheck.match).join(BrokeredMatch.request)
    offer = joinedload(LivingCheck.match).joinedload(BrokeredMatch.offer)
    parts = offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project)
    check = db.session.scalar(known.options(*parts).where(shown_to(actor), LivingCheck.id == check_id))
    if check is None:
        raise NotFound(_("Diese Nachfrage gibt es nicht."))
    return check
