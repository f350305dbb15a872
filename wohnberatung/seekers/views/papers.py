"""One's own request on paper, by its secret link: for keeping, printing, taking along."""

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.core.languages import current_language
from wohnberatung.core.links import in_language
from wohnberatung.seekers import services
from wohnberatung.seekers.views import blueprint
from wohnberatung.web import limits


@blueprint.get("/mein-gesuch/<token>/eingang.pdf")
def receipt_on_paper(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    link = url_for(".show_mine", token=token, _external=True, **in_language(current_language()))
    return _pdf(services.receipt_paper(token, link, current_language().code), "gesuch-eingang.pdf")


@blueprint.get("/mein-gesuch/<token>/daten.pdf")
def export_on_paper(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _pdf(services.export_paper(token, current_language().code), "mein-gesuch.pdf")


def _pdf(paper: bytes, filename: str) -> Response:
    response = Response(paper, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
