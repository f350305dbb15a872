"""Mails that were held back because one address had had its share of the day: a person looks, and lets them leave.

Anybody can enter anybody's address in a public form, so an address gets a few such mails a day (`MAILS_PER_DAY`). A
helper of six people sends six requests in an afternoon: they, too, get every receipt, once somebody has looked.
"""

from flask_babel import gettext as _
from sqlalchemy import Select, select

from wohnberatung.advice.models import CaseEnquiry, Enquiry
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.rights import known_to
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import NotFound
from wohnberatung.mail.services import outbox
from wohnberatung.mail.services.outbox import ShownMail
from wohnberatung.seekers.models import HousingRequest
from wohnberatung.seekers.services.requests import shown_to


def held_mails(actor: Actor) -> list[ShownMail]:
    """The longest waiting first, without those about blocked cases of others. Forbidden outside the office."""
    only_office(actor)
    return outbox.held_mails(_hidden_keys(actor))


def judge_mail(mail_id: str, actor: Actor, *, leaves: bool) -> ShownMail:
    """Let it leave, or drop it. NotFound where it is not held (any more), or not for this person to know of."""
    shown = next((each for each in held_mails(actor) if each.mail.id == mail_id), None)
    if shown is None:
        raise NotFound(_("Diese E-Mail wird nicht (mehr) zurückgehalten."))
    if leaves:
        outbox.release_held(shown.mail)
    else:
        outbox.drop_held(shown.mail)
    return shown


def _hidden_keys(actor: Actor) -> tuple[Select[str], ...]:
    cases = select(Case.person_key_id).where(~known_to(actor))
    requests = select(HousingRequest.person_key_id).where(~shown_to(actor))
    of_hidden = select(CaseEnquiry.enquiry_id).join(Case, Case.id == CaseEnquiry.case_id).where(~known_to(actor))
    return cases, requests, select(Enquiry.person_key_id).where(Enquiry.id.in_(of_hidden))
