"""One's own request by its secret link: how it stands, papers, whether it is still needed; every deed posts."""

import json
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.languages import current_language
from wohnberatung.core.settings import in_language
from wohnberatung.core.transactions import commits, transaction
from wohnberatung.extensions import csrf
from wohnberatung.seekers.forms.consents import CONSENTS
from wohnberatung.seekers.forms.contact import LostLinkForm
from wohnberatung.seekers.forms.helped import speak_to_reader
from wohnberatung.seekers.services import data_export, reconfirmation, self_service
from wohnberatung.seekers.services.requests import contact_of
from wohnberatung.seekers.views import blueprint
from wohnberatung.seekers.views.drafts import forget_draft, forget_sent
from wohnberatung.web import limits
from wohnberatung.web.forms import VersionedForm, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

PURPOSES = {consent.purpose: consent for consent in CONSENTS}


@blueprint.get("/mein-gesuch/<token>/zurueckziehen")
def ask_withdrawal(token: str) -> ResponseReturnValue:
    return _ask(token, "withdraw")


@blueprint.post("/mein-gesuch/<token>/stand/<key>")
@limits.limited("secret_link")
@commits
def move_my_request(token: str, key: str) -> ResponseReturnValue:
    form, here = VersionedForm(), url_for(".show_my_request", token=token)
    if form.validate_on_submit():
        with refusal_returns_to(here):
            _mine(token)
            step = self_service.move_my_request(token, key, version=form.submitted_version)
        flash(str(step.done), "success")
    return redirect(here)


@blueprint.get("/mein-gesuch/<token>/einwilligung/<purpose>")
def ask_consent(token: str, purpose: str) -> ResponseReturnValue:
    return _ask(token, "consent", consent=_purpose(purpose))


@blueprint.post("/mein-gesuch/<token>/einwilligung/<purpose>")
@limits.limited("secret_link")
@commits
def end_consent(token: str, purpose: str) -> ResponseReturnValue:
    here = url_for(".show_my_request", token=token)
    if _purpose(purpose) and VersionedForm().validate_on_submit():
        with refusal_returns_to(here):
            _mine(token)
            self_service.end_consent(token, purpose)
        flash(_("Ihre Einwilligung ist zurückgenommen."), "success")
    return redirect(here)


@blueprint.get("/mein-gesuch/<token>/daten.json")
def export_my_request(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    # Written to be read, not only by machines.
    told = json.dumps(data_export.stored_about(token), ensure_ascii=False, indent=2)
    response = Response(told, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="mein-gesuch.json"'
    return response


@blueprint.get("/mein-gesuch/<token>/link")
def show_link(token: str) -> ResponseReturnValue:
    return _ask(
        token, "link", link=url_for(".show_my_request", token=token, _external=True, **in_language(current_language()))
    )


@blueprint.post("/mein-gesuch/<token>/link")
@limits.limited("secret_link")
@commits
def renew_link(token: str) -> ResponseReturnValue:
    form = VersionedForm()
    if not form.validate_on_submit():
        return redirect(url_for(".show_link", token=token))
    _mine(token)
    secret = self_service.renew_link(token, version=form.submitted_version)
    flash(_("Das ist Ihr neuer Link. Der alte gilt nicht mehr."), "success")
    return redirect(url_for(".show_link", token=secret))


@blueprint.get("/mein-gesuch/link-verloren")
def show_lost_link() -> ResponseReturnValue:
    return show_form("seekers/self_service/lost_link.html", LostLinkForm(number=request.args.get("nummer", "")[:40]))


@blueprint.post("/mein-gesuch/link-verloren")
@csrf.exempt
def send_lost_link() -> ResponseReturnValue:
    """Always the same answer, whether number and address belong together or not."""
    form = LostLinkForm()
    if not form.validate():
        return show_form("seekers/self_service/lost_link.html", form)
    limits.require("mail", limits.client_address(), form.email.data or "")
    with transaction():
        self_service.send_lost_link(form.number.data or "", form.email.data or "")
    flash(_("Gehören Nummer und Adresse zusammen, ist jetzt eine E-Mail mit einem neuen Link unterwegs."), "success")
    return redirect(url_for(".show_lost_link"))


@blueprint.get("/mein-gesuch/<token>/loeschen")
def ask_erasure(token: str) -> ResponseReturnValue:
    return _ask(token, "erase")


@blueprint.post("/mein-gesuch/<token>/loeschen")
@limits.limited("secret_link")
@commits
def erase_my_request(token: str) -> ResponseReturnValue:
    if not VersionedForm().validate_on_submit():
        return redirect(url_for(".ask_erasure", token=token))
    _mine(token)
    self_service.erase_my_request(token)
    forget_draft()
    forget_sent()
    flash(_("Ihr Gesuch und alles, was dazu gespeichert war, ist gelöscht."), "success")
    return redirect(url_for(".start"))


def _ask(token: str, question: str, **more: Any) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return render_template(f"seekers/self_service/{question}.html", mine=_mine(token), token=token, **more)


def _purpose(purpose: str) -> Any:
    return PURPOSES.get(purpose) or abort(404)


@blueprint.get("/mein-gesuch/<token>/eingang")
def show_receipt(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    link = url_for(".show_my_request", token=token, _external=True, **in_language(current_language()))
    mine = _mine(token)
    return render_template("seekers/receipt.html", mine=mine, link=link, token=token)


def _mine(token: str) -> self_service.MyRequest:
    """The request, from here on in words for whoever reads: the person, or somebody who has helped."""
    mine = self_service.my_request(token)
    speak_to_reader(mine.contact)
    return mine


@blueprint.get("/mein-gesuch/<token>")
def show_my_request(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return render_template("seekers/my_request.html", mine=_mine(token), token=token)


@blueprint.get("/mein-gesuch/<token>/eingang.pdf")
def receipt_on_paper(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    link = url_for(".show_my_request", token=token, _external=True, **in_language(current_language()))
    _mine(token)
    return _pdf(data_export.receipt_paper(token, link, current_language().code), "gesuch-eingang.pdf")


@blueprint.get("/mein-gesuch/<token>/daten.pdf")
def export_on_paper(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return _pdf(data_export.export_paper(token, current_language().code), "mein-gesuch.pdf")


def _pdf(paper: bytes, filename: str) -> Response:
    response = Response(paper, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@blueprint.get("/suche-ich-noch/<token>")
def ask_whether_kept(token: str) -> ResponseReturnValue:
    """Only asks: link previews and mail scanners open links too."""
    limits.require("secret_link", limits.client_address())
    asked = reconfirmation.load_by_keep_token(token)
    speak_to_reader(contact_of(asked))
    return render_template("seekers/still_looking.html", asked=asked, token=token)


@blueprint.post("/suche-ich-noch/<token>")
@limits.limited("secret_link")
@commits
def answer_whether_kept(token: str) -> ResponseReturnValue:
    asked = reconfirmation.load_by_keep_token(token)
    speak_to_reader(contact_of(asked))
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
