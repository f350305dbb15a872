"""Two doors to the same page: by secret link for either side, signed in for those who offer and the office."""

from collections.abc import Callable
from functools import wraps

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.extensions import csrf
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.viewings.services import sides
from wohnberatung.viewings.services.sides import Standing
from wohnberatung.viewings.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.visitors import current_actor

View = Callable[..., ResponseReturnValue]
SIGNED_IN, BY_LINK = "/besichtigungen/<match_id>", "/besichtigung/<token>/<match_id>"


def page(path: str = "", *, method: str = "GET") -> Callable[[View], View]:
    """The view answers under both addresses; by link its endpoint has `_by_link` behind its name. Its forms are patient
    ones, which check their token themselves."""

    def hang(view: View) -> View:
        name = view.__name__
        blueprint.add_url_rule(SIGNED_IN + path, name, view, methods=[method])
        blueprint.add_url_rule(BY_LINK + path, f"{name}_by_link", csrf.exempt(_counted(view)), methods=[method])
        return view

    return hang


def _counted(view: View) -> View:
    """Nobody tries one secret after the other."""

    @wraps(view)
    def counting(**arguments: str) -> ResponseReturnValue:
        limits.require("secret_link", limits.client_address())
        return view(**arguments)

    return counting


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
