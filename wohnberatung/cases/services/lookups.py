"""Finding a case by a phone number or an e-mail address without opening any: keyed hashes (a blind index).

The key is the application's secret; where it changes, ``wohnberatung reindex-cases`` writes the hashes anew.
"""

import re
from collections.abc import Iterator

from sqlalchemy import delete, select

from wohnberatung.cases.models import Case, CaseLookup, CasePerson
from wohnberatung.cases.services.content import content_of, person_content
from wohnberatung.core.counters import hashed_subject
from wohnberatung.extensions import db

SHORTEST_NUMBER = 5


def phone_digits(text: str) -> str:
    """``+49 351 / 12 34`` → ``03511234``: as one dials it in Dresden; empty where it is no number."""
    plus = re.sub(r"^\s*(\+|00)49\s*(\(0\))?", "0", text)
    digits = re.sub(r"\D", "", plus)
    return digits if len(digits) >= SHORTEST_NUMBER else ""


def note_lookups(case: Case) -> None:
    """Write the hashes of everybody in the case anew."""
    db.session.execute(delete(CaseLookup).where(CaseLookup.case_id == case.id))
    people = db.session.scalars(select(CasePerson).where(CasePerson.case_id == case.id))
    contents = [content_of(case), *(person_content(person) for person in people)]
    digests = {digest for content in contents for digest in _digests(content["phone"], content["email"])}
    db.session.add_all(CaseLookup(case_id=case.id, digest=digest) for digest in sorted(digests))
    db.session.flush()


def cases_reached_by(text: str) -> list[str]:
    """Ids of the cases in which somebody has exactly this phone number or e-mail address."""
    digests = list(_digests(text, text if "@" in text else ""))
    if not digests:
        return []
    return list(db.session.scalars(select(CaseLookup.case_id).where(CaseLookup.digest.in_(digests)).distinct()))


def _digests(phone: str, email: str) -> Iterator[str]:
    if digits := phone_digits(phone):
        yield hashed_subject("case_phone", digits)
    if "@" in email:
        yield hashed_subject("case_email", email)
