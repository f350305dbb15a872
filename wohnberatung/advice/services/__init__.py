"""Use cases of advice: what people ask of the office, and the amounts and programmes that advice rests on."""

from wohnberatung.advice.services.enquiries import (
    content_of,
    erase_enquiry,
    list_enquiries,
    load_enquiry,
    move_enquiry,
    notes_of,
    steps_of,
    submit_enquiry,
)
from wohnberatung.advice.services.into_cases import known_case_of, open_case_from_enquiry
from wohnberatung.advice.services.parameters import (
    add_funding_programs,
    add_parameters,
    disputed_values,
    funding_programs,
    parameter,
)

__all__ = [
    "add_funding_programs",
    "add_parameters",
    "content_of",
    "disputed_values",
    "erase_enquiry",
    "funding_programs",
    "known_case_of",
    "list_enquiries",
    "load_enquiry",
    "move_enquiry",
    "notes_of",
    "open_case_from_enquiry",
    "parameter",
    "steps_of",
    "submit_enquiry",
]
