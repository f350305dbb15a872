"""Kept lists: kept in the background, told to their person, gone with the consent and after their time."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.extensions import db
from wohnberatung.lists import models, views
from wohnberatung.lists.models import KeptHome
from wohnberatung.lists.services.keeping import forget_ended, forget_health, keep_lists
from wohnberatung.lists.services.personal_data import lists_about, lists_in_words
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.seekers.services.data_export import ToldOfRequest


def _keep(job: Running) -> str:
    return ngettext("%(num)s Liste hat sich geändert.", "%(num)s Listen haben sich geändert.", keep_lists(job))


WORK = (Periodic("kept_lists", _l("Verlauf der Listen festhalten"), _keep, every=timedelta(hours=1)),)

RETENTION = (
    RetentionRule(
        "kept_lists",
        _l("Verlauf der Listen: wie Wohnungen früher standen"),
        _l("löschen"),
        400,
        lambda before: select(KeptHome).where(KeptHome.until < before),
        db.session.delete,
    ),
)

AREA = Area(
    key="lists",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    told_of_request=(ToldOfRequest("kept_lists", lists_about, lists_in_words),),
    on_matching_ended=(forget_ended,),
    on_consent_withdrawn=(forget_health,),
)
