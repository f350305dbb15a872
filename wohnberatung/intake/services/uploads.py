"""A file comes in, from a person in the browser or from a program with a token: kept, and read by a worker. And the
tokens that let the programs in."""

import zlib
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.models import Organisation
from wohnberatung.accounts.services.organisations import load_managed
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, may_edit
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun, RunState, UploadToken
from wohnberatung.intake.recognise import Delivery
from wohnberatung.jobs.services import enqueue

READ, APPLY, UNDO, TAKE_BACK = "import_read", "import_apply", "import_undo", "import_take_back"
JOBS = {RunState.READING: READ, RunState.APPLYING: APPLY, RunState.UNDOING: UNDO, RunState.REVIEW: TAKE_BACK}
OPEN = (RunState.READING, RunState.ASKING, RunState.STAGED, RunState.REVIEW, RunState.APPLYING)


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


def send(delivery: Delivery, sender: Sender, *, full: bool = False, run_id: str = "") -> ImportRun:
    """Keep the file and have it read, as a run with this id if one is given. The same file again, while the first is
    still open, is the first."""
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
        id=run_id or new_id(),
        format=delivery.format,
        file_hash=delivery.digest,
        file_name=delivery.name[:200],
        document_name=delivery.document_name[:200],
        enclosed=delivery.enclosed,
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


def get_run(run_id: str, actor: Actor, *, lock: bool = False) -> ImportRun:
    """NotFound where there is none, or none for this person."""
    run = db.session.get(ImportRun, run_id, with_for_update=lock or None)
    if run is None or run.organisation_id is None or not may_edit(actor, run.organisation_id):
        raise NotFound(_("Diese Lieferung gibt es nicht."))
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
    return Delivery(run.file_name, run.file_hash, run.document_name, document, run.format, run.enclosed)


# So that a token is recognised where it does not belong, in a log or a repository.
PREFIX = "wbd_"
MOST_TOKENS = 10


def create_token(organisation_id: str, actor: Actor, *, label: str, applies: bool) -> tuple[UploadToken, str]:
    """A new token and its secret, which is never shown again. Forbidden for who does not lead the organisation.

    Raises DomainError where there are too many already, NotFound for strangers.
    """
    load_managed(organisation_id, actor)
    if len(list_tokens(organisation_id, actor)) >= MOST_TOKENS:
        raise DomainError(_("Es gibt schon %(most)s Zugänge. Bitte widerrufen Sie einen.", most=MOST_TOKENS))
    secret = PREFIX + new_token()
    token = UploadToken(
        id=new_id(),
        organisation_id=organisation_id,
        label=label.strip()[:80],
        token_hash=hash_token(secret),
        applies=applies,
        created_by=actor.user_id,
    )
    db.session.add(token)
    db.session.flush()
    return token, secret


def list_tokens(organisation_id: str, actor: Actor) -> list[UploadToken]:
    """Those that still open something, the newest first."""
    load_managed(organisation_id, actor)
    mine = (UploadToken.organisation_id == organisation_id) & UploadToken.revoked_at.is_(None)
    return list(db.session.scalars(select(UploadToken).where(mine).order_by(UploadToken.created_at.desc())))


def get_token(token_id: str, actor: Actor) -> UploadToken:
    """NotFound for a foreign one, as if it did not exist."""
    token = db.session.get(UploadToken, token_id)
    if token is None or not (actor.is_staff or actor.manages(token.organisation_id)):
        raise NotFound(_("Diesen Zugang gibt es nicht."))
    return token


def revoke_token(token_id: str, actor: Actor) -> None:
    """From now on it opens nothing. Doing it again changes nothing."""
    token = get_token(token_id, actor)
    token.revoked_at = token.revoked_at or clock.now()
    db.session.flush()


def find_token(secret: str) -> UploadToken | None:
    """The token with this secret, unless it was revoked."""
    if not secret.startswith(PREFIX) or len(secret) > 60:
        return None
    valid = (UploadToken.token_hash == hash_token(secret)) & UploadToken.revoked_at.is_(None)
    return db.session.scalar(select(UploadToken).where(valid))


def use_token(token_id: str) -> UploadToken:
    """Note that it was used, for who decides whether it is still needed."""
    token = db.session.get_one(UploadToken, token_id)
    token.last_used_at = clock.now()
    db.session.flush()
    return token
