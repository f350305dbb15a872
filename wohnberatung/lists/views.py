"""What a list was: for advisors beside the request, for the person by the secret link."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.lists.services import answers
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.seekers.services.requests import contact_of
from wohnberatung.web import limits
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("lists", __name__)


def _asked() -> tuple[str, str]:
    """The day and the home that the address asks for, empty for none."""
    return request.args.get("tag", ""), request.args.get("angebot", "")


@blueprint.get("/gesuche/<request_id>/verlauf")
def show_history(request_id: str) -> ResponseReturnValue:
    found = answers.history_for_office(
        request_id, current_actor(), request.args.get("tag", ""), request.args.get("angebot", "")
    )
    return render_template("lists/history.html", history=found)


@blueprint.get("/mein-gesuch/<token>/liste")
def show_mine(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    found = answers.history_for_person(token, *_asked())
    speak_to_reader(contact_of(found.request))
    return render_template("lists/mine.html", history=found, token=token)
