"""The desk of those who offer, an offer's life in pages, and the office's reading before it is public."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.dwellings.forms import EndForm, OfferStepForm, ReviewForm
from wohnberatung.dwellings.services import (
    entering,
    freshness,
    lifecycle,
    listings,
    pictures,
    provider_desk,
    sheets,
    showcase,
    wording,
)
from wohnberatung.dwellings.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
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
        close_wishes=wording.wishes_of_who_lives_along(offer),
        pictures={"kind": kind, "subject_id": subject_id},
        stale_on=freshness.stale_on(offer),
        fate=current_actor().publication_for(offer.organisation_id),
    )


@blueprint.post("/anbieten/<offer_id>/schritt/<key>")
@commits
def take_step(offer_id: str, key: str) -> ResponseReturnValue:
    form, here = OfferStepForm(), url_for(".show_own_offer", offer_id=offer_id)
    if not form.validate_on_submit():
        return redirect(here)
    with refusal_returns_to(here):
        step = lifecycle.take_step(offer_id, key, version=form.submitted_version, actor=current_actor())
    if lifecycle.own_offer(offer_id, current_actor()).status == "review":
        flash(_("Ihr Angebot ist bei der Wohnberatung. Sie sieht es an und veröffentlicht es dann."), "success")
    else:
        flash(str(step.done), "success")
    return redirect(here)


@blueprint.get("/anbieten/<offer_id>/beenden")
def ask_end(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    return show_form("dwellings/desk/end.html", EndForm(version=offer.version), offer=offer)


@blueprint.post("/anbieten/<offer_id>/beenden")
@commits
def end_offer(offer_id: str) -> ResponseReturnValue:
    offer, form = lifecycle.own_offer(offer_id, current_actor()), EndForm()
    if form.validate_on_submit():
        step = lifecycle.take_step(offer_id, form.step.data, version=form.submitted_version, actor=current_actor())
        flash(str(step.done), "success")
        return redirect(url_for(".show_own_offer", offer_id=offer_id))
    return show_form("dwellings/desk/end.html", form, offer=offer)


@blueprint.post("/anbieten/<offer_id>/noch-einmal")
@commits
def list_again(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.list_again(offer_id, actor=current_actor())
    flash(_("Ein neuer Entwurf ist da. Bitte geben Sie Miete und Termin neu an."), "success")
    return redirect(url_for(".edit_basics", offer_id=offer.id))


GONE = "nein"


@blueprint.get("/noch-frei/<token>")
def ask_available(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    offers = freshness.offers_by_link(token)
    shown = [(offer, offer.display_title, freshness.stale_on(offer)) for offer in offers]
    return render_template("dwellings/desk/available.html", shown=shown, token=token)


@blueprint.post("/noch-frei/<token>")
@limits.limited("secret_link")
@commits
def answer_available(token: str) -> ResponseReturnValue:
    available = request.form.get("frei") != GONE
    count = freshness.answer_by_link(token, request.form.getlist("angebot"), available)
    if available:
        flash(ngettext("%(num)s Angebot bleibt öffentlich.", "%(num)s Angebote bleiben öffentlich.", count), "success")
    else:
        flash(ngettext("%(num)s Angebot ist beendet.", "%(num)s Angebote sind beendet.", count), "success")
    return redirect(url_for(".ask_available", token=token))


@blueprint.post("/anbieten/<offer_id>/noch-frei")
@commits
def confirm_available(offer_id: str) -> ResponseReturnValue:
    freshness.confirm_own(offer_id, current_actor())
    flash(_("Danke. Das Angebot bleibt öffentlich."), "success")
    return redirect(url_for(".show_own_offer", offer_id=offer_id))


APPROVE = "freigeben"


@blueprint.get("/pruefung")
def list_reviews() -> ResponseReturnValue:
    return render_template("dwellings/desk/reviews.html", waiting=provider_desk.offers_in_review(current_actor()))


@blueprint.get("/pruefung/<offer_id>")
def show_review(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    return _show(offer, ReviewForm(version=offer.version))


@blueprint.post("/pruefung/<offer_id>")
@commits
def answer_review(offer_id: str) -> ResponseReturnValue:
    form = ReviewForm()
    if form.validate_on_submit():
        approve = form.answer.data == APPROVE
        given = {"approve": approve, "note": form.note.data or "", "version": form.submitted_version}
        with form.accepting():
            lifecycle.review(offer_id, **given, actor=current_actor())
            flash(_("Das Angebot ist veröffentlicht.") if approve else _("Das Angebot ist zurückgegeben."), "success")
            return redirect(url_for(".list_reviews"))
    return _show(lifecycle.own_offer(offer_id, current_actor()), form)


def _show(offer: Any, form: ReviewForm) -> ResponseReturnValue:
    return show_form(
        "dwellings/desk/review.html",
        form,
        offer=offer,
        shown=showcase.shown_offer(offer),
        groups=sheets.fact_sheet(offer),
        objections=wording.objections_to(offer),
        asked=provider_desk.demands_in_words(offer),
        pictures=pictures.picture_subject(offer),
    )
