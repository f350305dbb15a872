"""Two doors to the same page: signed in, and by a secret link without signing in."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint
from flask.typing import ResponseReturnValue

from wohnberatung.extensions import csrf
from wohnberatung.web import limits

View = Callable[..., ResponseReturnValue]


def two_doors(blueprint: Blueprint, signed_in: str, by_link: str) -> Callable[..., Callable[[View], View]]:
    """A decorator `page(path, method=…)` for pages below these two addresses, of which the second holds the secret.

    By link a view's endpoint has `_by_link` behind its name. Its forms are patient ones, which check their token
    themselves.
    """

    def page(path: str = "", *, method: str = "GET") -> Callable[[View], View]:
        def hang(view: View) -> View:
            name = view.__name__
            blueprint.add_url_rule(signed_in + path, name, view, methods=[method])
            blueprint.add_url_rule(by_link + path, f"{name}_by_link", csrf.exempt(_counted(view)), methods=[method])
            return view

        return hang

    return page


def _counted(view: View) -> View:
    """Nobody tries one secret after the other."""

    @wraps(view)
    def counting(**arguments: str) -> ResponseReturnValue:
        limits.require("secret_link", limits.client_address())
        return view(**arguments)

    return counting
