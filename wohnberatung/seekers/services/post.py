"""What goes by post: written where others get a mail, it waits until somebody says that it is in the letterbox.

A letter says itself what a mail only leads to. It has no secret link: whoever prints it would hold it.
"""

from collections.abc import Callable, Mapping

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import InstrumentedAttribute

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import EASY, language_of
from wohnberatung.core.manifests import ExportedRecord, areas
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.papers import LetterPaper, Part, greeting, heading, in_easy_lines, moment, pairs, render
from wohnberatung.seekers.models import HousingRequest, PostalLetter, Purpose
from wohnberatung.seekers.services.consents import has_consent
from wohnberatung.seekers.services.requests import contact_of, shown_to

POST = "post"
LetterText = Callable[[HousingRequest, Mapping[str, object]], tuple[str, list[Part]] | None]
"""Title and parts of the letter that goes where others get a mail, from the values of the mail, in the language that is
being spoken; None where there is nothing to tell by post."""


def may_be_written_to(request: HousingRequest) -> bool:
    """Whether the person wants letters, agreed to be contacted, and has said where."""
    contact = contact_of(request)
    wanted = contact.get("reach") == POST and contact.get("address")
    return bool(wanted) and not request.held_for and has_consent(request, Purpose.CONTACT)


def write_letter(request: HousingRequest, template: str, values: Mapping[str, object]) -> PostalLetter | None:
    """The letter that goes where others get the mail `template`. What is about the same and was not posted yet is
    overtaken by it, and gone."""
    about = values.get("match_id")
    write = next(area.by_post[template] for area in areas() if template in area.by_post)
    with force_locale(language_of(request.language).locale):
        told = write(request, values)
        paper = None if told is None else _paper(request, *told)
    if about is not None:
        overtaken = PostalLetter.about_id == about, PostalLetter.posted_at.is_(None)
        db.session.execute(delete(PostalLetter).where(*overtaken))
    if paper is None:
        return None
    letter = PostalLetter(
        id=new_id(), request=request, template=template, about_id=about if isinstance(about, str) else None
    )
    letter.plain_content = paper
    db.session.add(letter)
    db.session.flush()
    return letter


def letters_to_post(actor: Actor) -> list[PostalLetter]:
    """Those that are not in the letterbox yet, the longest waiting first. Forbidden outside the office."""
    only_office(actor)
    query = _known_to(actor).where(PostalLetter.posted_at.is_(None))
    return list(db.session.scalars(query.order_by(PostalLetter.written_at, PostalLetter.id)))


def load_postal(letter_id: str, actor: Actor) -> PostalLetter:
    """NotFound where there is none, or not for this person to know of. Forbidden outside the office."""
    only_office(actor)
    letter = db.session.scalars(_known_to(actor).where(PostalLetter.id == letter_id)).one_or_none()
    if letter is None:
        raise NotFound(_("Diesen Brief gibt es nicht (mehr)."))
    return letter


def paper_of(letter: PostalLetter) -> LetterPaper:
    """What it says; as long as it waits, to where the person lives now."""
    paper = letter.plain_content
    return paper if letter.posted_at else {**paper, "recipient": _recipient(letter.request)}


def pdf_of_postal(letter: PostalLetter) -> bytes:
    paper = paper_of(letter)
    return render("letter", paper, paper["language"], on=clock.to_berlin(letter.written_at).date())


def keep_as_posted(letter: PostalLetter, actor: Actor) -> None:
    """It is in the letterbox, as it is now. Once more, nothing happens."""
    if letter.posted_at is None:
        letter.plain_content = paper_of(letter)
        letter.posted_at, letter.posted_by = clock.now(), actor.user_id
        db.session.flush()


def letters_about(match_id: str) -> list[PostalLetter]:
    """Oldest first; for those who may know of the match."""
    mine = select(PostalLetter).where(PostalLetter.about_id == match_id)
    return list(db.session.scalars(mine.order_by(PostalLetter.written_at)))


def waits_to_be_posted(about: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """For queries: whether a letter about the thing with that id (a column) is still to be posted."""
    return select(PostalLetter.id).where(PostalLetter.about_id == about, PostalLetter.posted_at.is_(None)).exists()


def postal_told(request: HousingRequest) -> list[ExportedRecord]:
    """For the person's export."""
    return [
        {
            "written_at": letter.written_at.isoformat(),
            "posted_at": letter.posted_at.isoformat() if letter.posted_at else None,
            **paper_of(letter),
        }
        for letter in _letters_to(request)
    ]


def postal_in_words(request: HousingRequest) -> list[Part]:
    """The same to read: which letters there are, and what they say."""
    parts: list[Part] = []
    for letter in _letters_to(request):
        posted = moment(letter.posted_at) if letter.posted_at else _("noch nicht")
        rows = [(_("Geschrieben"), moment(letter.written_at)), (_("Eingeworfen"), posted)]
        paper = paper_of(letter)
        told = [part for part in paper["parts"] if part["kind"] != "heading"]
        parts += [heading(paper["title"], 2), pairs(rows), *told]
    return [heading(_("Briefe an Sie")), *parts] if parts else []


def forget_postal(request: HousingRequest, purpose: str) -> None:
    """Letters tell where somebody lives and what a home must be able to do: they go with either consent."""
    if purpose in (Purpose.HEALTH, Purpose.CONTACT):
        db.session.execute(delete(PostalLetter).where(PostalLetter.request_id == request.id))


def _paper(request: HousingRequest, title: str, parts: list[Part]) -> LetterPaper:
    name = contact_of(request).get("name", "")
    return {
        "title": title,
        "recipient": _recipient(request),
        "reference": request.receipt_number,
        "salutation": greeting(name),
        "parts": in_easy_lines(parts) if language_of(request.language) is EASY else parts,
        "closing": _("Freundliche Grüße"),
        "signature": setting("OFFICE_NAME"),
        "language": request.language,
    }


def _recipient(request: HousingRequest) -> str:
    contact = contact_of(request)
    lines = contact.get("address", "").replace("\n", ",").split(",")
    return "\n".join(line.strip() for line in (contact.get("name", ""), *lines) if line.strip())


def _known_to(actor: Actor) -> Select[PostalLetter]:
    return select(PostalLetter).join(PostalLetter.request).where(shown_to(actor))


def _letters_to(request: HousingRequest) -> list[PostalLetter]:
    mine = select(PostalLetter).where(PostalLetter.request_id == request.id)
    return list(db.session.scalars(mine.order_by(PostalLetter.written_at)))
