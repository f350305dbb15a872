"""What was learned, for administrators to look at."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from wohnberatung.learning import services

blueprint = Blueprint("learning", __name__)


@blueprint.get("/verwaltung/gelerntes")
def show_likelihoods() -> ResponseReturnValue:
    latest = services.latest()
    return render_template(
        "learning/likelihoods.html", latest=latest, lines=services.lines(latest) if latest is not None else ()
    )
