"""Conversations of a match: by secret link for either side, signed in for those who offer and for the office."""

import io
from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.messages.forms import MOST_FILES, MatchMessageForm, MessageDeedForm
from wohnberatung.messages.services import conversations
from wohnberatung.messages.steps import PASS_ON, STOP
from wohnberatung.pictures.received import ReceivedFile
from wohnberatung.pictures.received_forms import received
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.viewings.services.sides import Standing
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import audited, current_actor

blueprint = Blueprint("messages", __name__)


@blueprint.app_template_global("conversing")
def conversing() -> tuple[str, ...]:
    """The states of a match in which there is somebody to write to, for pages of the areas below."""
    return conversations.OPEN


@blueprint.get("/vorschlaege/nachrichten")
def list_waiting() -> ResponseReturnValue:
    waiting = conversations.waiting_for(current_actor())
    return render_template("messages/waiting.html", waiting=waiting)


@blueprint.get("/vorschlaege/<match_id>/nachrichten")
def show_conversation(match_id: str) -> ResponseReturnValue:
    return _show(conversations.CONVERSATION.at_desk(match_id, current_actor()))


@blueprint.post("/vorschlaege/<match_id>/nachrichten")
def write_to_match(match_id: str) -> ResponseReturnValue:
    return _write(lambda: conversations.CONVERSATION.at_desk(match_id, current_actor()))


@blueprint.get("/vorschlaege/<match_id>/nachrichten/dateien/<file_id>")
@audited("read", "message_files", "file_id")
def fetch_file(match_id: str, file_id: str) -> ResponseReturnValue:
    return _send(conversations.CONVERSATION.at_desk(match_id, current_actor()), file_id)


@blueprint.post("/vorschlaege/<match_id>/nachrichten/gelesen")
@commits
def mark_read(match_id: str) -> ResponseReturnValue:
    here, form = conversations.CONVERSATION.at_desk(match_id, current_actor()), MessageDeedForm()
    if form.validate():
        conversations.mark_read(here)
    return redirect(_address(here))


@blueprint.post("/vorschlaege/<match_id>/nachrichten/<message_id>/<deed>")
@commits
def decide_message(match_id: str, message_id: str, deed: str) -> ResponseReturnValue:
    """The office has looked at what was held."""
    here, form = url_for(".show_conversation", match_id=match_id), MessageDeedForm()
    if form.validate_on_submit():
        with refusal_returns_to(here):
            conversations.decide_message(message_id, deed, current_actor(), version=form.submitted_version)
        flash(_("Erledigt."), "success")
    return redirect(here)


@blueprint.get("/nachrichten/<token>/<match_id>")
def show_conversation_by_link(token: str, match_id: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _show(conversations.CONVERSATION.by_link(token, match_id))


@blueprint.post("/nachrichten/<token>/<match_id>")
@csrf.exempt
@limits.limited("secret_link")
def write_by_link(token: str, match_id: str) -> ResponseReturnValue:
    return _write(lambda: conversations.CONVERSATION.by_link(token, match_id))


@blueprint.get("/nachrichten/<token>/<match_id>/dateien/<file_id>")
def fetch_file_by_link(token: str, match_id: str, file_id: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _send(conversations.CONVERSATION.by_link(token, match_id), file_id)


def _write(door: Callable[[], Standing]) -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: looking through files must not hold the database's write lock."""
    here = door()
    form = MatchMessageForm().to(conversations.conversation_of(here).readers)
    files = received(form, "files", most=MOST_FILES)
    return _show(here, form) if files is None else _keep(door, form, files)


@commits
def _keep(door: Callable[[], Standing], form: MatchMessageForm, files: list[ReceivedFile]) -> ResponseReturnValue:
    here = door()
    with form.accepting():
        message = conversations.write(here, form.reader.data, form.text.data, files)
        if message.is_held:
            flash(_held_with_files() if files else _held_for_contact())
        else:
            flash(_("Ihre Nachricht ist gesendet."), "success")
        return redirect(_address(here))
    return _show(here, form)


def _held_with_files() -> str:
    return _("Gespeichert. Die Wohnberatung sieht sich die Nachricht erst an, weil eine Datei dabei ist.")


def _held_for_contact() -> str:
    return _("Gespeichert. Die Wohnberatung sieht sich die Nachricht erst an, weil Kontaktdaten darin sind.")


def _send(here: Standing, file_id: str) -> ResponseReturnValue:
    file = conversations.file_for(here, file_id)
    name = f"datei.{file.media_type.ending}"
    return send_file(io.BytesIO(file.plain_file), file.media_type, as_attachment=True, download_name=name)


def _show(here: Standing, form: MatchMessageForm | None = None) -> ResponseReturnValue:
    speak_to_reader(here.contact)
    conversation = conversations.conversation_of(here)
    form = form or MatchMessageForm(formdata=None)
    form.to(conversation.readers)
    deeds = ((PASS_ON, _("Weitergeben")), (STOP, _("Nicht weitergeben")))
    return show_form(
        "messages/conversation.html", form, talk=conversation, here=here, address=_address(here), deeds=deeds
    )


def _address(here: Standing) -> str:
    if here.token:
        return url_for("messages.show_conversation_by_link", token=here.token, match_id=here.match.id)
    return url_for("messages.show_conversation", match_id=here.match.id)
