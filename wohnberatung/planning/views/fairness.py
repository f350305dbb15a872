"""Whether some wait longer than others: for the administration alone, each look noted."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.planning import charts
from wohnberatung.planning.services import fairness, tables
from wohnberatung.planning.views import blueprint
from wohnberatung.privacy.audit import READ_EXACT
from wohnberatung.web.visitors import current_actor, record_access


@blueprint.get("/planung/gerechtigkeit")
def show_fairness() -> ResponseReturnValue:
    shown = fairness.fairness(current_actor(), tables.month_of(request.args.get("monat")))
    drawn = [charts.interval_chart(_spans(groups)) for _each, groups in shown.dimensions] if shown else []
    page = render_template("planning/office/fairness.html", shown=shown, drawn=drawn)
    if shown is not None:
        record_access(READ_EXACT, f"planning_fairness|{shown.month:%Y-%m}")
    return page


def _spans(groups: Sequence[fairness.GroupWait]) -> list[tuple[str, float, float, float]]:
    """Where the share of those with a proposal may truly lie; of groups that are too small nothing is drawn."""
    judged = [group for group in groups if group.households >= fairness.FEWEST_JUDGED]
    return [(group.label, group.proposed.share, *group.proposed.interval) for group in judged]
