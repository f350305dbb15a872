"""Who reads a message: everything is for the public, which reads it in every language, unless it is listed here.

Patterns are those of ``fnmatch`` over places: files from the root of the repository, one of a file's functions, classes
or tables after a colon, and ``declared/…`` for what ``bridge/wording.py`` finds in the engine's declarations.
"""

from fnmatch import fnmatch

GERMAN_ONLY: tuple[str, ...] = (
    # the engine for advisors and commands; initiatives that look for a house have an account
    "declared/sites",
    "matching/duplicates/*",
    "matching/json_input.py",
    "matching/learning/*",
    "matching/proposals/*",
    "matching/supply_gap.py",
    "matching/whatif/*",
    # areas for those who sign in, and what runs in the background
    "*/accounts/*",
    "*/brokerage/*",
    "*/cases/*",
    "*/cityview/*",
    "*/demand/*",
    "*/doubles/*",
    "*/intake/*",
    "*/jobs/*",
    "*/learning/*",
    "*/letters/*",
    "*/measures/*",
    "*/network/*",
    "*/pictures/*",
    "*/surveys/*",
    "wohnberatung/core/area.py",
    # what providers and initiatives see of their own
    "*/desk/*",
    "*/rooms/*",
    "templates/dwellings/dwelling.html",
    "templates/dwellings/dwellings.html",
    "templates/macros/asking.html",
    "templates/macros/offering.html",
    "templates/macros/pictures.html",
    "wohnberatung/bridge/questionnaires.py",
    "wohnberatung/dwellings/area.py",
    "wohnberatung/dwellings/forms.py",
    "wohnberatung/dwellings/services/*",
    "wohnberatung/dwellings/steps.py",
    "wohnberatung/dwellings/views/*",
    "wohnberatung/dwellings/wording_rules.py",
    "wohnberatung/projects/admission.py",
    "wohnberatung/projects/forms.py",
    "wohnberatung/projects/services/*",
    "wohnberatung/projects/steps.py",
    "wohnberatung/projects/views/*",
    # what the office sees
    "templates/advice/enquiries.html",
    "templates/advice/enquiry.html",
    "templates/appointments/*",
    "templates/mail/account.*",
    "templates/mail/introduction.*",
    "templates/mail/join_arrived.*",
    "templates/mail/mail.html",
    "templates/mail/mailbox.html",
    "templates/mail/offer_*",
    "templates/mail/offers_*",
    "templates/mail/provider_*",
    "templates/mail/still_available.*",
    "templates/mail/vote_opened.*",
    "templates/privacy/*",
    "wohnberatung/privacy/audit.py",
    "templates/seekers/messages/for_office.html",
    "templates/seekers/messages/office.html",
    "templates/seekers/messages/waiting.html",
    "templates/seekers/unanswered.html",
    "wohnberatung/advice/area.py:DESK",
    "wohnberatung/advice/services/enquiries.py",
    "wohnberatung/advice/services/held_mails.py",
    "wohnberatung/advice/views.py:judge_mail",
    "wohnberatung/advice/services/parameters.py",
    "wohnberatung/appointments/area.py:COMING_*",
    "wohnberatung/appointments/area.py:_coming_*",
    "wohnberatung/appointments/services/*",
    "wohnberatung/appointments/views/*",
    "wohnberatung/bridge/neighbourhoods.py",
    "wohnberatung/bridge/imports.py",
    "wohnberatung/mail/services/outbox.py",
    "wohnberatung/seekers/services/post.py:load_postal",
)
# Of those what the public reads all the same.
PUBLIC: tuple[str, ...] = (
    # the privacy notice says how long every area keeps things
    "wohnberatung/*/area.py:PROMISED_*",
    "templates/appointments/contact.html",
    "templates/appointments/macros.html",
    "templates/appointments/my_appointment/*",
    "templates/appointments/times.html",
    "templates/appointments/ways.html",
    "templates/appointments/wish.html",
    "templates/brokerage/_proposals.html",
    "templates/brokerage/answers/*",
    "templates/brokerage/process.html",
    "templates/brokerage/proposal.html",
    "wohnberatung/appointments/services/booking.py",
    "wohnberatung/appointments/services/calendar_files.py",
    "wohnberatung/appointments/services/my_appointment.py",
    "wohnberatung/appointments/services/slots.py",
    "wohnberatung/appointments/views/booking.py",
    "wohnberatung/appointments/views/my_appointment.py",
    "wohnberatung/brokerage/consequences.py:PROMISES",
    "wohnberatung/brokerage/decline_forms.py:MeasuringForm",
    "wohnberatung/brokerage/forms.py:[!s]*",
    "wohnberatung/brokerage/reasons.py:_OF_SEEKERS",
    "wohnberatung/brokerage/services/letting.py",
    "wohnberatung/brokerage/services/proposing.py",
    "wohnberatung/brokerage/services/history.py",
    "wohnberatung/brokerage/services/process.py",
    "wohnberatung/brokerage/services/personal_data.py:*_in_words",
    "wohnberatung/brokerage/services/personal_data.py:_event_words",
    "wohnberatung/brokerage/services/personal_data.py:_task_words",
    "wohnberatung/brokerage/services/task_steps.py",
    "wohnberatung/brokerage/task_kinds.py:FOR_SEEKER",
    "wohnberatung/brokerage/task_kinds.py:TASK_STATES",
    "wohnberatung/brokerage/services/proposals.py",
    "wohnberatung/brokerage/states.py",
    "wohnberatung/cityview/services/decisions.py:city_views_in_words",
    "wohnberatung/brokerage/services/steps.py:[!a-z]*",
    "wohnberatung/brokerage/views/declines.py",
    "wohnberatung/brokerage/views/matches.py:*_answer",
    "wohnberatung/brokerage/views/tasks.py:move_my_task",
    "wohnberatung/dwellings/services/fits.py",
    "wohnberatung/dwellings/services/browsing.py",
    "wohnberatung/dwellings/services/listings.py",
    "wohnberatung/dwellings/services/sheets.py",
    "wohnberatung/dwellings/services/showcase.py",
    "wohnberatung/dwellings/services/taken.py",
    # letters are written in the language that their reader reads
    "wohnberatung/letters/services/by_post.py:[penr_]*",
    "wohnberatung/letters/kinds.py:HOMES_*",
    "wohnberatung/letters/services/costs.py",
    "wohnberatung/letters/services/homes.py:[!b]*",
    "wohnberatung/letters/services/letters.py:_[sw]*",
    "wohnberatung/letters/services/letters.py:draft",
    "wohnberatung/letters/services/sections.py:_contact",
    "wohnberatung/projects/services/meetings.py:*_calendar",
    "wohnberatung/projects/services/meetings.py:_[ef]*",
    "wohnberatung/projects/services/joining.py",
    "wohnberatung/projects/services/my_enquiry.py",
    "wohnberatung/projects/services/projects.py",
    "wohnberatung/projects/services/presentation.py",
    "wohnberatung/projects/steps.py:JOIN_STEPS",
    "wohnberatung/projects/views/public.py",
    "wohnberatung/projects/views/enquiries.py:*_my_enquiry",
    "wohnberatung/projects/views/enquiries.py:show_contact",
    "wohnberatung/projects/views/enquiries.py:write_again",
)


def is_for_everybody(place: str) -> bool:
    """Whether the public reads what stands there."""
    return _in(place, PUBLIC) or not _in(place, GERMAN_ONLY)


def file_of(place: str) -> str:
    """The place without what stands after the colon."""
    return place.partition(":")[0]


def _in(place: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(place, pattern) or fnmatch(file_of(place), pattern) for pattern in patterns)
