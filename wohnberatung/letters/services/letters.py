"""A letter is drafted from its template and the case, looked at, and kept as it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.accounts.models import User
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.cases import load_case
from wohnberatung.cases.services.content import content_of, spoken_name
from wohnberatung.cases.services.open_work import cases_within
from wohnberatung.cases.services.requests import language_read, requests_of
from wohnberatung.cases.services.rights import rows_known_to
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import DomainError, NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import EASY, GERMAN, LANGUAGES, ReadLanguage, current_language, language_of
from wohnberatung.core.settings import setting
from wohnberatung.core.texts import as_spoken
from wohnberatung.extensions import db
from wohnberatung.letters.kinds import KINDS
from wohnberatung.letters.models import Letter
from wohnberatung.letters.services.sections import sections
from wohnberatung.letters.services.templates import Template, filled, parts_of, template_of
from wohnberatung.papers import LetterPaper, greeting, in_easy_lines, render
from wohnberatung.seekers.services.requests import contact_of


@dataclass(frozen=True)
class LetterDraft:
    """A letter that is not kept yet: `paper` is what `papers.render` takes."""

    kind: str
    template: Template
    paper: LetterPaper


@dataclass(frozen=True)
class KeptLetter:
    """A letter of a case with what it says."""

    letter: Letter
    paper: LetterPaper
    writer: str

    @property
    def language(self) -> ReadLanguage:
        return language_of(self.paper.get("language", GERMAN.code))

    @property
    def kind(self) -> str:
        return str(KINDS[self.letter.kind].label)

    @property
    def title(self) -> str:
        return self.paper["title"]


def suggested(case: Case, actor: Actor) -> dict[str, str]:
    """What the form begins with."""
    content = content_of(case)
    name = _name(case, actor)
    lines = (name, *(part.strip() for part in content["address"].split(",")))
    language = language_read(case, actor)
    return {
        "recipient": "\n".join(line for line in lines if line),
        "salutation": _salutation(name, language),
        "written": "",
        "language": language.code,
    }


def _salutation(name: str, language: ReadLanguage) -> str:
    with force_locale(language.locale):
        return greeting(name)


def draft(case: Case, kind: str, given: Mapping[str, str], actor: Actor) -> LetterDraft:
    """The letter as it would be, in the language of the code `given["language"]`; a salutation that was suggested in
    another one is put into it. DomainError where the template asks for what the case cannot tell."""
    language = language_of(given.get("language", GERMAN.code))
    name, salutation = _name(case, actor), given["salutation"].strip()
    if salutation in {_salutation(name, other) for other in LANGUAGES}:
        salutation = _salutation(name, language)
    with force_locale(language.locale):
        template = template_of(kind)
        words = _words(case, actor)
        made = sections(case, actor, given["written"])
        used = {name: make() for name, make in made.items() if f"{{{name}}}" in template.body}
        parts = parts_of(template.body, words, used)
        paper: LetterPaper = {
            "title": filled(template.title, words),
            "recipient": given["recipient"].strip(),
            "reference": case.number,
            "salutation": salutation,
            "parts": in_easy_lines(parts) if language is EASY else parts,
            "closing": _("Freundliche Grüße"),
            "signature": f"{actor.name}\n{setting('OFFICE_NAME')}",
            "language": language.code,
        }
    return LetterDraft(kind, template, paper)


def keep(case: Case, drafted: LetterDraft, actor: Actor) -> Letter:
    """Sealed with the case, as data and as the PDF that is printed.

    Raises DomainError at `recipient` where nobody is named.
    """
    if not drafted.paper["recipient"]:
        raise DomainError(_("Bitte geben Sie an, an wen der Brief geht."), "recipient")
    today = clock.today()
    row = Letter(id=new_id(), case=case, kind=drafted.kind, template_number=drafted.template.number)
    row.written_on, row.written_by = today, actor.user_id or ""
    row.plain_content = drafted.paper
    row.plain_pdf = render("letter", drafted.paper, drafted.paper["language"], on=today)
    db.session.add(row)
    db.session.flush()
    return row


def load_letter(letter_id: str, actor: Actor) -> KeptLetter:
    """NotFound where there is none; what `load_case` says for a case this person may not open."""
    found = _kept(rows_known_to(Letter, actor).add_columns(User.name).where(Letter.id == letter_id))
    if not found:
        raise NotFound(_("Diesen Brief gibt es nicht (mehr)."))
    load_case(found[0].letter.case_id, actor)
    return found[0]


def pdf_of(kept: KeptLetter) -> bytes:
    """As it was printed."""
    return kept.letter.plain_pdf


def letters_of(case: Case) -> list[KeptLetter]:
    """All of a case, the newest first."""
    return _kept(select(Letter, User.name).where(Letter.case_id == case.id).order_by(Letter.created_at.desc()))


def letters_about(case: Case, actor: Actor) -> list[KeptLetter]:
    """Those of a case and of all that went into it, the newest first: what was sent stays where it was written."""
    told = [letter for each in (case, *cases_within(case, actor)) for letter in letters_of(each)]
    return sorted(told, key=lambda kept: kept.letter.created_at, reverse=True)


def _kept(query: Any) -> list[KeptLetter]:
    found = db.session.execute(query.join(User, User.id == Letter.written_by).options(joinedload(Letter.case)))
    return [KeptLetter(row, row.plain_content, name) for row, name in found]


def _words(case: Case, actor: Actor) -> dict[str, str]:
    return {
        "name": _name(case, actor),
        "fallnummer": case.number,
        "beraterin": case.responsible.name,
        "datum": f"{clock.today():{current_language().day_format}}",
        "telefon": setting("OFFICE_PHONE") or _("siehe unten"),
    }


def _name(case: Case, actor: Actor) -> str:
    """How the person is called: as the case says, else as they have said in a request of theirs meanwhile; empty where
    nobody has said it. A number is no name."""
    said = (contact_of(request).get("name", "") for request in requests_of(case, actor))
    return as_spoken(spoken_name(content_of(case)) or next((name for name in said if name), ""))
