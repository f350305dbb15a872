"""What a group needs of a house, the sites that suit, and asking the office to be introduced."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.requirement_fields import form_data
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.network.forms import AskForm, DecisionForm, SearchForm
from wohnberatung.network.services import introductions, searches
from wohnberatung.network.views import blueprint
from wohnberatung.projects.services.projects import own_project
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/projekte/<project_id>/haeuser")
def show_search(project_id: str) -> ResponseReturnValue:
    actor = current_actor()
    project = own_project(project_id, actor)
    search = searches.search_of(project)
    suiting = searches.sites_for_project(project_id, actor)
    return render_template("network/search.html", project=project, search=search, suiting=suiting)


@blueprint.get("/projekte/<project_id>/haussuche")
def ask_search(project_id: str) -> ResponseReturnValue:
    project = own_project(project_id, current_actor())
    search = searches.search_of(project)
    form = SearchForm(data=_stored(search) if search else None)
    return show_form("network/search_form.html", form, project=project)


@blueprint.post("/projekte/<project_id>/haussuche")
@commits
def save_search(project_id: str) -> ResponseReturnValue:
    form, actor = SearchForm(), current_actor()
    project = own_project(project_id, actor)
    search = searches.search_of(project)
    if form.validate_on_submit():
        with form.accepting():
            searches.save_search(
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


DECISIONS = {"bekannt-machen": True, "ablehnen": False}


@blueprint.get("/vermittlungen")
def list_introductions() -> ResponseReturnValue:
    page = introductions.introductions_for_list(current_actor(), page_number(request.args.get("seite")))
    return render_template("network/introductions.html", page=page)


@blueprint.get("/vermittlungen/neu/<site_id>/<project_id>")
def ask_introduction(site_id: str, project_id: str) -> ResponseReturnValue:
    return _ask(site_id, project_id, AskForm())


@blueprint.post("/vermittlungen/neu/<site_id>/<project_id>")
@commits
def send_introduction(site_id: str, project_id: str) -> ResponseReturnValue:
    form = AskForm()
    if form.validate_on_submit():
        row = introductions.ask_introduction(site_id, project_id, form.message.data or "", current_actor())
        flash(_("Die Wohnberatung prüft, ob sie Sie bekannt machen kann, und meldet sich."), "success")
        return redirect(url_for(".show_introduction", introduction_id=row.id))
    return _ask(site_id, project_id, form)


@blueprint.get("/vermittlungen/<introduction_id>")
def show_introduction(introduction_id: str) -> ResponseReturnValue:
    sheet = introductions.introduction_sheet(introduction_id, current_actor())
    return _show(sheet, DecisionForm(version=sheet.introduction.version))


@blueprint.post("/vermittlungen/<introduction_id>")
@commits
def decide(introduction_id: str) -> ResponseReturnValue:
    form, actor = DecisionForm(), current_actor()
    introduce = DECISIONS.get(request.form.get("entscheidung", ""))
    if form.validate_on_submit() and introduce is not None:
        with form.accepting():
            introductions.decide(
                introduction_id,
                introduce=introduce,
                note=form.note.data or "",
                version=form.submitted_version,
                actor=actor,
            )
            flash(_("Beide Seiten sind benachrichtigt.") if introduce else _("Die Bitte ist abgelehnt."), "success")
            return redirect(url_for(".show_introduction", introduction_id=introduction_id))
    return _show(introductions.introduction_sheet(introduction_id, actor), form)


def _ask(site_id: str, project_id: str, form: AskForm) -> ResponseReturnValue:
    site, project = introductions.pair(site_id, project_id, current_actor())
    return show_form("network/ask.html", form, site=site, project=project)


def _show(sheet: Any, form: DecisionForm) -> ResponseReturnValue:
    return show_form("network/introduction.html", form, sheet=sheet)
