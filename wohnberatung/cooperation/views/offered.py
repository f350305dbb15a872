"""Services of an entry of the directory, for those who keep it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cooperation.forms import ServiceForm
from wohnberatung.cooperation.services import offered
from wohnberatung.cooperation.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.directory.services.entries import own_entry
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/wegweiser/eintraege/<entry_id>/dienste")
def list_services(entry_id: str) -> ResponseReturnValue:
    entry = own_entry(entry_id, current_actor())
    return render_template("cooperation/desk/services.html", entry=entry, services=offered.services_of(entry))


@blueprint.get("/wegweiser/eintraege/<entry_id>/dienste/neu")
def ask_service(entry_id: str) -> ResponseReturnValue:
    entry = own_entry(entry_id, current_actor())
    return show_form("cooperation/desk/service.html", ServiceForm(), entry=entry, service=None)


@blueprint.post("/wegweiser/eintraege/<entry_id>/dienste/neu")
@commits
def declare_service(entry_id: str) -> ResponseReturnValue:
    form, actor = ServiceForm(), current_actor()
    entry = own_entry(entry_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            offered.declare_service(entry_id, form.values(), actor)
            return _saved(entry_id)
    return show_form("cooperation/desk/service.html", form, entry=entry, service=None)


@blueprint.get("/wegweiser/dienste/<service_id>")
def ask_service_changes(service_id: str) -> ResponseReturnValue:
    service = offered.own_service(service_id, current_actor())
    return show_form("cooperation/desk/service.html", ServiceForm(obj=service), entry=service.entry, service=service)


@blueprint.post("/wegweiser/dienste/<service_id>")
@commits
def change_service(service_id: str) -> ResponseReturnValue:
    form, actor = ServiceForm(), current_actor()
    service = offered.own_service(service_id, actor)
    if form.validate_on_submit():
        with form.accepting(stored=lambda: ServiceForm(formdata=None, obj=service)):
            offered.change_service(service_id, form.values(), form.submitted_version, actor)
            return _saved(service.entry_id)
    return show_form("cooperation/desk/service.html", form, entry=service.entry, service=service)


@blueprint.post("/wegweiser/dienste/<service_id>/entfernen")
@commits
def remove_service(service_id: str) -> ResponseReturnValue:
    entry_id = offered.remove_service(service_id, current_actor())
    flash(_("Der Dienst steht nicht mehr im Eintrag."), "success")
    return redirect(url_for(".list_services", entry_id=entry_id))


def _saved(entry_id: str) -> ResponseReturnValue:
    flash(_("Gespeichert."), "success")
    return redirect(url_for(".list_services", entry_id=entry_id))
