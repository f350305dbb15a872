"""Joint cases, on the same pages for the office and for partners: each sees what is theirs to see."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cooperation.forms import JointStepForm, JointTaskForm, PartnerForm
from wohnberatung.cooperation.services import joint as joint_cases
from wohnberatung.cooperation.services import partners, tasks
from wohnberatung.cooperation.views import blueprint
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.seekers.services.contacts import contact_words
from wohnberatung.seekers.services.requests import contact_of
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/gemeinsame-faelle")
def list_joint() -> ResponseReturnValue:
    page = joint_cases.joint_cases_for(current_actor(), page_number(request.args.get("seite")))
    return render_template("cooperation/desk/joint_cases.html", page=page)


@blueprint.post("/gemeinsame-faelle/neu/<request_id>")
@commits
def prepare_joint(request_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for("brokerage.show_ranking", request_id=request_id)):
        joint = joint_cases.prepare_joint(request_id, current_actor())
    return redirect(url_for(".show_joint", joint_id=joint.id))


@blueprint.get("/gemeinsame-faelle/<joint_id>")
def show_joint(joint_id: str) -> ResponseReturnValue:
    joint = joint_cases.load_joint(joint_id, current_actor())
    return _show(joint, _task_form(joint))


@blueprint.post("/gemeinsame-faelle/<joint_id>/stand/<move>")
@commits
def move_joint(joint_id: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_joint", joint_id=joint_id)
    with refusal_returns_to(here):
        step = joint_cases.move_joint(joint_id, move, JointStepForm().submitted_version, current_actor())
        flash(str(step.done), "success")
    return redirect(here)


@blueprint.get("/gemeinsame-faelle/<joint_id>/dienst")
def ask_about_partner(joint_id: str) -> ResponseReturnValue:
    joint = joint_cases.load_joint(joint_id, current_actor())
    return show_form("cooperation/desk/partner.html", _partner_form(), joint=joint)


@blueprint.post("/gemeinsame-faelle/<joint_id>/dienst")
@commits
def add_partner(joint_id: str) -> ResponseReturnValue:
    form, actor = _partner_form(), current_actor()
    joint = joint_cases.load_joint(joint_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            service, need, told = form.service_id.data, form.need.data or "", bool(form.with_contact.data)
            partners.ask_partner(joint_id, service, need, with_contact=told, actor=actor)
            flash(_("Die Person ist gefragt. Ohne ihre Einwilligung erfährt der Dienst nichts."), "success")
            return redirect(url_for(".show_joint", joint_id=joint_id))
    return show_form("cooperation/desk/partner.html", form, joint=joint)


@blueprint.post("/gemeinsame-faelle/<joint_id>/dienst/<partner_id>/<move>")
@commits
def record_decision(joint_id: str, partner_id: str, move: str) -> ResponseReturnValue:
    """What the person said about one provider."""
    here = url_for(".show_joint", joint_id=joint_id)
    with refusal_returns_to(here):
        version, actor = JointStepForm().submitted_version, current_actor()
        partners.record_decision(joint_id, partner_id, move, version, actor)
        flash(_("Die Antwort der Person ist festgehalten."), "success")
    return redirect(here)


@blueprint.post("/gemeinsame-faelle/<joint_id>/aufgaben")
@commits
def add_task(joint_id: str) -> ResponseReturnValue:
    actor = current_actor()
    joint = joint_cases.load_joint(joint_id, actor)
    form = _task_form(joint)
    if form.validate_on_submit():
        with form.accepting():
            assert form.due_on.data is not None
            tasks.add_task(joint_id, form.title.data or "", form.due_on.data, form.owner.data or "", actor)
            flash(_("Die Aufgabe steht in der gemeinsamen Liste."), "success")
            return redirect(url_for(".show_joint", joint_id=joint_id))
    return _show(joint, form)


@blueprint.post("/gemeinsame-faelle/<joint_id>/aufgaben/<task_id>/<move>")
@commits
def move_task(joint_id: str, task_id: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_joint", joint_id=joint_id)
    with refusal_returns_to(here):
        step = tasks.move_task(joint_id, task_id, move, JointStepForm().submitted_version, current_actor())
        flash(str(step.done), "success")
    return redirect(here)


def _partner_form() -> PartnerForm:
    form = PartnerForm()
    form.service_id.choices = [("", _("Bitte wählen")), *partners.partners_to_choose()]
    return form


def _task_form(joint: Any) -> JointTaskForm:
    form = JointTaskForm()
    form.owner.choices = tasks.owners_to_choose(joint)
    return form


def _show(joint: Any, form: JointTaskForm) -> ResponseReturnValue:
    """A partner reads what was agreed to for it, of the others only that they are there."""
    actor = current_actor()
    own = joint_cases.own_partner(joint, actor)
    reached = contact_words(contact_of(joint.request)) if own is not None and own.with_contact else []
    return show_form(
        "cooperation/desk/joint_case.html",
        form,
        joint=joint,
        own=own,
        reached=reached,
        wording=partners.wording,
        steps=joint_cases.steps_of(joint) if actor.is_staff else (),
        tasks=[(task, tasks.steps_of_task(task, joint, actor)) for task in joint.tasks],
    )
