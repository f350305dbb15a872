"""Short forms for people who live in what they offer: a room, or the flat for a smaller one."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.dwellings.services import Address
from wohnberatung.projects import services
from wohnberatung.projects.forms import ExchangeForm, RoomForm
from wohnberatung.projects.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form

TOWN = "Dresden"


@blueprint.get("/anbieten/zimmer")
def ask_room() -> ResponseReturnValue:
    return show_form("projects/rooms/room.html", RoomForm())


@blueprint.post("/anbieten/zimmer")
@commits
def enter_room() -> ResponseReturnValue:
    form = RoomForm()
    if form.validate_on_submit():
        texts = form.title.data or "", form.description.data or ""
        with form.accepting():
            return _entered(
                services.enter_room(form.kind.data, _address(form), *texts, form.fact_values(), current_actor())
            )
    return show_form("projects/rooms/room.html", form)


@blueprint.get("/anbieten/tausch")
def ask_exchange() -> ResponseReturnValue:
    return show_form("projects/rooms/exchange.html", ExchangeForm())


@blueprint.post("/anbieten/tausch")
@commits
def enter_exchange() -> ResponseReturnValue:
    form = ExchangeForm()
    if form.validate_on_submit():
        texts = form.title.data or "", form.sought.data or ""
        with form.accepting():
            return _entered(services.enter_exchange(_address(form), *texts, form.fact_values(), current_actor()))
    return show_form("projects/rooms/exchange.html", form)


def _entered(offer: Any) -> ResponseReturnValue:
    flash(_("Der Entwurf ist gespeichert. Fügen Sie Bilder hinzu und veröffentlichen Sie ihn dann."), "success")
    return redirect(url_for("dwellings.show_own_offer", offer_id=offer.id))


def _address(form: Any) -> Address:
    return Address(**form.place(), town=TOWN)
