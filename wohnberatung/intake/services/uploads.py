"""A file comes in, from a person in the browser or from a program with a token: kept, and read by a worker."""

import zlib
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import Organisation
from wohnberatung.core.actors import Actor, may_edit
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun, RunState, UploadToken
from wohnberatung.intake.recognise import Delivery
from wohnberatung.jobs.services import enqueue

READ, APPLY, UNDO = "import_read", "import_apply", "import_undo"
JOBS = {RunState.READING: READ, RunState.APPLYING: APPLY, RunState.UNDOING: UNDO}
OPEN = (RunState.READING, RunState.STAGED, RunState.REVIEW, RunState.APPLYING)


@dataclass(frozen=True)
class Sender:
    """Who sends: a person for an organisation, or a program with the organisation's token."""

    organisation_id: str
    by: str | None = None
    token: UploadToken | None = None

    @classmethod
    def person(cls, actor: Actor, organisation_id: str) -> "Sender":
        """Raises NotFound for a foreign organisation, as if it did not exist."""
        if not may_edit(actor, organisation_id) or db.session.get(Organisation, organisation_id) is None:
            raise NotFound(_("Diese Organisation gibt es nicht."))
        return cls(organisation_id, actor.user_id)


def send(delivery: Delivery, sender: Sender, *, full: bool = False) -> ImportRun:
    """Keep the file and have it read. The same file again, while the first is still open, is the first."""
    same = (
        (ImportRun.organisation_id == sender.organisation_id)
        & (ImportRun.format == delivery.format)
        & (ImportRun.file_hash == delivery.digest)
        & (ImportRun.is_full == full)
        & ImportRun.state.in_(OPEN)
    )
    if known := db.session.scalar(select(ImportRun).where(same).order_by(ImportRun.created_at)):
        return known
    run = ImportRun(
        id=new_id(),
        format=delivery.format,
        file_hash=delivery.digest,
        file_name=delivery.name[:200],
        document_name=delivery.document_name[:200],
        state=RunState.READING,
        is_full=full,
        providers={},
        organisation_id=sender.organisation_id,
        by=sender.by,
        token_id=sender.token.id if sender.token else None,
        applies=bool(sender.token and sender.token.applies),
    )
    run.plain_document = zlib.compress(delivery.document)
    db.session.add(run)
    hand_over(run)
    return run


def hand_over(run: ImportRun) -> None:
    """The next step is a worker's: which one follows from the state."""
    kind, run.trouble = JOBS[run.state], ""
    db.session.flush()
    run.job_id = enqueue(kind, {"run": run.id}, key=f"{kind}:{run.id}").id
    db.session.flush()


def stored_delivery(run: ImportRun) -> Delivery:
    """What was kept of the file."""
    packed = run.plain_document
    assert packed is not None
    document = zlib.decompress(packed)
    return Delivery(run.file_name, run.file_hash, run.document_name, document, run.format)
