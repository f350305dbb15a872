"""Offers for everybody, dwellings for the office and for those who own them."""

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import public_link
from wohnberatung.dwellings.forms import OfferFilterForm
from wohnberatung.dwellings.services import browsing, listings, offer_sheets, sheets, showcase, taken
from wohnberatung.dwellings.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/angebote")
def list_offers() -> ResponseReturnValue:
    form = OfferFilterForm(request.args)
    url_search = form.url_search()
    found = browsing.browse(url_search, page_number(request.args.get("seite")))
    address = public_link("dwellings.list_offers", **url_search.params)
    return show_form("dwellings/offers.html", form, url_search=url_search, found=found, address=address)


@blueprint.get("/angebote/karte")
def show_map() -> ResponseReturnValue:
    form = OfferFilterForm(request.args)
    url_search = form.url_search()
    return render_template("dwellings/map.html", url_search=url_search, city=browsing.city_map(url_search))


@blueprint.get("/angebote/<offer_id>")
def show_offer(offer_id: str) -> ResponseReturnValue:
    if gone := taken.taken_offer(offer_id, current_actor()):
        return render_template("dwellings/taken.html", taken=gone), 200 if gone.comes_back else 410
    form = OfferFilterForm(request.args)
    url_search = form.url_search()
    sheet = offer_sheets.offer_sheet(offer_id, current_actor(), url_search)
    address = public_link("dwellings.show_offer", offer_id=offer_id)
    return render_template(
        "dwellings/offer.html",
        chooser=form,
        url_search=url_search,
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
