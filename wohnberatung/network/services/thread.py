"""What the sides and the office write each other once all have agreed: one thread for all of them."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from wohnberatung.core.actors import VISITOR
from wohnberatung.core.constraints import MESSAGE, check_length
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.network.models.introductions import Introduction, IntroductionFile, IntroductionMessage
from wohnberatung.network.services.history import others, tell
from wohnberatung.network.services.sides import SideStanding, load_introduction, may_know
from wohnberatung.network.steps import INTRODUCTION_STEPS
from wohnberatung.pictures.received import ReceivedFile

# In one thread.
MOST_FILES = 30


def thread_of(standing: SideStanding) -> Sequence[IntroductionMessage]:
    """The oldest first; nothing for a side before all have agreed, nor once somebody took that back."""
    if not may_know(standing):
        return ()
    query = select(IntroductionMessage).where(IntroductionMessage.introduction_id == standing.introduction.id)
    query = query.options(selectinload(IntroductionMessage.files))
    return db.session.scalars(query.order_by(IntroductionMessage.created_at, IntroductionMessage.id)).all()


def write(standing: SideStanding, text: str, files: Sequence[ReceivedFile] = ()) -> IntroductionMessage:
    """To all others. The files were looked at before.

    Raises DomainError at `text` where there is nothing or too much, at `files` where the thread has too many, Conflict
    where the sides do not know each other (any more).
    """
    row = load_introduction(standing.introduction.id, standing.actor or VISITOR, locked=True)
    if not row.is_acquainted:
        raise INTRODUCTION_STEPS.refused(row)
    written = text.strip()
    if not written:
        raise DomainError(_("Bitte schreiben Sie Ihre Nachricht."), "text")
    check_length(written, MESSAGE, "text")
    if files and _count_files(row) + len(files) > MOST_FILES:
        raise DomainError(_("Mehr als %(most)s Dateien gehen nicht.", most=MOST_FILES), "files")
    message = IntroductionMessage(
        id=new_id(),
        introduction=row,
        side_id=standing.side.id if standing.side else None,
        written_by=standing.actor.user_id if standing.actor else None,
    )
    message.plain_body = written
    db.session.add(message)
    for position, received in enumerate(files):
        file = IntroductionFile(id=new_id(), message=message, position=position, media_type=received.media_type)
        file.size, file.plain_name, file.plain_file = len(received.content), received.name, received.content
        db.session.add(file)
    db.session.flush()
    tell(row, others(row, standing.side))
    return message


def file_for(standing: SideStanding, file_id: str) -> IntroductionFile:
    """For whoever may read the thread; NotFound for all others."""
    query = select(IntroductionFile).join(IntroductionFile.message)
    mine = IntroductionMessage.introduction_id == standing.introduction.id
    found = db.session.scalar(query.where(IntroductionFile.id == file_id, mine))
    if found is None or not may_know(standing):
        raise NotFound(_("Diese Datei gibt es nicht."))
    return found


def _count_files(row: Introduction) -> int:
    kept = select(func.count()).select_from(IntroductionFile).join(IntroductionFile.message)
    return db.session.scalar(kept.where(IntroductionMessage.introduction_id == row.id)) or 0
