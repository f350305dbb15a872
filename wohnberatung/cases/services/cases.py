"""Cases are opened, found (also by a phone number, through keyed hashes), changed, closed."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import Select, delete, select
from sqlalchemy import case as case_when
from sqlalchemy.orm import joinedload

from wohnberatung.cases.models import (
    Case,
    CaseKind,
    CaseLookup,
    CaseLookupRules,
    CasePerson,
    CaseState,
    ConsentState,
    Origin,
)
from wohnberatung.cases.services.content import content_of, person_content, record_event, seal_content
from wohnberatung.cases.services.rights import NotYours, known_to, may_open, openable, own
from wohnberatung.cases.steps import CASE_STEPS, CLOSE
from wohnberatung.core import clock
from wohnberatung.core.abuse import hashed_subject
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import free_receipt_number, new_id
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.core.steps import Party, Step
from wohnberatung.core.texts import several_numbers
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Running
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import new_person_key

SHORTEST_NUMBER, LONGEST_LOCAL = 5, 8
AREA_CODE = "0351"


def phone_digits(text: str) -> str:
    """``+49 351 / 12 34`` → ``03511234``: as one dials it from afar; empty where it is no number. One without an area
    code, which callers from here leave out, is of Dresden."""
    plus = re.sub(r"^\s*(\+|00)49\s*(\(0\)|0)?", "0", text)
    digits = re.sub(r"\D", "", plus)
    if len(digits) < SHORTEST_NUMBER:
        return ""
    is_local = digits[0] != "0" and not plus.lstrip().startswith("+") and len(digits) <= LONGEST_LOCAL
    return f"{AREA_CODE}{digits}" if is_local else digits


def phone_numbers(text: str) -> list[str]:
    """Each of "0351 55501 oder 0152 55502", as `phone_digits`; a switchboard, "0351 55501-0", also without its 0, as
    those begin who call from one of its telephones."""
    written = several_numbers(text)
    found = (phone_digits(number) for number in (*written, *map(_of_house, written)))
    return list(dict.fromkeys(digits for digits in found if digits))


def _of_house(number: str) -> str:
    stem = re.sub(r"\s?[-–]\s?0$", "", number)
    return "" if stem == number else stem


def note_lookups(case: Case) -> None:
    """Write the hashes of everybody in the case anew."""
    people = db.session.scalars(select(CasePerson).where(CasePerson.case_id == case.id))
    _store(case, _digests_of(case, people))


# Another number, whenever the rules above read another number from what is stored.
LOOKUP_RULES = "2"
BATCH = 200


def renew_outdated_lookups(job: Running) -> str | None:
    """Write all hashes anew where other rules or another SECRET_KEY made them. What is done stays done."""
    made_by = hashed_subject("case_lookup_rules", LOOKUP_RULES)
    if db.session.get(CaseLookupRules, made_by) is not None:
        db.session.rollback()
        return None
    changed, total = renew_all_lookups(job.tell)
    with transaction():
        db.session.execute(delete(CaseLookupRules))
        db.session.add(CaseLookupRules(digest=made_by))
    told = {"changed": changed, "total": total}
    return _("Telefonnummern und E-Mail-Adressen neu erfasst, nach Fällen: %(changed)s von %(total)s.", **told)


def renew_all_lookups(tell: Callable[[int, int], None]) -> tuple[int, int]:
    """`renew_lookups` of all cases, in transactions of its own: of how many of how many hashes changed. `tell` hears
    how many of how many are done."""
    case_ids, changed = cases_to_index(), 0
    db.session.rollback()
    for start in range(0, len(case_ids), BATCH):
        with transaction():
            changed += renew_lookups(case_ids[start : start + BATCH])
        tell(min(start + BATCH, len(case_ids)), len(case_ids))
    return changed, len(case_ids)


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
    for digits in phone_numbers(phone):
        yield hashed_subject("case_phone", digits)
    if "@" in email:
        yield hashed_subject("case_email", email)


def open_case(
    *,
    content: Mapping[str, str | None],
    actor: Actor,
    kind: str = CaseKind.PERSON,
    origin: str = Origin.PHONE,
    consent: str = ConsentState.UNASKED,
    consent_on: date | None = None,
    organisation_id: str | None = None,
) -> Case:
    """A new case, for which the acting person is responsible. DomainError on `name` where nobody is named."""
    only_office(actor)
    if not (content.get("name") or "").strip():
        raise DomainError(_("Bitte geben Sie einen Namen an. Ein Vorname oder „Frau aus Pieschen“ genügt."), "name")
    opened = Case(
        id=new_id(),
        number=free_receipt_number(Case.number, "FA"),
        kind=CaseKind(kind),
        origin=Origin(origin),
        state=CaseState.OPEN,
        consent=ConsentState(consent),
        consent_on=consent_on or (clock.today() if consent != ConsentState.UNASKED else None),
        organisation_id=organisation_id,
        responsible_id=actor.user_id,
        person_key=new_person_key(),
    )
    seal_content(opened, content)
    db.session.add(opened)
    db.session.flush()
    note_lookups(opened)
    record_event(opened, "opened", actor)
    db.session.flush()
    return opened


def load_case(case_id: str, actor: Actor) -> Case:
    """A case to read and work on. NotFound where this person may not know of it, NotYours without a reason."""
    found = load_known(case_id, actor)
    if not may_open(found, actor):
        raise NotYours(found.id)
    return found


def load_cases(case_ids: Collection[str], actor: Actor) -> list[Case]:
    """Those of these that this person may open; as many queries for many as for one."""
    only_office(actor)
    found = db.session.scalars(cases_with_people().where(Case.id.in_(case_ids))).all()
    opened = openable(found, actor)
    return [case for case in found if case.id in opened]


def load_known(case_id: str, actor: Actor) -> Case:
    """A case this person may know of, though perhaps not read: its number and who is responsible.

    Raises NotFound for all others, Forbidden outside the office.
    """
    only_office(actor)
    found = db.session.scalar(cases_with_people().where(Case.id == case_id, known_to(actor)))
    if found is None:
        raise NotFound(_("Diesen Fall gibt es nicht."))
    return found


def list_cases(
    actor: Actor, *, only_own: bool = True, state: str = CaseState.OPEN, number: int = 1, size: int = PAGE_SIZE
) -> Page[Case]:
    """Own cases first, then by what was changed last."""
    only_office(actor)
    query = cases_with_people().where(known_to(actor), Case.state == state)
    if only_own:
        query = query.where(own(actor))
    first = case_when((own(actor), 0), else_=1)
    return paginate(db.session, query.order_by(first, Case.updated_at.desc(), Case.id), number, size)


def change_case(
    changed: Case,
    content: Mapping[str, str | None],
    *,
    version: int | None,
    kind: str,
    consent: str,
    actor: Actor,
    organisation_id: str | None = None,
) -> None:
    """A new version of who this is. Conflict with both texts where somebody was faster.

    Raises DomainError without a name.
    """
    check_version(changed, version, current=words_of(content_of(changed)), submitted=words_of(content))
    if not (content.get("name") or "").strip():
        raise DomainError(_("Bitte geben Sie einen Namen an."), "name")
    if consent != changed.consent:
        changed.consent, changed.consent_on = ConsentState(consent), clock.today()
        record_event(changed, f"consent_{consent}", actor)
    changed.kind, changed.organisation_id = CaseKind(kind), organisation_id
    seal_content(changed, content)
    note_lookups(changed)
    db.session.flush()


def take_case_step(changed: Case, key: str, *, version: int | None, actor: Actor, note: str = "") -> Step[Case]:
    """Go a step of CASE_STEPS; the same step twice is one. Raises as `StepTable.check` does, Conflict where somebody
    was faster."""
    check_version(changed, version)
    if CASE_STEPS.is_done(changed, key, Party.OFFICE):
        return CASE_STEPS[key]
    step = CASE_STEPS.take(changed, key, by=Party.OFFICE)
    record_event(changed, "closed" if key == CLOSE else "reopened", actor, note=note)
    db.session.flush()
    return step


def next_step(case: Case) -> Step[Case]:
    """What its button does: close an open one, open a closed one again."""
    return CASE_STEPS.offered(case, Party.OFFICE)[0]


def words_of(content: Mapping[str, str | None]) -> dict[str, str]:
    """The content by the labels people read, for comparing two versions."""
    labels = {
        "name": _("Name"),
        "phone": _("Telefon"),
        "email": _("E-Mail"),
        "address": _("Adresse"),
        "language": _("Liest am liebsten"),
        "notes": _("Notizen"),
    }
    return {label: content.get(name) or "" for name, label in labels.items()}


def cases_with_people() -> Select[Case]:
    """What opening a case needs comes along, so that a page of cases costs the same queries."""
    people = joinedload(Case.responsible), joinedload(Case.stand_in), joinedload(Case.organisation)
    return select(Case).options(*people)
