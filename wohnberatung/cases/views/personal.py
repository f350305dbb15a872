"""What is stored about the people of a case: told to them, or erased."""

from flask import Response, flash, json, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases.forms.handover import EraseForm, ExportForm
from wohnberatung.cases.services import content_of
from wohnberatung.cases.services.personal import erase_case, stored_about_case
from wohnberatung.cases.views import blueprint, opened
from wohnberatung.core.transactions import commits, transaction
from wohnberatung.privacy import audit
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form


@blueprint.get("/faelle/<case_id>/daten")
def show_personal(case_id: str) -> ResponseReturnValue:
    return _show(case_id, EraseForm(formdata=None))


@blueprint.post("/faelle/<case_id>/daten/auskunft")
def export_case(case_id: str) -> ResponseReturnValue:
    """Not under ``@commits``, as that keeps the answer: this one is a file with everything in it."""
    if not ExportForm().validate_on_submit():
        return _show(case_id, EraseForm(formdata=None))
    actor = current_actor()
    with transaction():
        case = opened(case_id)
        told = json.dumps(stored_about_case(case, actor), ensure_ascii=False, indent=2)
        audit.record("export", f"cases|{case_id}", actor)
        name = f"auskunft-{case.number}.json"
    return Response(
        told, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@blueprint.post("/faelle/<case_id>/daten/loeschen")
@commits
def erase(case_id: str) -> ResponseReturnValue:
    form = EraseForm()
    if form.validate_on_submit():
        case = opened(case_id)
        with form.accepting():
            erase_case(case)
            audit.record("erase", f"cases|{case_id}", current_actor())
            flash(_("Der Fall ist gelöscht. Niemand kann die Angaben mehr lesen."), "success")
            return redirect(url_for(".list_cases"))
    return _show(case_id, form)


def _show(case_id: str, form: EraseForm) -> ResponseReturnValue:
    case = opened(case_id)
    return show_form(
        "cases/personal.html", form, case=case, content=content_of(case), exporting=ExportForm(formdata=None)
    )
