"""A group publishes the minutes of its meetings, and takes them away again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.initiatives.forms import DeletionForm, MinutesForm
from wohnberatung.initiatives.services import initiatives, minutes
from wohnberatung.initiatives.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.pdf_forms import looked_through
from wohnberatung.web.visitors import current_actor


@blueprint.get("/meine-initiativen/<initiative>/protokolle/neu")
def ask_minutes(initiative: str) -> ResponseReturnValue:
    return _show(initiative, MinutesForm())


@blueprint.post("/meine-initiativen/<initiative>/protokolle/neu")
def add_minutes(initiative: str) -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: looking through a file must not hold the database's write lock."""
    form = MinutesForm()
    initiatives.own_initiative(initiative, current_actor())
    has_file = bool(form.file.data and form.file.data.filename)
    content = looked_through(form) if has_file else (b"" if form.validate_on_submit() else None)
    return _show(initiative, form) if content is None else _keep(initiative, form, content)


@commits
def _keep(initiative: str, form: MinutesForm, content: bytes) -> ResponseReturnValue:
    with form.accepting():
        said = form.held_on.data, form.title.data or "", form.text.data or ""
        minutes.add_minutes(initiative, *said, content or None, current_actor())
        flash(_("Das Protokoll ist veröffentlicht."), "success")
        return redirect(url_for(".show_desk", initiative=initiative))
    return _show(initiative, form)


@blueprint.get("/meine-initiativen/<initiative>/protokolle/<minutes_id>/loeschen")
def ask_deletion(initiative: str, minutes_id: str) -> ResponseReturnValue:
    stored = initiatives.own_initiative(initiative, current_actor())
    found = minutes.shown_minutes(initiative, minutes_id, current_actor())
    return render_template(
        "initiatives/desk/delete_minutes.html", initiative=stored, minutes=found, form=DeletionForm()
    )


@blueprint.post("/meine-initiativen/<initiative>/protokolle/<minutes_id>/loeschen")
@commits
def delete_minutes(initiative: str, minutes_id: str) -> ResponseReturnValue:
    minutes.delete_minutes(initiative, minutes_id, current_actor())
    flash(_("Das Protokoll ist gelöscht."), "success")
    return redirect(url_for(".show_desk", initiative=initiative))


def _show(initiative: str, form: MinutesForm) -> ResponseReturnValue:
    stored = initiatives.own_initiative(initiative, current_actor())
    return show_form("initiatives/desk/minutes.html", form, initiative=stored)
