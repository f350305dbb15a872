"""Templates: plain lines with placeholders in braces. There is nothing to execute and no markup to inject.

`# …` is a heading, `- …` a point of a list, an empty line ends a paragraph, `{massnahmen}` alone in a line a section.
What is filled in is never read as a template again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.changes import CHANGED_MEANWHILE
from wohnberatung.core.errors import Conflict, DomainError, NotFound
from wohnberatung.core.languages import GERMAN, current_language
from wohnberatung.extensions import db
from wohnberatung.letters.kinds import BLOCKS, INLINE, KINDS
from wohnberatung.letters.models import LetterTemplate
from wohnberatung.papers import Part, heading, paragraph, points

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Template:
    """A template as it is used: `number` 0 is the one an office begins with."""

    kind: str
    number: int
    title: str
    body: str


def template_of(kind: str, number: int | None = None) -> Template:
    """The one in use, or that version; NotFound where there is none. What administrators have written is German: to
    readers of another language the first one speaks."""
    if kind not in KINDS:
        raise NotFound(_("Diese Vorlage gibt es nicht."))
    first = Template(kind, 0, str(KINDS[kind].title), str(KINDS[kind].body))
    if number == 0 or current_language() is not GERMAN:
        return first
    query = select(LetterTemplate).where(LetterTemplate.kind == kind).order_by(LetterTemplate.number.desc())
    if number is not None:
        query = query.where(LetterTemplate.number == number)
    row = db.session.scalars(query.limit(1)).first()
    if row is None and number is not None:
        raise NotFound(_("Diese Fassung gibt es nicht."))
    return Template(kind, row.number, row.title, row.body) if row else first


def versions_of(kind: str) -> list[LetterTemplate]:
    """All that administrators have written, the newest first."""
    query = select(LetterTemplate).where(LetterTemplate.kind == kind)
    return list(db.session.scalars(query.order_by(LetterTemplate.number.desc())))


def save_template(kind: str, title: str, body: str, *, based_on: int | None, actor: Actor) -> int:
    """A new version, for administrators. DomainError on `title` or `body` says what is wrong; Conflict with both
    texts where somebody else has written one meanwhile. Returns its number."""
    only_administration(actor)
    current = template_of(kind)
    if based_on != current.number:
        texts = {_("Text der Vorlage"): current.body}, {_("Text der Vorlage"): body}
        raise Conflict(str(CHANGED_MEANWHILE), *texts)
    check(title, "title", inline_only=True)
    check(body, "body")
    latest = db.session.scalar(select(func.max(LetterTemplate.number)).where(LetterTemplate.kind == kind)) or 0
    row = LetterTemplate(kind=kind, number=latest + 1, title=title.strip(), body=_tidy(body), made_by=actor.user_id)
    db.session.add(row)
    db.session.flush()
    return row.number


def check(text: str, field: str, *, inline_only: bool = False) -> None:
    """DomainError on the field for an unknown placeholder, one in the wrong place, or a brace that belongs to none."""
    known = INLINE if inline_only else INLINE | BLOCKS
    listed = ", ".join(f"{{{name}}}" for name in known)
    for line in text.splitlines():
        for name in _PLACEHOLDER.findall(line):
            if name not in known:
                message = _(
                    "Den Platzhalter {%(name)s} gibt es nicht. Möglich sind: %(known)s.", name=name, known=listed
                )
                raise DomainError(message, field)
            if name in BLOCKS and line.strip() != f"{{{name}}}":
                raise DomainError(_("Der Abschnitt {%(name)s} muss allein in einer Zeile stehen.", name=name), field)
        if "{" in _PLACEHOLDER.sub("", line) or "}" in _PLACEHOLDER.sub("", line):
            message = _("Eine geschweifte Klammer gehört zu keinem Platzhalter. Möglich sind: %(known)s.", known=listed)
            raise DomainError(message, field)


def filled(text: str, words: Mapping[str, str]) -> str:
    """One line with its words put in."""
    return _PLACEHOLDER.sub(lambda found: words.get(found[1], ""), text)


def parts_of(body: str, words: Mapping[str, str], sections: Mapping[str, Sequence[Part]]) -> list[Part]:
    """The body as parts of a paper. A heading with nothing below it is left out, as its section had nothing to say."""
    parts: list[Part] = []
    for chunk in _chunks(body):
        if len(chunk) == 1 and (found := _PLACEHOLDER.fullmatch(chunk[0])) and found[1] in BLOCKS:
            parts += sections.get(found[1], ())
        elif chunk[0].startswith("# "):
            parts.append(heading(filled(chunk[0][2:], words)))
        elif chunk[0].startswith("- "):
            parts.append(points(filled(line[2:], words) for line in chunk))
        else:
            parts.append(paragraph(filled(" ".join(chunk), words)))
    nexts = [*parts, None][1:]
    return [part for part, following in zip(parts, nexts, strict=True) if not _is_idle(part, following)]


def _chunks(body: str) -> list[list[str]]:
    """Lines that belong together: headings and sections alone, points of one list, lines of one paragraph."""
    chunks: list[list[str]] = []
    before = ""
    for line in (line.strip() for line in body.splitlines()):
        sort = _sort_of(line)
        if sort in ("text", "point") and sort == before:
            chunks[-1].append(line)
        elif sort != "empty":
            chunks.append([line])
        before = sort
    return chunks


def _sort_of(line: str) -> str:
    if not line:
        return "empty"
    if line.startswith("# "):
        return "heading"
    if line.startswith("- "):
        return "point"
    found = _PLACEHOLDER.fullmatch(line)
    return "section" if found and found[1] in BLOCKS else "text"


def _is_idle(part: Part, following: Part | None) -> bool:
    if part["kind"] != "heading":
        return False
    return following is None or (following["kind"] == "heading" and following["level"] <= part["level"])


def _tidy(body: str) -> str:
    return "\n".join(line.rstrip() for line in body.strip().splitlines())
