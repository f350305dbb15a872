"""What a group needs of a house, and the sites that suit."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.requirement_fields import form_data
from wohnberatung.core.transactions import commits
from wohnberatung.network import services
from wohnberatung.network.forms import SearchForm
from wohnberatung.network.views import blueprint
from wohnberatung.projects.services import own_project
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form


@blueprint.get("/projekte/<project_id>/haeuser")
def show_search(project_id: str) -> ResponseReturnValue:
    actor = current_actor()
    project = own_project(project_id, actor)
    search = services.search_of(project)
    suiting = services.sites_for_project(project_id, actor)
    return render_template("network/search.html", project=project, search=search, suiting=suiting)


@blueprint.get("/projekte/<project_id>/haussuche")
def ask_search(project_id: str) -> ResponseReturnValue:
    project = own_project(project_id, current_actor())
    search = services.search_of(project)
    form = SearchForm(data=_stored(search) if search else None)
    return show_form("network/search_form.html", form, project=project)


@blueprint.post("/projekte/<project_id>/haussuche")
@commits
def save_search(project_id: str) -> ResponseReturnValue:
    form, actor = SearchForm(), current_actor()
    project = own_project(project_id, actor)
    search = services.search_of(project)
    if form.validate_on_submit():
        with form.accepting():
            services.save_search(
                project_id,
                form.requirements(search.requirements if search else ()),
                form.text.data or "",
                active=bool(form.active.data),
                version=form.submitted_version,
                actor=actor,
            )
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_search", project_id=project_id))
    return show_form("network/search_form.html", form, project=project)


def _stored(search: Any) -> dict[str, Any]:
    texts = {"text": search.text, "active": search.active, "version": search.version}
    return form_data(search.requirements, SearchForm.criteria) | texts
