"""Offers for everybody, dwellings for the office and for those who own them."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.core.pagination import page_number
from wohnberatung.dwellings import services
from wohnberatung.web.actors import current_actor

blueprint = Blueprint("dwellings", __name__)


@blueprint.get("/angebote")
def list_offers() -> ResponseReturnValue:
    text = request.args.get("suche", "")[:100]
    page = services.offers_for_list(current_actor(), text, page_number(request.args.get("seite")))
    return render_template("dwellings/offers.html", page=page, text=text)


@blueprint.get("/angebote/<offer_id>")
def show_offer(offer_id: str) -> ResponseReturnValue:
    offer = services.get_offer(offer_id, current_actor())
    return render_template("dwellings/offer.html", offer=offer, groups=services.fact_sheet(offer))


@blueprint.get("/bestand")
def list_dwellings() -> ResponseReturnValue:
    text = request.args.get("suche", "")[:100]
    page = services.list_dwellings(current_actor(), text, page_number(request.args.get("seite")))
    return render_template("dwellings/dwellings.html", page=page, text=text)


@blueprint.get("/bestand/<dwelling_id>")
def show_dwelling(dwelling_id: str) -> ResponseReturnValue:
    dwelling = services.get_dwelling(dwelling_id, current_actor())
    return render_template(
        "dwellings/dwelling.html",
        dwelling=dwelling,
        groups=services.sheet_of(dwelling),
        history=services.history_lines(dwelling, current_actor()),
    )
