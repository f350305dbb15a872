"""A person decides by their secret link whether one provider may know what they need, and takes that back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.cooperation.forms import JointStepForm
from wohnberatung.cooperation.services import partners
from wohnberatung.cooperation.steps import PARTNER_STEPS
from wohnberatung.cooperation.views import blueprint
from wohnberatung.core.languages import current_language
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.web import limits
from wohnberatung.web.refusals import refusal_returns_to


@blueprint.get("/mein-gesuch/<token>/zusammenarbeit/<partner_id>")
def ask_mine(token: str, partner_id: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    partner = partners.my_partner(token, partner_id)
    return render_template(
        "cooperation/mine.html",
        token=token,
        partner=partner,
        given=partners.consent_that_holds(partner),
        text=partners.wording(partner, current_language().code),
        steps=PARTNER_STEPS.offered(partner, Party.SEEKER),
    )


@blueprint.post("/mein-gesuch/<token>/zusammenarbeit/<partner_id>/<move>")
@limits.limited("secret_link")
@commits
def decide_mine(token: str, partner_id: str, move: str) -> ResponseReturnValue:
    here = url_for(".ask_mine", token=token, partner_id=partner_id)
    with refusal_returns_to(here):
        step = partners.decide_mine(token, partner_id, move, JointStepForm().submitted_version)
        flash(str(step.done), "success")
    return redirect(url_for("seekers.show_my_request", token=token))
