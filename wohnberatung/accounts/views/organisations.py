"""Organisations: profile, members and invitations for their own people, decisions for the office."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts.forms import InviteMemberForm, NewOrganisationForm, ProfileForm, TrustForm
from wohnberatung.accounts.services import administration, invitations, organisations, registration
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.web import limits, spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.navigation import desk
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


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
    organisation = organisations.load_managed(organisation_id, current_actor())
    values = organisations.profile_of(organisation)
    return _show_profile(organisation, ProfileForm(data={**values, "version": organisation.version}))


@blueprint.post("/organisation/<organisation_id>/profil")
@commits
def edit_profile(organisation_id: str) -> ResponseReturnValue:
    organisation, form = organisations.load_managed(organisation_id, current_actor()), ProfileForm()
    if form.validate_on_submit():
        with form.accepting():
            organisations.edit_organisation(
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
    organisation = organisations.load_organisation(organisation_id, actor)
    manages = actor.is_staff or actor.manages(organisation_id)
    return show_form(
        "accounts/organisation.html",
        form,
        organisation=organisation,
        contact=organisations.contact_of_organisation(organisation),
        members=organisations.members_of(organisation_id, actor),
        pending=invitations.pending_invitations(organisation_id, actor) if manages else [],
        manages=manages,
        trusting=TrustForm(formdata=None, obj=organisation) if actor.is_staff else None,
    )


@blueprint.post("/organisation/<organisation_id>/einladungen")
def invite_member(organisation_id: str) -> ResponseReturnValue:
    """Counted before the transaction begins."""
    organisations.load_managed(organisation_id, current_actor())
    form = InviteMemberForm()
    if form.validate_on_submit():
        limits.require("mail", f"invitation {form.email.data}")
    return _invite(organisation_id)


@commits
def _invite(organisation_id: str) -> ResponseReturnValue:
    form = InviteMemberForm()
    if form.validate_on_submit():
        with form.accepting():
            invitations.invite_member(organisation_id, current_actor(), email=form.email.data, role=form.role.data)
            flash(_("Die Einladung ist unterwegs."), "success")
            return redirect(_page(organisation_id))
    return show_organisation_page(organisation_id, form)


@blueprint.post("/organisation/<organisation_id>/einladungen/<link_id>/zuruecknehmen")
@commits
def revoke_invitation(organisation_id: str, link_id: str) -> ResponseReturnValue:
    invitations.revoke_invitation(link_id, organisation_id, current_actor())
    flash(_("Die Einladung ist zurückgenommen."), "success")
    return redirect(_page(organisation_id))


@blueprint.post("/organisation/<organisation_id>/mitglieder/<user_id>")
@commits
def change_member(organisation_id: str, user_id: str) -> ResponseReturnValue:
    with refusal_returns_to(_page(organisation_id)):
        organisations.change_member_role(organisation_id, user_id, request.form.get("role", ""), current_actor())
    flash(_("Gespeichert."), "success")
    return redirect(_page(organisation_id))


@blueprint.get("/organisation/<organisation_id>/mitglieder/<user_id>/entfernen")
def ask_removal(organisation_id: str, user_id: str) -> ResponseReturnValue:
    actor = current_actor()
    member = organisations.load_member(organisation_id, user_id, actor)
    if user_id != actor.user_id:
        organisations.load_managed(organisation_id, actor)
    organisation = organisations.load_organisation(organisation_id, actor)
    return render_template("accounts/remove_member.html", organisation=organisation, member=member)


@blueprint.post("/organisation/<organisation_id>/mitglieder/<user_id>/entfernen")
@commits
def remove_member(organisation_id: str, user_id: str) -> ResponseReturnValue:
    with refusal_returns_to(_page(organisation_id)):
        organisations.remove_member(organisation_id, user_id, current_actor())
    if user_id == current_actor().user_id:
        flash(_("Sie gehören nicht mehr dazu."), "success")
        return redirect(desk())
    flash(_("Die Person gehört nicht mehr dazu."), "success")
    return redirect(_page(organisation_id))


def _page(organisation_id: str) -> str:
    return url_for(".show_organisation", organisation_id=organisation_id)


@blueprint.get("/verwaltung/organisationen")
def list_organisations() -> ResponseReturnValue:
    """Those that wait come first, as somebody is waiting."""
    actor, everyone = current_actor(), request.args.get("stand") == "alle"
    page = administration.list_organisations(actor, not everyone, page_number(request.args.get("seite")))
    held = [
        (link, content, spam.REASONS[HoldReason(link.held_for)])
        for link, content in registration.held_registrations(actor)
        if link.held_for is not None
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
            made = organisations.create_organisation(
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
        organisation = organisations.load_organisation(organisation_id, current_actor())
        with form.accepting(stored=lambda: TrustForm(formdata=None, obj=organisation)):
            administration.decide_organisation(
                organisation_id, current_actor(), trust=form.trust.data, version=form.submitted_version
            )
            flash(_("Gespeichert: %(name)s ist bestätigt.", name=organisation.name), "success")
    for refused in form.errors.values():
        flash(str(refused[0]), "danger")
    return back


@blueprint.get("/verwaltung/organisationen/<organisation_id>/ablehnen")
def ask_decline(organisation_id: str) -> ResponseReturnValue:
    organisation = organisations.load_organisation(organisation_id, current_actor())
    return render_template("accounts/decline.html", organisation=organisation)


@blueprint.post("/verwaltung/organisationen/<organisation_id>/ablehnen")
@commits
def decline_organisation(organisation_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for(".show_organisation", organisation_id=organisation_id)):
        administration.decline_organisation(organisation_id, current_actor())
    flash(_("Die Organisation ist abgelehnt."), "success")
    return redirect(url_for(".list_organisations"))
