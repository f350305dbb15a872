"""A private person's notice: written without an account, confirmed by mail, kept by a secret link. Their name, address
and telephone number are sealed and never public."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import delete, select

from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import hash_token, new_token
from wohnberatung.core.manifests import ExportedRecord, erased
from wohnberatung.core.steps import Party, Step
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import mails_about
from wohnberatung.noticeboard.kinds import NoticeValues
from wohnberatung.noticeboard.models import Notice, NoticeState
from wohnberatung.noticeboard.services.notices import finish_step, new_notice, write_down
from wohnberatung.noticeboard.services.telling import ask_to_confirm
from wohnberatung.noticeboard.steps import NOTICE_STEPS, TAKE_BACK
from wohnberatung.privacy.encryption import destroy, new_person_key

CONTACT = ("name", "phone", "email")


def post_notice(
    values: NoticeValues,
    contact: Mapping[str, str],
    *,
    consent: tuple[str, str],
    language: str = "de",
    held_for: HoldReason | None = None,
) -> tuple[Notice, str]:
    """Store it until its sender has confirmed it by mail; returns it with the secret of its link. `consent` is
    (version, text) of what was agreed to. Raises DomainError without a mail address or a heading."""
    if not contact.get("email"):
        raise DomainError(_("Bitte geben Sie Ihre E-Mail-Adresse an."), "email")
    notice, token = new_notice(NoticeState.HELD if held_for else NoticeState.UNCONFIRMED), new_token()
    notice.person_key, notice.token_hash = new_person_key(), hash_token(token)
    notice.language, notice.held_for = language, held_for
    notice.consent_version, notice.consent_text = consent
    notice.plain_content = {name: contact[name] for name in CONTACT if contact.get(name)} | {"token": token}
    write_down(notice, values)
    db.session.add(notice)
    db.session.flush()
    ask_to_confirm(notice)
    return notice, token


def my_notice(token: str) -> Notice:
    """NotFound for a secret that opens nothing (any more)."""
    notice = db.session.scalar(select(Notice).where(Notice.token_hash == hash_token(token)))
    if notice is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    return notice


def my_steps(notice: Notice) -> dict[str, Step[Notice]]:
    """What its sender may do with it now, by key: the buttons behind the link."""
    return {step.key: step for step in NOTICE_STEPS.offered(notice, Party.SEEKER)}


def move_my_notice(token: str, key: str) -> Step[Notice]:
    """Confirm, hand in again, renew or take down; the same step twice is one. Raises NotFound for unknown links and
    steps, Conflict where it does not lead on."""
    notice, step = my_notice(token), NOTICE_STEPS[key]
    if not NOTICE_STEPS.is_done(notice, key, Party.SEEKER):
        NOTICE_STEPS.take(notice, key, by=Party.SEEKER)
        finish_step(notice, step)
    return step


def edit_my_notice(token: str, values: NoticeValues, version: int | None) -> Notice:
    """Change what it says; what hangs already is read by the office first. Raises NotFound for an unknown link,
    Conflict where somebody else was faster or it was taken down after a report, DomainError without a heading."""
    notice = my_notice(token)
    check_version(notice, version)
    if notice.state == NoticeState.REMOVED:
        raise NOTICE_STEPS.refused(notice)
    write_down(notice, values)
    if notice.is_public:
        NOTICE_STEPS.take(notice, TAKE_BACK, by=Party.SYSTEM)
    db.session.flush()
    return notice


def stored_about_sender(token: str) -> ExportedRecord:
    """Everything that is stored about the person behind the link."""
    notice = my_notice(token)
    contact = notice.plain_content or {}
    return {
        "receipt_number": notice.receipt_number,
        "state": notice.state,
        "written_at": notice.created_at.isoformat(),
        "title": notice.title,
        "text": notice.text,
        "topic": notice.topic,
        "place": notice.place,
        "ends_on": notice.ends_on.isoformat() if notice.ends_on else None,
        "reason": notice.reason,
        "contact": {name: contact[name] for name in CONTACT if name in contact},
        "consent": {"version": notice.consent_version, "text": notice.consent_text},
        "mails": mails_about(notice.person_key) if notice.person_key else [],
    }


def erase_my_notice(token: str) -> None:
    """Delete it with everything that hangs on it. Raises NotFound for an unknown link."""
    erase_notice(my_notice(token))


def erase_notice(notice: Notice) -> None:
    """The row and its mails; the key is destroyed, so that no copy can be read any more."""
    erased(notice.id)
    if notice.person_key is not None:
        destroy(notice.person_key)
    db.session.flush()
    db.session.execute(delete(Notice).where(Notice.id == notice.id))
    db.session.expunge(notice)
