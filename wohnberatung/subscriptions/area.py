"""News by mail: subscribers are told in the background, and who did not confirm is forgotten."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import select

from wohnberatung.core import manifests
from wohnberatung.core.manifests import Area
from wohnberatung.core.work import Periodic, Running
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.subscriptions import models, views
from wohnberatung.subscriptions.models import NewsSubscription, SubscriptionState, ToldNewsItem
from wohnberatung.subscriptions.services.subscribing import erase_subscription
from wohnberatung.subscriptions.services.telling import end_undeliverable, tell_news

EVERY = timedelta(minutes=15)
PROMISED_UNCONFIRMED = _l("Eine Anmeldung für E-Mails, die niemand bestätigt, löschen wir %(after)s.")


def _tell(_job: Running) -> str:
    try:
        ended = end_undeliverable()
    finally:
        told = tell_news()
    told_words = ngettext("%(num)s E-Mail mit Neuem geschrieben", "%(num)s E-Mails mit Neuem geschrieben", told)
    return _("%(told)s, unzustellbare Adressen gelöscht: %(ended)s.", told=told_words, ended=ended)


WORK = (Periodic("news", _l("Neues aus den Stadtteilen verschicken"), _tell, every=EVERY),)

RETENTION = (
    RetentionRule(
        "news_unconfirmed",
        _l("Anmeldungen für Neues, die niemand bestätigt hat"),
        _l("löschen"),
        7,
        lambda before: select(NewsSubscription).where(
            NewsSubscription.state == SubscriptionState.ASKED, NewsSubscription.created_at < before
        ),
        manifests.erase,
        PROMISED_UNCONFIRMED,
    ),
    # Longer than anything is news (`core.place_news.NEW_FOR`), so that nothing is told twice.
    RetentionRule(
        "told_news",
        _l("Was Abonnenten schon mitgeteilt wurde"),
        _l("löschen"),
        180,
        lambda before: select(ToldNewsItem).where(ToldNewsItem.told_at < before),
        db.session.delete,
    ),
)

AREA = Area(
    key="subscriptions",
    models=models,
    blueprint=views.blueprint,
    work=WORK,
    retention=RETENTION,
    export_pages=("subscriptions.export_subscription",),
    erasure={NewsSubscription: erase_subscription},
)
