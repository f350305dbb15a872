"""Goals and measures: what is kept of them about a person, in the timeline of the case and in its export."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select, true

from wohnberatung.cases.models import Case
from wohnberatung.cases.services.timeline import TimelineEntry, names_of
from wohnberatung.core.actors import Actor
from wohnberatung.core.manifests import Area, ExportedRecord
from wohnberatung.extensions import db
from wohnberatung.measures import models, views
from wohnberatung.measures.models import CaseMeasure, Goal, MeasureEvent
from wohnberatung.measures.services.measures import content_of, goals_of
from wohnberatung.measures.steps import STATUSES


def in_timeline(case: Case, actor: Actor) -> Iterator[TimelineEntry]:
    """Every goal, and every status a measure came to."""
    for goal, text in goals_of(case):
        yield TimelineEntry(goal.created_at, _("Ziel vereinbart"), text, "", "measures.edit_goal", {"goal_id": goal.id})
    events = _events(case)
    names = names_of(event.actor_id for event, _measure in events)
    for event, measure in events:
        title = _("Maßnahme %(status)s", status=STATUSES[event.status])
        page = {"measure_id": measure.id}
        who = names.get(event.actor_id or "", "")
        yield TimelineEntry(event.happened_at, title, content_of(measure)["title"], who, "measures.show_measure", page)


def goals_told(case: Case) -> list[ExportedRecord]:
    return [
        {"text": text, "state": goal.state, "created_at": goal.created_at.isoformat()} for goal, text in goals_of(case)
    ]


def measures_told(case: Case) -> list[ExportedRecord]:
    """Each with its content and its history."""
    events, rows = (
        _events(case),
        select(CaseMeasure).where(CaseMeasure.case_id == case.id).order_by(CaseMeasure.created_at),
    )
    return [
        {
            "kind": measure.kind,
            "status": measure.status,
            "drop_reason": measure.drop_reason,
            **content_of(measure),
            "history": [
                {"status": event.status, "happened_at": event.happened_at.isoformat()}
                for event, of in events
                if of is measure
            ],
        }
        for measure in db.session.scalars(rows)
    ]


def _events(case: Case) -> list[tuple[MeasureEvent, CaseMeasure]]:
    query = select(MeasureEvent, CaseMeasure).join(CaseMeasure, CaseMeasure.id == MeasureEvent.measure_id)
    found = db.session.execute(query.where(CaseMeasure.case_id == case.id).order_by(MeasureEvent.id))
    return [(event, measure) for event, measure in found]


AREA = Area(
    key="measures",
    models=models,
    blueprint=views.blueprint,
    timeline=(in_timeline,),
    moves_with_case={Goal: true, CaseMeasure: true},
    told_of_case={"goals": goals_told, "measures": measures_told},
)
