"""Those who keep an entry: what it says, whether it is public, whether it is still right; for the office the list of
all."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.directory.forms import EntryForm, EntryStepForm, OfficeEntryForm, RoomsForm
from wohnberatung.directory.services import entries, freshness, lists
from wohnberatung.directory.views import blueprint
from wohnberatung.intake.services.queries import organisations_of
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/wegweiser/eintraege")
def list_own() -> ResponseReturnValue:
    actor = current_actor()
    page = entries.entries_for(actor, page_number(request.args.get("seite")))
    waiting = lists.waiting_lists(actor) if actor.is_staff else []
    return render_template("directory/desk/entries.html", page=page, waiting=waiting)


@blueprint.get("/wegweiser/eintraege/neu")
def ask_entry() -> ResponseReturnValue:
    return show_form("directory/desk/edit.html", _form(), entry=None)


@blueprint.post("/wegweiser/eintraege/neu")
@commits
def begin_entry() -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit():
        with form.accepting():
            entry = entries.begin_entry(form.values(), current_actor())
            flash(_("Der Entwurf ist angelegt. Noch ist er nicht öffentlich."), "success")
            return redirect(url_for(".show_desk", entry_id=entry.id))
    return show_form("directory/desk/edit.html", form, entry=None)


@blueprint.get("/wegweiser/eintraege/<entry_id>")
def show_desk(entry_id: str) -> ResponseReturnValue:
    actor = current_actor()
    entry = entries.own_entry(entry_id, actor)
    return render_template(
        "directory/desk/desk.html",
        entry=entry,
        way=entries.way_to_public(entry, actor),
        steps=entries.steps_of(entry, actor),
        objections=entries.objections_to(entry),
        stale=freshness.is_stale(entry),
        form=EntryStepForm(version=entry.version),
    )


@blueprint.get("/wegweiser/eintraege/<entry_id>/angaben")
def ask_changes(entry_id: str) -> ResponseReturnValue:
    entry = entries.own_entry(entry_id, current_actor())
    return show_form("directory/desk/edit.html", _form(obj=entry), entry=entry)


@blueprint.post("/wegweiser/eintraege/<entry_id>/angaben")
@commits
def edit_entry(entry_id: str) -> ResponseReturnValue:
    form, actor = _form(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            entries.edit_entry(entry_id, form.values(), form.submitted_version, actor)
            return _saved(entry_id)
    return show_form("directory/desk/edit.html", form, entry=entries.own_entry(entry_id, actor))


@blueprint.get("/wegweiser/eintraege/<entry_id>/raeume")
def ask_rooms(entry_id: str) -> ResponseReturnValue:
    entry = entries.own_entry(entry_id, current_actor())
    return show_form("directory/desk/rooms.html", RoomsForm(obj=entry), entry=entry)


@blueprint.post("/wegweiser/eintraege/<entry_id>/raeume")
@commits
def edit_rooms(entry_id: str) -> ResponseReturnValue:
    form, actor = RoomsForm(), current_actor()
    if form.validate_on_submit():
        stored = entries.own_entry(entry_id, actor)
        with form.accepting(stored=lambda: RoomsForm(formdata=None, obj=stored)):
            entries.describe_rooms(entry_id, form.fact_values(), form.submitted_version, actor)
            return _saved(entry_id)
    return show_form("directory/desk/rooms.html", form, entry=entries.own_entry(entry_id, actor))


@blueprint.post("/wegweiser/eintraege/<entry_id>/stand/<move>")
@commits
def move_entry(entry_id: str, move: str) -> ResponseReturnValue:
    """Public, back to a draft, looked at by the office, or confirmed."""
    here = url_for(".show_desk", entry_id=entry_id)
    with refusal_returns_to(here):
        step = entries.move_entry(entry_id, move, current_actor())
        if entries.own_entry(entry_id, current_actor()).state == "waiting":
            flash(_("Die Wohnberatung sieht sich den Eintrag an und schaltet ihn dann frei."), "success")
        else:
            flash(str(step.done), "success")
    return redirect(here)


@blueprint.get("/wegweiser/bestaetigen/<token>")
def ask_confirmation(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    entry = freshness.entry_by_link(token)
    return render_template("directory/desk/confirm.html", entry=entry, token=token)


@blueprint.post("/wegweiser/bestaetigen/<token>")
@limits.limited("secret_link")
@commits
def confirm_by_link(token: str) -> ResponseReturnValue:
    entry = freshness.confirm_by_link(token)
    flash(_("Danke. Der Eintrag ist bestätigt."), "success")
    return redirect(url_for(".show_entry", entry_id=entry.id))


def _form(**filled: Any) -> EntryForm:
    if not current_actor().is_staff:
        return EntryForm(**filled)
    form = OfficeEntryForm(**filled)
    form.organisation_id.choices = [("", _("die Wohnberatung")), *organisations_of(current_actor())]
    return form


def _saved(entry_id: str) -> ResponseReturnValue:
    flash(_("Gespeichert."), "success")
    if entries.own_entry(entry_id, current_actor()).state == "waiting":
        flash(_("Die Wohnberatung liest den Eintrag jetzt. Bis dahin sehen andere ihn nicht."), "info")
    return redirect(url_for(".show_desk", entry_id=entry_id))
