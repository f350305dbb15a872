"""The office decides about organisations."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import services
from wohnberatung.accounts.forms import NewOrganisationForm, TrustForm
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.holding import HoldReason
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.web import spam
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to


@blueprint.get("/verwaltung/organisationen")
def list_organisations() -> ResponseReturnValue:
    """Those that wait come first, as somebody is waiting."""
    actor, everyone = current_actor(), request.args.get("stand") == "alle"
    page = services.list_organisations(actor, not everyone, page_number(request.args.get("seite")))
    held = [
        (link, content, spam.REASONS[HoldReason(link.held_for)]) for link, content in services.held_registrations(actor)
    ]
    return render_template("accounts/organisations.html", page=page, everyone=everyone, held=[] if everyone else held)


@blueprint.get("/verwaltung/organisationen/anlegen")
def ask_new_organisation() -> ResponseReturnValue:
    return show_form("accounts/new_organisation.html", NewOrganisationForm())


@blueprint.post("/verwaltung/organisationen/anlegen")
@commits
def create_organisation() -> ResponseReturnValue:
    form = NewOrganisationForm()
    if form.validate_on_submit():
        with form.accepting():
            made = services.create_organisation(
                name=form.name.data, kind=form.kind.data, trust=form.trust.data, actor=current_actor()
            )
            flash(_("Die Organisation ist angelegt. Laden Sie jetzt die erste Person ein."), "success")
            return redirect(url_for(".show_organisation", organisation_id=made.id))
    return show_form("accounts/new_organisation.html", form)


@blueprint.post("/verwaltung/organisationen/<organisation_id>/bestaetigen")
@commits
def decide_organisation(organisation_id: str) -> ResponseReturnValue:
    form, back = TrustForm(), redirect(url_for(".show_organisation", organisation_id=organisation_id))
    if form.validate_on_submit():
        organisation = services.decide_organisation(organisation_id, current_actor(), trust=form.trust.data)
        flash(_("Gespeichert: %(name)s ist bestätigt.", name=organisation.name), "success")
    return back


@blueprint.get("/verwaltung/organisationen/<organisation_id>/ablehnen")
def ask_decline(organisation_id: str) -> ResponseReturnValue:
    organisation = services.load_organisation(organisation_id, current_actor())
    return render_template("accounts/decline.html", organisation=organisation)


@blueprint.post("/verwaltung/organisationen/<organisation_id>/ablehnen")
@commits
def decline_organisation(organisation_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for(".show_organisation", organisation_id=organisation_id)):
        services.decline_organisation(organisation_id, current_actor())
    flash(_("Die Organisation ist abgelehnt."), "success")
    return redirect(url_for(".list_organisations"))
