"""Who belongs to a case."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases import services
from wohnberatung.cases.forms.cases import PersonForm
from wohnberatung.cases.services.content import person_content
from wohnberatung.cases.views import blueprint, opened
from wohnberatung.core.transactions import commits
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.noting import noted


@blueprint.get("/faelle/<case_id>/personen/neu")
def begin_person(case_id: str) -> ResponseReturnValue:
    return show_form("cases/person.html", PersonForm(), case=opened(case_id), person=None)


@blueprint.post("/faelle/<case_id>/personen/neu")
@commits
def add_person(case_id: str) -> ResponseReturnValue:
    return _save(opened(case_id), None)


@blueprint.get("/faelle/<case_id>/personen/<person_id>")
@noted("read")
def edit_person(case_id: str, person_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    person = services.load_person(case, person_id)
    form = PersonForm(**person_content(person), version=person.version, role=person.role, consent=person.consent)
    return show_form("cases/person.html", form, case=case, person=person)


@blueprint.post("/faelle/<case_id>/personen/<person_id>")
@commits
def change_person(case_id: str, person_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    return _save(case, services.load_person(case, person_id))


@blueprint.post("/faelle/<case_id>/personen/<person_id>/entfernen")
@commits
def remove_person(case_id: str, person_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    services.remove_person(case, services.load_person(case, person_id), current_actor())
    flash(_("Die Person gehört nicht mehr zum Fall."), "success")
    return redirect(url_for(".show_case", case_id=case_id))


def _save(case: Any, person: Any) -> ResponseReturnValue:
    form = PersonForm()
    if form.validate_on_submit():
        with form.accepting():
            services.save_person(
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
