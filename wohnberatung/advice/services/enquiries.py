"""Enquiries: how they come in, what they say, what the office does with them, the case one becomes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm.attributes import flag_modified

from wohnberatung.advice.models import CaseEnquiry, Enquiry, EnquiryKind, EnquiryNote, EnquiryState
from wohnberatung.cases.models import Case, ConsentState, Origin
from wohnberatung.cases.services.cases import open_case
from wohnberatung.cases.services.content import nameless
from wohnberatung.cases.services.rights import known_to, may_know
from wohnberatung.cases.services.timeline import TimelineEntry
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.core.ids import free_receipt_number, hash_token, new_id, new_token
from wohnberatung.core.manifests import ExportedRecord, erased
from wohnberatung.core.pagination import PAGE_SIZE, Page, paginate
from wohnberatung.core.steps import Party, Step, StepTable
from wohnberatung.extensions import db
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.privacy.encryption import destroy, new_person_key
from wohnberatung.seekers.models import HousingRequest

S = EnquiryState
OFFICE = (Party.OFFICE,)

# Where in its content stands what somebody asked, by its kind.
ASKED = ("question", "concern", "barrier")
ANSWERED, REOPEN, RELEASE, WRITE = "beantwortet", "wieder-offen", "kein-spam", "brief"

ENQUIRY_STEPS: StepTable[Enquiry] = StepTable(
    Step(ANSWERED, OFFICE, (S.OPEN,), S.ANSWERED, _l("Als beantwortet kennzeichnen"), told="enquiry_answered"),
    Step(WRITE, OFFICE, (S.OPEN,), S.OPEN, _l("Antwort als Brief speichern")),
    Step(REOPEN, OFFICE, (S.ANSWERED,), S.OPEN, _l("Wieder öffnen")),
    Step(RELEASE, OFFICE, (S.QUARANTINED,), S.OPEN, _l("Kein Spam: zu den offenen Anfragen"), told="enquiry_received"),
    begins=(S.OPEN, S.QUARANTINED),
    refused=lambda enquiry: Conflict(_("Diese Anfrage hat inzwischen einen anderen Stand.")),
)


@dataclass(frozen=True)
class Note:
    """What somebody of the office wrote when they moved an enquiry."""

    state: str
    text: str
    by: str
    made_at: datetime
    answer: str = ""


@dataclass(frozen=True)
class MyEnquiry:
    """An enquiry as whoever asked sees it by their link: what they wrote, and the answers with their moments."""

    enquiry: Enquiry
    asked: str
    answers: tuple[tuple[datetime, str], ...]

    @property
    def is_answered(self) -> bool:
        return self.enquiry.state == EnquiryState.ANSWERED


def submit_enquiry(
    kind: str,
    content: Mapping[str, str],
    *,
    consent: tuple[str, str] | None = None,
    language: str = "de",
    held_for: HoldReason | None = None,
    token: str = "",
) -> Enquiry:
    """Store what was asked, sealed. `consent` is (version, text) of what was agreed to, `content` any texts by key;
    `token` the secret of the link to the answer, which goes along with the receipt by mail.

    What looks like spam is `held_for` a person, and otherwise stored like everything else; it gets no receipt by
    mail before somebody has let it out.
    """
    enquiry = Enquiry(
        id=new_id(),
        receipt_number=free_receipt_number(Enquiry.receipt_number, "DF"),
        kind=EnquiryKind(kind),
        state=EnquiryState.QUARANTINED if held_for else EnquiryState.OPEN,
        held_for=held_for,
        language=language,
        person_key=new_person_key(),
        token_hash=hash_token(token) if token else None,
    )
    enquiry.consent_version, enquiry.consent_text = consent or (None, None)
    enquiry.plain_content = dict(content)
    db.session.add(enquiry)
    db.session.flush()
    if not held_for:
        _tell(enquiry, "enquiry_received", token)
    return enquiry


def list_enquiries(
    actor: Actor, state: str = EnquiryState.OPEN, number: int = 1, size: int = PAGE_SIZE
) -> Page[Enquiry]:
    """Those in one state, the longest waiting first; answered ones the newest first."""
    only_office(actor)
    arrived = Enquiry.answered_at.desc() if state == EnquiryState.ANSWERED else Enquiry.created_at
    query = _known_to(actor).where(Enquiry.state == state)
    return paginate(db.session, query.order_by(arrived, Enquiry.id), number, size)


def open_enquiries_among(ids: Collection[str], actor: Actor) -> list[Enquiry]:
    """Those of these enquiries that wait for an answer, without what the person may not know of."""
    only_office(actor)
    among = Enquiry.id.in_(ids) & (Enquiry.state == EnquiryState.OPEN)
    return list(db.session.scalars(_known_to(actor).where(among).order_by(Enquiry.created_at, Enquiry.id)))


def load_enquiry(enquiry_id: str, actor: Actor) -> Enquiry:
    """For the office; NotFound where there is none."""
    only_office(actor)
    query = _known_to(actor).where(Enquiry.id == enquiry_id)
    enquiry = db.session.scalars(query).one_or_none()
    if enquiry is None:
        raise NotFound(_("Diese Anfrage gibt es nicht (mehr)."))
    return enquiry


def content_of(enquiry: Enquiry) -> dict[str, str]:
    """The opened texts, as `submit_enquiry` got them."""
    return enquiry.plain_content


def notes_of(enquiry: Enquiry) -> list[Note]:
    """The opened notes, oldest first."""
    notes = []
    for row in enquiry.notes:
        payload = row.plain_payload
        notes.append(Note(row.state, payload["note"], payload["by"], row.made_at, payload.get("answer", "")))
    return notes


def give_link(enquiry: Enquiry) -> str:
    """The secret of a link under which the answer will stand; shown once and stored nowhere."""
    token = new_token()
    enquiry.token_hash = hash_token(token)
    db.session.flush()
    return token


def my_enquiry(token: str) -> MyEnquiry:
    """For the holder of the link; NotFound for any other. What the office noted for itself stays there."""
    mine = Enquiry.token_hash == hash_token(token)
    enquiry = db.session.scalars(select(Enquiry).where(mine)).one_or_none()
    if enquiry is None:
        raise NotFound(_("Dieser Link gilt nicht oder nicht mehr."))
    asked = next((text for key in ASKED if (text := content_of(enquiry).get(key))), "")
    return MyEnquiry(enquiry, asked, tuple((note.made_at, note.answer) for note in notes_of(enquiry) if note.answer))


def steps_of(enquiry: Enquiry) -> tuple[Step[Enquiry], ...]:
    """What the office may do with it now: its buttons. A letter is written to whoever left where it goes."""
    offered = ENQUIRY_STEPS.offered(enquiry, Party.OFFICE)
    return offered if wants_letter(enquiry) else tuple(step for step in offered if step.key != WRITE)


def wants_letter(enquiry: Enquiry) -> bool:
    """Whether the answer goes by post."""
    return bool(content_of(enquiry).get("postal"))


def move_enquiry(enquiry: Enquiry, key: str, *, note: str, version: int | None, actor: Actor, answer: str = "") -> None:
    """Go a step of steps.py, with a note that stays, and with the `answer` that whoever asked reads by their link.
    Raises as `StepTable.check` does, Conflict where the form was made from another version, DomainError at `answer`
    where a letter would say nothing."""
    only_office(actor)
    check_version(enquiry, version, submitted={_("Notiz"): note, _("Antwort für die Person"): answer})
    if key == WRITE and not (wants_letter(enquiry) and answer.strip()):
        raise DomainError(_("Bitte schreiben Sie die Antwort, die im Brief stehen soll."), "answer")
    step = ENQUIRY_STEPS.take(enquiry, key, by=Party.OFFICE)
    # A letter leaves it open: even so it is another version, and its note another number.
    flag_modified(enquiry, "state")
    enquiry.answered_at = clock.now() if step.target == EnquiryState.ANSWERED else None
    row = EnquiryNote(id=new_id(), enquiry=enquiry, number=enquiry.version, state=enquiry.state, made_by=actor.user_id)
    row.plain_payload = {"note": note, "by": actor.name} | ({"answer": answer.strip()} if answer.strip() else {})
    db.session.add(row)
    db.session.flush()
    # Whoever marks it as answered without a word has answered by telephone.
    if step.told and (step.key == RELEASE or answer.strip()):
        _tell(enquiry, step.told)


def erase_enquiry(enquiry: Enquiry) -> None:
    """Delete it with its notes and destroy its key. Forbidden while it is kept for legal reasons."""
    if enquiry.legal_hold:
        raise Forbidden(_("Diese Anfrage darf nicht gelöscht werden: Für sie gilt eine Löschsperre."))
    erased(enquiry.id)
    destroy(enquiry.person_key)
    db.session.flush()
    db.session.execute(delete(Enquiry).where(Enquiry.id == enquiry.id))
    db.session.expunge(enquiry)


def _tell(enquiry: Enquiry, template: str, token: str = "") -> None:
    """By mail where an address was left with consent: the number, nothing of what was written."""
    address = content_of(enquiry).get("email")
    if address and enquiry.consent_version:
        queue_mail(
            template,
            to=address,
            language=enquiry.language,
            person_key=enquiry.person_key,
            in_dialogue=template == ENQUIRY_STEPS[ANSWERED].told,
            receipt_number=enquiry.receipt_number,
            kind=str(enquiry.kind),
            token=token,
        )


def _known_to(actor: Actor) -> Select[Enquiry]:
    """Without those of blocked cases, which exist for one person only."""
    hidden = select(CaseEnquiry.enquiry_id).join(Case, Case.id == CaseEnquiry.case_id).where(~known_to(actor))
    return select(Enquiry).where(Enquiry.id.not_in(hidden))


def set_legal_hold(receipt_number: str, kept: bool) -> None:
    """Take a request, an enquiry or a case out of all periods, or put it back in. NotFound for an unknown number."""
    number = receipt_number.strip().upper()
    numbers = (HousingRequest.receipt_number, Enquiry.receipt_number, Case.number)
    queries = (select(column.class_).where(column == number) for column in numbers)
    row = next((found for query in queries if (found := db.session.scalar(query)) is not None), None)
    if row is None:
        raise NotFound(_("Zu dieser Eingangsnummer gibt es nichts."))
    row.legal_hold = kept
    db.session.flush()


def open_case_from_enquiry(enquiry: Enquiry, actor: Actor) -> Case:
    """A case for whoever asked; the one the enquiry belongs to already, if there is one."""
    known = case_of_enquiry(enquiry.id)
    if known is not None:
        return known
    content = content_of(enquiry)
    asked = "\n".join(content[key] for key in ("question", "concern", "support", "times") if content.get(key))
    agreed_on = to_berlin(enquiry.created_at).date() if enquiry.consent_version else None
    name = content.get("name") or nameless(enquiry.receipt_number)
    case = open_case(
        content=content | {"name": name, "notes": asked},
        actor=actor,
        origin=Origin.ENQUIRY,
        consent=ConsentState.WRITTEN if agreed_on else ConsentState.UNASKED,
        consent_on=agreed_on,
    )
    db.session.add(CaseEnquiry(case_id=case.id, enquiry_id=enquiry.id))
    db.session.flush()
    return case


def case_of_enquiry(enquiry_id: str) -> Case | None:
    """The case it belongs to, whoever may know of it: ask `may_know` before showing it."""
    query = select(Case).join(CaseEnquiry, CaseEnquiry.case_id == Case.id).where(CaseEnquiry.enquiry_id == enquiry_id)
    return db.session.scalar(query.limit(1))


def known_case_of(enquiry: Enquiry, actor: Actor) -> Case | None:
    """The same for the acting person; None where they may not know of it."""
    case = case_of_enquiry(enquiry.id)
    return case if case is not None and may_know(case, actor) else None


def enquiries_in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    for enquiry in _enquiries_of(case):
        title = _("Anfrage %(number)s ist eingegangen", number=enquiry.receipt_number)
        yield TimelineEntry(enquiry.created_at, title, "", "", "advice.show_enquiry", {"enquiry_id": enquiry.id})


def enquiries_told(case: Case) -> list[ExportedRecord]:
    return [
        {"receipt_number": row.receipt_number, "created_at": row.created_at.isoformat(), "content": content_of(row)}
        for row in _enquiries_of(case)
    ]


def _enquiries_of(case: Case) -> list[Enquiry]:
    belongs: ColumnElement[bool] = CaseEnquiry.case_id == case.id
    query = select(Enquiry).join(CaseEnquiry, CaseEnquiry.enquiry_id == Enquiry.id).where(belongs)
    return list(db.session.scalars(query.order_by(Enquiry.created_at)))
