"""Pictures. Those about a person go with that person's key; all others go with what they belong to."""

from datetime import time

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.core import manifests
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.pictures import files, models, views
from wohnberatung.pictures.models import Picture
from wohnberatung.pictures.services import delete_pictures_about, remove, sweep
from wohnberatung.privacy.models import PersonKey
from wohnberatung.privacy.retention import RetentionRule


def _sweep(_job: Running) -> str:
    return ngettext("%(num)s verwaiste Bilddatei gelöscht.", "%(num)s verwaiste Bilddateien gelöscht.", sweep())


WORK = (Periodic("sweep_pictures", _l("Verwaiste Bilddateien löschen"), _sweep, at=time(0, 50)),)


RETENTION = (
    RetentionRule(
        "sealed_pictures",
        _l("Bilder zu Personen, deren Daten gelöscht sind"),
        _l("löschen"),
        0,
        lambda now: select(Picture).join(PersonKey).where(PersonKey.destroyed_at < now),
        manifests.erase,
    ),
)


AREA = Area(
    key="pictures",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    not_exported="The office shows the pictures of their home to those who let them be taken.",
    erasure={Picture: remove},
    on_key_destroyed=(delete_pictures_about,),
    session_events={"after_commit": files.delete_removed, "after_rollback": files.delete_added},
)
