"""Shared living for everybody: projects present themselves and are asked by people who would like to join."""

from urllib.parse import urlsplit

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import public_link
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.projects.forms import JoinForm
from wohnberatung.projects.services import joining, leaflets, meetings, presentation, projects
from wohnberatung.projects.views import blueprint
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/wohnprojekte")
def list_projects() -> ResponseReturnValue:
    text = request.args.get("suche", "")[:100]
    page = presentation.projects_for_list(current_actor(), text, page_number(request.args.get("seite")))
    return render_template("projects/projects.html", page=page, text=text)


@blueprint.get("/wohnprojekte/termine")
def list_dates() -> ResponseReturnValue:
    return render_template("projects/dates.html", dates=meetings.dates_for_everybody())


@blueprint.get("/wohnprojekte/termine.ics")
def common_calendar() -> ResponseReturnValue:
    return _calendar(meetings.common_calendar(_host()), "wohnprojekte.ics")


@blueprint.get("/wohnprojekte/<project_id>")
def show_project(project_id: str) -> ResponseReturnValue:
    sheet = presentation.project_sheet(project_id, current_actor())
    address = public_link("projects.show_project", project_id=project_id)
    return render_template("projects/project.html", sheet=sheet, address=address)


@blueprint.get("/wohnprojekte/<project_id>/termine.ics")
def project_calendar(project_id: str) -> ResponseReturnValue:
    return _calendar(meetings.project_calendar(project_id, current_actor(), _host()), "termine.ics")


@blueprint.get("/wohnprojekte/<project_id>/dateien/<file_id>")
def fetch_file(project_id: str, file_id: str) -> ResponseReturnValue:
    """To be saved, never opened as a page of ours."""
    stored = leaflets.fetch_file(project_id, file_id, current_actor())
    response = Response(stored.content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{_file_name(stored.title)}.pdf")
    return response


def _calendar(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="text/calendar")
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.add_etag()
    response.make_conditional(request)
    return response


def _host() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def _file_name(title: str) -> str:
    kept = "".join(letter if letter.isalnum() else "-" for letter in title)
    return kept.strip("-") or "datei"


@blueprint.get("/wohnprojekte/<project_id>/mitmachen")
def ask_to_join(project_id: str) -> ResponseReturnValue:
    return _show(project_id, JoinForm())


@blueprint.post("/wohnprojekte/<project_id>/mitmachen")
@csrf.exempt
def send_joining(project_id: str) -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form = JoinForm()
    held_for = spam.reason_to_hold(form, "join", text=form.text.data or "") if form.validate() else None
    return _store(project_id, held_for)


@commits
def _store(project_id: str, held_for: HoldReason | None) -> ResponseReturnValue:
    form = JoinForm()
    if not form.validate():
        return _show(project_id, form)
    _enquiry, token = joining.ask_to_join(
        project_id,
        form.content(),
        consent=form.given_consent(),
        release_contact=bool(form.release.data),
        language=current_language().code,
        held_for=held_for,
        actor=current_actor(),
    )
    flash(_("Ihre Nachricht ist angekommen."), "success")
    return redirect(url_for(".show_my_enquiry", token=token))


def _show(project_id: str, form: JoinForm) -> ResponseReturnValue:
    project = projects.get_project(project_id, current_actor())
    return show_form("projects/join.html", form, project=project)
