"""Data protection: keys of people, the audit chain, retention, and the machinery's own rows; for administrators pages
about how long things are kept and who read what."""

from datetime import time

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import or_, select

from wohnberatung.core.manifests import Area
from wohnberatung.core.models import IdempotencyKey, RateCounter, WebSession
from wohnberatung.core.pagination import page_number
from wohnberatung.core.work import Periodic, Running
from wohnberatung.extensions import db
from wohnberatung.privacy import audit, erasure_journal, models, retention
from wohnberatung.privacy.encryption import destroy
from wohnberatung.privacy.models import AuditEntry
from wohnberatung.privacy.retention import RetentionRule
from wohnberatung.web.visitors import record_access

blueprint = Blueprint("privacy", __name__)
# What the address of the audit chain's page may be narrowed to.
FILTERS = ("was", "wer", "vorgang", "eintrag", "von", "bis")


@blueprint.get("/verwaltung/aufbewahrung")
def show_retention() -> ResponseReturnValue:
    """What the next run would do. Looking at it changes nothing."""
    return render_template("privacy/retention.html", lines=retention.report())


@blueprint.get("/verwaltung/protokoll")
def show_audit() -> ResponseReturnValue:
    """The audit chain; handed out only once the chain itself says who read it, and about which record."""
    asked = {name: value for name in FILTERS if (value := request.args.get(name, "").strip())}
    wanted = audit.AuditFilter(
        action=asked.get("was", ""),
        who=asked.get("wer", ""),
        record=asked.get("vorgang", ""),
        subject=asked.get("eintrag", ""),
        first=audit.day_of(asked.get("von", "")),
        last=audit.day_of(asked.get("bis", "")),
    )
    found = audit.read_audit(wanted, page_number(request.args.get("seite")))
    page = render_template("privacy/audit.html", found=found, asked=asked, actions=audit.ACTIONS)
    record_access(audit.READ_AUDIT, found.subject)
    return page


def _keep_periods(job: Running) -> str:
    """A transaction for each row: what is done stays done if a later one fails."""
    retention.check_settings()
    rules, dealt_with = list(retention.rules()), 0
    for number, line in enumerate(retention.carry_out_all(rules), start=1):
        dealt_with += line.count
        job.tell(number, len(rules), str(line.rule.label))
    return ngettext(
        "Bei %(num)s Eintrag war die Frist erreicht.", "Bei %(num)s Einträgen war die Frist erreicht.", dealt_with
    )


WORK = (Periodic("retention", _l("Fristen: nachfragen, sperren, löschen"), _keep_periods, at=time(0, 40)),)


RETENTION = (
    RetentionRule(
        "sessions",
        _l("Sitzungen, die zu Ende sind"),
        _l("löschen"),
        0,
        lambda now: select(WebSession).where(or_(WebSession.idle_until < now, WebSession.ends_at < now)),
        db.session.delete,
    ),
    RetentionRule(
        "sent_forms",
        _l("Antworten auf abgesendete Formulare"),
        _l("löschen"),
        7,
        lambda before: select(IdempotencyKey).where(IdempotencyKey.created_at < before),
        db.session.delete,
        _l("Damit ein Formular nicht doppelt ankommt, merken wir uns das Absenden %(span)s lang."),
    ),
    RetentionRule(
        "rate_counters",
        _l("Zähler gegen Missbrauch"),
        _l("löschen"),
        0,
        lambda now: select(RateCounter).where(RateCounter.ends_at < now),
        db.session.delete,
    ),
    RetentionRule(
        "audit_entries",
        _l("Protokoll der Zugriffe auf Personendaten, ohne Namen"),
        _l("löschen"),
        365,
        lambda before: select(AuditEntry).where(AuditEntry.happened_at < before),
        db.session.delete,
        _l("Wer in der Beratung Ihre Angaben gelesen hat, protokollieren wir ohne Namen und %(span)s lang."),
    ),
)


AREA = Area(
    key="privacy",
    models=models,
    blueprint=blueprint,
    work=WORK,
    retention=RETENTION,
    not_exported="Keys say nothing of anybody; the audit chain names nobody.",
    erasure={models.PersonKey: destroy},
    on_key_destroyed=(erasure_journal.note_key,),
    on_erased=(erasure_journal.note_row,),
    session_events={"after_commit": erasure_journal.write_noted, "after_rollback": erasure_journal.forget_noted},
    impersonal={models.DigestKey: "keys of the office's own chain; nobody's in particular"},
)
