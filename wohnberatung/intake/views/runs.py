"""Sending a file, what becomes of it, what a person decides about it, and files to take away."""

from pathlib import PureWindowsPath
from typing import Any

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits, transaction
from wohnberatung.intake.forms import ColumnsForm, RemovalsForm, UploadForm
from wohnberatung.intake.recognise import Delivery
from wohnberatung.intake.services import columns, decisions, enclosures, exports, queries, uploads
from wohnberatung.intake.steps import APPLY, ASSIGN, DECIDE_DOUBLE, DISCARD, IMPORT_STEPS
from wohnberatung.intake.views import blueprint
from wohnberatung.privacy.services import STOCK, record_export
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

# A worker has these in hand; the page looks again by itself, so many seconds later.
IN_HAND = ("reading", "applying", "undoing")
LOOK_AGAIN = 3


@blueprint.get("/einlesen")
def list_runs() -> ResponseReturnValue:
    return _show_list(UploadForm(queries.organisations_of(current_actor()), formdata=None))


@blueprint.post("/einlesen")
def send_file() -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: looking into the file must not hold the database's write lock."""
    form, delivery = UploadForm(queries.organisations_of(current_actor())), None
    if form.validate_on_submit():
        with form.accepting():
            delivery = enclosures.receive(file_name(form.file.data.filename), form.file.data.stream)
        form.file.data.stream.seek(0)
    return _store(delivery, form) if delivery else _show_list(form)


@commits
def _store(delivery: Delivery, form: UploadForm) -> ResponseReturnValue:
    sender = uploads.Sender.person(current_actor(), form.organisation.data)
    run = uploads.send(delivery, sender, full=form.full.data and delivery.format != "openimmo")
    return redirect(url_for(".show_run", run_id=run.id))


@blueprint.get("/einlesen/<run_id>")
def show_run(run_id: str) -> ResponseReturnValue:
    run = uploads.get_run(run_id, current_actor())
    job = queries.job_of(run)
    waits = run.state in IN_HAND and not (job and job.state == "failed")
    view = request.args.get("zeigen", "alle")
    page = queries.shown_objects(run, view, page_number(request.args.get("seite")))
    response = make_response(
        render_template(
            "intake/run.html",
            run=run,
            job=job,
            waits=waits,
            by_itself=waits and "ruhig" not in request.args,
            counts=queries.counts_of(run),
            view=view if view in queries.VIEWS else "alle",
            page=page,
            objects=queries.shown(page.items),
            sent_by=queries.sent_by(run),
            changes=decisions.changes_anything(run),
            stays=decisions.why_not_undone(run),
            steps={step.key: step for step in decisions.steps_of(run, current_actor())},
        )
    )
    if waits and "ruhig" not in request.args:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


@blueprint.get("/einlesen/<run_id>/spalten")
def ask_columns(run_id: str) -> ResponseReturnValue:
    run = uploads.get_run(run_id, current_actor())
    if not columns.may_assign(run, current_actor()):
        return redirect(url_for(".show_run", run_id=run_id))
    return _show_columns(run, ColumnsForm.over(columns.columns_of_run(run), formdata=None))


@blueprint.post("/einlesen/<run_id>/spalten")
@commits
def assign_columns(run_id: str) -> ResponseReturnValue:
    run = uploads.get_run(run_id, current_actor())
    known = columns.columns_of_run(run)
    form = ColumnsForm.over(known)
    if form.validate_on_submit():
        with form.accepting():
            words = {column.heading: field.data for column, field in form.fields_of(known)}
            columns.assign_columns(run_id, current_actor(), words)
            flash(str(IMPORT_STEPS[ASSIGN].done), "success")
            return redirect(url_for(".show_run", run_id=run_id))
    return _show_columns(run, form)


def _show_columns(run: Any, form: ColumnsForm) -> Response:
    fields = form.fields_of(columns.columns_of_run(run))
    strange = [field for column, field in fields if not column.is_known]
    known = [field for column, field in fields if column.is_known]
    return show_form("intake/columns.html", form, run=run, strange=strange, known=known)


@blueprint.get("/einlesen/<run_id>/uebernehmen")
def ask_removals(run_id: str) -> ResponseReturnValue:
    run = uploads.get_run(run_id, current_actor())
    return show_form("intake/removals.html", RemovalsForm(formdata=None), run=run)


@blueprint.post("/einlesen/<run_id>/uebernehmen")
@commits
def apply_run(run_id: str) -> ResponseReturnValue:
    """Where many offers would end, a page of its own asks first."""
    actor, form = current_actor(), RemovalsForm()
    run = uploads.get_run(run_id, actor)
    asked = bool(run.too_many_removals) and not run.allows_removals
    if asked and "sure" not in request.form and "asked" not in request.form:
        return redirect(url_for(".ask_removals", run_id=run.id))
    if asked and not form.validate_on_submit():
        return show_form("intake/removals.html", form, run=run)
    run = decisions.apply_run(run_id, actor, allow_removals=asked)
    if run.state == "review":
        flash(str(IMPORT_STEPS[APPLY].done), "success")
    return redirect(url_for(".show_run", run_id=run.id))


@blueprint.post("/einlesen/<run_id>/verwerfen")
@commits
def discard_run(run_id: str) -> ResponseReturnValue:
    run = decisions.discard_run(run_id, current_actor())
    kept = _("Die Lieferung ist verworfen. Was sie schon zurückgenommen hat, bleibt zurückgenommen.")
    flash(kept if decisions.has_taken_effect(run) else str(IMPORT_STEPS[DISCARD].done), "success")
    return redirect(url_for(".list_runs"))


@blueprint.get("/einlesen/<run_id>/zuruecknehmen")
def ask_undo(run_id: str) -> ResponseReturnValue:
    run = uploads.get_run(run_id, current_actor())
    return render_template(
        "intake/undo.html", run=run, counts=queries.counts_of(run), stays=decisions.why_not_undone(run)
    )


@blueprint.post("/einlesen/<run_id>/zuruecknehmen")
@commits
def undo_run(run_id: str) -> ResponseReturnValue:
    run = decisions.undo_run(run_id, current_actor())
    if run.state == "undone":
        flash(decisions.why_not_undone(run), "info")
    return redirect(url_for(".show_run", run_id=run_id))


@blueprint.post("/einlesen/<run_id>/doppelt/<int:number>")
@commits
def decide_double(run_id: str, number: int) -> ResponseReturnValue:
    decisions.decide_double(run_id, current_actor(), number, request.form.get("wohnung", "")[:26])
    flash(str(IMPORT_STEPS[DECIDE_DOUBLE].done), "success")
    return redirect(url_for(".show_run", run_id=run_id, zeigen="doppelt"))


def file_name(sent: str | None) -> str:
    """The name alone, whatever path a browser sends with it."""
    return PureWindowsPath(sent or "").name[:200] or _("Datei")


def _show_list(form: UploadForm) -> Response:
    actor = current_actor()
    page = queries.list_runs(actor, page_number(request.args.get("seite")))
    return show_form("intake/runs.html", form, page=page, formats=exports.FORMATS, waiting=queries.waiting_runs(actor))


TYPES = {
    "openimmo": ("application/xml", "xml"),
    "csv": ("text/csv; charset=utf-8", "csv"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}


@blueprint.get("/einlesen/ausgabe/<form>")
def export_stock(form: str) -> ResponseReturnValue:
    """The office may narrow it to one organisation."""
    if form not in exports.FORMATS:
        abort(404)
    actor = current_actor()
    chosen = request.args.get("organisation") or (actor.acts_for.organisation_id if actor.acts_for else None)
    with transaction():
        record_export(STOCK, f"organisations|{chosen or 'all'}", actor)
    return _file(exports.stock_file(form, actor, chosen), form, "bestand")


@blueprint.get("/einlesen/vorlage/<form>")
def show_template(form: str) -> ResponseReturnValue:
    if form not in exports.TABLES:
        abort(404)
    return _file(exports.template_file(form), form, "vorlage")


@blueprint.get("/einlesen/<run_id>/fehler/<form>")
def show_report(run_id: str, form: str) -> ResponseReturnValue:
    if form not in exports.TABLES:
        abort(404)
    run = uploads.get_run(run_id, current_actor())
    return _file(exports.report_file(form, run), form, "fehler")


def _file(content: bytes, form: str, name: str) -> Response:
    media_type, ending = TYPES[form]
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today():%Y-%m-%d}.{ending}"'
    return response
