"""After a no about access: what the person measured in the home, told by secret link (GET shows, POST acts)."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.decline_forms import measuring_form
from wohnberatung.brokerage.services import declines, proposals
from wohnberatung.brokerage.views import blueprint
from wohnberatung.brokerage.views.matches import opened
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form

blueprint.add_app_template_global(declines.measurable, "measurable")


@blueprint.get("/vorschlag/<token>/<match_id>/passt-nicht/gemessen")
def ask_measured(token: str, match_id: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    proposal = opened(token, match_id)
    facts = declines.measurable(proposal)
    if not facts:
        return redirect(url_for(".show_proposal", token=token, match_id=match_id))
    return _show(proposal, token, measuring_form(facts)(version=proposal.match.version))


@blueprint.post("/vorschlag/<token>/<match_id>/passt-nicht/gemessen")
@csrf.exempt
@limits.limited("secret_link")
@commits
def say_measured(token: str, match_id: str) -> ResponseReturnValue:
    proposal = opened(token, match_id)
    facts, back = declines.measurable(proposal), redirect(url_for(".show_proposal", token=token, match_id=match_id))
    if not facts:
        return back
    form = measuring_form(facts)()
    if form.validate():
        with form.accepting():
            declines.say_measured(token, match_id, form.measures(), version=form.submitted_version)
            flash(_("Danke. Wir messen in der Wohnung nach."), "success")
            return back
    return _show(opened(token, match_id), token, form)


def _show(proposal: proposals.Proposal, token: str, form: Any) -> ResponseReturnValue:
    return show_form("brokerage/answers/measured.html", form, proposal=proposal, token=token)
