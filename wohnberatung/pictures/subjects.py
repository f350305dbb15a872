"""What pictures can belong to. This area knows none of them: those above it declare who may do what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import NotFound
from wohnberatung.core.manifests import Declared, areas
from wohnberatung.privacy.models import PersonKey


def _nobody(_subject_id: str) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class PictureSubject(Declared):
    """One kind of subject.

    `title_for_editing(id, actor)` is its title for people who may change its pictures; it raises NotFound for all
    others, as if there were none. `is_public(id)`: whether anybody may see the pictures that are described.
    `page` and `argument` name the page to go back to. `seal_for(id)` is the key of the person whom the pictures
    are about: they are stored sealed and never shown to anybody else than those who may change them.
    """

    kind: str
    title_for_editing: Callable[[str, Actor], str]
    page: str
    argument: str
    is_public: Callable[[str], bool] = lambda _subject_id: False
    seal_for: Callable[[str], PersonKey | None] = _nobody
    note: Any = ""


def subject_of(kind: str) -> PictureSubject:
    """As an area declares it; NotFound for a kind that none declares."""
    for area in areas():
        for subject in area.picture_subjects:
            if subject.kind == kind:
                return subject
    raise NotFound(_("Diese Bilder gibt es nicht."))
