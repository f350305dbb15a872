"""Deliveries that would change so much that the office must agree."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.cases.services.desk import SHOWN, Found, Line, desk_section
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRun, RunState


@desk_section("imports", _l("Importe zu übernehmen"), position=70)
def waiting_imports(actor: Actor) -> Found:
    query = select(ImportRun).where(ImportRun.state == RunState.REVIEW).order_by(ImportRun.created_at)
    runs = db.session.scalars(query).all()
    lines = [
        Line(run.file_name, f"{to_berlin(run.created_at):%d.%m.%Y}", "intake.show_run", {"run_id": run.id})
        for run in runs[:SHOWN]
    ]
    return Found(len(runs), lines, "intake.list_runs")
