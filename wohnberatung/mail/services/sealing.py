"""The content of a mail at rest: sealed for its person, or for the house where there is none."""

from wohnberatung.mail.models import OutgoingMail


def open_content(mail: OutgoingMail) -> dict[str, str]:
    """`{"to", "subject", "text", "html"}`. KeyDestroyed where the person was erased, EncryptionError where a key is
    missing, or there is nothing any more."""
    return mail.plain_content or {}
