"""Contact persons for everybody, a question to one of them, and the pages on which the administration keeps them."""

from typing import Any, cast

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.advice import receipts
from wohnberatung.bridge.neighbourhood_places import place_at
from wohnberatung.contacts.forms import ContactPersonForm, ContactQuestionForm
from wohnberatung.contacts.services import persons, questions
from wohnberatung.contacts.services.persons import ContactValues, contacts_near
from wohnberatung.contacts.services.questions import put_to
from wohnberatung.contacts.topics import answer_due
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("contacts", __name__)
blueprint.add_app_template_global(contacts_near)
blueprint.add_app_template_global(put_to, "contact_question")


@blueprint.get("/ansprechpersonen")
def list_persons() -> ResponseReturnValue:
    return render_template("contacts/persons.html", contacts=persons.all_contacts())


@blueprint.get("/ansprechpersonen/<contact_id>/frage")
def ask_person(contact_id: str) -> ResponseReturnValue:
    return _show(contact_id, ContactQuestionForm())


@blueprint.post("/ansprechpersonen/<contact_id>/frage")
@csrf.exempt
def send_question(contact_id: str) -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form = ContactQuestionForm()
    held_for = spam.reason_to_hold(form, "question", text=form.longest_text) if form.validate() else None
    return _store(contact_id, held_for)


@commits
def _store(contact_id: str, held_for: HoldReason | None) -> ResponseReturnValue:
    form = ContactQuestionForm()
    if not form.validate():
        return _show(contact_id, form)
    enquiry, token = questions.put_question(
        persons.load_contact(contact_id),
        form.content(),
        topic=form.topic.data,
        place=place_at(request.args.get("stadtteil", "")),
        consent=form.given_consent(),
        language=current_language().code,
        held_for=held_for,
    )
    receipts.remember("question", enquiry.receipt_number, token, reachable=form.is_reachable)
    return redirect(url_for("advice.show_receipt"))


@blueprint.get("/verwaltung/ansprechpersonen")
def list_kept() -> ResponseReturnValue:
    return render_template(
        "contacts/office/persons.html", contacts=persons.contacts_for_administration(current_actor())
    )


@blueprint.get("/verwaltung/ansprechpersonen/neu")
def ask_new() -> ResponseReturnValue:
    return show_form("contacts/office/edit.html", _form(), contact=None)


@blueprint.post("/verwaltung/ansprechpersonen/neu")
@commits
def add_person() -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit():
        with form.accepting():
            persons.add_contact(cast(ContactValues, form.values()), current_actor())
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".list_kept"))
    return show_form("contacts/office/edit.html", form, contact=None)


@blueprint.get("/verwaltung/ansprechpersonen/<contact_id>")
def ask_changes(contact_id: str) -> ResponseReturnValue:
    contact = persons.kept_contact(contact_id, current_actor())
    return show_form("contacts/office/edit.html", _form(obj=contact), contact=contact)


@blueprint.post("/verwaltung/ansprechpersonen/<contact_id>")
@commits
def edit_person(contact_id: str) -> ResponseReturnValue:
    form, actor = _form(), current_actor()
    stored = persons.kept_contact(contact_id, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: _form(formdata=None, obj=stored)):
            values = cast(ContactValues, form.values())
            persons.edit_contact(contact_id, values, form.submitted_version, actor)
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".list_kept"))
    return show_form("contacts/office/edit.html", form, contact=stored)


def _form(**filled: Any) -> ContactPersonForm:
    form = ContactPersonForm(**filled)
    form.user_id.choices = persons.people_to_choose()
    return form


def _show(contact_id: str, form: ContactQuestionForm) -> ResponseReturnValue:
    place = place_at(request.args.get("stadtteil", ""))
    shown, due = persons.load_contact(contact_id), answer_due(clock.today())
    return show_form("contacts/question.html", form, shown=shown, place=place, due=due)
