"""Secret links: of who wrote an entry, to see what suits and who asks, to change, pause and erase it; and of who asked
for contact."""

from typing import Any

from flask import Response, flash, json, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.neighbour_resources import resource_kind
from wohnberatung.bridge.requirement_fields import form_data
from wohnberatung.core.constraints import MESSAGE
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.resources.forms import CHANGE, AskContactForm, EraseForm, ResourceStepForm, entry_form
from wohnberatung.resources.services import contact_requests, entries, finding, offers, told
from wohnberatung.resources.services.requests_of import erase_request, erase_resource, requests_about
from wohnberatung.resources.steps import REQUEST_STEPS
from wohnberatung.resources.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to


@blueprint.get("/nachbarschaft/mein/<token>")
def show_mine(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    row = entries.resource_by_link(token)
    sheets = [contact_requests.for_owner(each) for each in requests_about(row) if each.state != "asked"]
    return render_template(
        "resources/mine/entry.html",
        row=row,
        shown=offers.offered(row),
        token=token,
        steps=entries.steps_of(row, Party.SEEKER),
        suiting=finding.suiting(row),
        sheets=sheets,
    )


@blueprint.post("/nachbarschaft/mein/<token>/stand/<move>")
@limits.limited("secret_link")
@commits
def move_mine(token: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_mine", token=token)
    with refusal_returns_to(here):
        row = entries.resource_by_link(token)
        step = entries.move(row, move, Party.SEEKER, None)
        waits = _("Die Wohnberatung liest den Eintrag, bevor ihn alle sehen.")
        flash(waits if row.state == "waiting" else str(step.done), "success")
    return redirect(here)


@blueprint.get("/nachbarschaft/mein/<token>/aendern")
def ask_my_changes(token: str) -> ResponseReturnValue:
    row = entries.resource_by_link(token)
    return _show_change(row, token, change_form(row, CHANGE))


@blueprint.post("/nachbarschaft/mein/<token>/aendern")
@csrf.exempt
@limits.limited("secret_link")
@commits
def change_mine(token: str) -> ResponseReturnValue:
    row = entries.resource_by_link(token)
    made = entry_form(row.side, row.kind, CHANGE)
    form: Any = made() if made else None
    if form.validate_on_submit():
        with form.accepting(stored=lambda: change_form(entries.resource_by_link(token), CHANGE)):
            entries.edit(row, form.entry_values(), form.submitted_version, None)
            flash(_("Gespeichert. Die Wohnberatung liest den Eintrag, bevor ihn alle sehen."), "success")
            return redirect(url_for(".show_mine", token=token))
    return _show_change(row, token, form)


@blueprint.get("/nachbarschaft/mein/<token>/kontakt/<resource_id>")
def ask_contact_for_mine(token: str, resource_id: str) -> ResponseReturnValue:
    """The form for contact with somebody whose entry suits one's own, filled in from that: what is left is to read,
    agree and send it."""
    limits.require("secret_link", limits.client_address())
    row = entries.resource_by_link(token)
    asked = entries.public_resource(resource_id)
    said: dict[str, Any] = {**(row.plain_contact or {}), "message": f"{row.title}\n{row.text}".strip()[:MESSAGE]}
    form = AskContactForm(formdata=None, data=said)
    return render_template("resources/contact_form.html", form=form, shown=offers.offered(asked))


@blueprint.get("/nachbarschaft/mein/<token>/auskunft")
def export_mine(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _told(told.told_of_resource(entries.resource_by_link(token)))


@blueprint.get("/nachbarschaft/mein/<token>/loeschen")
def ask_erasure(token: str) -> ResponseReturnValue:
    row = entries.resource_by_link(token)
    return show_form("resources/mine/erase.html", EraseForm(), title=row.title, back=url_for(".show_mine", token=token))


@blueprint.post("/nachbarschaft/mein/<token>/loeschen")
@limits.limited("secret_link")
@commits
def erase_mine(token: str) -> ResponseReturnValue:
    row, form = entries.resource_by_link(token), EraseForm()
    if form.validate_on_submit():
        erase_resource(row)
        flash(_("Der Eintrag und alles, was dazugehört, ist gelöscht."), "success")
        return redirect(url_for(".list_resources"))
    return show_form("resources/mine/erase.html", form, title=row.title, back=url_for(".show_mine", token=token))


@blueprint.post("/nachbarschaft/mein/<token>/anfrage/<request_id>/<move>")
@limits.limited("secret_link")
@commits
def answer_request(token: str, request_id: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_mine", token=token)
    with refusal_returns_to(here):
        row = contact_requests.request_about(entries.resource_by_link(token), request_id)
        contact_requests.move_request(
            row, move, Party.PROVIDER, version=ResourceStepForm().submitted_version, actor=None
        )
        flash(str(REQUEST_STEPS[move].done), "success")
    return redirect(here)


@blueprint.get("/nachbarschaft/anfrage/<token>")
def show_request(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    sheet = contact_requests.for_asker(contact_requests.request_by_link(token))
    return render_template("resources/mine/request.html", sheet=sheet, token=token)


@blueprint.post("/nachbarschaft/anfrage/<token>/stand/<move>")
@limits.limited("secret_link")
@commits
def move_request(token: str, move: str) -> ResponseReturnValue:
    here = url_for(".show_request", token=token)
    with refusal_returns_to(here):
        row = contact_requests.request_by_link(token)
        contact_requests.move_request(row, move, Party.SEEKER, version=ResourceStepForm().submitted_version, actor=None)
        flash(str(REQUEST_STEPS[move].done), "success")
    return redirect(here)


@blueprint.get("/nachbarschaft/anfrage/<token>/auskunft")
def export_request(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _told(told.told_of_request(contact_requests.request_by_link(token)))


@blueprint.get("/nachbarschaft/anfrage/<token>/loeschen")
def ask_request_erasure(token: str) -> ResponseReturnValue:
    row = contact_requests.request_by_link(token)
    back = url_for(".show_request", token=token)
    return show_form("resources/mine/erase.html", EraseForm(), title=row.resource.title, back=back)


@blueprint.post("/nachbarschaft/anfrage/<token>/loeschen")
@limits.limited("secret_link")
@commits
def erase_my_request(token: str) -> ResponseReturnValue:
    row, form = contact_requests.request_by_link(token), EraseForm()
    if form.validate_on_submit():
        erase_request(row)
        flash(_("Ihre Anfrage ist gelöscht."), "success")
        return redirect(url_for(".list_resources"))
    back = url_for(".show_request", token=token)
    return show_form("resources/mine/erase.html", form, title=row.resource.title, back=back)


def change_form(row: Any, who: str) -> Any:
    """The form of this entry with what is stored."""
    made = entry_form(row.side, row.kind, who)
    assert made is not None
    form = made(formdata=None, obj=row, data=form_data(row.requirements, getattr(made, "criteria", ())))
    form.fill_hours(row.weekly, row.closures)
    return form


def _show_change(row: Any, token: str, form: Any) -> ResponseReturnValue:
    kind, back = resource_kind(row.kind), url_for(".show_mine", token=token)
    return show_form("resources/entry_form.html", form, side=str(row.side), kind=kind, back=back)


def _told(record: object) -> Response:
    response = Response(json.dumps(record, ensure_ascii=False, indent=1), content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="nachbarschaft.json"'
    return response
