"""Messages about a request: by secret link for its person, on the request's page and in a list for the office."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.seekers.forms.contact import MessageAnswerForm, MessageForm
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.seekers.services import messages as seeker_messages
from wohnberatung.seekers.services import requests, self_service
from wohnberatung.seekers.services.post import POST
from wohnberatung.seekers.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

# For pages of areas above this one, which show a request.
blueprint.add_app_template_global(seeker_messages.messages_of, "messages_of")


@blueprint.get("/mein-gesuch/<token>/nachrichten")
def show_my_messages(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _show_my_messages(token, MessageForm())


@blueprint.post("/mein-gesuch/<token>/nachrichten")
@csrf.exempt
@limits.limited("secret_link")
@commits
def write_message(token: str) -> ResponseReturnValue:
    form = MessageForm()
    if not form.validate():
        return _show_my_messages(token, form)
    seeker_messages.write_my_message(token, form.text.data)
    flash(_("Ihre Nachricht ist bei uns. Die Antwort lesen Sie hier."), "success")
    return redirect(url_for(".show_my_messages", token=token))


@blueprint.get("/nachrichten")
def list_messages() -> ResponseReturnValue:
    return render_template("seekers/messages/waiting.html", rows=seeker_messages.waiting_messages(current_actor()))


@blueprint.get("/gesuche/<request_id>/nachrichten")
def show_messages(request_id: str) -> ResponseReturnValue:
    return _show_for_office(request_id, MessageAnswerForm())


@blueprint.post("/gesuche/<request_id>/nachrichten")
@commits
def answer_message(request_id: str) -> ResponseReturnValue:
    form = MessageAnswerForm()
    if not form.validate_on_submit():
        return _show_for_office(request_id, form)
    told = seeker_messages.answer_message(request_id, form.text.data, current_actor())
    if told == POST:
        flash(_("Gespeichert. Die Antwort geht mit der Post: Der Brief liegt unter „Heute“ zum Einwerfen."), "success")
    elif told:
        flash(_("Gesendet. Eine E-Mail sagt Bescheid, dass eine Antwort da ist."), "success")
    else:
        flash(_("Gespeichert. Diese Person bekommt keine E-Mail: Sie sieht selbst nach, oder Sie rufen an."), "success")
    return redirect(url_for(".show_messages", request_id=request_id))


@blueprint.post("/gesuche/<request_id>/nachrichten/gelesen")
@commits
def handle_messages(request_id: str) -> ResponseReturnValue:
    seeker_messages.handle_messages(request_id, current_actor())
    flash(_("Die Nachrichten sind als gelesen vermerkt."), "success")
    return redirect(url_for(".list_messages"))


def _show_my_messages(token: str, form: MessageForm) -> ResponseReturnValue:
    mine = self_service.my_request(token)
    speak_to_reader(mine.contact)
    messages = seeker_messages.messages_of(mine.request)
    return show_form("seekers/messages/my_messages.html", form, mine=mine, token=token, written=messages)


def _show_for_office(request_id: str, form: MessageAnswerForm) -> ResponseReturnValue:
    request = requests.load_request(request_id, current_actor())
    messages = seeker_messages.messages_of(request)
    return show_form("seekers/messages/office.html", form, asked=request, written=messages)
