"""Administrators look after accounts: colleagues are invited, get roles, are disabled."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.accounts.forms import InviteColleagueForm, RolesForm
from wohnberatung.accounts.services import administration, invitations, second_factor
from wohnberatung.accounts.views import blueprint
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.privacy import services as privacy
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/verwaltung/personen")
def list_people() -> ResponseReturnValue:
    return _show_list(InviteColleagueForm(formdata=None))


@blueprint.post("/verwaltung/personen")
def invite_colleague() -> ResponseReturnValue:
    """Counted before the transaction begins."""
    form = InviteColleagueForm()
    if form.validate_on_submit():
        limits.require("mail", f"invitation {form.email.data}")
    return _invite()


@commits
def _invite() -> ResponseReturnValue:
    form = InviteColleagueForm()
    if form.validate_on_submit():
        with form.accepting():
            invitations.invite_colleague(current_actor(), email=form.email.data, roles=form.roles.data)
            flash(_("Die Einladung ist unterwegs."), "success")
            return redirect(url_for(".list_people"))
    return _show_list(form)


@blueprint.post("/verwaltung/einladungen/<link_id>/zuruecknehmen")
@commits
def revoke_colleague(link_id: str) -> ResponseReturnValue:
    invitations.revoke_invitation(link_id, None, current_actor())
    flash(_("Die Einladung ist zurückgenommen."), "success")
    return redirect(url_for(".list_people"))


@blueprint.get("/verwaltung/personen/<user_id>")
def show_person(user_id: str) -> ResponseReturnValue:
    return _show_person(user_id, _stored_roles(user_id).numbered())


@blueprint.post("/verwaltung/personen/<user_id>")
@commits
def set_roles(user_id: str) -> ResponseReturnValue:
    form = RolesForm()
    if form.validate_on_submit():
        with form.accepting(stored=lambda: _stored_roles(user_id)):
            form.compare(_stored_roles(user_id))
            administration.set_roles(user_id, form.roles.data, current_actor())
            flash(_("Die Rechte gelten ab sofort."), "success")
            return redirect(url_for(".show_person", user_id=user_id))
    return _show_person(user_id, form)


@blueprint.get("/verwaltung/personen/<user_id>/sperren")
def ask_disabling(user_id: str) -> ResponseReturnValue:
    return render_template("accounts/disable.html", person=administration.load_person(user_id, current_actor()))


@blueprint.post("/verwaltung/personen/<user_id>/sperren")
@commits
def disable_person(user_id: str) -> ResponseReturnValue:
    change = administration.disable_person
    return _do(user_id, change, _("Das Konto ist gesperrt; alle seine Sitzungen sind beendet."))


@blueprint.post("/verwaltung/personen/<user_id>/entsperren")
@commits
def enable_person(user_id: str) -> ResponseReturnValue:
    return _do(user_id, administration.enable_person, _("Die Person kann sich wieder anmelden."))


@blueprint.post("/verwaltung/personen/<user_id>/zweiter-schritt")
@commits
def reset_second_factor(user_id: str) -> ResponseReturnValue:
    return _do(user_id, administration.reset_second_factor, _("Der zweite Schritt ist zurückgesetzt."))


@blueprint.post("/verwaltung/personen/<user_id>/ausgaben")
@commits
def grant_exports(user_id: str) -> ResponseReturnValue:
    return _do(user_id, privacy.grant_exports, _("Die Person kann heute noch einmal so viele Ausgaben machen."))


def _do(user_id: str, change: Callable[..., None], said: str) -> ResponseReturnValue:
    here = url_for(".show_person", user_id=user_id)
    with refusal_returns_to(here):
        change(user_id, current_actor())
    flash(said, "success")
    return redirect(here)


def _show_list(form: Form) -> ResponseReturnValue:
    actor, sought = current_actor(), request.args.get("suche", "")
    page = administration.list_people(actor, sought, page_number(request.args.get("seite")))
    pending = invitations.pending_invitations(None, actor)
    return show_form("accounts/people.html", form, page=page, sought=sought, pending=pending)


def _stored_roles(user_id: str) -> RolesForm:
    return RolesForm(formdata=None, roles=sorted(administration.load_person(user_id, current_actor()).roles))


def _show_person(user_id: str, form: Form) -> ResponseReturnValue:
    person = administration.load_person(user_id, current_actor())
    has_factor = second_factor.has_second_factor(user_id)
    return show_form("accounts/person.html", form, person=person, has_second_factor=has_factor)
