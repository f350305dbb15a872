"""Opening a case of others, giving cases away, standing in, blocking."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wohnberatung.cases.forms.cases import (
    AbsenceForm,
    BlockForm,
    ReasonForm,
    StandInForm,
    TransferAllForm,
    TransferForm,
)
from wohnberatung.cases.services import cases, handover, rights
from wohnberatung.cases.views import blueprint, opened
from wohnberatung.core.actors import ADMIN
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor, safe_path


@blueprint.get("/faelle/<case_id>/oeffnen")
def ask_reason(case_id: str) -> ResponseReturnValue:
    case = cases.load_known(case_id, current_actor())
    if rights.may_open(case, current_actor()):
        return redirect(url_for(".show_case", case_id=case_id))
    return show_form("cases/reason.html", ReasonForm(), case=case)


@blueprint.post("/faelle/<case_id>/oeffnen")
@commits
def break_glass(case_id: str) -> ResponseReturnValue:
    case, form = cases.load_known(case_id, current_actor()), ReasonForm()
    if not form.validate_on_submit():
        return show_form("cases/reason.html", form, case=case)
    handover.break_glass(case, form.reason.data, current_actor())
    onward = safe_path(request.args.get("weiter"))
    return redirect(onward or url_for(".show_case", case_id=case_id))


@blueprint.post("/faelle/geoeffnet/<access_id>")
@commits
def take_notice(access_id: str) -> ResponseReturnValue:
    handover.take_notice(access_id, current_actor())
    return redirect(safe_path(request.form.get("weiter")) or url_for(".list_cases"))


@blueprint.post("/faelle/<case_id>/uebernommen")
@commits
def take_over(case_id: str) -> ResponseReturnValue:
    handover.take_over(opened(case_id), current_actor())
    return redirect(safe_path(request.form.get("weiter")) or url_for(".show_case", case_id=case_id))


@blueprint.get("/faelle/<case_id>/uebergabe")
def show_handover(case_id: str) -> ResponseReturnValue:
    return _show(opened(case_id))


@blueprint.post("/faelle/<case_id>/uebergabe")
@commits
def transfer_case(case_id: str) -> ResponseReturnValue:
    case = opened(case_id)
    form = _transfer_form(case)
    if form.validate_on_submit():
        with form.accepting():
            handover.transfer_case(
                case, form.to.data, version=form.submitted_version, actor=current_actor(), note=form.note.data or ""
            )
            flash(_("Der Fall ist übergeben."), "success")
            return redirect(url_for(".list_cases"))
    return _show(case, transfer=form)


@blueprint.post("/faelle/<case_id>/vertretung")
@commits
def set_stand_in(case_id: str) -> ResponseReturnValue:
    case, form = opened(case_id), _stand_in_form()
    if form.validate_on_submit():
        with form.accepting():
            handover.set_stand_in(
                case, form.stand_in.data or None, version=form.submitted_version, actor=current_actor()
            )
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_case", case_id=case_id))
    return _show(case, stand_in=form)


@blueprint.post("/faelle/<case_id>/sperre")
@commits
def set_blocked(case_id: str) -> ResponseReturnValue:
    case, form = opened(case_id), BlockForm()
    if not form.validate_on_submit():
        return _show(case, block=form)
    step = handover.set_blocked(case, not case.blocked, version=form.submitted_version, actor=current_actor())
    flash(str(step.done), "success")
    return redirect(url_for(".show_case", case_id=case_id))


@blueprint.get("/vertretung")
def list_absences() -> ResponseReturnValue:
    return _show_absences()


@blueprint.post("/vertretung")
@commits
def plan_absence() -> ResponseReturnValue:
    form, actor = _absence_form(), current_actor()
    if form.validate_on_submit():
        with form.accepting():
            handover.plan_absence(
                user_id=form.user.data,
                stand_in_id=form.stand_in.data,
                first_day=form.first_day.data,
                last_day=form.last_day.data,
                actor=actor,
            )
            flash(_("Die Vertretung ist eingetragen."), "success")
            return redirect(url_for(".list_absences"))
    return _show_absences(form)


@blueprint.post("/vertretung/<absence_id>/beenden")
@commits
def end_absence(absence_id: str) -> ResponseReturnValue:
    handover.end_absence(absence_id, current_actor())
    flash(_("Die Vertretung ist aufgehoben."), "success")
    return redirect(url_for(".list_absences"))


@blueprint.post("/vertretung/alle-faelle")
@commits
def transfer_all() -> ResponseReturnValue:
    form = _transfer_all_form()
    if form.validate_on_submit():
        with form.accepting():
            count = handover.transfer_all(
                form.person.data, form.to.data, actor=current_actor(), note=form.note.data or ""
            )
            flash(ngettext("%(num)s Fall ist übergeben.", "%(num)s Fälle sind übergeben.", count), "success")
            return redirect(url_for(".list_absences"))
    return _show_absences(everything=form)


def _people() -> list[tuple[str, str]]:
    return [(user.id, user.name) for user in handover.advisors()]


def _transfer_form(case: Any, **values: Any) -> TransferForm:
    form = TransferForm(**values)
    form.to.choices = [person for person in _people() if person[0] != case.responsible_id]
    return form


def _stand_in_form(**values: Any) -> StandInForm:
    form = StandInForm(**values)
    form.stand_in.choices = [("", _("niemand")), *_people()]
    return form


def _absence_form(**values: Any) -> AbsenceForm:
    form, actor = AbsenceForm(**values), current_actor()
    everybody = _people()
    mine = [person for person in everybody if person[0] == actor.user_id]
    form.user.choices = everybody if actor.has_role(ADMIN) else mine
    form.stand_in.choices = [person for person in everybody if len(form.user.choices) > 1 or person not in mine]
    return form


def _transfer_all_form(**values: Any) -> TransferAllForm:
    form = TransferAllForm(**values)
    form.person.choices = form.to.choices = _people()
    return form


def _show(
    case: Any, transfer: TransferForm | None = None, stand_in: StandInForm | None = None, block: BlockForm | None = None
) -> ResponseReturnValue:
    fresh: dict[str, Any] = {"formdata": None, "version": case.version}
    sent = transfer or stand_in or block
    return show_form(
        "cases/handover.html",
        sent or BlockForm(**fresh),
        case=case,
        transfer=transfer or _transfer_form(case, **fresh),
        stand_in=stand_in or _stand_in_form(**fresh, stand_in=case.stand_in_id or ""),
        block=block or BlockForm(**fresh),
        block_step=handover.block_step(case),
    )


def _show_absences(form: AbsenceForm | None = None, everything: TransferAllForm | None = None) -> ResponseReturnValue:
    actor = current_actor()
    return show_form(
        "cases/absences.html",
        form or everything or AbsenceForm(formdata=None),
        absences=handover.absences(actor),
        planning=form or _absence_form(formdata=None, user=actor.user_id),
        everything=everything or _transfer_all_form(formdata=None),
    )
