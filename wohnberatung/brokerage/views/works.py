"""What came out of checking works: noted by the office, read by each side as far as it is about them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.services import agreed_works
from wohnberatung.brokerage.services.results import result_of
from wohnberatung.brokerage.task_forms import WorksResultForm
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

blueprint.add_app_template_global(result_of, "kept_result")


@blueprint.get("/vorschlaege/aufgaben/<task_id>/ergebnis")
def ask_works_result(task_id: str) -> ResponseReturnValue:
    works = agreed_works.works_sheet(task_id, current_actor())
    return _show(works, WorksResultForm(data=works.stored))


@blueprint.post("/vorschlaege/aufgaben/<task_id>/ergebnis")
@commits
def keep_works_result(task_id: str) -> ResponseReturnValue:
    form, actor = WorksResultForm(), current_actor()
    works = agreed_works.works_sheet(task_id, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: WorksResultForm(formdata=None, data=works.stored)):
            said = form.amounts(), form.consent.data
            agreed_works.keep_result(task_id, *said, actor, version=form.submitted_version)
            flash(_("Das Ergebnis ist festgehalten."), "success")
            return redirect(url_for(".show_match", match_id=works.task.match_id, _anchor="aufgaben"))
    return _show(works, form)


def _show(works: agreed_works.WorksSheet, form: WorksResultForm) -> ResponseReturnValue:
    return show_form(
        "brokerage/works_result.html",
        form,
        sheet=works.sheet,
        title=_("Ergebnis zum Umbau"),
        submit=_("Ergebnis festhalten"),
        names=("consent", "provider_eur", "seeker_eur", "funding_eur"),
        back=url_for(".show_match", match_id=works.task.match_id, _anchor="aufgaben"),
    )
