"""Tasks of matches: on the page of the match, by the person's link, on the desk of those who offer."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.forms import MatchStepForm
from wohnberatung.brokerage.services import matches, shown_tasks, tasks
from wohnberatung.brokerage.task_forms import TaskForm
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

blueprint.add_app_template_global(shown_tasks.tasks_for_office, "tasks_for_office")
blueprint.add_app_template_global(shown_tasks.tasks_for_seeker, "tasks_for_seeker")


@blueprint.app_template_global("tasks_for_provider")
def tasks_for_provider() -> Any:
    """For the desk, which lies in an area that knows nothing of matches."""
    return shown_tasks.tasks_for_provider(current_actor())


@blueprint.get("/vorschlaege/<match_id>/aufgaben/neu")
def ask_task(match_id: str) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    return _show(sheet, TaskForm(version=sheet.match.version))


@blueprint.post("/vorschlaege/<match_id>/aufgaben/neu")
@commits
def give_task(match_id: str) -> ResponseReturnValue:
    form, actor = TaskForm(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            tasks.give_task(match_id, **form.task(), version=form.submitted_version, actor=actor)
            flash(_("Die Aufgabe ist vergeben."), "success")
            return redirect(url_for(".show_match", match_id=match_id, _anchor="aufgaben"))
    return _show(matches.match_sheet(match_id, actor), form)


@blueprint.post("/vorschlaege/aufgaben/<task_id>/<key>")
@commits
def move_task(task_id: str, key: str) -> ResponseReturnValue:
    form = MatchStepForm()
    with refusal_returns_to(url_for(".list_matches")):
        task = tasks.move_task(task_id, key, current_actor(), version=form.submitted_version)
    flash(_("Erledigt."), "success")
    return redirect(url_for(".show_match", match_id=task.match_id, _anchor="aufgaben"))


@blueprint.post("/vorschlag/<token>/<match_id>/aufgaben/<task_id>/<key>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def move_my_task(token: str, match_id: str, task_id: str, key: str) -> ResponseReturnValue:
    form, back = MatchStepForm(), url_for(".show_proposal", token=token, match_id=match_id)
    with refusal_returns_to(back):
        tasks.move_task_by_link(token, match_id, task_id, key, version=form.submitted_version)
    flash(_("Danke. Das ist notiert."), "success")
    return redirect(back)


@blueprint.get("/anbieten/aufgaben")
def list_provider_tasks() -> ResponseReturnValue:
    return render_template("brokerage/provider_tasks.html", tasks=shown_tasks.tasks_for_provider(current_actor()))


@blueprint.post("/anbieten/aufgaben/<task_id>/<key>")
@commits
def move_provider_task(task_id: str, key: str) -> ResponseReturnValue:
    form, back = MatchStepForm(), url_for(".list_provider_tasks")
    with refusal_returns_to(back):
        tasks.move_task_of_provider(task_id, key, current_actor(), version=form.submitted_version)
    flash(_("Danke. Das ist notiert."), "success")
    return redirect(back)


def _show(sheet: matches.MatchSheet, form: TaskForm) -> ResponseReturnValue:
    back, names = url_for(".show_match", match_id=sheet.match.id), ("kind", "owner", "due_on", "note")
    title = _("Aufgabe vergeben")
    return show_form("brokerage/match_form.html", form, sheet=sheet, title=title, names=names, back=back)
