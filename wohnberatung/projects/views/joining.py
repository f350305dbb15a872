"""The public form of people who would like to join a group."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.holding import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.projects import services
from wohnberatung.projects.forms import JoinForm
from wohnberatung.projects.views import blueprint
from wohnberatung.web import spam
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form


@blueprint.get("/wohnprojekte/<project_id>/mitmachen")
def ask_to_join(project_id: str) -> ResponseReturnValue:
    return _show(project_id, JoinForm())


@blueprint.post("/wohnprojekte/<project_id>/mitmachen")
@csrf.exempt
def send_joining(project_id: str) -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form = JoinForm()
    held_for = spam.reason_to_hold(form, "join", text=form.text.data or "") if form.validate() else None
    return _store(project_id, held_for)


@commits
def _store(project_id: str, held_for: HoldReason | None) -> ResponseReturnValue:
    form = JoinForm()
    if not form.validate():
        return _show(project_id, form)
    _enquiry, token = services.ask_to_join(
        project_id,
        form.content(),
        consent=form.given_consent(),
        release_contact=bool(form.release.data),
        language=current_language().code,
        held_for=held_for,
        actor=current_actor(),
    )
    flash(_("Ihre Nachricht ist angekommen."), "success")
    return redirect(url_for(".show_mine", token=token))


def _show(project_id: str, form: JoinForm) -> ResponseReturnValue:
    project = services.get_project(project_id, current_actor())
    return show_form("projects/join.html", form, project=project)
