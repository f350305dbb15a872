"""Pages about how long things are kept and who read what, for administrators."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.core.pagination import page_number
from wohnberatung.privacy import audit, retention
from wohnberatung.web.audited import record_access

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
