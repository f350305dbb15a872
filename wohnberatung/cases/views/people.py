"""Who belongs to a case, and what is stored about them: told to them, or erased."""

from typing import Any

from flask import Response, flash, json, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases.forms.cases import EraseCaseForm, ExportForm, PersonForm
from wohnberatung.cases.services import people
from wohnberatung.cases.services.content import content_of, person_content
from wohnberatung.cases.services.personal_data import erase_case, stored_about_case
from wohnberatung.cases.views import blueprint, opened
from wohnberatung.core.transactions import commits, transaction
from wohnberatung.privacy import audit
from wohnberatung.privacy.services import CASE, record_export
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import audited, current_actor


@blueprint.get("/faelle/<case_id>/personen/neu")
def begin_person(case_id: str) -> ResponseReturnValue:
    return show_form("cases/person.html", PersonForm(), case=opened(case_id), person=None)


@blueprint.post("/faelle/<case_id>/personen/neu")
@commits
def add_person(case_id: str) -> ResponseReturnValue:
    return _save(opened(case_id), None)


@blueprint.get("/faelle/<case_id>/personen/<person_id>")
@audited("read")
def edit_person(case_id: str, person_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    person = people.load_person(case, person_id)
    return show_form("cases/person.html", _stored(person), case=case, person=person)


@blueprint.post("/faelle/<case_id>/personen/<person_id>")
@commits
def change_person(case_id: str, person_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    return _save(case, people.load_person(case, person_id))


@blueprint.post("/faelle/<case_id>/personen/<person_id>/entfernen")
@commits
def remove_person(case_id: str, person_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    people.remove_person(case, people.load_person(case, person_id), current_actor())
    flash(_("Die Person gehört nicht mehr zum Fall."), "success")
    return redirect(url_for(".show_case", case_id=case_id))


def _stored(person: Any) -> PersonForm:
    told = {"version": person.version, "role": person.role, "consent": person.consent}
    return PersonForm(formdata=None, **person_content(person), **told)


def _save(case: Any, person: Any) -> ResponseReturnValue:
    form = PersonForm()
    if form.validate_on_submit():
        with form.accepting(stored=lambda: _stored(person)):
            people.save_person(
                case,
                form.content(),
                role=form.role.data,
                consent=form.consent.data,
                actor=current_actor(),
                person=person,
                version=form.submitted_version,
            )
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_case", case_id=case.id))
    return show_form("cases/person.html", form, case=case, person=person)


@blueprint.get("/faelle/<case_id>/daten")
def show_personal(case_id: str) -> ResponseReturnValue:
    return _show(case_id, EraseCaseForm(formdata=None))


@blueprint.post("/faelle/<case_id>/daten/auskunft")
def export_case(case_id: str) -> ResponseReturnValue:
    """Not under ``@commits``, as that keeps the answer: this one is a file with everything in it."""
    if not ExportForm().validate_on_submit():
        return _show(case_id, EraseCaseForm(formdata=None))
    actor = current_actor()
    with transaction():
        case = opened(case_id)
        told = json.dumps(stored_about_case(case, actor), ensure_ascii=False, indent=2)
        record_export(CASE, f"cases|{case_id}", actor)
        name = f"auskunft-{case.number}.json"
    return Response(
        told, mimetype="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@blueprint.post("/faelle/<case_id>/daten/loeschen")
@commits
def erase(case_id: str) -> ResponseReturnValue:
    form = EraseCaseForm()
    if form.validate_on_submit():
        case = opened(case_id)
        with form.accepting():
            erase_case(case)
            audit.record("erase", f"cases|{case_id}", current_actor())
            flash(_("Der Fall ist gelöscht. Niemand kann die Angaben mehr lesen."), "success")
            return redirect(url_for(".list_cases"))
    return _show(case_id, form)


def _show(case_id: str, form: EraseCaseForm) -> ResponseReturnValue:
    case = opened(case_id)
    return show_form(
        "cases/personal.html", form, case=case, content=content_of(case), exporting=ExportForm(formdata=None)
    )
