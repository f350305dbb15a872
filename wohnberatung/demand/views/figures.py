"""What is sought at present, for those who offer; and what would help one offer."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.demand import services
from wohnberatung.demand.views import blueprint
from wohnberatung.dwellings.services import organisations_for
from wohnberatung.web.actors import current_actor


@blueprint.app_template_global("advice_for")
def advice_for(offer: Any) -> Any:
    """For the page of one's own offer, which lies in an area that knows nothing of requests."""
    return services.advice_for(offer.id, current_actor())


@blueprint.get("/bedarf")
def show_demand() -> ResponseReturnValue:
    actor = current_actor()
    organisations = organisations_for(actor)
    seat = actor.acts_for
    usual = seat.organisation_id if seat else next((key for key, _name in organisations), "")
    chosen = request.args.get("organisation") or usual
    found = services.demand_for(chosen, actor) if chosen else None
    return render_template("demand/demand.html", demand=found, organisations=organisations, chosen=chosen)
