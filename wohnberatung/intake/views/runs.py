"""Sending a file, and what becomes of it."""

from pathlib import PureWindowsPath
from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.errors import DomainError
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.intake import services
from wohnberatung.intake.forms import UploadForm
from wohnberatung.intake.uploads import Upload, open_upload
from wohnberatung.intake.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form

# A worker has these in hand; the page looks again by itself, so many seconds later.
IN_HAND = ("reading", "applying", "undoing")
LOOK_AGAIN = 3


@blueprint.get("/einlesen")
def list_runs() -> ResponseReturnValue:
    return _show_list(UploadForm(services.organisations_of(current_actor()), formdata=None))


@blueprint.post("/einlesen")
def send_file() -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: looking into the file must not hold the database's write lock."""
    form, upload = UploadForm(services.organisations_of(current_actor())), None
    if form.validate_on_submit():
        try:
            upload = open_upload(file_name(form.file.data.filename), form.file.data.stream)
        except DomainError as error:
            form.file.errors = [error.message]
        form.file.data.stream.seek(0)
    response: ResponseReturnValue = _store(upload, form) if upload else _show_list(form)
    return response


@commits
def _store(upload: Upload, form: UploadForm) -> ResponseReturnValue:
    sender = services.Sender.person(current_actor(), form.organisation.data)
    run = services.send(upload, sender, full=form.full.data and upload.format != "openimmo")
    return redirect(url_for(".show_run", run_id=run.id))


@blueprint.get("/einlesen/<run_id>")
def show_run(run_id: str) -> ResponseReturnValue:
    run = services.get_run(run_id, current_actor())
    job = services.job_of(run)
    waits = run.state in IN_HAND and not (job and job.state == "failed")
    view = request.args.get("zeigen", "alle")
    page = services.shown_objects(run, view, page_number(request.args.get("seite")))
    response = make_response(
        render_template(
            "intake/run.html",
            run=run,
            job=job,
            waits=waits,
            by_itself=waits and "ruhig" not in request.args,
            counts=services.counts_of(run),
            view=view if view in services.VIEWS else "alle",
            page=page,
            objects=services.shown(page.items),
            sent_by=services.sent_by(run),
            changes=services.changes_anything(run),
            may_be_undone=services.may_be_undone(run),
        )
    )
    if waits and "ruhig" not in request.args:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


def file_name(sent: str | None) -> str:
    """The name alone, whatever path a browser sends with it."""
    return PureWindowsPath(sent or "").name[:200] or _("Datei")


def _show_list(form: UploadForm) -> Any:
    actor = current_actor()
    page = services.list_runs(actor, page_number(request.args.get("seite")))
    return show_form(
        "intake/runs.html", form, page=page, formats=services.FORMATS, waiting=services.waiting_runs(actor)
    )
