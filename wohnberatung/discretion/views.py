"""Requests for discretion: the office's list and sheet, and for everybody what can be learned from those decided."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.pagination import page_number
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.discretion.forms import TEXTS, DiscretionForm, DiscretionStepForm, LessonsFilter
from wohnberatung.discretion.rules import decision_label, rule_label
from wohnberatung.discretion.services import requests
from wohnberatung.discretion.steps import DISCRETION_STEPS
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("discretion", __name__)
for label in (decision_label, rule_label):
    blueprint.add_app_template_global(label)


@blueprint.get("/ermessen")
def list_lessons() -> ResponseReturnValue:
    form = LessonsFilter(request.args)
    asked = form.asked()
    found = requests.public_requests(asked.get("regel", ""), asked.get("ausgang", ""))
    return render_template("discretion/lessons.html", form=form, asked=asked, found=found)


@blueprint.get("/ermessen/antraege")
def list_requests() -> ResponseReturnValue:
    page = requests.requests_for_list(current_actor(), page_number(request.args.get("seite")))
    return render_template("discretion/office/requests.html", page=page)


@blueprint.get("/ermessen/antraege/neu")
def ask_request() -> ResponseReturnValue:
    return show_form("discretion/office/edit.html", _form(), row=None)


@blueprint.post("/ermessen/antraege/neu")
@commits
def add_request() -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit():
        with form.accepting():
            row = requests.save_request(_values(form), current_actor())
            flash(_("Gespeichert. Der Antrag ist noch ein Entwurf."), "success")
            return redirect(url_for(".show_request", request_id=row.id))
    return show_form("discretion/office/edit.html", form, row=None)


@blueprint.get("/ermessen/antraege/<request_id>")
def show_request(request_id: str) -> ResponseReturnValue:
    row = requests.load_request(request_id, current_actor())
    return _show(row, DiscretionStepForm(version=row.version))


@blueprint.get("/ermessen/antraege/<request_id>/angaben")
def ask_changes(request_id: str) -> ResponseReturnValue:
    row = requests.load_request(request_id, current_actor())
    return show_form("discretion/office/edit.html", _form(obj=row), row=row)


@blueprint.post("/ermessen/antraege/<request_id>/angaben")
@commits
def edit_request(request_id: str) -> ResponseReturnValue:
    form, actor = _form(), current_actor()
    row = requests.load_request(request_id, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: _form(formdata=None, obj=requests.load_request(request_id, actor))):
            requests.save_request(_values(form), actor, request_id, form.submitted_version)
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_request", request_id=request_id))
    return show_form("discretion/office/edit.html", form, row=row)


@blueprint.post("/ermessen/antraege/<request_id>")
@commits
def move_request(request_id: str) -> ResponseReturnValue:
    form, actor = DiscretionStepForm(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            decision = requests.DecisionGiven(form.decision_reason.data or "", form.decided_on.data)
            step = requests.move_request(
                request_id, request.form.get("schritt", ""), actor, version=form.submitted_version, decision=decision
            )
            flash(str(step.done), "success")
            return redirect(url_for(".show_request", request_id=request_id))
    return _show(requests.load_request(request_id, actor), form)


def _show(row: Any, form: DiscretionStepForm) -> ResponseReturnValue:
    steps = DISCRETION_STEPS.offered(row, Party.OFFICE)
    return show_form("discretion/office/request.html", form, row=row, steps=steps)


def _form(**filled: Any) -> DiscretionForm:
    form = DiscretionForm(**filled)
    projects, offices = requests.choices_for_form()
    form.project_id.choices = [("", _("kein bestimmtes")), *projects]
    form.authority_id.choices = [("", _("keines davon")), *offices]
    return form


def _values(form: DiscretionForm) -> dict[str, object]:
    values: dict[str, object] = {name: (form[name].data or "").strip() for name in TEXTS}
    values |= {name: form[name].data or None for name in ("project_id", "authority_id", "asked_on", "due_on")}
    return values | {"rule": form.rule.data}
