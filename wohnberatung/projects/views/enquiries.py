"""People who would like to join: read, answered and voted on by the group; seen by themselves by secret link."""

import json
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.steps import Party, party_of
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.projects.forms import BallotForm, EnquiryAnswerForm, VoteForm, WriteForm
from wohnberatung.projects.services import joining, my_enquiry, projects, votes
from wohnberatung.projects.views import blueprint
from wohnberatung.web import limits, spam
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/projekte/<project_id>/anfragen")
def list_enquiries(project_id: str) -> ResponseReturnValue:
    actor = current_actor()
    project = projects.own_project(project_id, actor)
    listed = joining.enquiries_of(project_id, actor)
    return render_template("projects/desk/enquiries.html", project=project, enquiries=listed)


@blueprint.get("/projekte/<project_id>/anfragen/<enquiry_id>")
def show_enquiry(project_id: str, enquiry_id: str) -> ResponseReturnValue:
    return _show(project_id, enquiry_id)


@blueprint.post("/projekte/<project_id>/anfragen/<enquiry_id>")
@commits
def answer_enquiry(project_id: str, enquiry_id: str) -> ResponseReturnValue:
    form, actor = EnquiryAnswerForm(), current_actor()
    joining.load_enquiry(project_id, enquiry_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            joining.answer_enquiry(project_id, enquiry_id, form.text.data or "", form.submitted_version, actor)
            return _done(_("Ihre Antwort ist bei der Person."), project_id, enquiry_id)
    return _show(project_id, enquiry_id, refused=form, answering=form)


@blueprint.post("/projekte/<project_id>/anfragen/<enquiry_id>/kein-spam")
@commits
def release_enquiry(project_id: str, enquiry_id: str) -> ResponseReturnValue:
    joining.release_enquiry(project_id, enquiry_id, current_actor())
    flash(_("Die Gruppe sieht die Anfrage jetzt."), "success")
    return redirect(url_for(".show_enquiry", project_id=project_id, enquiry_id=enquiry_id))


@blueprint.post("/projekte/<project_id>/anfragen/<enquiry_id>/abstimmung")
@commits
def open_vote(project_id: str, enquiry_id: str) -> ResponseReturnValue:
    form, actor = VoteForm(), current_actor()
    joining.load_enquiry(project_id, enquiry_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            votes.open_vote(project_id, enquiry_id, form.last_day.data, actor)
            return _done(_("Die Abstimmung läuft."), project_id, enquiry_id)
    return _show(project_id, enquiry_id, refused=form, opening=form)


@blueprint.post("/projekte/<project_id>/anfragen/<enquiry_id>/stimme")
@commits(resubmittable=True)
def cast_ballot(project_id: str, enquiry_id: str) -> ResponseReturnValue:
    form, actor = BallotForm(), current_actor()
    joining.load_enquiry(project_id, enquiry_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            votes.cast_ballot(project_id, enquiry_id, form.choice.data or "", actor)
            return _done(_("Ihre Stimme ist gezählt."), project_id, enquiry_id)
    return _show(project_id, enquiry_id, refused=form, voting=form)


def _done(said: str, project_id: str, enquiry_id: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for(".show_enquiry", project_id=project_id, enquiry_id=enquiry_id))


def _show(project_id: str, enquiry_id: str, refused: Any = None, **forms: Any) -> ResponseReturnValue:
    actor = current_actor()
    opened = joining.load_enquiry(project_id, enquiry_id, actor)
    enquiry, vote = opened.enquiry, votes.vote_sheet(opened.enquiry, actor)
    answering = forms.get("answering") or EnquiryAnswerForm(formdata=None, version=enquiry.version)
    voting = forms.get("voting") or BallotForm(formdata=None, choice=vote.own_choice if vote else None)
    return show_form(
        "projects/desk/enquiry.html",
        refused or answering,
        opened=opened,
        vote=vote,
        answering=answering,
        voting=voting,
        opening=forms.get("opening") or VoteForm(formdata=None),
        held_because=spam.REASONS[HoldReason(enquiry.held_for)] if enquiry.held_for else "",
        steps=joining.steps_of(enquiry, party_of(actor, Party.GROUP)),
        is_member=actor.belongs_to(enquiry.project.organisation_id),
    )


@blueprint.get("/mitmachen/<token>")
def show_my_enquiry(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _show_my_enquiry(token, WriteForm())


@blueprint.post("/mitmachen/<token>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def write_again(token: str) -> ResponseReturnValue:
    form = WriteForm()
    if form.validate_on_submit():
        with form.accepting():
            my_enquiry.write_again(token, form.text.data or "")
            flash(_("Ihre Nachricht ist bei der Gruppe."), "success")
            return redirect(url_for(".show_my_enquiry", token=token))
    return _show_my_enquiry(token, form)


@blueprint.post("/mitmachen/<token>/kontakt")
@limits.limited("secret_link")
@commits
def show_contact(token: str) -> ResponseReturnValue:
    released = request.form.get("zeigen") == "ja"
    my_enquiry.show_contact(token, released=released)
    flash(_("Die Gruppe sieht Ihren Kontakt.") if released else _("Die Gruppe sieht Ihren Kontakt nicht mehr."))
    return redirect(url_for(".show_my_enquiry", token=token))


@blueprint.get("/mitmachen/<token>/zurueckziehen")
def ask_withdrawal(token: str) -> ResponseReturnValue:
    return _ask(token, "withdraw")


@blueprint.post("/mitmachen/<token>/zurueckziehen")
@limits.limited("secret_link")
@commits
def withdraw_my_enquiry(token: str) -> ResponseReturnValue:
    my_enquiry.withdraw_enquiry(token)
    flash(_("Ihre Anfrage ist zurückgezogen."), "success")
    return redirect(url_for(".show_my_enquiry", token=token))


@blueprint.get("/mitmachen/<token>/loeschen")
def ask_erasure(token: str) -> ResponseReturnValue:
    return _ask(token, "erase")


@blueprint.post("/mitmachen/<token>/loeschen")
@limits.limited("secret_link")
@commits
def erase_my_enquiry(token: str) -> ResponseReturnValue:
    my_enquiry.erase_my_enquiry(token)
    flash(_("Alles zu Ihrer Anfrage ist gelöscht."), "success")
    return redirect(url_for(".list_projects"))


@blueprint.get("/mitmachen/<token>/daten.json")
def export_my_enquiry(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    told = json.dumps(my_enquiry.stored_about(token), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="meine-anfrage.json"'
    return response


def _ask(token: str, question: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    mine = my_enquiry.my_enquiry(token)
    return render_template(f"projects/my_enquiry/{question}.html", mine=mine, token=token, form=Form())


def _show_my_enquiry(token: str, form: WriteForm) -> ResponseReturnValue:
    mine = my_enquiry.my_enquiry(token)
    steps = joining.steps_of(mine.enquiry, Party.SEEKER)
    return show_form("projects/my_enquiry/my_enquiry.html", form, mine=mine, token=token, steps=steps)
