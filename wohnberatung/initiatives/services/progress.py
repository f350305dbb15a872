"""How far an initiative is on its list of steps: noted by the group, told as far as it chooses, and when it stalls."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_office
from wohnberatung.core.changes import check_version
from wohnberatung.core.constraints import explained
from wohnberatung.core.errors import NotFound
from wohnberatung.core.ids import new_id
from wohnberatung.core.languages import Words
from wohnberatung.core.steps import Party, party_of
from wohnberatung.extensions import db
from wohnberatung.initiatives.checklist import BY_KEY, PHASES, STEPS, ChecklistStep
from wohnberatung.initiatives.models import ChecklistMark, Initiative
from wohnberatung.initiatives.progress import MarkState, ProgressShown
from wohnberatung.initiatives.services.initiatives import own_initiative, public_initiatives
from wohnberatung.initiatives.steps import MARK_STEPS, step_to
from wohnberatung.projects.services.publishing import reread_after

# Groups of volunteers need months for a step; after half a year without any the office asks how it goes.
STALLED_AFTER = timedelta(days=182)
SETTLED = (MarkState.DONE, MarkState.NOT_NEEDED)
# A step that nobody has noted anything about; a row counts its versions from one.
NEVER_NOTED = 0


@dataclass(frozen=True)
class MarkedStep:
    """One step with how far the group is. `version` is that of what was noted, 0 where nothing was."""

    step: ChecklistStep
    state: MarkState
    note: str
    who: str
    version: int

    @property
    def settled(self) -> bool:
        return self.state in SETTLED


@dataclass(frozen=True)
class Progress:
    """All steps in order; `notes` says whether notes may be told."""

    steps: tuple[MarkedStep, ...]
    notes: bool

    @property
    def settled(self) -> int:
        return sum(each.settled for each in self.steps)

    @property
    def phases(self) -> list[tuple[Words, list[MarkedStep]]]:
        """The steps under the headings of their phases."""
        return [(phase, [each for each in self.steps if each.step.phase is phase]) for phase, _steps in PHASES]

    @property
    def following(self) -> MarkedStep | None:
        """What the group works on: the first step under way, else the first open one; None where all is settled."""
        under_way = (each for each in self.steps if each.state is MarkState.UNDER_WAY)
        return next(under_way, None) or next((each for each in self.steps if not each.settled), None)


def progress_of(initiative: Initiative) -> Progress:
    """As the group and the office see it."""
    return _progress_of([initiative])[initiative.id]


def told_progress(initiatives: Sequence[Initiative]) -> dict[str, Progress]:
    """As everybody sees it, by the id of the initiative; those that tell nothing of it are left out."""
    telling = [each for each in initiatives if each.progress_shown is not ProgressShown.NOTHING]
    known = _progress_of(telling)
    return {each.id: replace(known[each.id], notes=each.progress_shown is ProgressShown.NOTES) for each in telling}


def marked_step(slug: str, key: str, actor: Actor) -> MarkedStep:
    """For the group and the office. NotFound for strangers, and where there is no such step."""
    initiative = own_initiative(slug, actor)
    if key not in BY_KEY:
        raise NotFound(_("Diesen Schritt gibt es nicht."))
    return _marked(BY_KEY[key], _mark_of(initiative, key))


def note_step(
    slug: str, key: str, state: MarkState, note: str, who: str, version: int | None, actor: Actor
) -> Initiative:
    """Say how far the group is. Raises NotFound as `marked_step` does, Conflict where somebody else was faster."""
    marked_step(slug, key, actor)
    initiative = own_initiative(slug, actor)
    mark = _mark_of(initiative, key) or ChecklistMark(
        id=new_id(), initiative_id=initiative.id, step=key, state=MarkState.OPEN, version=NEVER_NOTED
    )
    check_version(mark, version)
    with explained(), reread_after(initiative.project, actor):
        if mark.state is not state:
            MARK_STEPS.take(mark, step_to(state), by=party_of(actor, Party.GROUP))
        mark.note, mark.who = note.strip(), who.strip()
        initiative.moved_at = clock.now()
        db.session.add(mark)
    return initiative


def stalled_initiatives(actor: Actor) -> list[Initiative]:
    """Public ones that have changed no step for half a year and are not through, the longest first. Forbidden for
    everybody but the office."""
    only_office(actor)
    still = [each for each in public_initiatives() if each.moved_at <= clock.now() - STALLED_AFTER]
    known = _progress_of(still)
    return sorted((each for each in still if known[each.id].following), key=lambda each: each.moved_at)


def _progress_of(initiatives: Sequence[Initiative]) -> dict[str, Progress]:
    query = select(ChecklistMark).where(ChecklistMark.initiative_id.in_([each.id for each in initiatives]))
    marks = {(mark.initiative_id, mark.step): mark for mark in db.session.scalars(query)}
    return {
        each.id: Progress(tuple(_marked(step, marks.get((each.id, step.key))) for step in STEPS), notes=True)
        for each in initiatives
    }


def _mark_of(initiative: Initiative, key: str) -> ChecklistMark | None:
    found = select(ChecklistMark).where(ChecklistMark.initiative_id == initiative.id, ChecklistMark.step == key)
    return db.session.scalar(found)


def _marked(step: ChecklistStep, mark: ChecklistMark | None) -> MarkedStep:
    if mark is None:
        return MarkedStep(step, MarkState.OPEN, "", "", NEVER_NOTED)
    return MarkedStep(step, MarkState(mark.state), mark.note, mark.who, mark.version)
