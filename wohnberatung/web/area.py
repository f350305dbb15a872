"""Pages of the house itself: start, imprint, privacy notice, accessibility statement, health."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from wohnberatung.core.manifests import Area
from wohnberatung.core.schema_version import database_answers
from wohnberatung.jobs.services import late
from wohnberatung.privacy.retention import promised, rules
from wohnberatung.web.languages import page_names

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def show_start() -> ResponseReturnValue:
    return render_template(page_names("pages/start.html"))


@blueprint.get("/impressum")
def show_imprint() -> ResponseReturnValue:
    return render_template("pages/imprint.html")


@blueprint.get("/datenschutz")
def show_privacy() -> ResponseReturnValue:
    periods = [promised(rule) for rule in rules() if rule.promise]
    return render_template(page_names("pages/privacy.html"), periods=periods)


@blueprint.get("/barrierefreiheit")
def show_accessibility() -> ResponseReturnValue:
    return render_template(page_names("pages/accessibility.html"))


@blueprint.get("/gesund")
def show_health() -> ResponseReturnValue:
    """For monitors: 200 while the database answers, else 503; and whether the work in the background is in time.
    Tells nothing else to strangers."""
    database = database_answers()
    in_time = database and not late()
    return jsonify(ok=database, database=database, work_in_time=in_time), 200 if database else 503


AREA = Area(
    key="web",
    blueprint=blueprint,
)
