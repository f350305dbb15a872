"""Links in mails that do one thing once: made, shown, used up."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.accounts.letters import Letter
from wohnberatung.accounts.models import LinkPurpose, MailedLink, User
from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.extensions import db
from wohnberatung.mail.services import queue_mail

# Source: security concept, section 3.
VALID = {
    LinkPurpose.SIGN_IN: timedelta(minutes=15),
    LinkPurpose.RESET: timedelta(hours=1),
    LinkPurpose.NEW_EMAIL: timedelta(days=2),
    LinkPurpose.INVITATION: timedelta(days=2),
    LinkPurpose.REGISTRATION: timedelta(days=2),
}


def make_link(
    purpose: LinkPurpose,
    content: Mapping[str, Any],
    *,
    user: User | None = None,
    organisation_id: str | None = None,
    created_by: str | None = None,
    held_for: str | None = None,
) -> tuple[MailedLink, str]:
    """A new link and its token, which is known only here and in the mail."""
    token = new_token()
    link = MailedLink(
        id=new_id(),
        token_hash=hash_token(token),
        purpose=purpose,
        user_id=user.id if user else None,
        organisation_id=organisation_id,
        held_for=held_for,
        created_by=created_by,
        valid_until=clock.now() + VALID[purpose],
    )
    link.plain_content = dict(content)
    db.session.add(link)
    db.session.flush()
    return link, token


def open_link(token: str) -> MailedLink:
    """The link while it is good; NotFound in the same words where it never was, is over or was used."""
    link = db.session.scalar(select(MailedLink).where(MailedLink.token_hash == hash_token(token)).with_for_update())
    gone = link is None or link.held_for is not None or clock.now() >= link.valid_until
    person = db.session.get(User, link.user_id) if link is not None and link.user_id else None
    if gone or (person is not None and not person.is_active):
        raise NotFound(_("Dieser Link gilt nicht mehr. Lassen Sie sich bitte einen neuen schicken."))
    return link


def content_of_link(link: MailedLink) -> dict[str, Any]:
    return link.plain_content


def use_up(link: MailedLink) -> None:
    """It opens nothing from now on."""
    db.session.delete(link)
    db.session.flush()


def send_letter(letter: Letter, to: str, *, in_dialogue: bool = True, endpoint: str = "", **values: Any) -> None:
    """Queue a mail about an account; with `endpoint` it shows the address of that page."""
    queue_mail("account", to=to, in_dialogue=in_dialogue, letter=letter, endpoint=endpoint, values=values)
