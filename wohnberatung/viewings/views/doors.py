"""Two doors to the same page: by secret link for either side, signed in for those who offer and the office."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.viewings.services import sides
from wohnberatung.viewings.services.sides import Standing
from wohnberatung.viewings.views import blueprint
from wohnberatung.web.doors import two_doors
from wohnberatung.web.visitors import current_actor

page = two_doors(blueprint, "/besichtigungen/<match_id>", "/besichtigung/<token>/<match_id>")


def standing(match_id: str, token: str | None) -> Standing:
    """Whoever opened the door, see services/sides.py."""
    if token is None:
        return sides.VIEWING.at_desk(match_id, current_actor())
    here = sides.VIEWING.by_link(token, match_id)
    speak_to_reader(here.contact)
    return here


def address(here: Standing, endpoint: str) -> str:
    """Of another page behind the same door."""
    if here.token:
        return url_for(f"viewings.{endpoint}_by_link", token=here.token, match_id=here.match.id)
    return url_for(f"viewings.{endpoint}", match_id=here.match.id)


def back_to(here: Standing) -> ResponseReturnValue:
    """The page of the viewing."""
    return redirect(address(here, "show_viewing"))


blueprint.add_app_template_global(address, "viewing_address")
