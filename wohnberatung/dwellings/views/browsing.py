"""Offers for everybody, dwellings for the office and for those who own them."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import public_link
from wohnberatung.dwellings.forms import OfferFilterForm
from wohnberatung.dwellings.services import browsing, listings, offer_sheets, sheets, showcase
from wohnberatung.dwellings.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/angebote")
def list_offers() -> ResponseReturnValue:
    form = OfferFilterForm(request.args)
    looking = form.looking()
    found = browsing.browse(looking, page_number(request.args.get("seite")))
    address = public_link("dwellings.list_offers", **looking.params)
    return show_form("dwellings/offers.html", form, looking=looking, found=found, address=address)


@blueprint.get("/angebote/karte")
def show_map() -> ResponseReturnValue:
    form = OfferFilterForm(request.args)
    looking = form.looking()
    return render_template("dwellings/map.html", looking=looking, city=browsing.city_map(looking))


@blueprint.get("/angebote/<offer_id>")
def show_offer(offer_id: str) -> ResponseReturnValue:
    form = OfferFilterForm(request.args)
    looking = form.looking()
    sheet = offer_sheets.offer_sheet(offer_id, current_actor(), looking)
    address = public_link("dwellings.show_offer", offer_id=offer_id)
    return render_template(
        "dwellings/offer.html",
        chooser=form,
        looking=looking,
        sheet=sheet,
        address=address,
        structured=offer_sheets.structured_data(sheet, address, current_app.config["OFFICE_NAME"]),
    )


@blueprint.get("/bestand")
def list_dwellings() -> ResponseReturnValue:
    text = request.args.get("suche", "")[:100]
    page = listings.list_dwellings(current_actor(), text, page_number(request.args.get("seite")))
    return render_template("dwellings/dwellings.html", page=page, text=text)


@blueprint.get("/bestand/<dwelling_id>")
def show_dwelling(dwelling_id: str) -> ResponseReturnValue:
    dwelling = listings.get_dwelling(dwelling_id, current_actor())
    return render_template(
        "dwellings/dwelling.html",
        dwelling=dwelling,
        groups=sheets.sheet_of(dwelling),
        history=showcase.history_lines(dwelling, current_actor()),
    )
