"""Documents that a task asks of somebody: brought by secret link or at the desk of those who offer."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.services import brought_papers
from wohnberatung.brokerage.services.brought_papers import AskedPaper
from wohnberatung.brokerage.task_forms import BringPaperForm
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.pictures.received import ReceivedFile
from wohnberatung.pictures.received_forms import received
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

Door = Callable[[], AskedPaper]


@blueprint.get("/vorschlag/<token>/<match_id>/aufgaben/<task_id>/unterlagen")
def ask_my_paper(token: str, match_id: str, task_id: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    asked = brought_papers.asked_by_link(token, match_id, task_id)
    return _show(asked, BringPaperForm(formdata=None), _proposal(token, match_id))


@blueprint.post("/vorschlag/<token>/<match_id>/aufgaben/<task_id>/unterlagen")
@csrf.exempt
@limits.limited("secret_link")
def bring_my_paper(token: str, match_id: str, task_id: str) -> ResponseReturnValue:
    return _bring(lambda: brought_papers.asked_by_link(token, match_id, task_id), _proposal(token, match_id))


@blueprint.get("/anbieten/aufgaben/<task_id>/unterlagen")
def ask_provider_paper(task_id: str) -> ResponseReturnValue:
    asked = brought_papers.asked_at_desk(task_id, current_actor())
    return _show(asked, BringPaperForm(formdata=None), url_for(".list_provider_tasks"))


@blueprint.post("/anbieten/aufgaben/<task_id>/unterlagen")
def bring_provider_paper(task_id: str) -> ResponseReturnValue:
    return _bring(lambda: brought_papers.asked_at_desk(task_id, current_actor()), url_for(".list_provider_tasks"))


def _bring(door: Door, back: str) -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: looking through a file must not hold the database's write lock."""
    asked, form = door(), BringPaperForm()
    files = received(form, "file", most=1, needed=True)
    return _keep(door, form, files[0], back) if files else _show(asked, form, back)


@commits
def _keep(door: Door, form: BringPaperForm, file: ReceivedFile, back: str) -> ResponseReturnValue:
    asked = door()
    with form.accepting():
        brought_papers.bring(asked, file, form.title.data or "")
        flash(_("Danke. Die Datei ist da. Wir sehen sie uns an."), "success")
        return redirect(back)
    return _show(asked, form, back)


def _proposal(token: str, match_id: str) -> str:
    return url_for(".show_proposal", token=token, match_id=match_id, _anchor="aufgaben")


def _show(asked: AskedPaper, form: BringPaperForm, back: str) -> ResponseReturnValue:
    return show_form("brokerage/bring_paper.html", form, asked=asked, back=back)
