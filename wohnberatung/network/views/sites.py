"""Houses and plots with the groups they suit, and what groups need."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.requirement_fields import form_data
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.network.forms import SearchForm, SiteForm
from wohnberatung.network.services import searches, sites
from wohnberatung.network.steps import APPROVE, SHOW, SITE_STEPS, WITHDRAW
from wohnberatung.network.views import blueprint
from wohnberatung.projects.services.projects import own_project
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

LONGEST_WORDS = 100


@blueprint.get("/haeuser")
def list_sites() -> ResponseReturnValue:
    return render_template("network/sites.html", sites=sites.sites_for(current_actor()))


@blueprint.get("/haeuser/neu")
def ask_site() -> ResponseReturnValue:
    return show_form("network/site_form.html", SiteForm(), site=None)


@blueprint.post("/haeuser/neu")
@commits
def add_site() -> ResponseReturnValue:
    form = SiteForm()
    if form.validate_on_submit():
        with form.accepting():
            site = sites.enter_site(_texts(form), form.fact_values(), current_actor())
            flash(_("Der Entwurf ist gespeichert. Noch sieht ihn nur die Wohnberatung."), "success")
            return redirect(url_for(".show_site", site_id=site.id))
    return show_form("network/site_form.html", form, site=None)


@blueprint.get("/haeuser/<site_id>")
def show_site(site_id: str) -> ResponseReturnValue:
    actor = current_actor()
    site = sites.own_site(site_id, actor)
    return render_template(
        "network/site.html",
        site=site,
        groups=sites.facts_of_site(site),
        objections=sites.objections_to_site(site),
        steps=sites.steps_of(site, actor),
        suiting=searches.projects_for_site(site_id, actor, *_asked()),
        form=Form(),
    )


@blueprint.get("/haeuser/<site_id>/angaben")
def ask_changes(site_id: str) -> ResponseReturnValue:
    site = sites.own_site(site_id, current_actor())
    return show_form("network/site_form.html", SiteForm(obj=site), site=site)


@blueprint.post("/haeuser/<site_id>/angaben")
@commits
def edit_site(site_id: str) -> ResponseReturnValue:
    form, actor = SiteForm(), current_actor()
    site = sites.own_site(site_id, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: SiteForm(formdata=None, obj=sites.own_site(site_id, actor))):
            site = sites.edit_site(site_id, _texts(form), form.fact_values(), form.submitted_version, actor)
            flash(_("Gespeichert."), "success")
            if site.status == "review" and not actor.is_staff:
                flash(_("Die Wohnberatung liest die Angaben jetzt. Bis dahin sehen Gruppen das Haus nicht."), "info")
            return redirect(url_for(".show_site", site_id=site_id))
    return show_form("network/site_form.html", form, site=site)


@blueprint.post("/haeuser/<site_id>/stand/<move>")
@commits
def move_site(site_id: str, move: str) -> ResponseReturnValue:
    """Shown to groups, or no longer."""
    actor, here = current_actor(), url_for(".show_site", site_id=site_id)
    with refusal_returns_to(here):
        if move in (SHOW, APPROVE):
            site = sites.publish_site(site_id, actor)
            shown = _("Gruppen, die so etwas suchen, sehen das Haus jetzt.")
            waits = _("Die Wohnberatung sieht sich das Angebot an und schaltet es dann frei.")
            flash(shown if site.status == "published" else waits, "success")
        elif move == WITHDRAW:
            sites.withdraw_site(site_id, actor)
            flash(str(SITE_STEPS[WITHDRAW].done), "success")
        else:
            abort(404)
    return redirect(here)


def _asked() -> tuple[str, int]:
    """The words that are looked for in a list, and the page of it."""
    return request.args.get("suche", "").strip()[:LONGEST_WORDS], page_number(request.args.get("seite"))


def _texts(form: Any) -> dict[str, str]:
    return {name: form[name].data or "" for name in ("title", "description", "address")}


@blueprint.get("/projekte/<project_id>/haeuser")
def show_search(project_id: str) -> ResponseReturnValue:
    actor = current_actor()
    project = own_project(project_id, actor)
    search = searches.search_of(project)
    suiting = searches.sites_for_project(project_id, actor, *_asked())
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
        with form.accepting(stored=lambda: SearchForm(formdata=None, data=_stored(searches.search_of(project)))):
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
