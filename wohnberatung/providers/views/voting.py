"""A group votes on somebody who was presented: signed in or by a mailed ballot; and who votes without an account."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.providers.forms import GroupMemberForm, MatchBallotForm
from wohnberatung.providers.services import inbox, members, vote_tasks, voting
from wohnberatung.providers.services.links import open_ballot
from wohnberatung.providers.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.visitors import current_actor

blueprint.add_app_template_global(vote_tasks.votes_followed, "votes_followed")


@blueprint.get("/anbieten/menschen/<match_id>/stimme")
def ask_ballot(match_id: str) -> ResponseReturnValue:
    return _show_own(match_id, None)


@blueprint.post("/anbieten/menschen/<match_id>/stimme")
@commits(resubmittable=True)
def cast_ballot(match_id: str) -> ResponseReturnValue:
    form, actor = MatchBallotForm(), current_actor()
    presentation = inbox.load_presented(match_id, actor).presentation
    if form.validate_on_submit():
        with form.accepting():
            voting.cast_signed_in(presentation, form.choice.data or "", actor)
            flash(_("Ihre Stimme ist gezählt."), "success")
            return redirect(url_for(".show_presented", match_id=match_id))
    return _show_own(match_id, form)


def _show_own(match_id: str, form: MatchBallotForm | None) -> ResponseReturnValue:
    actor = current_actor()
    shown = inbox.load_presented(match_id, actor)
    sheet = voting.vote_sheet(shown.presentation, voting.voter_of(shown.presentation, actor))
    if sheet is None or not sheet.may_vote:
        return redirect(url_for(".show_presented", match_id=match_id))
    form = form or MatchBallotForm(formdata=None, choice=sheet.own_choice)
    return show_form("providers/ballot.html", form, shown=shown, vote=sheet, token="", member=None)


@blueprint.get("/stimme/<token>")
def show_ballot(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _show_mailed(token, None)


@blueprint.post("/stimme/<token>")
@csrf.exempt
@limits.limited("secret_link")
@commits(resubmittable=True)
def cast_mailed(token: str) -> ResponseReturnValue:
    form = MatchBallotForm()
    if form.validate():
        with form.accepting():
            voting.cast_by_link(token, form.choice.data or "")
            flash(_("Ihre Stimme ist gezählt."), "success")
            return redirect(url_for(".show_ballot", token=token))
    return _show_mailed(token, form)


def _show_mailed(token: str, form: MatchBallotForm | None) -> ResponseReturnValue:
    voter = open_ballot(token)
    presentation = voter.vote.presentation
    sheet = voting.vote_sheet(presentation, voter)
    form = form or MatchBallotForm(formdata=None, choice=voter.choice)
    shown = inbox.shown_presentation(presentation)
    return show_form("providers/ballot.html", form, shown=shown, vote=sheet, token=token, member=voter.member)


@blueprint.post("/stimme/<token>/austragen")
@csrf.exempt
@limits.limited("secret_link")
@commits
def leave_group(token: str) -> ResponseReturnValue:
    """Somebody does not belong to the group any more, or never wanted to get these mails."""
    voter = open_ballot(token)
    if Form().validate_on_submit() and voter.member is not None:
        members.erase_member(voter.member)
        flash(_("Ihr Name und Ihre Adresse sind gelöscht. Sie bekommen keine Abstimmungen mehr."), "success")
        return redirect(url_for("pages.show_start"))
    return redirect(url_for(".show_ballot", token=token))


@blueprint.get("/projekte/<project_id>/abstimmende")
def list_voters(project_id: str) -> ResponseReturnValue:
    return _show_voters(project_id, GroupMemberForm())


@blueprint.post("/projekte/<project_id>/abstimmende")
@commits
def add_voter(project_id: str) -> ResponseReturnValue:
    form, actor = GroupMemberForm(), current_actor()
    members.members_without_account(project_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            members.add_member(project_id, form.name.data or "", form.email.data or "", actor)
            flash(_("Ab der nächsten Abstimmung stimmt diese Person mit ab."), "success")
            return redirect(url_for(".list_voters", project_id=project_id))
    return _show_voters(project_id, form)


@blueprint.post("/projekte/<project_id>/abstimmende/<member_id>/entfernen")
@commits
def remove_voter(project_id: str, member_id: str) -> ResponseReturnValue:
    members.remove_member(project_id, member_id, current_actor())
    flash(_("Diese Person stimmt nicht mehr mit ab. Name und Adresse sind gelöscht."), "success")
    return redirect(url_for(".list_voters", project_id=project_id))


def _show_voters(project_id: str, form: GroupMemberForm) -> ResponseReturnValue:
    project, named = members.members_without_account(project_id, current_actor())
    return show_form("providers/voters.html", form, project=project, named=named)
