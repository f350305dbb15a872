"""Pages about how long things are kept, for administrators."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from wohnberatung.privacy import retention

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/verwaltung/aufbewahrung")
def show_retention() -> ResponseReturnValue:
    """What the next run would do. Looking at it changes nothing."""
    return render_template("privacy/retention.html", lines=retention.report())
