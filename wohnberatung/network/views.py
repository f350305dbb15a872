"""Houses and plots with the groups they suit, what groups need, and asking the office to be introduced."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.requirement_fields import form_data
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.network.forms import AskForm, DecisionForm, SearchForm, SiteForm
from wohnberatung.network.services import introductions, searches, sites
from wohnberatung.network.steps import APPROVE, DECLINE, INTRODUCE, INTRODUCTION_STEPS, SHOW, SITE_STEPS, WITHDRAW
from wohnberatung.projects.services.projects import own_project
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("network", __name__)

LONGEST_WORDS = 100

# The pages hang themselves on the blueprint above.


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


DECISIONS = {INTRODUCE: True, DECLINE: False}


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
            flash(str(INTRODUCTION_STEPS[INTRODUCE if introduce else DECLINE].done), "success")
            return redirect(url_for(".show_introduction", introduction_id=introduction_id))
    return _show(introductions.introduction_sheet(introduction_id, actor), form)


def _ask(site_id: str, project_id: str, form: AskForm) -> ResponseReturnValue:
    site, project = introductions.pair(site_id, project_id, current_actor())
    return show_form("network/ask.html", form, site=site, project=project)


def _show(sheet: Any, form: DecisionForm) -> ResponseReturnValue:
    return show_form("network/introduction.html", form, sheet=sheet)
