"""Mails to those who seek: to the person or the helper they named, and only where they agreed to it."""

from typing import Any

from wohnberatung.mail.services import queue_mail
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.consents import has_consent
from wohnberatung.seekers.services.requests import Submitted, contact_of

EMAIL, HELPER = "email", "helper"


def mail_reader(request: HousingRequest) -> tuple[str, str] | None:
    """Who reads our mails, ``seeker`` or ``helper``, with the address; None where a mail is not wanted or possible.

    Somebody who wants to be called may have a reason not to get mails.
    """
    if request.held_for or not has_consent(request, Purpose.CONTACT):
        return None
    contact = contact_of(request)
    if contact.get("ask") == HELPER:
        address = contact.get("helper", {}).get("email")
        return ("helper", address) if address else None
    address = contact.get("email") if contact.get("reach", EMAIL) == EMAIL else None
    return ("seeker", address) if address else None


def send_mail(request: HousingRequest, template: str, *, in_dialogue: bool = False, **values: Any) -> str | None:
    """Queue a mail to whoever reads them; returns who that is, None where nobody does."""
    reader = mail_reader(request)
    if reader is None:
        return None
    who, address = reader
    queue_mail(
        template,
        to=address,
        language=request.language,
        person_key=request.person_key,
        in_dialogue=in_dialogue,
        **values,
    )
    return who


def send_receipt(submitted: Submitted) -> str | None:
    """The number and the secret link, which is nowhere else once the mail has left."""
    request = submitted.request
    return send_mail(request, "request_received", receipt_number=request.receipt_number, token=submitted.token)
