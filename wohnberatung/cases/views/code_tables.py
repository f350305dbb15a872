"""Code tables, for administrators."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases.forms.consultations import CodeTableForm, NewCodeForm
from wohnberatung.cases.services import code_tables
from wohnberatung.cases.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/verwaltung/listen")
def list_code_tables() -> ResponseReturnValue:
    return render_template("cases/codes/tables.html", tables=code_tables.TABLES)


@blueprint.get("/verwaltung/listen/<table>")
def show_codes(table: str) -> ResponseReturnValue:
    return _show(table, NewCodeForm())


@blueprint.post("/verwaltung/listen/<table>")
@commits
def add_code(table: str) -> ResponseReturnValue:
    code_tables.entries(table)
    form = NewCodeForm()
    if form.validate_on_submit():
        with form.accepting():
            code_tables.add_entry(table, form.label.data, current_actor())
            flash(_("Der Eintrag wird ab jetzt angeboten."), "success")
            return redirect(url_for(".show_codes", table=table))
    return _show(table, form)


@blueprint.get("/verwaltung/listen/eintrag/<entry_id>")
def edit_code(entry_id: str) -> ResponseReturnValue:
    entry = code_tables.load_entry(entry_id)
    return show_form(
        "cases/codes/entry.html", CodeTableForm(obj=entry), entry=entry, table=code_tables.TABLES[entry.table]
    )


@blueprint.post("/verwaltung/listen/eintrag/<entry_id>")
@commits
def change_code(entry_id: str) -> ResponseReturnValue:
    entry, form = code_tables.load_entry(entry_id), CodeTableForm()
    if form.validate_on_submit():
        with form.accepting(stored=lambda: CodeTableForm(formdata=None, obj=entry)):
            code_tables.change_entry(
                entry_id,
                label=form.label.data,
                position=form.position.data or entry.position,
                active=form.active.data,
                version=form.submitted_version,
                actor=current_actor(),
            )
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_codes", table=entry.table))
    return show_form("cases/codes/entry.html", form, entry=entry, table=code_tables.TABLES[entry.table])


def _show(table: str, form: NewCodeForm) -> ResponseReturnValue:
    entries = code_tables.entries(table)
    return show_form("cases/codes/table.html", form, entries=entries, table=table, title=code_tables.TABLES[table])
