"""The content of a mail at rest: sealed for its person, or for the house where there is none."""

from typing import Any

from wohnberatung.core.sealing import open_for_house, seal_for_house
from wohnberatung.mail.models import OutgoingMail
from wohnberatung.privacy.encryption import open_sealed, seal


def seal_content(mail: OutgoingMail, content: dict[str, str]) -> bytes:
    """`content` is `{"to", "subject", "text", "html"}`."""
    if mail.person_key is None:
        return seal_for_house(content, _place(mail))
    return seal(mail.person_key, content, _place(mail))


def open_content(mail: OutgoingMail) -> dict[str, Any]:
    """KeyDestroyed where the person was erased, EncryptionError where a key is missing."""
    sealed = mail.content or b""
    if mail.person_key is None:
        return dict(open_for_house(sealed, _place(mail)))
    return dict(open_sealed(mail.person_key, sealed, _place(mail)))


def _place(mail: OutgoingMail) -> str:
    return f"outgoing_mails|content|{mail.id}"
