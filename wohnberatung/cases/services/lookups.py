"""Finding a case by a phone number or an e-mail address without opening any: keyed hashes (a blind index).

The key is the application's secret; where it changes, ``wohnberatung reindex-cases`` writes the hashes anew.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

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
    people = db.session.scalars(select(CasePerson).where(CasePerson.case_id == case.id))
    _store(case, _digests_of(case, people))


def cases_to_index() -> list[str]:
    """Ids of all cases, in an order that stays."""
    return list(db.session.scalars(select(Case.id).order_by(Case.id)))


def renew_lookups(case_ids: Collection[str]) -> int:
    """Write the hashes of these cases anew where they are not what they should be; returns of how many."""
    people: dict[str, list[CasePerson]] = defaultdict(list)
    for person in db.session.scalars(select(CasePerson).where(CasePerson.case_id.in_(case_ids))):
        people[person.case_id].append(person)
    stored: dict[str, set[str]] = defaultdict(set)
    for case_id, digest in db.session.execute(
        select(CaseLookup.case_id, CaseLookup.digest).where(CaseLookup.case_id.in_(case_ids))
    ):
        stored[case_id].add(digest)
    changed = 0
    for case in db.session.scalars(select(Case).where(Case.id.in_(case_ids))):
        digests = _digests_of(case, people[case.id])
        if digests != stored[case.id]:
            _store(case, digests)
            changed += 1
    return changed


def cases_reached_by(text: str) -> list[str]:
    """Ids of the cases in which somebody has exactly this phone number or e-mail address."""
    digests = list(_digests(text, text if "@" in text else ""))
    if not digests:
        return []
    return list(db.session.scalars(select(CaseLookup.case_id).where(CaseLookup.digest.in_(digests)).distinct()))


def _digests_of(case: Case, people: Iterable[CasePerson]) -> set[str]:
    contents = [content_of(case), *(person_content(person) for person in people)]
    return {digest for content in contents for digest in _digests(content["phone"], content["email"])}


def _store(case: Case, digests: Iterable[str]) -> None:
    db.session.execute(delete(CaseLookup).where(CaseLookup.case_id == case.id))
    db.session.add_all(CaseLookup(case_id=case.id, digest=digest) for digest in sorted(digests))
    db.session.flush()


def _digests(phone: str, email: str) -> Iterator[str]:
    if digits := phone_digits(phone):
        yield hashed_subject("case_phone", digits)
    if "@" in email:
        yield hashed_subject("case_email", email)
