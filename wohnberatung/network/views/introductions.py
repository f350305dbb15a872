"""Introductions as they begin: asked for by a side, brought forward by the office; the list, and the office's steps."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.network.forms import AskForm, BringForwardForm, DecisionForm, FoundersForm
from wohnberatung.network.services import introductions, sides, suggestions
from wohnberatung.network.services.sheets import title_of
from wohnberatung.network.steps import INTRODUCTION_STEPS
from wohnberatung.network.views import blueprint
from wohnberatung.network.views.talk import show
from wohnberatung.projects.services.projects import own_project
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

blueprint.add_app_template_global(title_of, "introduction_title")


@blueprint.get("/vermittlungen")
def list_introductions() -> ResponseReturnValue:
    page = introductions.introductions_for_list(current_actor(), page_number(request.args.get("seite")))
    return render_template("network/introductions.html", page=page)


@blueprint.get("/vermittlungen/neu/<site_id>/<project_id>")
def ask_introduction(site_id: str, project_id: str) -> ResponseReturnValue:
    return _ask_pair(site_id, project_id, _asking())


@blueprint.post("/vermittlungen/neu/<site_id>/<project_id>")
@commits
def send_introduction(site_id: str, project_id: str) -> ResponseReturnValue:
    form, actor = _asking(), current_actor()
    answer = _send(
        form, lambda message, reasons: introductions.ask_introduction(site_id, project_id, message, actor, reasons)
    )
    return answer or _ask_pair(site_id, project_id, form)


@blueprint.get("/projekte/<project_id>/gruppen")
def list_alike(project_id: str) -> ResponseReturnValue:
    """Other initiatives whose words are alike."""
    actor = current_actor()
    project = own_project(project_id, actor)
    return render_template("network/alike.html", project=project, found=suggestions.alike_projects(project_id, actor))


@blueprint.get("/vermittlungen/gruppen/<project_id>/<other_id>")
def ask_initiatives(project_id: str, other_id: str) -> ResponseReturnValue:
    return _ask_initiatives(project_id, other_id, _asking())


@blueprint.post("/vermittlungen/gruppen/<project_id>/<other_id>")
@commits
def send_initiatives(project_id: str, other_id: str) -> ResponseReturnValue:
    form, actor = _asking(), current_actor()
    answer = _send(
        form,
        lambda message, reasons: introductions.introduce_initiatives(project_id, other_id, message, actor, reasons),
    )
    return answer or _ask_initiatives(project_id, other_id, form)


@blueprint.get("/vermittlungen/gruendung")
def choose_founders() -> ResponseReturnValue:
    return _choose_founders(_founders_form())


@blueprint.post("/vermittlungen/gruendung")
@commits
def ask_founders() -> ResponseReturnValue:
    form, actor = _founders_form(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            chosen = suggestions.founders(form.who.data or (), actor)
            row = introductions.introduce_founders(chosen, form.reasons.data or "", actor)
            flash(_("Alle sind gefragt. Wer zugestimmt hat, steht auf dieser Seite."), "success")
            return redirect(url_for(".show_introduction", introduction_id=row.id))
    return _choose_founders(form)


@blueprint.post("/vermittlungen/<introduction_id>")
@commits
def decide(introduction_id: str) -> ResponseReturnValue:
    """The office's own steps."""
    form, actor = DecisionForm(), current_actor()
    here = sides.at_desk(introduction_id, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: DecisionForm(formdata=None, version=here.introduction.version)):
            key = request.form.get("entscheidung", "")
            introductions.decide(
                introduction_id,
                key,
                note=form.note.data or "",
                reasons=form.reasons.data,
                version=form.submitted_version,
                actor=actor,
            )
            flash(str(INTRODUCTION_STEPS[key].done), "success")
            return redirect(url_for(".show_introduction", introduction_id=introduction_id))
    return show(here, deciding=form)


def _asking() -> AskForm | BringForwardForm:
    """The office asks the sides itself, everybody else asks the office."""
    return BringForwardForm() if current_actor().is_staff else AskForm()


def _send(form: Any, begin: Callable[[str, str], Any]) -> ResponseReturnValue | None:
    """None where the form is to be shown again."""
    if not form.validate_on_submit():
        return None
    with form.accepting():
        if isinstance(form, BringForwardForm):
            row = begin("", form.reasons.data or "")
            flash(_("Beide Seiten sind gefragt. Wer zugestimmt hat, steht auf dieser Seite."), "success")
        else:
            row = begin(form.message.data or "", "")
            flash(_("Die Wohnberatung prüft, ob sie Sie bekannt machen kann, und meldet sich."), "success")
        return redirect(url_for(".show_introduction", introduction_id=row.id))
    return None


def _ask_pair(site_id: str, project_id: str, form: Any) -> ResponseReturnValue:
    site, project = introductions.pair(site_id, project_id, current_actor())
    return show_form("network/ask.html", form, one=site.title, other=project.name)


def _ask_initiatives(project_id: str, other_id: str, form: Any) -> ResponseReturnValue:
    own, other = introductions.two_initiatives(project_id, other_id, current_actor())
    return show_form("network/ask.html", form, one=own.name, other=other.name)


def _founders_form() -> FoundersForm:
    """Around one person, who is chosen already, those who suit best; else all, of whom one is to be chosen first."""
    around = request.args.get("um")
    form = FoundersForm(data={"who": [around] if around else []})
    found = suggestions.possible_founders(current_actor(), around)
    shown = found[: suggestions.MOST_ALIKE] if around else found
    form.who.choices = [(each.request.id, f"{each.request.receipt_number}: {each.words}") for each in shown]
    return form


def _choose_founders(form: FoundersForm) -> ResponseReturnValue:
    around = request.args.get("um")
    found = suggestions.possible_founders(current_actor(), around)
    return show_form("network/founders.html", form, found=found, around=around)
