"""Lists of entries that the office takes in: sent, shown as they would change the directory, taken over."""

from pathlib import PureWindowsPath

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.core.transactions import commits
from wohnberatung.directory.forms import EntryStepForm, ListForm
from wohnberatung.directory.services import lists
from wohnberatung.directory.steps import DISCARD_LIST, LIST_STEPS
from wohnberatung.directory.views import blueprint
from wohnberatung.intake.services.plain_lists import PlainList
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/wegweiser/listen")
def ask_list() -> ResponseReturnValue:
    return _show(ListForm(formdata=None))


@blueprint.post("/wegweiser/listen")
def send_list() -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: reading the file must not hold the database's write lock."""
    form, read = ListForm(), None
    if form.validate_on_submit():
        with form.accepting():
            read = lists.read_file(_file_name(form), form.file.data.stream)
    return _store(form, read) if read else _show(form)


@commits
def _store(form: ListForm, read: PlainList) -> ResponseReturnValue:
    with form.accepting():
        row = lists.stage_list(_file_name(form), read, current_actor())
        return redirect(url_for(".show_list", list_id=row.id))
    return _show(form)


@blueprint.get("/wegweiser/listen/<list_id>")
def show_list(list_id: str) -> ResponseReturnValue:
    row = lists.load_list(list_id, current_actor())
    outcomes = lists.preview_of(row)
    form = EntryStepForm(version=row.version)
    return render_template("directory/desk/list.html", row=row, outcomes=outcomes, form=form)


@blueprint.post("/wegweiser/listen/<list_id>/uebernehmen")
@commits
def apply_list(list_id: str) -> ResponseReturnValue:
    row = lists.apply_list(list_id, EntryStepForm().submitted_version, current_actor())
    flash(ngettext("%(num)s Eintrag übernommen.", "%(num)s Einträge übernommen.", row.taken), "success")
    return redirect(url_for(".list_own"))


@blueprint.post("/wegweiser/listen/<list_id>/verwerfen")
@commits
def discard_list(list_id: str) -> ResponseReturnValue:
    lists.discard_list(list_id, EntryStepForm().submitted_version, current_actor())
    flash(str(LIST_STEPS[DISCARD_LIST].done), "success")
    return redirect(url_for(".list_own"))


def _show(form: ListForm) -> ResponseReturnValue:
    return show_form("directory/desk/lists.html", form, waiting=lists.waiting_lists(current_actor()))


def _file_name(form: ListForm) -> str:
    """The name alone, whatever path a browser sends with it."""
    return PureWindowsPath(form.file.data.filename or "").name[:200] or _("Datei")
