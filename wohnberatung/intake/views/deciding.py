"""What a person decides about a delivery."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.intake import services
from wohnberatung.intake.forms import RemovalsForm
from wohnberatung.intake.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form


@blueprint.get("/einlesen/<run_id>/uebernehmen")
def ask_removals(run_id: str) -> ResponseReturnValue:
    run = services.get_run(run_id, current_actor())
    return show_form("intake/removals.html", RemovalsForm(formdata=None), run=run)


@blueprint.post("/einlesen/<run_id>/uebernehmen")
@commits
def apply_run(run_id: str) -> ResponseReturnValue:
    """Where many offers would end, a page of its own asks first."""
    actor, form = current_actor(), RemovalsForm()
    run = services.get_run(run_id, actor)
    asked = bool(run.too_many_removals) and not run.allows_removals
    if asked and "sure" not in request.form and "asked" not in request.form:
        return redirect(url_for(".ask_removals", run_id=run.id))
    if asked and not form.validate_on_submit():
        return show_form("intake/removals.html", form, run=run)
    run = services.apply_run(run_id, actor, allow_removals=asked)
    if run.state == "review":
        flash(_("Die Wohnberatung sieht die Lieferung an und übernimmt sie dann."), "success")
    return redirect(url_for(".show_run", run_id=run.id))


@blueprint.post("/einlesen/<run_id>/verwerfen")
@commits
def discard_run(run_id: str) -> ResponseReturnValue:
    services.discard_run(run_id, current_actor())
    flash(_("Die Lieferung ist verworfen. An den Angeboten hat sich nichts geändert."), "success")
    return redirect(url_for(".list_runs"))


@blueprint.get("/einlesen/<run_id>/zuruecknehmen")
def ask_undo(run_id: str) -> ResponseReturnValue:
    run = services.get_run(run_id, current_actor())
    return render_template(
        "intake/undo.html", run=run, counts=services.counts_of(run), possible=services.may_be_undone(run)
    )


@blueprint.post("/einlesen/<run_id>/zuruecknehmen")
@commits
def undo_run(run_id: str) -> ResponseReturnValue:
    services.undo_run(run_id, current_actor())
    return redirect(url_for(".show_run", run_id=run_id))


@blueprint.post("/einlesen/<run_id>/doppelt/<int:number>")
@commits
def decide_double(run_id: str, number: int) -> ResponseReturnValue:
    services.decide_double(run_id, current_actor(), number, request.form.get("wohnung", "")[:26])
    flash(_("Gemerkt. Die Vorschau wird neu gemacht."), "success")
    return redirect(url_for(".show_run", run_id=run_id, zeigen="doppelt"))
