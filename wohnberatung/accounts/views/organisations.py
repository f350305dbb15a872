"""The page of an organisation: profile, members, invitations."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import services
from wohnberatung.accounts.forms import InviteMemberForm, ProfileForm, TrustForm
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form


@blueprint.get("/organisation")
def show_my_organisation() -> ResponseReturnValue:
    """Straight to the only one, else the choice among them."""
    seats = current_actor().seats
    if len(seats) == 1:
        return redirect(url_for(".show_organisation", organisation_id=seats[0].organisation_id))
    return render_template("accounts/my_organisations.html", seats=seats)


@blueprint.get("/organisation/<organisation_id>")
def show_organisation(organisation_id: str) -> ResponseReturnValue:
    return show_organisation_page(organisation_id, InviteMemberForm(formdata=None))


@blueprint.get("/organisation/<organisation_id>/profil")
def ask_profile(organisation_id: str) -> ResponseReturnValue:
    organisation = services.load_managed(organisation_id, current_actor())
    values = services.profile_of(organisation)
    return _show_profile(organisation, ProfileForm(data={**values, "version": organisation.version}))


@blueprint.post("/organisation/<organisation_id>/profil")
@commits
def edit_profile(organisation_id: str) -> ResponseReturnValue:
    organisation, form = services.load_managed(organisation_id, current_actor()), ProfileForm()
    if form.validate_on_submit():
        with form.accepting():
            services.edit_organisation(
                organisation_id, current_actor(), version=form.submitted_version, values=form.values()
            )
            flash(_("Das Profil ist gespeichert."), "success")
            return redirect(url_for(".show_organisation", organisation_id=organisation_id))
    return _show_profile(organisation, form)


def _show_profile(organisation: Any, form: ProfileForm) -> ResponseReturnValue:
    return show_form("accounts/profile.html", form, organisation=organisation)


def show_organisation_page(organisation_id: str, form: Any) -> ResponseReturnValue:
    """`form` invites a member."""
    actor = current_actor()
    organisation = services.load_organisation(organisation_id, actor)
    manages = actor.is_staff or actor.manages(organisation_id)
    return show_form(
        "accounts/organisation.html",
        form,
        organisation=organisation,
        contact=services.contact_of_organisation(organisation),
        members=services.members_of(organisation_id, actor),
        pending=services.pending_invitations(organisation_id, actor) if manages else [],
        manages=manages,
        trusting=TrustForm(formdata=None, trust=organisation.trust) if actor.is_staff else None,
    )
