"""What kept lists tell a person who asks for everything that is stored."""

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from wohnberatung.core.manifests import ExportedRecord
from wohnberatung.extensions import db
from wohnberatung.lists.models import KeptHome
from wohnberatung.papers import Part, heading, moment, pairs
from wohnberatung.seekers.models import HousingRequest


def lists_about(request: HousingRequest) -> list[ExportedRecord]:
    """Every home that was kept for the request with the values used, oldest first."""
    return [
        {
            "offer": kept.offer.title,
            "since": kept.since.isoformat(),
            "until": kept.until.isoformat() if kept.until else None,
            "rules": kept.rules,
            "judged": kept.plain_judged,
        }
        for kept in _kept(request)
    ]


def lists_in_words(request: HousingRequest) -> list[Part]:
    """The same to read: which homes came into question, and from when to when."""
    rows = [
        (kept.offer.display_title, _("von %(first)s bis %(last)s", first=moment(kept.since), last=moment(kept.until)))
        if kept.until
        else (kept.offer.display_title, _("seit %(first)s", first=moment(kept.since)))
        for kept in _kept(request)
        if kept.plain_judged["outlook"] != "misses"
    ]
    return [heading(_("Wohnungen, die für Sie in Frage kamen")), pairs(rows)] if rows else []


def _kept(request: HousingRequest) -> list[KeptHome]:
    query = select(KeptHome).options(joinedload(KeptHome.offer)).where(KeptHome.request_id == request.id)
    return list(db.session.scalars(query.order_by(KeptHome.since, KeptHome.id)))
