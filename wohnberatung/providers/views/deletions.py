"""Confirming that what was told about somebody is deleted: on one's page, or by a link from a mail."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.providers.services import deletions
from wohnberatung.providers.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.forms import Form, PatientForm, show_form
from wohnberatung.web.visitors import current_actor


@blueprint.post("/anbieten/menschen/geloescht/<deletion_id>")
@commits
def confirm_deletion(deletion_id: str) -> ResponseReturnValue:
    deletion = deletions.load_deletion(deletion_id, current_actor())
    if Form().validate_on_submit():
        deletions.confirm_deletion(deletion, current_actor())
        flash(_("Danke. Wir haben festgehalten, dass alles gelöscht ist."), "success")
    return redirect(url_for(".list_presented"))


@blueprint.get("/geloescht/<token>")
def ask_deletion(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    deletion = deletions.deletion_by_link(token)
    return render_template("providers/deletion.html", deletion=deletion, form=PatientForm())


@blueprint.post("/geloescht/<token>")
@csrf.exempt
@limits.limited("secret_link")
@commits
def confirm_by_link(token: str) -> ResponseReturnValue:
    deletion, form = deletions.deletion_by_link(token), PatientForm()
    if form.validate():
        deletions.confirm_deletion(deletion)
        flash(_("Danke. Wir haben festgehalten, dass alles gelöscht ist."), "success")
        return redirect(url_for(".ask_deletion", token=token))
    return show_form("providers/deletion.html", form, deletion=deletion)
