"""How many offers there are for what stands in a step right now: for a script, and stored nowhere."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.seekers.forms import Journey, cleaned
from wohnberatung.seekers.views import blueprint
from wohnberatung.seekers.views.drafts import current_draft
from wohnberatung.web import limits


@blueprint.post("/suche/<key>/stand")
def count_so_far(key: str) -> ResponseReturnValue:
    """Part of a page; 204 where somebody has asked very often, as the next step tells the same."""
    if not limits.within("live_count", limits.client_address()):
        return "", 204
    _draft, journey = current_draft()
    journey = journey or Journey()
    page = next((step for step in journey.steps if step.key == key), None) or abort(404)
    sent = cleaned(request.form)
    journey.keep(page, journey.form(page, sent), sent, done=True)
    return render_template("seekers/standing.html", journey=journey)
