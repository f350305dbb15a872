"""Still to be had? By a mailed link without signing in, or with one click on the desk: GET shows, POST acts."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.core.transactions import commits
from wohnberatung.dwellings import services
from wohnberatung.dwellings.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.actors import current_actor

GONE = "nein"


@blueprint.get("/noch-frei/<token>")
def ask_available(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    offers = services.offers_by_link(token)
    shown = [(offer, offer.display_title, services.stale_on(offer)) for offer in offers]
    return render_template("dwellings/desk/available.html", shown=shown, token=token)


@blueprint.post("/noch-frei/<token>")
@limits.limited("secret_link")
@commits
def answer_available(token: str) -> ResponseReturnValue:
    available = request.form.get("frei") != GONE
    count = services.answer_by_link(token, request.form.getlist("angebot"), available)
    if available:
        flash(ngettext("%(num)s Angebot bleibt öffentlich.", "%(num)s Angebote bleiben öffentlich.", count), "success")
    else:
        flash(ngettext("%(num)s Angebot ist beendet.", "%(num)s Angebote sind beendet.", count), "success")
    return redirect(url_for(".ask_available", token=token))


@blueprint.post("/anbieten/<offer_id>/noch-frei")
@commits
def confirm_available(offer_id: str) -> ResponseReturnValue:
    services.confirm_own(offer_id, current_actor())
    flash(_("Danke. Das Angebot bleibt öffentlich."), "success")
    return redirect(url_for(".show_own_offer", offer_id=offer_id))
