"""Pages of cases, for the office."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.cases import services
from wohnberatung.web.actors import current_actor

blueprint = Blueprint("cases", __name__)


def opened(case_id: str) -> Any:
    """The case for the acting person, see `load_case`."""
    return services.load_case(case_id, current_actor())


@blueprint.app_errorhandler(services.NotYours)
def _ask_for_reason(error: services.NotYours) -> ResponseReturnValue:
    """A case of others opens with a reason, whichever page of it was asked for."""
    return redirect(url_for("cases.ask_reason", case_id=error.case_id, weiter=request.path))


# The pages hang themselves on the blueprint above.
from wohnberatung.cases.views import cases, codes, consultations, desk, follow_ups, handover, people, personal
