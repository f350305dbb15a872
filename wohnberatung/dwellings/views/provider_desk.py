"""The desk of those who offer: what is theirs, what is open, one offer with everything that can be done."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.core.pagination import page_number
from wohnberatung.dwellings.services import (
    entering,
    freshness,
    lifecycle,
    listings,
    pictures,
    provider_desk,
    showcase,
    wording,
)
from wohnberatung.dwellings.views import blueprint
from wohnberatung.web.visitors import current_actor


@blueprint.get("/anbieten")
def show_desk() -> ResponseReturnValue:
    text = request.args.get("suche", "")[:100]
    number = page_number(request.args.get("seite"))
    found = provider_desk.desk(current_actor(), request.args.get("stand", ""), text, number)
    return render_template("dwellings/desk/desk.html", desk=found, text=text)


@blueprint.get("/anbieten/wohnung/<dwelling_id>")
def show_dwelling_offer(dwelling_id: str) -> ResponseReturnValue:
    """The way back from what belongs to a dwelling: to its latest offer, else to the dwelling itself."""
    dwelling = listings.get_dwelling(dwelling_id, current_actor())
    if dwelling.offers:
        return redirect(url_for(".show_own_offer", offer_id=dwelling.offers[-1].id))
    return redirect(url_for(".show_dwelling", dwelling_id=dwelling_id))


@blueprint.get("/anbieten/<offer_id>")
def show_own_offer(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    kind, subject_id = pictures.picture_subject(offer)
    return render_template(
        "dwellings/desk/offer.html",
        offer=offer,
        shown=showcase.shown_offer(offer),
        themes=entering.theme_progress(offer),
        steps=lifecycle.steps_of(offer, current_actor()),
        objections=wording.objections_to(offer),
        pictures={"kind": kind, "subject_id": subject_id},
        stale_on=freshness.stale_on(offer),
        fate=current_actor().publication_for(offer.organisation_id),
    )
