"""What aftercare keeps about a person: at their case, on the desk, told to them in full, gone with their consent."""

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from wohnberatung.aftercare.living import LIVING_WORDS, Living
from wohnberatung.aftercare.models import LivingCheck
from wohnberatung.aftercare.services.asking import LIVING_THERE
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.cases.models import Case, CaseRequest
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine
from wohnberatung.cases.services.timeline import TimelineEntry
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.papers import Part, heading, moment, pairs
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.requests import shown_to

# Nobody has answered for so long: the office calls.
PATIENCE = timedelta(days=14)


def answer_words(check: LivingCheck) -> str:
    """What was said, in words; empty where nothing was."""
    said = check.plain_answer
    if said is None:
        return ""
    words = str(LIVING_WORDS[Living(said["living"])])
    return f"{words}\n{said['missing']}" if said.get("missing") else words


def waiting_checks(actor: Actor) -> DeskContent:
    """Answers that ask for something, and people to call as they read no mails or have not answered."""
    unanswered = LivingCheck.answered_at.is_(None)
    to_call = unanswered & (BrokeredMatch.state.in_(LIVING_THERE))
    to_call &= or_(LivingCheck.told == "", LivingCheck.asked_at <= clock.now() - PATIENCE)
    answered = LivingCheck.answered_at.is_not(None)
    query = (
        select(LivingCheck)
        .join(LivingCheck.match)
        .join(BrokeredMatch.request)
        .where(shown_to(actor), LivingCheck.handled_at.is_(None), answered | to_call)
    )
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    loaded = joinedload(LivingCheck.match)
    offer = loaded.joinedload(BrokeredMatch.offer)
    parts = offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project), loaded.joinedload(BrokeredMatch.request)
    found = db.session.scalars(query.options(*parts).order_by(LivingCheck.due_on, LivingCheck.id).limit(SHOWN))
    return DeskContent(count, [_line(check) for check in found])


def _line(check: LivingCheck) -> DeskLine:
    number = check.match.request.receipt_number
    to_do = _("%(number)s hat geantwortet: bitte ansehen", number=number)
    if check.answered_at is None:
        to_do = _("%(number)s anrufen und fragen, wie es geht", number=number)
    values = {"match_id": check.match_id}
    return DeskLine(check.match.offer.display_title, to_do, "aftercare.ask_how_it_goes", values)


def checks_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """Every answer, of requests that the acting person may know of."""
    belongs = select(CaseRequest.request_id).where(CaseRequest.case_id == case.id)
    known = select(LivingCheck).join(LivingCheck.match).join(BrokeredMatch.request)
    known = known.where(shown_to(actor), BrokeredMatch.request_id.in_(belongs), LivingCheck.answered_at.is_not(None))
    for check in db.session.scalars(known):
        if check.answered_at is not None:
            title, values = _("Nach dem Einzug: So geht es"), {"match_id": check.match_id}
            words = answer_words(check)
            yield TimelineEntry(check.answered_at, title, words, "", "aftercare.ask_how_it_goes", values)


def checks_about(request: HousingRequest) -> list[ExportedRecord]:
    """Every time of asking with its answer, oldest first."""
    return [
        {
            "offer": check.match.offer_id,
            "due_on": check.due_on.isoformat(),
            "asked_at": check.asked_at.isoformat(),
            "told": check.told,
            "answered_at": check.answered_at.isoformat() if check.answered_at else None,
            "answer": check.plain_answer,
            "ask_again": check.ask_again,
        }
        for check in _checks_of(request)
    ]


def checks_in_words(request: HousingRequest) -> list[Part]:
    """The same to read."""
    rows = [(moment(each.answered_at or each.asked_at), answer_words(each) or "–") for each in _checks_of(request)]
    return [heading(_("Wie es Ihnen nach dem Einzug geht")), pairs(rows)] if rows else []


def forget_what_is_missing(request: HousingRequest, purpose: str) -> None:
    """What people write may tell of their health: it goes with the consent to that."""
    if purpose != Purpose.HEALTH:
        return
    for check in _checks_of(request):
        if (said := check.plain_answer) is not None:
            check.plain_answer = {"living": said["living"]}


def _checks_of(request: HousingRequest) -> list[LivingCheck]:
    mine = select(LivingCheck).join(LivingCheck.match).where(BrokeredMatch.request_id == request.id)
    return list(db.session.scalars(mine.order_by(LivingCheck.due_on, LivingCheck.id)))
