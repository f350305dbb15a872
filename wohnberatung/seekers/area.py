"""Those who seek: what is told to them, and how long requests and drafts are kept.

Nothing that is still wanted goes unasked: blocking and deleting count from the day its person was asked. Source:
domain notes on law, retention practice (6, 7 and 12 months).
"""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from wohnberatung.core import manifests
from wohnberatung.core.manifests import Area
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.seekers import models, views
from wohnberatung.seekers.models import HousingRequest, RequestDraft, RequestState
from wohnberatung.seekers.services import told_by_post
from wohnberatung.seekers.services.data_export import ToldOfRequest
from wohnberatung.seekers.services.drafts import discard_draft
from wohnberatung.seekers.services.messages import answer_by_post, forget_messages, messages_about, messages_in_words
from wohnberatung.seekers.services.post import forget_postal, postal_in_words, postal_told
from wohnberatung.seekers.services.reconfirmation import ask_to_keep, block_request, erase_request, question_by_post
from wohnberatung.seekers.services.self_service import forget

ENDED = (RequestState.WITHDRAWN, RequestState.CLOSED)
LIVING = HousingRequest.state.not_in(ENDED) & HousingRequest.held_for.is_(None)
CONFIRMED = func.coalesce(HousingRequest.confirmed_at, HousingRequest.created_at)


def _requests(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Never those that somebody must keep for legal reasons."""
    query = select(HousingRequest).where(HousingRequest.legal_hold.is_(False), *conditions)
    return query.options(joinedload(HousingRequest.person_key), selectinload(HousingRequest.consents))


def _unasked(before: datetime) -> Select[Any]:
    unused = [~condition for area in manifests.areas() for condition in area.request_in_use]
    return _requests(LIVING, before > CONFIRMED, HousingRequest.asked_at.is_(None), *unused)


def _unblocked(before: datetime) -> Select[Any]:
    return _requests(LIVING, HousingRequest.asked_at < before, HousingRequest.blocked_at.is_(None))


def _unanswered(before: datetime) -> Select[Any]:
    return _requests(LIVING, HousingRequest.asked_at < before, HousingRequest.blocked_at.is_not(None))


RETENTION = (
    RetentionRule(
        "request_ask",
        _l("Gesuche, deren Person wir lange nicht gefragt haben"),
        _l("nachfragen"),
        182,
        _unasked,
        ask_to_keep,
        _l("Hören wir %(span)s lang nichts von Ihnen, fragen wir Sie, ob Sie noch suchen."),
    ),
    RetentionRule(
        "request_block",
        _l("Gesuche ohne Antwort auf die Nachfrage"),
        _l("sperren"),
        30,
        _unblocked,
        block_request,
        _l("Antworten Sie %(span)s lang nicht, sperren wir Ihr Gesuch: Niemand bearbeitet es mehr."),
    ),
    RetentionRule(
        "request_delete",
        _l("Gesperrte Gesuche"),
        _l("löschen"),
        183,
        _unanswered,
        manifests.erase,
        _l("Kommt keine Antwort, löschen wir es %(after)s."),
    ),
    RetentionRule(
        "request_ended",
        _l("Zurückgezogene und abgeschlossene Gesuche"),
        _l("löschen"),
        90,
        lambda before: _requests(HousingRequest.state.in_(ENDED), HousingRequest.updated_at < before),
        manifests.erase,
        _l("Ein zurückgezogenes oder abgeschlossenes Gesuch löschen wir %(after)s."),
    ),
    RetentionRule(
        "request_held",
        _l("Gesuche in Quarantäne"),
        _l("löschen"),
        182,
        lambda before: _requests(HousingRequest.held_for.is_not(None), HousingRequest.created_at < before),
        manifests.erase,
    ),
    RetentionRule(
        "drafts",
        _l("Entwürfe, deren Frist um ist"),
        _l("löschen"),
        0,
        lambda now: (
            select(RequestDraft).options(joinedload(RequestDraft.person_key)).where(RequestDraft.expires_at < now)
        ),
        manifests.erase,
        _l("Ein angefangenes Gesuch löschen wir einen Monat, nachdem Sie es zuletzt gespeichert haben."),
    ),
)


AREA = Area(
    key="seekers",
    models=models,
    blueprint=views.blueprint,
    retention=RETENTION,
    told_of_request=(
        ToldOfRequest("messages", messages_about, messages_in_words),
        ToldOfRequest("postal_letters", postal_told, postal_in_words),
    ),
    export_pages=("seekers.export_my_request", "seekers.export_on_paper"),
    erasure={HousingRequest: erase_request, RequestDraft: discard_draft},
    on_consent_withdrawn=(forget, forget_messages, forget_postal),
    by_post={"new_message": answer_by_post, "still_looking": question_by_post, **told_by_post.BY_POST},
)
