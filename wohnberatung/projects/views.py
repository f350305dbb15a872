"""Shared living for everybody: projects present themselves; contact goes through the office."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.core.links import public_link
from wohnberatung.core.pagination import page_number
from wohnberatung.projects import services
from wohnberatung.web.actors import current_actor

blueprint = Blueprint("projects", __name__)


@blueprint.get("/wohnprojekte")
def list_projects() -> ResponseReturnValue:
    text = request.args.get("suche", "")[:100]
    page = services.projects_for_list(current_actor(), text, page_number(request.args.get("seite")))
    return render_template("projects/projects.html", page=page, text=text)


@blueprint.get("/wohnprojekte/<project_id>")
def show_project(project_id: str) -> ResponseReturnValue:
    sheet = services.project_sheet(project_id, current_actor())
    address = public_link("projects.show_project", project_id=project_id)
    return render_template("projects/project.html", sheet=sheet, address=address)
