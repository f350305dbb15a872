"""Inviting members of an organisation, changing what they may do, letting them go."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts import services
from wohnberatung.accounts.forms import InviteMemberForm
from wohnberatung.accounts.views import blueprint
from wohnberatung.accounts.views.organisations import show_organisation_page
from wohnberatung.core.transactions import commits
from wohnberatung.web import limits
from wohnberatung.web.actors import current_actor
from wohnberatung.web.navigation import desk
from wohnberatung.web.refusals import refusal_returns_to


@blueprint.post("/organisation/<organisation_id>/einladungen")
def invite_member(organisation_id: str) -> ResponseReturnValue:
    """Counted before the transaction begins."""
    services.load_managed(organisation_id, current_actor())
    form = InviteMemberForm()
    if form.validate_on_submit():
        limits.require("mail", f"invitation {form.email.data}")
    return _invite(organisation_id)


@commits
def _invite(organisation_id: str) -> ResponseReturnValue:
    form = InviteMemberForm()
    if form.validate_on_submit():
        with form.accepting():
            services.invite_member(organisation_id, current_actor(), email=form.email.data, role=form.role.data)
            flash(_("Die Einladung ist unterwegs."), "success")
            return redirect(_page(organisation_id))
    return show_organisation_page(organisation_id, form)


@blueprint.post("/organisation/<organisation_id>/einladungen/<link_id>/zuruecknehmen")
@commits
def revoke_invitation(organisation_id: str, link_id: str) -> ResponseReturnValue:
    services.revoke_invitation(link_id, organisation_id, current_actor())
    flash(_("Die Einladung ist zurückgenommen."), "success")
    return redirect(_page(organisation_id))


@blueprint.post("/organisation/<organisation_id>/mitglieder/<user_id>")
@commits
def change_member(organisation_id: str, user_id: str) -> ResponseReturnValue:
    with refusal_returns_to(_page(organisation_id)):
        services.change_member_role(organisation_id, user_id, request.form.get("role", ""), current_actor())
    flash(_("Gespeichert."), "success")
    return redirect(_page(organisation_id))


@blueprint.get("/organisation/<organisation_id>/mitglieder/<user_id>/entfernen")
def ask_removal(organisation_id: str, user_id: str) -> ResponseReturnValue:
    actor = current_actor()
    member = services.load_member(organisation_id, user_id, actor)
    if user_id != actor.user_id:
        services.load_managed(organisation_id, actor)
    organisation = services.load_organisation(organisation_id, actor)
    return render_template("accounts/remove_member.html", organisation=organisation, member=member)


@blueprint.post("/organisation/<organisation_id>/mitglieder/<user_id>/entfernen")
@commits
def remove_member(organisation_id: str, user_id: str) -> ResponseReturnValue:
    with refusal_returns_to(_page(organisation_id)):
        services.remove_member(organisation_id, user_id, current_actor())
    if user_id == current_actor().user_id:
        flash(_("Sie gehören nicht mehr dazu."), "success")
        return redirect(desk())
    flash(_("Die Person gehört nicht mehr dazu."), "success")
    return redirect(_page(organisation_id))


def _page(organisation_id: str) -> str:
    return url_for(".show_organisation", organisation_id=organisation_id)
