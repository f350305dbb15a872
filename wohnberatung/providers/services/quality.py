"""What stood out about the offers and answers of an organisation, for the office and for itself alone.

Each note is a fact about an offer or an answer, found where it happened and kept nowhere: no answer until the deadline,
an offer that could not be had after somebody was presented, a date to which nobody came, a fact that was otherwise when
somebody looked. There is no mark and no order; nothing of it enters a ranking, and nobody is named. Those concerned
read it and may comment.
Source: brokerage concept, quality note.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from matching.catalogue import HOMES
from wohnberatung.brokerage.models import BrokeredMatch, MatchEvent
from wohnberatung.brokerage.services.acting import SOURCE
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import NOTE, check_length
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party
from wohnberatung.dwellings.models import Dwelling, FactRecord, Offer
from wohnberatung.extensions import db
from wohnberatung.providers.models import QualityComment
from wohnberatung.viewings.models import Viewing
from wohnberatung.viewings.services.corrections import AFTER_VIEWING

# Older ones are of no use to anybody.
LOOKED_BACK = timedelta(days=365)
REPEATED = 2
# Reasons that an offer could not be had after all.
_NOT_TO_BE_HAD = ("let_otherwise", "taken_back", "never_free")


class QualityKind(StrEnum):
    """What stood out."""

    LATE = "late"
    NOT_TO_BE_HAD = "not_to_be_had"
    MISSED = "missed"
    WRONG = "wrong"


QUALITY_WORDS: dict[QualityKind, Words] = {
    QualityKind.LATE: _l("Keine Antwort bis zur Frist"),
    QualityKind.NOT_TO_BE_HAD: _l("War nach der Vorstellung doch nicht zu haben"),
    QualityKind.MISSED: _l("Zur Besichtigung kam vom Anbieter niemand"),
    QualityKind.WRONG: _l("Angabe war vor Ort anders"),
}


@dataclass(frozen=True)
class QualityNote:
    """One fact about an offer or an answer: `about` names it, `title` is that of the offer or home, `detail` says what
    was otherwise. `comment` is what those concerned say to it."""

    about: str
    kind: QualityKind
    day: date
    title: str
    detail: str = ""
    comment: str = ""
    version: int | None = None

    @property
    def words(self) -> Words:
        return QUALITY_WORDS[self.kind]


def quality_notes(organisation_id: str, actor: Actor) -> list[QualityNote]:
    """Of the last twelve months, the newest first; for the office and for those concerned, NotFound for all others."""
    if not actor.is_staff and not actor.belongs_to(organisation_id):
        raise NotFound(_("Diese Organisation gibt es nicht."))
    since = clock.now() - LOOKED_BACK
    mine = select(QualityComment).where(QualityComment.organisation_id == organisation_id)
    comments = {each.about: each for each in db.session.scalars(mine)}
    found = (_about_answers, _about_dates, _about_facts)
    notes = (note for each in found for note in each(organisation_id, since))
    commented = (_with_comment(note, comments.get(note.about)) for note in notes)
    return sorted(commented, key=lambda note: (note.day, note.about), reverse=True)


def repeated(organisation_id: str, actor: Actor) -> list[tuple[Words, int]]:
    """What stood out more than once, with how often; for the office."""
    only_office(actor)
    counts = Counter(note.kind for note in quality_notes(organisation_id, actor))
    return [(QUALITY_WORDS[kind], counts[kind]) for kind in QualityKind if counts[kind] >= REPEATED]


def load_note(about: str, actor: Actor) -> tuple[str, QualityNote]:
    """A note of one's own organisations, with the organisation's id; NotFound for any other."""
    for organisation_id in sorted(actor.organisation_ids):
        for note in quality_notes(organisation_id, actor):
            if note.about == about:
                return organisation_id, note
    raise NotFound(_("Diese Notiz gibt es nicht (mehr)."))


def comment_on(about: str, text: str, actor: Actor, *, version: int | None) -> None:
    """Say something to a note of one's own organisation; without words the comment is gone. DomainError at `text`,
    Conflict where a colleague was faster, NotFound for a note of others."""
    organisation_id, note = load_note(about, actor)
    check_length(text, NOTE, "text")
    words = text.strip()
    mine = select(QualityComment).filter_by(organisation_id=organisation_id, about=about)
    comment = db.session.scalars(mine.with_for_update()).one_or_none()
    if comment is None and not words:
        raise DomainError(_("Bitte schreiben Sie, was Sie dazu sagen möchten."), "text")
    if comment is None:
        comment = QualityComment(id=new_id(), organisation_id=organisation_id, about=note.about)
        db.session.add(comment)
    else:
        check_version(comment, version)
    if words:
        comment.plain_content, comment.written_by = words, actor.user_id
    else:
        db.session.delete(comment)
    db.session.flush()


def _with_comment(note: QualityNote, comment: QualityComment | None) -> QualityNote:
    if comment is None:
        return note
    told = comment.plain_content, comment.version
    return QualityNote(note.about, note.kind, note.day, note.title, note.detail, *told)


def _about_answers(organisation_id: str, since: datetime) -> Iterator[QualityNote]:
    match = joinedload(MatchEvent.match)
    offer = match.joinedload(BrokeredMatch.offer)
    query = select(MatchEvent).join(MatchEvent.match).join(BrokeredMatch.offer)
    query = query.where(Offer.organisation_id == organisation_id, MatchEvent.happened_at >= since)
    late = MatchEvent.step == "unanswered"
    gone = (MatchEvent.step == "refuse") & MatchEvent.reason.in_(_NOT_TO_BE_HAD)
    loaded = query.options(offer.joinedload(Offer.dwelling), offer.joinedload(Offer.project))
    for event in db.session.scalars(loaded.where(late | gone)):
        kind = QualityKind.LATE if event.step == "unanswered" else QualityKind.NOT_TO_BE_HAD
        day = clock.to_berlin(event.happened_at).date()
        yield QualityNote(f"antwort-{event.id}", kind, day, event.match.offer.display_title)


def _about_dates(organisation_id: str, since: datetime) -> Iterator[QualityNote]:
    """Dates that this side missed, as the other side or the office has said."""
    offer = joinedload(MatchEvent.match).joinedload(BrokeredMatch.offer)
    query = select(MatchEvent, Viewing.provider_missed).join(MatchEvent.match).join(BrokeredMatch.offer)
    query = query.join(Viewing, Viewing.match_id == BrokeredMatch.id).options(offer.joinedload(Offer.dwelling))
    theirs = Offer.organisation_id == organisation_id, Viewing.provider_missed > 0
    missed = query.where(*theirs, MatchEvent.step.in_(("missed", "missed_twice"))).order_by(MatchEvent.id)
    left: dict[str, int] = {}
    for event, count in db.session.execute(missed.options(offer.joinedload(Offer.project))):
        # Said by one side, it was the other; what the second time ends is nobody's word: it fills up what was counted.
        if (event.step == "missed" and event.party != Party.SEEKER) or not left.setdefault(event.match_id, count):
            continue
        left[event.match_id] -= 1
        if event.happened_at >= since:
            day = clock.to_berlin(event.happened_at).date()
            yield QualityNote(f"termin-{event.id}", QualityKind.MISSED, day, event.match.offer.display_title)


def _about_facts(organisation_id: str, since: datetime) -> Iterator[QualityNote]:
    """What somebody found otherwise than it had been told, once the office has taken it over."""
    earlier = aliased(FactRecord)
    told = select(earlier.value).where(
        earlier.subject_id == FactRecord.subject_id, earlier.key == FactRecord.key, earlier.id < FactRecord.id
    )
    before = told.where(earlier.current).order_by(earlier.id.desc()).limit(1).scalar_subquery()
    found = select(FactRecord, Dwelling, before).join(Dwelling, Dwelling.id == FactRecord.subject_id)
    found = found.where(Dwelling.organisation_id == organisation_id, FactRecord.recorded_at >= since)
    found = found.where(FactRecord.current, FactRecord.source.in_((SOURCE, AFTER_VIEWING)))
    for record, dwelling, known in db.session.execute(found):
        fact = HOMES.fact(record.key)
        if known is None or record.value is None or known == record.value:
            continue
        detail = _(
            "%(label)s: %(found)s statt %(told)s",
            label=fact.label,
            found=fact.format(record.value),
            told=fact.format(known),
        )
        day = clock.to_berlin(record.recorded_at).date()
        yield QualityNote(f"angabe-{record.id}", QualityKind.WRONG, day, dwelling.display_title, detail)
