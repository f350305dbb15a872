"""What is done in the background, for administrators."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.jobs import services

blueprint = Blueprint("jobs", __name__)


@blueprint.get("/verwaltung/vorgaenge")
def list_jobs() -> ResponseReturnValue:
    return render_template(
        "jobs/jobs.html",
        late=services.late(),
        periodic=services.lines(periodic=True),
        others=services.lines(periodic=False),
    )


@blueprint.post("/verwaltung/vorgaenge/<job_id>")
@commits
def retry_job(job_id: str) -> ResponseReturnValue:
    services.retry(job_id)
    flash(_("Der Vorgang beginnt in wenigen Sekunden."), "success")
    return redirect(url_for(".list_jobs"))
