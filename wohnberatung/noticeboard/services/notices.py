"""Notices of organisations and of the office: written, shown, renewed, taken down; who may do what."""

from collections.abc import Mapping
from typing import cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core.actors import Actor, Publication, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import free_receipt_number, new_id
from wohnberatung.core.languages import Words
from wohnberatung.core.pagination import Page, paginate
from wohnberatung.core.steps import Party, Step, party_of
from wohnberatung.dwellings.services.wording import Objection, check_text
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import drop_waiting, release_waiting
from wohnberatung.noticeboard.kinds import MOST_WEEKS, NoticeTopic, NoticeValues
from wohnberatung.noticeboard.models import Notice, NoticeState
from wohnberatung.noticeboard.services.telling import tell_sender
from wohnberatung.noticeboard.steps import NOTICE_STEPS, RELEASE, RENEW, SHOW, TAKE_BACK, TAKE_DOWN, hang

# What is written in own words: shown side by side where two people wrote at once.
TEXTS: dict[str, Words] = {
    "title": _l("Überschrift"),
    "text": _l("Was möchten Sie mitteilen?"),
    "answer_to": _l("Wohin soll man antworten?"),
}


def begin_notice(values: NoticeValues, actor: Actor) -> Notice:
    """A draft of the organisation the person acts for, or of the office. Raises DomainError for somebody who belongs to
    no organisation, or without a heading."""
    own = actor.acts_for
    if own is None and not actor.is_staff:
        raise DomainError(
            _("Ihr Konto gehört noch zu keiner Organisation. Schreiben Sie den Aushang als Privatperson.")
        )
    notice = new_notice(NoticeState.DRAFT)
    notice.organisation_id = own.organisation_id if own and not actor.is_staff else None
    write_down(notice, values)
    db.session.add(notice)
    db.session.flush()
    return notice


def new_notice(state: NoticeState) -> Notice:
    """Not stored yet; with the number by which everybody speaks of it."""
    return Notice(id=new_id(), receipt_number=free_receipt_number(Notice.receipt_number, "AH"), state=state)


def write_down(notice: Notice, values: NoticeValues) -> None:
    """What a notice says. Raises DomainError without a heading, or for more weeks than a notice hangs."""
    for name, value in values.items():
        setattr(notice, name, value.strip() if isinstance(value, str) and name in TEXTS else value)
    notice.topic = NoticeTopic(notice.topic)
    if not notice.title:
        raise DomainError(_("Bitte geben Sie dem Aushang eine Überschrift."), "title")
    if not 1 <= notice.weeks <= MOST_WEEKS:
        raise DomainError(_("Ein Aushang hängt höchstens sechs Monate. Danach können Sie ihn verlängern."), "weeks")


def edit_notice(notice_id: str, values: NoticeValues, version: int | None, actor: Actor) -> Notice:
    """Change what it says; Conflict with both texts where somebody else was faster. What everybody reads and should be
    read first is taken back until the office has. Raises NotFound for strangers, DomainError without a heading."""
    notice = own_notice(notice_id, actor)
    given = cast(Mapping[str, object], values)
    current = {str(label): getattr(notice, name) for name, label in TEXTS.items()}
    submitted = {str(label): str(given.get(name) or "") for name, label in TEXTS.items()}
    check_version(notice, version, current=current, submitted=submitted)
    write_down(notice, values)
    if notice.is_public and way_to_public(notice, actor) is not Publication.LIVE:
        NOTICE_STEPS.take(notice, TAKE_BACK, by=Party.SYSTEM)
    db.session.flush()
    return notice


def move_notice(
    notice_id: str, key: str, actor: Actor, *, reason: str = "", version: int | None = None
) -> Step[Notice]:
    """Take a step of steps.py; the same step twice is one. Raises NotFound for strangers and unknown steps, DomainError
    for what is missing or while the office does not know the owner, Conflict where it does not lead on or, for a step
    that says why, where somebody else was faster."""
    notice, party = own_notice(notice_id, actor), party_of(actor, Party.PROVIDER)
    step = NOTICE_STEPS[key]
    if NOTICE_STEPS.is_done(notice, key, party):
        return step
    if step.reason:
        check_version(notice, version, submitted={_("Gründe"): reason})
    target = _shown_as(notice, actor) if key == SHOW else None
    NOTICE_STEPS.take(notice, key, by=party, why=reason, target=target)
    finish_step(notice, step, reason)
    return step


def finish_step(notice: Notice, step: Step[Notice], reason: str = "") -> None:
    """What goes with a step: the reason, the longer time, mails that waited, and that its sender hears of it."""
    if step.reason:
        notice.reason = reason.strip()
    if step.key == RENEW:
        hang(notice)
    if notice.person_key is not None and step.key == RELEASE:
        notice.held_for = None
        release_waiting(notice.person_key)
    if notice.person_key is not None and notice.held_for and step.key == TAKE_DOWN:
        drop_waiting(notice.person_key)
    db.session.flush()
    if step.told:
        tell_sender(notice)


def steps_of(notice: Notice, actor: Actor) -> dict[str, Step[Notice]]:
    """What this person may do with it now, by key: its buttons."""
    offered = {step.key: step for step in NOTICE_STEPS.offered(notice, party_of(actor, Party.PROVIDER))}
    if way_to_public(notice, actor) is Publication.NOT_YET or notice.is_private:
        offered.pop(SHOW, None)
    return offered


def way_to_public(notice: Notice, actor: Actor) -> Publication:
    """What putting it up would come to; what a person should read is read first, whoever wrote it."""
    way = actor.publication_for(notice.organisation_id)
    return (
        Publication.REVIEW if way is Publication.LIVE and not actor.is_staff and objections_to_notice(notice) else way
    )


def objections_to_notice(notice: Notice) -> list[Objection]:
    """What a reader who knows the law would object to."""
    return check_text(f"{notice.title}. {notice.text}")


def own_notice(notice_id: str, actor: Actor) -> Notice:
    """For its owner and the office; NotFound for all others, as if there were none."""
    notice = db.session.get(Notice, notice_id)
    if notice is None or not (actor.is_staff or actor.belongs_to(notice.organisation_id)):
        raise NotFound(_("Diesen Aushang gibt es nicht (mehr)."))
    return notice


def shown_notice(notice_id: str, actor: Actor) -> Notice:
    """For everybody while it hangs, for its owner and the office always; NotFound otherwise."""
    notice = db.session.get(Notice, notice_id)
    if notice is not None and notice.is_public:
        return notice
    return own_notice(notice_id, actor)


def notices_for(actor: Actor, number: int = 1) -> Page[Notice]:
    """One's own, the newest first; for the office all, those that wait for it first."""
    query = select(Notice).options(joinedload(Notice.organisation))
    if actor.is_staff:
        waits = Notice.waits_since
        query = query.order_by(waits.is_(None), waits, Notice.created_at.desc(), Notice.id)
    else:
        own = Notice.organisation_id.in_(actor.organisation_ids)
        query = query.where(own).order_by(Notice.created_at.desc(), Notice.id)
    return paginate(db.session, query, number)


def notices_in_review(actor: Actor) -> list[Notice]:
    """Those that wait for the office, what looks like spam last. Forbidden for everybody else."""
    only_office(actor)
    waiting = select(Notice).where(Notice.state.in_((NoticeState.WAITING, NoticeState.HELD)))
    return list(db.session.scalars(waiting.order_by(Notice.waits_since.is_(None), Notice.waits_since, Notice.id)))


def _shown_as(notice: Notice, actor: Actor) -> NoticeState:
    way = way_to_public(notice, actor)
    if way is Publication.NOT_YET:
        raise DomainError(_("Die Wohnberatung kennt Ihre Organisation noch nicht. Wir melden uns bei Ihnen."))
    return NoticeState.PUBLISHED if way is Publication.LIVE else NoticeState.WAITING
