"""The office reads what waits to be published."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.dwellings import services
from wohnberatung.dwellings.forms import ReviewForm
from wohnberatung.dwellings.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form

APPROVE = "freigeben"


@blueprint.get("/pruefung")
def list_reviews() -> ResponseReturnValue:
    return render_template("dwellings/desk/reviews.html", waiting=services.offers_in_review(current_actor()))


@blueprint.get("/pruefung/<offer_id>")
def show_review(offer_id: str) -> ResponseReturnValue:
    offer = services.own_offer(offer_id, current_actor())
    return _show(offer, ReviewForm(version=offer.version))


@blueprint.post("/pruefung/<offer_id>")
@commits
def answer_review(offer_id: str) -> ResponseReturnValue:
    form = ReviewForm()
    if form.validate_on_submit():
        approve = form.answer.data == APPROVE
        given = {"approve": approve, "note": form.note.data or "", "version": form.submitted_version}
        with form.accepting():
            services.review(offer_id, **given, actor=current_actor())
            flash(_("Das Angebot ist veröffentlicht.") if approve else _("Das Angebot ist zurückgegeben."), "success")
            return redirect(url_for(".list_reviews"))
    return _show(services.own_offer(offer_id, current_actor()), form)


def _show(offer: Any, form: ReviewForm) -> ResponseReturnValue:
    return show_form(
        "dwellings/desk/review.html",
        form,
        offer=offer,
        shown=services.shown_offer(offer),
        groups=services.fact_sheet(offer),
        objections=services.objections_to(offer),
        asked=services.demands_in_words(offer),
        pictures=services.picture_subject(offer),
    )
