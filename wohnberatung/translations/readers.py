"""Who reads a message: everything is for the public, which reads it in every language, unless it is listed here.

Patterns are those of ``fnmatch`` over places: files from the root of the repository, and ``declared/…`` for what
``bridge/wording.py`` finds in the engine's declarations.
"""

from fnmatch import fnmatch

GERMAN_ONLY: tuple[str, ...] = (
    # the engine for advisors and commands; initiatives that look for a house have an account
    "matching/allocation.py",
    "matching/contract.py",
    "matching/duplicates/*",
    "matching/gap.py",
    "matching/standing.py",
    "matching/whatif/*",
    "declared/sites",
    # imports, accounts, work in the background, pictures, advisors
    "matching/outcome_records.py",
    "wohnberatung/*/background.py",
    "wohnberatung/accounts/*",
    "wohnberatung/advice/services/holds.py",
    "wohnberatung/advice/services/parameters.py",
    "wohnberatung/bridge/districts.py",
    "wohnberatung/bridge/health.py",
    "wohnberatung/bridge/intake.py",
    "wohnberatung/brokerage/services/cases.py",
    "wohnberatung/brokerage/services/contacts.py",
    "wohnberatung/brokerage/services/guards.py",
    "wohnberatung/brokerage/services/rankings.py",
    "wohnberatung/brokerage/services/sheets.py",
    "wohnberatung/brokerage/views/matches.py",
    "wohnberatung/brokerage/views/requests.py",
    "wohnberatung/intake/*",
    "wohnberatung/dwellings/services/pictures.py",
    "wohnberatung/jobs/*",
    "wohnberatung/mail/services/reading.py",
    "wohnberatung/pictures/*",
    "templates/accounts/*",
    "templates/advice/enquiries.html",
    "templates/advice/enquiry.html",
    "templates/brokerage/_standing.html",
    "templates/brokerage/match.html",
    "templates/brokerage/matches.html",
    "templates/brokerage/ranking.html",
    "templates/brokerage/requests.html",
    "templates/brokerage/withdraw.html",
    "templates/dwellings/dwelling.html",
    "templates/dwellings/dwellings.html",
    "templates/jobs/*",
    "templates/mail/mail.html",
    "templates/mail/mailbox.html",
    "templates/pictures/*",
    "templates/privacy/*",
    "templates/seekers/unanswered.html",
)


def is_for_everybody(place: str) -> bool:
    """Whether the public reads what stands there."""
    return not any(fnmatch(place, pattern) for pattern in GERMAN_ONLY)
