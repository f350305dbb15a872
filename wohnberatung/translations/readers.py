"""Who reads a message: everything is for the public, which reads it in every language, unless it is listed here.

Patterns are those of ``fnmatch`` over places: files from the root of the repository, and ``declared/…`` for what
``bridge/wording.py`` finds in the engine's declarations.
"""

from fnmatch import fnmatch

GERMAN_ONLY: tuple[str, ...] = (
    # the engine for advisors and commands; initiatives that look for a house have an account
    "declared/sites",
    "matching/allocation.py",
    "matching/contract.py",
    "matching/duplicates/*",
    "matching/gap.py",
    "matching/outcome_records.py",
    "matching/standing.py",
    "matching/whatif/*",
    # whole areas, and what runs in the background
    "templates/accounts/*",
    "templates/cases/*",
    "templates/jobs/*",
    "templates/learning/*",
    "templates/measures/*",
    "templates/pictures/*",
    "templates/privacy/*",
    "wohnberatung/*/background.py",
    "wohnberatung/accounts/*",
    "wohnberatung/cases/*",
    "wohnberatung/intake/*",
    "wohnberatung/jobs/*",
    "wohnberatung/learning/*",
    "wohnberatung/measures/*",
    "wohnberatung/pictures/*",
    # what providers see of offers
    "templates/dwellings/desk/*",
    "templates/dwellings/dwelling.html",
    "templates/dwellings/dwellings.html",
    "templates/macros/offering.html",
    "templates/mail/offer_*",
    "wohnberatung/bridge/entering.py",
    "wohnberatung/dwellings/forms/entering.py",
    "wohnberatung/dwellings/forms/steps.py",
    "wohnberatung/dwellings/services/desk.py",
    "wohnberatung/dwellings/services/entering.py",
    "wohnberatung/dwellings/services/lifecycle.py",
    "wohnberatung/dwellings/services/pictures.py",
    "wohnberatung/dwellings/steps.py",
    "wohnberatung/dwellings/views/entering.py",
    "wohnberatung/dwellings/views/lifecycle.py",
    "wohnberatung/dwellings/views/reviews.py",
    "wohnberatung/dwellings/wording_rules.py",
    # what the office sees
    "templates/advice/enquiries.html",
    "templates/advice/enquiry.html",
    "templates/appointments/*.html",
    "templates/brokerage/_standing.html",
    "templates/brokerage/match.html",
    "templates/brokerage/matches.html",
    "templates/brokerage/ranking.html",
    "templates/brokerage/requests.html",
    "templates/brokerage/withdraw.html",
    "templates/mail/mail.html",
    "templates/mail/mailbox.html",
    "templates/seekers/unanswered.html",
    "wohnberatung/advice/services/holds.py",
    "wohnberatung/advice/services/parameters.py",
    "wohnberatung/appointments/services/calendars.py",
    "wohnberatung/appointments/services/hours.py",
    "wohnberatung/appointments/services/office.py",
    "wohnberatung/appointments/services/personal.py",
    "wohnberatung/appointments/views/calendar.py",
    "wohnberatung/appointments/views/hours.py",
    "wohnberatung/appointments/views/office.py",
    "wohnberatung/bridge/districts.py",
    "wohnberatung/bridge/health.py",
    "wohnberatung/bridge/intake.py",
    "wohnberatung/brokerage/services/cases.py",
    "wohnberatung/brokerage/services/guards.py",
    "wohnberatung/brokerage/services/rankings.py",
    "wohnberatung/brokerage/services/sheets.py",
    "wohnberatung/brokerage/views/matches.py",
    "wohnberatung/brokerage/views/requests.py",
    "wohnberatung/mail/services/reading.py",
)
# Exceptions among them: pages of such an area that anybody may open.
PUBLIC: tuple[str, ...] = (
    "templates/appointments/contact.html",
    "templates/appointments/macros.html",
    "templates/appointments/mine/*",
    "templates/appointments/times.html",
    "templates/appointments/ways.html",
    "templates/appointments/wish.html",
)


def is_for_everybody(place: str) -> bool:
    """Whether the public reads what stands there."""
    return _in(place, PUBLIC) or not _in(place, GERMAN_ONLY)


def _in(place: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(place, pattern) for pattern in patterns)
