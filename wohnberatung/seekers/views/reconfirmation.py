"""Whether a request is still needed: the person answers by link, or tells the office."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.seekers.services import reconfirmation
from wohnberatung.seekers.services.requests import contact_of
from wohnberatung.seekers.views import blueprint
from wohnberatung.web import limits
from wohnberatung.web.visitors import current_actor


@blueprint.get("/suche-ich-noch/<token>")
def ask_whether_kept(token: str) -> ResponseReturnValue:
    """Only asks: link previews and mail scanners open links too."""
    limits.require("secret_link", limits.client_address())
    return render_template("seekers/still_looking.html", asked=reconfirmation.load_by_keep_token(token), token=token)


@blueprint.post("/suche-ich-noch/<token>")
@limits.limited("secret_link")
@commits
def answer_whether_kept(token: str) -> ResponseReturnValue:
    asked = reconfirmation.load_by_keep_token(token)
    if request.form.get("antwort") == "nein":
        reconfirmation.erase_request(asked)
        flash(_("Ihr Gesuch ist gelöscht. Alles Gute!"), "success")
    else:
        reconfirmation.keep_request(asked)
        flash(_("Danke! Wir suchen weiter für Sie."), "success")
    return redirect(url_for("pages.show_start"))


@blueprint.get("/nachfragen")
def list_unanswered() -> ResponseReturnValue:
    rows = [(asked, contact_of(asked)) for asked in reconfirmation.unanswered(current_actor())]
    return render_template("seekers/unanswered.html", rows=rows)


@blueprint.post("/nachfragen/<request_id>")
@commits
def keep_for_person(request_id: str) -> ResponseReturnValue:
    """The person has told the office."""
    reconfirmation.keep_request(reconfirmation.load_unanswered(request_id, current_actor()))
    flash(_("Gespeichert: Die Person sucht noch."), "success")
    return redirect(url_for(".list_unanswered"))
