"""One's own request by its secret link: the receipt, and how it stands."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.core.languages import current_language
from wohnberatung.core.links import in_language
from wohnberatung.seekers import services
from wohnberatung.seekers.views import blueprint
from wohnberatung.web import limits


@blueprint.get("/mein-gesuch/<token>/eingang")
def show_receipt(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    link = url_for(".show_mine", token=token, _external=True, **in_language(current_language()))
    return render_template("seekers/receipt.html", mine=services.my_request(token), link=link, token=token)


@blueprint.get("/mein-gesuch/<token>")
def show_mine(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return render_template("seekers/mine.html", mine=services.my_request(token), token=token)
