"""The mailbox of the demo: every mail that the office would have sent."""

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.config_values import DEMO
from wohnberatung.core.pagination import page_number
from wohnberatung.mail.services import outbox

blueprint = Blueprint("mail", __name__)


@blueprint.before_request
def exist_in_the_demo_only() -> None:
    """There all people are invented; elsewhere these pages would open anybody's letters."""
    if current_app.config["MODE"] != DEMO:
        abort(404)


@blueprint.get("/postfach")
def list_mails() -> ResponseReturnValue:
    page = outbox.mails_for_list(page_number(request.args.get("seite")))
    return render_template("mail/mailbox.html", page=page)


@blueprint.get("/postfach/<mail_id>")
def show_mail(mail_id: str) -> ResponseReturnValue:
    return render_template("mail/mail.html", shown=outbox.read_mail(mail_id))


@blueprint.get("/postfach/<mail_id>/html")
def show_html(mail_id: str) -> ResponseReturnValue:
    """The HTML part as a mail program would show it."""
    return outbox.read_mail(mail_id).html
