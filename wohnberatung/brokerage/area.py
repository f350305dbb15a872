"""Matches: their deadlines, what waits for the office, what they tell and forget."""

from collections.abc import Callable, Sequence
from datetime import time, timedelta
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from wohnberatung.brokerage import models, views
from wohnberatung.brokerage.models import BrokeredMatch, MatchFunding, MatchLink, MatchPaper, MatchTask
from wohnberatung.brokerage.services.board import Due
from wohnberatung.brokerage.services.brought_papers import papers_to_check
from wohnberatung.brokerage.services.contracts import fundings_due
from wohnberatung.brokerage.services.deadlines import end_matches, keep_deadlines, stop_sharing
from wohnberatung.brokerage.services.first_shown import homes_shown_first
from wohnberatung.brokerage.services.history import Given
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.brokerage.services.personal_data import (
    forget_health,
    matches_about,
    matches_in_timeline,
    matches_in_words,
    notes_about,
    notes_in_words,
)
from wohnberatung.brokerage.services.staleness import AT_TURN, stalled_now
from wohnberatung.brokerage.services.task_reminders import remind_of_tasks
from wohnberatung.brokerage.services.tasks import overdue_tasks
from wohnberatung.brokerage.signing import PAPER_KINDS, PaperKind
from wohnberatung.brokerage.states import OPEN, MatchState
from wohnberatung.brokerage.task_kinds import OWNERS
from wohnberatung.cases.models import Case, CaseRequest
from wohnberatung.cases.services.closing import OpenInCase, OpenThing
from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area
from wohnberatung.core.steps import Party
from wohnberatung.core.work import Periodic, Running
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import ended_links
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.data_export import ToldOfRequest
from wohnberatung.seekers.services.requests import shown_to

Part = TypeVar("Part", MatchTask, MatchFunding, MatchPaper)


def _keep_deadlines(_job: Running) -> str:
    return ngettext(
        "%(num)s Vorschlag weitergeführt.", "%(num)s Vorschläge weitergeführt.", sum(keep_deadlines().values())
    )


def _remind_of_tasks(_job: Running) -> str:
    return ngettext("An %(num)s Aufgabe erinnert.", "An %(num)s Aufgaben erinnert.", remind_of_tasks())


WORK = (
    Periodic("match_tasks", _l("An überfällige Aufgaben erinnern"), _remind_of_tasks, at=time(6, 30)),
    Periodic("match_deadlines", _l("Fristen der Vorschläge einhalten"), _keep_deadlines, every=timedelta(minutes=30)),
)


S = MatchState
ANSWERS = (S.INTERESTED, S.HELP_WANTED, S.DECLINED, S.REFUSED, S.CONTACT_RELEASED)
SOON = timedelta(days=3)


def answers(actor: Actor) -> DeskContent:
    """What those who seek have answered, for the office to go on with."""
    return _found(actor, BrokeredMatch.state.in_(ANSWERS))


def deadlines(actor: Actor) -> DeskContent:
    """What is due soon, or has been for a few days."""
    soon = BrokeredMatch.due_at <= clock.now() + SOON
    return _found(actor, BrokeredMatch.state.in_(AT_TURN), soon, ~stalled_now())


def stalled(actor: Actor) -> DeskContent:
    """Past their time, and nobody has done anything about it for a week."""
    return _found(actor, stalled_now(), due=Due.STALLED)


def _found(actor: Actor, *conditions: ColumnElement[bool], due: str = "") -> DeskContent:
    query = select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor), *conditions)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    lines = _lines(db.session.scalars(_loaded(query).limit(SHOWN)).all())
    return DeskContent(count, lines, "brokerage.list_matches", {"frist": due} if due else {})


def _loaded(query: Select[Any]) -> Select[Any]:
    offer = joinedload(BrokeredMatch.offer)
    people = joinedload(BrokeredMatch.request).joinedload(HousingRequest.person_key)
    parts = offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project)
    return query.options(people, *parts).order_by(BrokeredMatch.due_at, BrokeredMatch.id)


def _lines(matches: Sequence[BrokeredMatch]) -> list[DeskLine]:
    return [
        DeskLine(
            match.offer.display_title,
            _("%(number)s, %(stage)s", number=match.request.receipt_number, stage=match.stage.label)
            + (f", {match.last_day:%d.%m.}" if match.last_day else ""),
            "brokerage.show_match",
            {"match_id": match.id},
            urgent=match.is_overdue,
        )
        for match in matches
    ]


def _part_of_desk(
    query: Select[Part], model: type[Part], order: InstrumentedAttribute[Any], told: Callable[[Part], DeskLine]
) -> DeskContent:
    """Parts of matches that wait, the first of them as lines, with what these name of home and request."""
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    match = joinedload(model.match)
    offer = match.joinedload(BrokeredMatch.offer)
    loaded = query.options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
    loaded = loaded.options(match.joinedload(BrokeredMatch.request).joinedload(HousingRequest.person_key))
    return DeskContent(
        count, [told(part) for part in db.session.scalars(loaded.order_by(order, model.id).limit(SHOWN))]
    )


def tasks(actor: Actor) -> DeskContent:
    """The office's own that are due, and those of others that nobody has ticked in time."""
    return _part_of_desk(overdue_tasks(actor), MatchTask, MatchTask.due_on, _task_line)


def _task_line(task: MatchTask) -> DeskLine:
    return DeskLine(
        task.told.label,
        _(
            "%(number)s, %(offer)s, %(owner)s, bis %(day)s",
            number=task.match.request.receipt_number,
            offer=task.match.offer.display_title,
            owner=OWNERS[Party(task.owner)],
            day=f"{task.due_on:%d.%m.}",
        ),
        "brokerage.show_match",
        {"match_id": task.match_id},
        urgent=task.is_overdue,
    )


def fundings(actor: Actor) -> DeskContent:
    """Programmes to look after: which one it is, stands on the page alone, as it tells about the person."""
    return _part_of_desk(fundings_due(actor), MatchFunding, MatchFunding.due_on, _funding_line)


def _funding_line(funding: MatchFunding) -> DeskLine:
    number, day = funding.match.request.receipt_number, f"{funding.due_on:%d.%m.}"
    return DeskLine(
        funding.match.offer.display_title,
        _("%(number)s, nachsehen am %(day)s", number=number, day=day),
        "brokerage.show_contract",
        {"match_id": funding.match_id},
        urgent=funding.due_on is not None and funding.due_on < clock.today(),
    )


def homes_first(_actor: Actor) -> DeskContent:
    """Homes that are first shown to those who need what they have: who that is stands on the page."""
    found = homes_shown_first()
    lines = [
        DeskLine(
            offer.display_title, _("bis %(day)s", day=f"{until:%d.%m.}"), "brokerage.show_first", {"offer_id": offer.id}
        )
        for offer, until in found[:SHOWN]
    ]
    return DeskContent(len(found), lines)


def papers(actor: Actor) -> DeskContent:
    """What others have brought; how it is called, stands on the page alone."""
    return _part_of_desk(papers_to_check(actor), MatchPaper, MatchPaper.created_at, _paper_line)


def _paper_line(paper: MatchPaper) -> DeskLine:
    kind, number = PAPER_KINDS[PaperKind(paper.kind)], paper.match.request.receipt_number
    detail = _("%(number)s, %(offer)s", number=number, offer=paper.match.offer.display_title)
    return DeskLine(kind, detail, "brokerage.show_match", {"match_id": paper.match_id})


DESK = (
    DeskSection("answers", _l("Antworten auf Vorschläge"), 20, answers),
    DeskSection("deadlines", _l("Fristen in den nächsten Tagen"), 30, deadlines),
    DeskSection("papers", _l("Unterlagen zu prüfen"), 21, papers),
    DeskSection("tasks", _l("Aufgaben zu Vorschlägen"), 25, tasks),
    DeskSection("stalled", _l("Liegen geblieben: noch aktuell?"), 35, stalled),
    DeskSection("first_shown", _l("Zuerst für die, die sie brauchen"), 26, homes_first),
    DeskSection("fundings", _l("Förderung: nachsehen"), 27, fundings),
)


def _open_matches(case: Case, actor: Actor) -> list[BrokeredMatch]:
    of_case = select(CaseRequest.request_id).where(CaseRequest.case_id == case.id)
    query = select(BrokeredMatch).join(BrokeredMatch.request).where(shown_to(actor))
    found = query.where(BrokeredMatch.request_id.in_(of_case), BrokeredMatch.state.in_(OPEN))
    return list(db.session.scalars(_loaded(found)))


def _open_proposals(case: Case, actor: Actor) -> list[OpenThing]:
    return [
        OpenThing(f"{line.title}: {line.detail}", line.endpoint, line.values)
        for line in _lines(_open_matches(case, actor))
    ]


def _withdraw_all(case: Case, actor: Actor) -> None:
    given = Given("office_other", _("Der Fall ist abgeschlossen."))
    for match in _open_matches(case, actor):
        advance(match.id, "withdraw", actor, given=given)


OPEN_PROPOSALS = OpenInCase(
    key="proposals",
    label=_l("Offene Vorschläge"),
    ended=_l("Zurückziehen; wer sie kennt, bekommt Bescheid"),
    kept=_l("Sie laufen weiter"),
    find=_open_proposals,
    end=_withdraw_all,
)


RETENTION = (ended_links("match_links", _l("Links zu Vorschlägen, die nicht mehr gelten"), MatchLink),)


AREA = Area(
    key="brokerage",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    desk=DESK,
    timeline=(matches_in_timeline,),
    open_in_case=(OPEN_PROPOSALS,),
    told_of_request=(
        ToldOfRequest("notes_on_offers", notes_about, notes_in_words),
        ToldOfRequest("matches", matches_about, matches_in_words),
    ),
    on_matching_ended=(end_matches,),
    on_consent_withdrawn=(forget_health, stop_sharing),
)
