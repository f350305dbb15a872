"""Cases: the list, one with its timeline, opening, changing, closing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases.forms.cases import CaseForm, LinkForm, NoteForm, closing_form
from wohnberatung.cases.services import (
    cases,
    closing,
    code_tables,
    content,
    follow_ups,
    people,
    requests,
    rights,
    timeline,
)
from wohnberatung.cases.views import blueprint, opened
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import audited, current_actor

STATES = {"offen": "open", "abgeschlossen": "closed"}


@blueprint.get("/faelle")
def list_cases() -> ResponseReturnValue:
    word, everybody = request.args.get("stand", "offen"), request.args.get("wer") == "alle"
    page = cases.list_cases(
        current_actor(),
        only_own=not everybody,
        state=STATES.get(word, "open"),
        number=page_number(request.args.get("seite")),
    )
    rows = [(case, content.content_of(case)["name"]) for case in page.items]
    return render_template("cases/cases.html", page=page, rows=rows, word=word, everybody=everybody)


@blueprint.get("/faelle/neu")
def begin_case() -> ResponseReturnValue:
    """`name` and `telefon` come along from a search that found nobody."""
    form = _case_form(name=request.args.get("name"), phone=request.args.get("telefon"))
    return show_form("cases/new.html", form)


@blueprint.post("/faelle/neu")
@commits
def open_case() -> ResponseReturnValue:
    form = _case_form()
    if form.validate_on_submit():
        with form.accepting():
            case = cases.open_case(
                content=form.content(),
                actor=current_actor(),
                kind=form.kind.data,
                origin=form.origin.data,
                consent=form.consent.data,
                organisation_id=form.organisation.data or None,
            )
            flash(_("Der Fall %(number)s ist angelegt.", number=case.number), "success")
            return redirect(url_for(".show_case", case_id=case.id))
    return show_form("cases/new.html", form)


@blueprint.post("/faelle/aus-gesuch/<request_id>")
@commits
def open_case_from_request(request_id: str) -> ResponseReturnValue:
    case = requests.open_case_from_request(request_id, current_actor())
    return redirect(url_for(".show_case", case_id=case.id))


@blueprint.get("/faelle/<case_id>")
@audited("read")
def show_case(case_id: str) -> ResponseReturnValue:
    return _show(opened(case_id), LinkForm())


@blueprint.post("/faelle/<case_id>/gesuche")
@commits
def link_request(case_id: str) -> ResponseReturnValue:
    case, form = opened(case_id), LinkForm()
    if form.validate_on_submit():
        with form.accepting():
            requests.link_request(case, form.receipt_number.data, current_actor())
            flash(_("Das Gesuch gehört jetzt zum Fall."), "success")
            return redirect(url_for(".show_case", case_id=case_id))
    return _show(case, form)


@blueprint.post("/faelle/<case_id>/gesuche/<request_id>/loesen")
@commits
def unlink_request(case_id: str, request_id: str) -> ResponseReturnValue:
    requests.unlink_request(opened(case_id), request_id, current_actor())
    flash(_("Das Gesuch gehört nicht mehr zum Fall."), "success")
    return redirect(url_for(".show_case", case_id=case_id))


@blueprint.get("/faelle/<case_id>/aendern")
@audited("read")
def edit_case(case_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    form = _case_form(
        **content.content_of(case),
        version=case.version,
        kind=case.kind,
        consent=case.consent,
        organisation=case.organisation_id or "",
    )
    return show_form("cases/edit.html", form, case=case)


@blueprint.post("/faelle/<case_id>/aendern")
@commits
def change_case(case_id: str) -> ResponseReturnValue:
    case, form = opened(case_id), _case_form()
    del form.origin
    if form.validate_on_submit():
        cases.change_case(
            case,
            form.content(),
            version=form.submitted_version,
            kind=form.kind.data,
            consent=form.consent.data,
            organisation_id=form.organisation.data or None,
            actor=current_actor(),
        )
        requests.write_in_noted_language(case, current_actor())
        flash(_("Gespeichert."), "success")
        return redirect(url_for(".show_case", case_id=case_id))
    return show_form("cases/edit.html", form, case=case)


@blueprint.get("/faelle/<case_id>/abschliessen")
def ask_closing(case_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    found = closing.open_in(case, current_actor()) if case.is_open else []
    form = _closing_form(case, found)(version=case.version)
    return show_form("cases/close.html", form, case=case, step=cases.next_step(case), found=found)


@blueprint.post("/faelle/<case_id>/abschliessen")
@commits
def close_case(case_id: str) -> ResponseReturnValue:
    """Closes an open case and opens a closed one again."""
    case, actor = opened(case_id), current_actor()
    step, found = cases.next_step(case), closing.open_in(case, actor) if case.is_open else []
    form = _closing_form(case, found)()
    if form.validate_on_submit():
        given = {"version": form.submitted_version, "actor": actor, "note": form.note.data or ""}
        with form.accepting():
            if case.is_open:
                answers = {kind.field: form[kind.field].data for kind, _things in found}
                closing.close_case(case, outcome=form.outcome.data, answers=answers, **given)
            else:
                cases.take_case_step(case, step.key, **given)
            flash(str(step.done), "success")
            return redirect(url_for(".show_case", case_id=case_id))
    return show_form("cases/close.html", form, case=case, step=step, found=found)


def _closing_form(case: Any, found: closing.Found) -> Any:
    if not case.is_open:
        return NoteForm
    kinds = [(kind.field, kind.label, kind.ended, kind.kept) for kind, _things in found]
    return closing_form(code_tables.choices("result"), kinds)


def _case_form(**values: Any) -> CaseForm:
    form = CaseForm(**{name: value for name, value in values.items() if value is not None})
    form.organisation.choices = [("", _("keine")), *people.organisation_choices()]
    return form


def _show(case: Any, form: LinkForm) -> ResponseReturnValue:
    actor = current_actor()
    return show_form(
        "cases/case.html",
        form,
        case=case,
        content=content.content_of(case),
        people=people.people_of(case),
        requests=requests.requests_of(case, actor),
        reads=requests.language_read(case, actor).name,
        entries=timeline.timeline(case, actor),
        consents=timeline.CONSENTS,
        roles=timeline.ROLES,
        follow_ups=follow_ups.follow_ups_of(case),
        own=rights.is_own(case, actor),
        step=cases.next_step(case),
        outcome=code_tables.labels()["result"].get(case.outcome or ""),
    )
