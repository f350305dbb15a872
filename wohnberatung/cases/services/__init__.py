"""Use cases of cases."""

from wohnberatung.cases.services.cases import (
    change_case,
    list_cases,
    load_case,
    load_cases,
    load_known,
    open_case,
    set_case_state,
)
from wohnberatung.cases.services.consultations import Talk, record_consultation
from wohnberatung.cases.services.content import content_of, record_event
from wohnberatung.cases.services.follow_ups import add_follow_up, follow_ups_of
from wohnberatung.cases.services.people import load_person, organisation_choices, people_of, remove_person, save_person
from wohnberatung.cases.services.requests import (
    case_of_request,
    link_request,
    open_case_from_request,
    requests_of,
    unlink_request,
)
from wohnberatung.cases.services.rights import NotYours, hidden_requests, is_own, may_know, may_open, openable, own
from wohnberatung.cases.services.timeline import CONSENTS, ROLES, Entry, timeline

__all__ = [
    "CONSENTS",
    "ROLES",
    "Entry",
    "NotYours",
    "Talk",
    "add_follow_up",
    "case_of_request",
    "change_case",
    "content_of",
    "follow_ups_of",
    "hidden_requests",
    "is_own",
    "link_request",
    "list_cases",
    "load_case",
    "load_cases",
    "load_known",
    "load_person",
    "may_know",
    "may_open",
    "open_case",
    "open_case_from_request",
    "openable",
    "organisation_choices",
    "own",
    "people_of",
    "record_consultation",
    "record_event",
    "remove_person",
    "requests_of",
    "save_person",
    "set_case_state",
    "timeline",
    "unlink_request",
]
