"""Asking to be introduced, and the office's decision."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.network import services
from wohnberatung.network.forms import AskForm, DecisionForm
from wohnberatung.network.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form

DECISIONS = {"bekannt-machen": True, "ablehnen": False}


@blueprint.get("/vermittlungen")
def list_introductions() -> ResponseReturnValue:
    page = services.introductions_for_list(current_actor(), page_number(request.args.get("seite")))
    return render_template("network/introductions.html", page=page)


@blueprint.get("/vermittlungen/neu/<site_id>/<project_id>")
def ask_introduction(site_id: str, project_id: str) -> ResponseReturnValue:
    return _ask(site_id, project_id, AskForm())


@blueprint.post("/vermittlungen/neu/<site_id>/<project_id>")
@commits
def send_introduction(site_id: str, project_id: str) -> ResponseReturnValue:
    form = AskForm()
    if form.validate_on_submit():
        row = services.ask_introduction(site_id, project_id, form.message.data or "", current_actor())
        flash(_("Die Wohnberatung prüft, ob sie Sie bekannt machen kann, und meldet sich."), "success")
        return redirect(url_for(".show_introduction", introduction_id=row.id))
    return _ask(site_id, project_id, form)


@blueprint.get("/vermittlungen/<introduction_id>")
def show_introduction(introduction_id: str) -> ResponseReturnValue:
    sheet = services.introduction_sheet(introduction_id, current_actor())
    return _show(sheet, DecisionForm(version=sheet.introduction.version))


@blueprint.post("/vermittlungen/<introduction_id>")
@commits
def decide(introduction_id: str) -> ResponseReturnValue:
    form, actor = DecisionForm(), current_actor()
    introduce = DECISIONS.get(request.form.get("entscheidung", ""))
    if form.validate_on_submit() and introduce is not None:
        with form.accepting():
            services.decide(
                introduction_id,
                introduce=introduce,
                note=form.note.data or "",
                version=form.submitted_version,
                actor=actor,
            )
            flash(_("Beide Seiten sind benachrichtigt.") if introduce else _("Die Bitte ist abgelehnt."), "success")
            return redirect(url_for(".show_introduction", introduction_id=introduction_id))
    return _show(services.introduction_sheet(introduction_id, actor), form)


def _ask(site_id: str, project_id: str, form: AskForm) -> ResponseReturnValue:
    site, project = services.pair(site_id, project_id, current_actor())
    return show_form("network/ask.html", form, site=site, project=project)


def _show(sheet: Any, form: DecisionForm) -> ResponseReturnValue:
    return show_form("network/introduction.html", form, sheet=sheet)
