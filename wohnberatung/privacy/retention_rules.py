"""How long the machinery keeps its own rows; as `wohnberatung tidy`, here with a report."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from wohnberatung.core.models import IdempotencyKey, RateCounter, WebSession
from wohnberatung.extensions import db
from wohnberatung.privacy.models import AuditEntry
from wohnberatung.privacy.retention import Rule

RULES = (
    Rule(
        "sessions",
        _l("Sitzungen, die zu Ende sind"),
        _l("löschen"),
        0,
        lambda now: select(WebSession).where(or_(WebSession.idle_until < now, WebSession.ends_at < now)),
        db.session.delete,
    ),
    Rule(
        "sent_forms",
        _l("Antworten auf abgesendete Formulare"),
        _l("löschen"),
        7,
        lambda before: select(IdempotencyKey).where(IdempotencyKey.created_at < before),
        db.session.delete,
        _l("Damit ein Formular nicht doppelt ankommt, merken wir uns das Absenden %(days)s Tage."),
    ),
    Rule(
        "rate_counters",
        _l("Zähler gegen Missbrauch"),
        _l("löschen"),
        0,
        lambda now: select(RateCounter).where(RateCounter.ends_at < now),
        db.session.delete,
    ),
    Rule(
        "audit_entries",
        _l("Protokoll der Zugriffe auf Personendaten, ohne Namen"),
        _l("löschen"),
        365,
        lambda before: select(AuditEntry).where(AuditEntry.happened_at < before),
        db.session.delete,
        _l("Wer in der Beratung Ihre Angaben gelesen hat, protokollieren wir ohne Namen und %(days)s Tage lang."),
    ),
)
