"""Shared living for everybody: projects present themselves, with dates and downloads."""

from urllib.parse import urlsplit

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.core.links import public_link
from wohnberatung.core.pagination import page_number
from wohnberatung.projects import services
from wohnberatung.projects.views import blueprint
from wohnberatung.web.actors import current_actor


@blueprint.get("/wohnprojekte")
def list_projects() -> ResponseReturnValue:
    text = request.args.get("suche", "")[:100]
    page = services.projects_for_list(current_actor(), text, page_number(request.args.get("seite")))
    return render_template("projects/projects.html", page=page, text=text)


@blueprint.get("/wohnprojekte/termine")
def list_dates() -> ResponseReturnValue:
    return render_template("projects/dates.html", dates=services.dates_for_everybody())


@blueprint.get("/wohnprojekte/termine.ics")
def common_calendar() -> ResponseReturnValue:
    return _calendar(services.common_calendar(_host()), "wohnprojekte.ics")


@blueprint.get("/wohnprojekte/<project_id>")
def show_project(project_id: str) -> ResponseReturnValue:
    sheet = services.project_sheet(project_id, current_actor())
    address = public_link("projects.show_project", project_id=project_id)
    return render_template("projects/project.html", sheet=sheet, address=address)


@blueprint.get("/wohnprojekte/<project_id>/termine.ics")
def project_calendar(project_id: str) -> ResponseReturnValue:
    return _calendar(services.project_calendar(project_id, current_actor(), _host()), "termine.ics")


@blueprint.get("/wohnprojekte/<project_id>/dateien/<file_id>")
def fetch_file(project_id: str, file_id: str) -> ResponseReturnValue:
    """To be saved, never opened as a page of ours."""
    stored = services.fetch_file(project_id, file_id, current_actor())
    response = Response(stored.content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{_file_name(stored.title)}.pdf")
    return response


def _calendar(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="text/calendar")
    response.headers.set("Content-Disposition", "inline", filename=name)
    response.add_etag()
    return response.make_conditional(request)


def _host() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def _file_name(title: str) -> str:
    kept = "".join(letter if letter.isalnum() else "-" for letter in title)
    return kept.strip("-") or "datei"
