"""Steps of an offer's life, each one POST; those that end it ask first."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.dwellings import services
from wohnberatung.dwellings.forms import EndForm, StepForm
from wohnberatung.dwellings.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to


@blueprint.post("/anbieten/<offer_id>/schritt/<key>")
@commits
def take_step(offer_id: str, key: str) -> ResponseReturnValue:
    form, here = StepForm(), url_for(".show_own_offer", offer_id=offer_id)
    if not form.validate_on_submit():
        return redirect(here)
    with refusal_returns_to(here):
        step = services.take_step(offer_id, key, version=form.submitted_version, actor=current_actor())
    if services.own_offer(offer_id, current_actor()).status == "review":
        flash(_("Ihr Angebot ist bei der Wohnberatung. Sie sieht es an und veröffentlicht es dann."), "success")
    else:
        flash(str(step.done), "success")
    return redirect(here)


@blueprint.get("/anbieten/<offer_id>/beenden")
def ask_end(offer_id: str) -> ResponseReturnValue:
    offer = services.own_offer(offer_id, current_actor())
    return show_form("dwellings/desk/end.html", EndForm(version=offer.version), offer=offer)


@blueprint.post("/anbieten/<offer_id>/beenden")
@commits
def end_offer(offer_id: str) -> ResponseReturnValue:
    offer, form = services.own_offer(offer_id, current_actor()), EndForm()
    if form.validate_on_submit():
        step = services.take_step(offer_id, form.step.data, version=form.submitted_version, actor=current_actor())
        flash(str(step.done), "success")
        return redirect(url_for(".show_own_offer", offer_id=offer_id))
    return show_form("dwellings/desk/end.html", form, offer=offer)


@blueprint.post("/anbieten/<offer_id>/noch-einmal")
@commits
def list_again(offer_id: str) -> ResponseReturnValue:
    offer = services.list_again(offer_id, actor=current_actor())
    flash(_("Ein neuer Entwurf ist da. Bitte geben Sie Miete und Termin neu an."), "success")
    return redirect(url_for(".edit_basics", offer_id=offer.id))
