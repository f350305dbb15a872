"""Pages of cases, for the office."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.cases.services import rights
from wohnberatung.cases.services.cases import load_case
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("cases", __name__)


def opened(case_id: str) -> Any:
    """The case for the acting person, see `load_case`."""
    return load_case(case_id, current_actor())


@blueprint.app_errorhandler(rights.NotYours)
def _ask_for_reason(error: rights.NotYours) -> ResponseReturnValue:
    """A case of others opens with a reason, whichever page of it was asked for."""
    return redirect(url_for("cases.ask_reason", case_id=error.case_id, weiter=request.path))


# The pages hang themselves on the blueprint above.
from wohnberatung.cases.views import cases, code_tables, consultations, desk, handover, people, requests
