"""Accesses for programs, made and revoked by who leads an organisation."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.errors import NotFound
from wohnberatung.core.settings import public_link
from wohnberatung.core.transactions import commits
from wohnberatung.intake.forms import TokenForm
from wohnberatung.intake.services import inbox, queries, uploads
from wohnberatung.intake.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/einlesen/zugaenge")
def list_tokens() -> ResponseReturnValue:
    return _show(TokenForm(formdata=None))


@blueprint.post("/einlesen/zugaenge")
@commits
def create_token() -> ResponseReturnValue:
    """The secret is shown in the answer and nowhere else."""
    form, organisation_id = TokenForm(), _organisation()
    if form.validate_on_submit():
        with form.accepting():
            token, secret = uploads.create_token(
                organisation_id, current_actor(), label=form.label.data, applies=form.applies.data
            )
            address = public_link("intake.receive_import")
            return render_template("intake/token.html", token=token, secret=secret, address=address)
    return _show(form)


@blueprint.get("/einlesen/zugaenge/<token_id>")
def ask_revocation(token_id: str) -> ResponseReturnValue:
    return render_template("intake/revoke.html", token=uploads.get_token(token_id, current_actor()))


@blueprint.post("/einlesen/zugaenge/<token_id>")
@commits
def revoke_token(token_id: str) -> ResponseReturnValue:
    token = uploads.get_token(token_id, current_actor())
    uploads.revoke_token(token_id, current_actor())
    flash(_("Der Zugang „%(name)s“ ist widerrufen.", name=token.label), "success")
    return redirect(url_for(".list_tokens", organisation=token.organisation_id))


def _show(form: TokenForm) -> ResponseReturnValue:
    organisation_id, actor = _organisation(), current_actor()
    name = dict(queries.organisations_of(actor))[organisation_id]
    tokens = uploads.list_tokens(organisation_id, actor)
    return show_form(
        "intake/tokens.html",
        form,
        tokens=tokens,
        folders=[(token.label, folder) for token in tokens if (folder := inbox.folder_of(token))],
        organisation=(organisation_id, name),
        organisations=queries.organisations_of(actor) if actor.is_staff else [],
        address=public_link("intake.receive_import"),
    )


def _organisation() -> str:
    """The one asked for, else the one this person acts for, else the first; NotFound for a foreign one."""
    offered = queries.organisations_of(current_actor())
    asked = request.args.get("organisation") or next((key for key, _name in offered), "")
    if asked not in dict(offered):
        raise NotFound(_("Diese Organisation gibt es nicht."))
    return asked
