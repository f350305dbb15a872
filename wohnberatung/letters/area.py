"""Letters: what is kept of them about a person, in the timeline of the case and in its export; what is to be posted."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.models import Case
from wohnberatung.cases.services.desk import DeskSection
from wohnberatung.cases.services.timeline import TimelineEntry
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area, ExportedRecord
from wohnberatung.letters import models, views
from wohnberatung.letters.services.by_post import BY_POST, to_post
from wohnberatung.letters.services.letters import letters_of


def in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    for kept in letters_of(case):
        page = {"letter_id": kept.letter.id}
        yield TimelineEntry(
            kept.letter.created_at, _("Brief geschrieben"), kept.title, kept.writer, "letters.show_letter", page
        )


def letters_told(case: Case) -> list[ExportedRecord]:
    return [{"written_on": kept.letter.written_on.isoformat(), **kept.paper} for kept in letters_of(case)]


DESK = (DeskSection("post", _l("Briefe zum Einwerfen"), 22, to_post),)
AREA = Area(
    key="letters",
    models=models,
    blueprint=views.blueprint,
    desk=DESK,
    by_post=BY_POST,
    timeline=(in_timeline,),
    told_of_case={"letters": letters_told},
)
