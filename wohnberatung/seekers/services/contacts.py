"""How a person is reached: their contact in words, and mails or letters to them or the helper they named, where they
agreed."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words
from wohnberatung.mail.services.outbox import await_release, queue_mail
from wohnberatung.seekers.contents import StoredContact
from wohnberatung.seekers.models import HousingRequest, Purpose
from wohnberatung.seekers.services.consents import GivenConsent, consents_from, has_consent
from wohnberatung.seekers.services.helped_mails import HELPED_MAILS
from wohnberatung.seekers.services.post import POST, may_be_written_to, write_letter
from wohnberatung.seekers.services.requests import Submitted, change_request, contact_of
from wohnberatung.translations import saying_instead

REACH = {
    "phone": _l("am Telefon"),
    "email": _l("mit einer E-Mail"),
    "post": _l("mit einem Brief"),
    "none": _l("gar nicht, die Person sieht selbst nach"),
}


def contact_words(contact: StoredContact) -> list[tuple[str, str]]:
    """(label, words) of what is known; `contact` as the request form stores it."""
    lines = [
        (_("Name"), contact.get("name") or _("nicht genannt")),
        (_("Möchte eine Antwort"), reach_words(contact)),
        (_("Telefon"), contact.get("phone")),
        (_("E-Mail"), contact.get("email")),
        (_("Anschrift"), contact.get("address")),
        *_helper_lines(contact),
        (_("Fragt nach dem Angebot"), contact.get("offer")),
    ]
    return [(label, words) for label, words in lines if words]


def reach_words(contact: StoredContact) -> str:
    """How the person wants to be answered."""
    return str(REACH.get(contact.get("reach", ""), _("nicht angegeben")))


def _helper_lines(contact: StoredContact) -> list[tuple[str, str]]:
    helper = contact.get("helper")
    if not helper:
        return []
    asked = _("die helfende Person") if contact.get("ask") == "helper" else _("die Person selbst")
    parts = (helper.get("name"), helper.get("relation"), helper.get("phone"), helper.get("email"))
    who = (_("Hilft"), ", ".join(part for part in parts if part))
    return [who, (_("Bitte ansprechen"), asked), (_("Erklärung der helfenden Person"), helper.get("declared", ""))]


EMAIL, HELPER = "email", "helper"


def mail_reader(request: HousingRequest) -> tuple[str, str] | None:
    """Who reads our mails, ``seeker`` or ``helper``, with the address; None where a mail is not wanted or possible.

    Somebody who wants to be called may have a reason not to get mails.
    """
    return None if request.held_for else _reader(request)


def _reader(request: HousingRequest) -> tuple[str, str] | None:
    if not has_consent(request, Purpose.CONTACT):
        return None
    contact = contact_of(request)
    if contact.get("ask") == HELPER:
        address = contact.get("helper", {}).get("email")
        return ("helper", address) if address else None
    address = contact.get("email") if contact.get("reach", EMAIL) == EMAIL else None
    return ("seeker", address) if address else None


def send_mail(request: HousingRequest, template: str, *, in_dialogue: bool = False, **values: object) -> str | None:
    """Queue a mail to whoever reads them, or write a letter to somebody who wants post. Returns who gets a mail,
    `post` where a letter is to be posted, None where nothing goes out."""
    reader = mail_reader(request)
    if reader is None:
        # A letter is for the person, whoever reads the page on which it is written.
        with saying_instead({}):
            by_post = may_be_written_to(request) and write_letter(request, template, values)
        return POST if by_post else None
    who, address = reader
    queue_mail(
        template,
        to=address,
        language=request.language,
        person_key=request.person_key,
        in_dialogue=in_dialogue,
        instead=_words_for(who),
        **values,
    )
    return who


def _words_for(who: str) -> Mapping[str, Words]:
    return HELPED_MAILS if who == HELPER else {}


def is_reachable(request: HousingRequest) -> bool:
    """Whether the office may and can get in touch by itself: by telephone, mail or letter, or through a helper."""
    contact = contact_of(request)
    ways = (contact.get("phone"), contact.get("email"), contact.get("address"), contact.get("helper"))
    return has_consent(request, Purpose.CONTACT) and any(ways)


def wants_letter(request: HousingRequest) -> bool:
    """Whether the answer goes by post."""
    return contact_of(request).get("reach") == POST


def leave_contact(request: HousingRequest, way: str, value: str, consent: GivenConsent) -> None:
    """Keep how somebody can be reached who was not so far: `way` is phone, email or post. A new version of the
    request."""
    if not has_consent(request, Purpose.CONTACT):
        request.consents.extend(consents_from([consent], "web_form", None))
    contact: StoredContact = {**contact_of(request), "reach": way}
    if way == EMAIL:
        contact["email"] = value
    elif way == POST:
        contact["address"] = value
    else:
        contact["phone"] = value
    change_request(request, version=request.version, contact=contact)


def send_receipt(submitted: Submitted) -> str | None:
    """The number and the secret link, which is nowhere else once the mail has left; a letter, for those who want one,
    has the number alone.

    Of a request in quarantine it waits, sealed, until somebody has let that out; returns None then, as nobody gets it
    yet.
    """
    request = submitted.request
    reader = _reader(request)
    if reader is None:
        return send_receipt_by_post(request)
    who, address = reader
    mail = queue_mail(
        "request_received",
        to=address,
        language=request.language,
        person_key=request.person_key,
        instead=_words_for(who),
        receipt_number=request.receipt_number,
        token=submitted.token,
    )
    if request.held_for:
        await_release(mail)
        return None
    return who


def send_receipt_by_post(request: HousingRequest) -> str | None:
    """The receipt of somebody who wants post; None where they do not, or nobody knows yet whether it is spam."""
    if not may_be_written_to(request):
        return None
    with saying_instead({}):
        write_letter(request, "request_received", {})
    return POST
