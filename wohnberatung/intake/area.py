"""Deliveries of offers: reading them, those that wait for the office, how long they are kept."""

from datetime import time, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from wohnberatung.cases.services.desk import SHOWN, DeskContent, DeskLine, DeskSection
from wohnberatung.core.actors import Actor
from wohnberatung.core.clock import to_berlin
from wohnberatung.core.manifests import Area
from wohnberatung.core.queues import WatchedQueue
from wohnberatung.core.work import Periodic, Running, Task
from wohnberatung.extensions import db
from wohnberatung.intake import models, views
from wohnberatung.intake.models import ImportRun, RunState
from wohnberatung.intake.services import enclosures, inbox, jobs, queries
from wohnberatung.intake.services.enclosures import OF_DELIVERY
from wohnberatung.intake.services.uploads import APPLY, READ, TAKE_BACK, UNDO
from wohnberatung.pictures.models import Picture
from wohnberatung.pictures.services import delete_pictures_of, remove
from wohnberatung.privacy.retention import RetentionRule


def _sweep(_job: Running) -> None:
    enclosures.sweep()


def _look_through(_job: Running) -> None:
    inbox.look_through()


WORK = (
    Task(READ, _l("Lieferung lesen und Vorschau machen"), jobs.read),
    Task(APPLY, _l("Lieferung übernehmen"), jobs.apply),
    Task(TAKE_BACK, _l("Zurückgenommenes einer Lieferung sofort übernehmen"), jobs.take_back),
    Task(UNDO, _l("Lieferung zurücknehmen"), jobs.undo),
    Periodic("inbox", _l("Eingangsordner durchsehen"), _look_through, every=timedelta(minutes=2)),
    Periodic("sweep_enclosures", _l("Liegen gebliebene Bilder von Lieferungen löschen"), _sweep, at=time(0, 55)),
)


def waiting_imports(actor: Actor) -> DeskContent:
    query = select(ImportRun).where(ImportRun.state == RunState.REVIEW).order_by(ImportRun.created_at)
    runs = db.session.scalars(query).all()
    lines = [
        DeskLine(run.file_name, f"{to_berlin(run.created_at):%d.%m.%Y}", "intake.show_run", {"run_id": run.id})
        for run in runs[:SHOWN]
    ]
    return DeskContent(len(runs), lines, "intake.list_runs")


DESK = (DeskSection("imports", _l("Importe zu übernehmen"), 70, waiting_imports),)


def _delete(run: ImportRun) -> None:
    """With its records; a statement of its own, as the table of records follows by its foreign key."""
    delete_pictures_of(OF_DELIVERY.kind, run.id)
    db.session.execute(delete(ImportRun).where(ImportRun.id == run.id))


OPEN = (
    RunState.READING,
    RunState.REFUSED,
    RunState.ASKING,
    RunState.STAGED,
    RunState.REVIEW,
    RunState.DISCARDED,
)
OVER = (RunState.PROMOTED, RunState.UNDONE)

RETENTION = (
    RetentionRule(
        "import_staging",
        _l("Lieferungen von Angeboten, die niemand übernommen hat"),
        _l("löschen"),
        90,
        lambda before: select(ImportRun).where(ImportRun.state.in_(OPEN), ImportRun.updated_at < before),
        _delete,
    ),
    RetentionRule(
        "import_history",
        _l("Lieferungen, die Organisationen geschickt haben und die übernommen sind"),
        _l("löschen"),
        730,
        lambda before: select(ImportRun).where(
            ImportRun.state.in_(OVER), ImportRun.organisation_id.is_not(None), ImportRun.updated_at < before
        ),
        _delete,
    ),
    RetentionRule(
        "delivered_pictures",
        _l("Bilder, die mit Lieferungen kamen und an keiner Wohnung hängen"),
        _l("löschen"),
        90,
        lambda before: select(Picture).where(Picture.subject_kind == OF_DELIVERY.kind, Picture.updated_at < before),
        remove,
    ),
)


QUEUES = (WatchedQueue("imports", _l("Lieferungen"), queries.standing, page="intake.list_runs"),)


AREA = Area(
    key="intake",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    queues=QUEUES,
    retention=RETENTION,
    desk=DESK,
    picture_subjects=(OF_DELIVERY,),
    impersonal={models.ImportRun: "files that describe homes"},
)
