"""What letters keep about a person: in the timeline of the case and in its export."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _

from wohnberatung.cases.models import Case
from wohnberatung.cases.services import Entry
from wohnberatung.core.actors import Actor
from wohnberatung.letters.services.letters import letters_of


def in_timeline(case: Case, actor: Actor) -> Iterator[Entry]:
    for kept in letters_of(case):
        page = {"letter_id": kept.letter.id}
        yield Entry(
            kept.letter.created_at, _("Brief geschrieben"), kept.title, kept.writer, "letters.show_letter", page
        )


def letters_told(case: Case) -> list[dict[str, Any]]:
    return [{"written_on": kept.letter.written_on.isoformat(), **kept.paper} for kept in letters_of(case)]
