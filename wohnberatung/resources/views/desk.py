"""Organisations and the office: what they give and seek, what suits it; for the office what is to be read, requests for
contact, and tables."""

from pathlib import PureWindowsPath
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.bridge.neighbour_resources import kinds_by_group, resource_kind
from wohnberatung.core.pagination import page_number
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.directory.services.finding import public_entries
from wohnberatung.intake.services.plain_lists import PlainList
from wohnberatung.intake.services.queries import organisations_of
from wohnberatung.resources.forms import (
    OFFICE,
    ORGANISATION,
    SIDES,
    ResourceReviewForm,
    ResourceStepForm,
    TableForm,
    entry_form,
)
from wohnberatung.resources.services import contact_requests, entries, finding, freshness, offers, tables
from wohnberatung.resources.services.requests_of import requests_about
from wohnberatung.resources.steps import REQUEST_STEPS
from wohnberatung.resources.views import blueprint
from wohnberatung.resources.views.mine import change_form
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import audited, current_actor


@blueprint.get("/nachbarschaft/buero")
def list_own() -> ResponseReturnValue:
    actor = current_actor()
    page = entries.entries_for(actor, page_number(request.args.get("seite")))
    asked = contact_requests.open_requests(actor) if actor.is_staff else []
    to_call = freshness.to_telephone(actor) if actor.is_staff else []
    return render_template("resources/desk/entries.html", page=page, asked=asked, to_call=to_call)


@blueprint.get("/nachbarschaft/buero/neu")
def choose_own() -> ResponseReturnValue:
    return render_template("resources/desk/choose.html", groups=kinds_by_group())


@blueprint.get("/nachbarschaft/buero/neu/<side>/<kind>")
def ask_own(side: str, kind: str) -> ResponseReturnValue:
    return _show(side, kind, _form(side, kind))


@blueprint.post("/nachbarschaft/buero/neu/<side>/<kind>")
@commits
def enter_own(side: str, kind: str) -> ResponseReturnValue:
    form = _form(side, kind)
    if form.validate_on_submit():
        with form.accepting():
            row = entries.enter(SIDES[side], kind, form.entry_values(), current_actor())
            _say_state(row)
            return redirect(url_for(".show_desk", resource_id=row.id))
    return _show(side, kind, form)


@blueprint.get("/nachbarschaft/buero/<resource_id>")
@audited("read", "resources", "resource_id")
def show_desk(resource_id: str) -> ResponseReturnValue:
    actor = current_actor()
    row = entries.own_resource(resource_id, actor)
    return render_template(
        "resources/desk/entry.html",
        row=row,
        shown=offers.offered(row),
        steps=entries.steps_of(row, entries.party_for(row, actor)),
        objections=entries.objections_to(row),
        contact=row.plain_contact if row.is_private else None,
        suiting=finding.suiting_for_office(row) if actor.is_staff else finding.suiting(row),
        requests=requests_about(row) if actor.is_staff else [],
        form=ResourceReviewForm(formdata=None, version=row.version),
    )


@blueprint.get("/nachbarschaft/buero/<resource_id>/angaben")
def ask_changes(resource_id: str) -> ResponseReturnValue:
    row = entries.own_resource(resource_id, current_actor())
    return _show_change(row, _stored(resource_id))


@blueprint.post("/nachbarschaft/buero/<resource_id>/angaben")
@commits
def edit_own(resource_id: str) -> ResponseReturnValue:
    actor = current_actor()
    row = entries.own_resource(resource_id, actor)
    made = entry_form(row.side, row.kind, _who())
    form = _with_choices(made()) if made else abort(404)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: _stored(resource_id)):
            _say_state(entries.edit(row, form.entry_values(), form.submitted_version, actor))
            return redirect(url_for(".show_desk", resource_id=resource_id))
    return _show_change(row, form)


@blueprint.post("/nachbarschaft/buero/<resource_id>/stand/<move>")
@commits
def move_own(resource_id: str, move: str) -> ResponseReturnValue:
    """Public, no longer, confirmed; by the office with a reason where it is not published."""
    actor, here = current_actor(), url_for(".show_desk", resource_id=resource_id)
    with refusal_returns_to(here):
        row = entries.own_resource(resource_id, actor)
        step = entries.move(row, move, entries.party_for(row, actor), actor, ResourceReviewForm().reason.data or "")
        flash(str(step.done), "success")
    return redirect(here)


@blueprint.get("/nachbarschaft/buero/anfragen/<request_id>")
@audited("read", "resource_contact_requests", "request_id")
def show_contact_request(request_id: str) -> ResponseReturnValue:
    row = contact_requests.request_at_office(request_id, current_actor())
    sheet = contact_requests.for_office(row)
    return render_template("resources/desk/request.html", sheet=sheet, resource=row.resource)


@blueprint.post("/nachbarschaft/buero/anfragen/<request_id>/<move>")
@commits
def move_contact_request(request_id: str, move: str) -> ResponseReturnValue:
    actor, here = current_actor(), url_for(".show_contact_request", request_id=request_id)
    with refusal_returns_to(here):
        row = contact_requests.request_at_office(request_id, actor)
        version = ResourceStepForm().submitted_version
        contact_requests.move_request(row, move, Party.OFFICE, version=version, actor=actor)
        flash(str(REQUEST_STEPS[move].done), "success")
    return redirect(here)


@blueprint.get("/nachbarschaft/buero/tabelle")
def ask_table() -> ResponseReturnValue:
    return show_form("resources/desk/table.html", TableForm(formdata=None), outcome=None)


@blueprint.post("/nachbarschaft/buero/tabelle")
def send_table() -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: reading the file must not hold the database's write lock."""
    form, read = TableForm(), None
    if form.validate_on_submit():
        with form.accepting():
            name = PureWindowsPath(form.file.data.filename or "").name[:200] or _("Datei")
            read = tables.read_file(name, form.file.data.stream)
    return _take_in(form, read) if read else show_form("resources/desk/table.html", form, outcome=None)


@commits
def _take_in(form: TableForm, read: PlainList) -> ResponseReturnValue:
    with form.accepting():
        outcome = tables.take_in(read, current_actor())
        count = outcome.taken
        flash(ngettext("%(num)s Eintrag wartet jetzt.", "%(num)s Einträge warten jetzt.", count), "success")
        return render_template("resources/desk/table.html", form=TableForm(formdata=None), outcome=outcome)
    return show_form("resources/desk/table.html", form, outcome=None)


def _who() -> str:
    return OFFICE if current_actor().is_staff else ORGANISATION


def _form(side: str, kind: str) -> Any:
    made = entry_form(SIDES[side], kind, _who()) if side in SIDES else None
    return _with_choices(made()) if made else abort(404)


def _stored(resource_id: str) -> Any:
    return _with_choices(change_form(entries.own_resource(resource_id, current_actor()), _who()))


def _with_choices(form: Any) -> Any:
    actor = current_actor()
    listed = (each for each in public_entries() if actor.is_staff or actor.belongs_to(each.organisation_id))
    own = [(each.id, each.name) for each in listed]
    form.entry_id.choices = [("", _("zu keinem")), *own]
    if "organisation_id" in form:
        form.organisation_id.choices = [("", _("die Wohnberatung")), *organisations_of(actor)]
    return form


def _show(side: str, kind: str, form: Any) -> ResponseReturnValue:
    return show_form("resources/desk/edit.html", form, side=SIDES[side], kind=resource_kind(kind), row=None)


def _show_change(row: Any, form: Any) -> ResponseReturnValue:
    kind = resource_kind(row.kind)
    return show_form("resources/desk/edit.html", form, side=str(row.side), kind=kind, row=row)


def _say_state(row: Any) -> None:
    flash(_("Gespeichert."), "success")
    if row.state == "waiting":
        flash(_("Die Wohnberatung liest den Eintrag, bevor ihn alle sehen."), "info")
