"""Use cases and queries of those who seek."""

from wohnberatung.seekers.services.changing import CHANGEABLE, begin_change, changed_request, save_change
from wohnberatung.seekers.services.consents import GivenConsent, has_consent, may_be_matched, withdraw_consent
from wohnberatung.seekers.services.contacts import contact_words
from wohnberatung.seekers.services.deeds import end_consent, erase_mine, move_mine, renew_link
from wohnberatung.seekers.services.drafts import discard_draft, discard_expired, find_draft, load_draft, save_draft
from wohnberatung.seekers.services.export import stored_about
from wohnberatung.seekers.services.forgetting import forget
from wohnberatung.seekers.services.mails import mail_reader, send_mail, send_receipt
from wohnberatung.seekers.services.messages import (
    answer_message,
    handle_messages,
    messages_of,
    waiting_messages,
    write_mine,
)
from wohnberatung.seekers.services.mine import MyRequest, my_request
from wohnberatung.seekers.services.papers import export_paper, receipt_paper
from wohnberatung.seekers.services.requests import (
    Submitted,
    change_request,
    contact_of,
    list_requests,
    load_request,
    load_request_by_token,
    load_requests,
    matching_request,
    move_request,
    needs_of,
    submit_request,
)
from wohnberatung.seekers.services.sought import AllSought, Sought, requests_sought
from wohnberatung.seekers.services.visibility import shown_to

__all__ = [
    "CHANGEABLE",
    "AllSought",
    "GivenConsent",
    "MyRequest",
    "Sought",
    "Submitted",
    "answer_message",
    "begin_change",
    "change_request",
    "changed_request",
    "contact_of",
    "contact_words",
    "discard_draft",
    "discard_expired",
    "end_consent",
    "erase_mine",
    "export_paper",
    "find_draft",
    "forget",
    "handle_messages",
    "has_consent",
    "list_requests",
    "load_draft",
    "load_request",
    "load_request_by_token",
    "load_requests",
    "mail_reader",
    "matching_request",
    "may_be_matched",
    "messages_of",
    "move_mine",
    "move_request",
    "my_request",
    "needs_of",
    "receipt_paper",
    "renew_link",
    "requests_sought",
    "save_change",
    "save_draft",
    "send_mail",
    "send_receipt",
    "shown_to",
    "stored_about",
    "submit_request",
    "waiting_messages",
    "withdraw_consent",
    "write_mine",
]
