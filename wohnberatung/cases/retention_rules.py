"""How long cases are kept: three years after the end of the year in which they were closed.

Source: domain notes on law, retention practice (consultation without a benefit file).
"""

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from wohnberatung.cases.models import Absence, BriefEnquiry, Case, CaseDraft, CaseState, SearchChange
from wohnberatung.cases.services.personal import erase_case
from wohnberatung.core import clock
from wohnberatung.extensions import db
from wohnberatung.privacy.retention import Rule

THREE_YEARS = 1096


def _closed(before: datetime) -> Select[Any]:
    """Closed before the year of `before` began, so that the period counts from the end of a year."""
    year = clock.start_of_day(date(clock.to_berlin(before).year, 1, 1))
    kept = Case.legal_hold.is_(False)
    query = select(Case).options(joinedload(Case.person_key))
    return query.where(Case.state == CaseState.CLOSED, Case.closed_at < year, kept)


RULES = (
    Rule(
        "case_closed",
        _l("Abgeschlossene Fälle der Beratung"),
        _l("löschen"),
        THREE_YEARS,
        _closed,
        erase_case,
        _l("Beratungsfälle löschen wir %(days)s Tage nach dem Ende des Jahres, in dem sie abgeschlossen wurden."),
    ),
    Rule(
        "absences",
        _l("Vertretungen, die vorbei sind"),
        _l("löschen"),
        365,
        lambda before: select(Absence).where(Absence.last_day < clock.to_berlin(before).date()),
        db.session.delete,
    ),
    Rule(
        "case_drafts",
        _l("Angefangene Notizen der Beratung"),
        _l("löschen"),
        30,
        lambda before: select(CaseDraft).where(CaseDraft.saved_at < before),
        db.session.delete,
    ),
    Rule(
        "brief_enquiries",
        _l("Gezählte kurze Anfragen ohne Namen"),
        _l("löschen"),
        3650,
        lambda before: select(BriefEnquiry).where(BriefEnquiry.asked_at < before),
        db.session.delete,
    ),
    Rule(
        "search_changes",
        _l("Änderungen, denen die Suche gefolgt ist"),
        _l("löschen"),
        7,
        lambda before: select(SearchChange).where(SearchChange.changed_at < before),
        db.session.delete,
    ),
)
