"""Links in mails that do one thing once: made, shown, used up."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, delete, select

from wohnberatung.accounts.mails import AccountMail
from wohnberatung.accounts.models import LinkContent, LinkPurpose, MailedLink, User
from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import hash_token, new_id, new_token
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail

# Source: security concept, section 3.
VALID = {
    LinkPurpose.SIGN_IN: timedelta(minutes=15),
    LinkPurpose.RESET: timedelta(hours=1),
    LinkPurpose.NEW_EMAIL: timedelta(days=2),
    LinkPurpose.INVITATION: timedelta(days=2),
    LinkPurpose.REGISTRATION: timedelta(days=2),
}
# Links that open an account, or move it to another address.
WAYS_IN = (LinkPurpose.SIGN_IN, LinkPurpose.RESET, LinkPurpose.NEW_EMAIL)


def make_link(
    purpose: LinkPurpose,
    content: LinkContent,
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
    link.plain_content = content
    db.session.add(link)
    db.session.flush()
    return link, token


def open_link(token: str) -> MailedLink:
    """The link while it is good, to show what it is for; NotFound in the same words where it never was, is over or
    was used."""
    return _good(db.session.scalar(_by_token(token)))


def take_link(token: str) -> MailedLink:
    """The same to act on, held until the transaction ends: of two who press its button one finds it used."""
    return _good(db.session.scalar(_by_token(token).with_for_update()))


def _by_token(token: str) -> Select[MailedLink]:
    return select(MailedLink).where(MailedLink.token_hash == hash_token(token))


def _good(link: MailedLink | None) -> MailedLink:
    if link is None or not _is_good(link):
        raise NotFound(_("Dieser Link gilt nicht mehr. Lassen Sie sich bitte einen neuen schicken."))
    return link


def _is_good(link: MailedLink) -> bool:
    if link.held_for is not None or clock.now() >= link.valid_until:
        return False
    person = db.session.get(User, link.user_id) if link.user_id else None
    return person is None or person.is_active


def content_of_link(link: MailedLink) -> LinkContent:
    return link.plain_content


def use_up(link: MailedLink) -> None:
    """It opens nothing from now on."""
    db.session.delete(link)
    db.session.flush()


def end_links(user: User) -> None:
    """None of the links that open or move the account is good any more: who gives it a new lock, or another address,
    may do so because a stranger reads the mails."""
    mine = (MailedLink.user_id == user.id) & MailedLink.purpose.in_(WAYS_IN)
    db.session.execute(delete(MailedLink).where(mine))
    db.session.flush()


def send_letter(letter: AccountMail, to: str, *, in_dialogue: bool = True, endpoint: str = "", token: str = "") -> None:
    """Queue a mail about an account; with `endpoint` it shows the address of that page, which may take a `token`."""
    values = {"token": token} if token else {}
    queue_mail("account", to=to, in_dialogue=in_dialogue, letter=letter, endpoint=endpoint, values=values)
