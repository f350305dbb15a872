"""Pages of dispatch: one's own weekly digest, mails that were sent back, and that somebody has seen to one."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileRequired
from wtforms import MultipleFileField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.core.languages import LANGUAGES
from wohnberatung.core.transactions import commits
from wohnberatung.dispatch.services import digests, returns, undelivered
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("dispatch", __name__)
blueprint.add_app_template_global(undelivered.undelivered_to)
MOST_FILES = 50
OUTCOMES = {
    returns.ReportOutcome.NOTED: _l("Die E-Mail kam nicht an. Das steht jetzt bei der Person und auf „Heute“."),
    returns.ReportOutcome.KNOWN: _l("Das war schon bekannt."),
    returns.ReportOutcome.DELAYED: _l("Die E-Mail ist nur verspätet. Der andere Server versucht es weiter."),
    returns.ReportOutcome.NOT_OURS: _l("Zu dieser E-Mail gibt es hier keinen Eintrag (mehr)."),
    returns.ReportOutcome.NO_REPORT: _l(
        "Das ist keine Meldung eines Mailservers, oder sie nennt keine E-Mail von uns."
    ),
}


class ReturnsForm(Form):
    """Files of mails that came back."""

    files = MultipleFileField(
        _l("Dateien der zurückgekommenen E-Mails (.eml)"),
        description=_l("Speichern Sie die Meldungen im E-Mail-Programm als Dateien. Bis zu 50 auf einmal."),
        validators=[FileRequired(_l("Bitte wählen Sie mindestens eine Datei."))],
        render_kw={"accept": ".eml,message/rfc822"},
    )


class DigestLanguageForm(Form):
    """In which language one reads the digest."""

    language = RadioField(
        _l("In welcher Sprache möchten Sie den Wochenbrief lesen?"),
        choices=[SelectChoice(language.code, language.name) for language in LANGUAGES],
        validators=[InputRequired(_l("Bitte wählen Sie eine der Sprachen."))],
        invalid_choice_message=NOT_OFFERED,
    )


@blueprint.get("/konto/wochenbrief")
def show_digest() -> ResponseReturnValue:
    return _show_digest(DigestLanguageForm(language=digests.language_wanted(current_actor())))


@blueprint.post("/konto/wochenbrief/sprache")
@commits
def choose_language() -> ResponseReturnValue:
    form = DigestLanguageForm()
    if form.validate_on_submit():
        with form.accepting():
            digests.choose_language(current_actor(), form.language.data)
            flash(_("Gespeichert. So kommt der nächste Wochenbrief."), "success")
            return redirect(url_for(".show_digest"))
    return _show_digest(form)


def _show_digest(form: DigestLanguageForm) -> ResponseReturnValue:
    actor = current_actor()
    wanted, counted = digests.wants_digest(actor), digests.waits_for(actor)
    return show_form("dispatch/digest.html", form, wanted=wanted, counted=counted)


@blueprint.post("/konto/wochenbrief")
@commits
def choose_digest() -> ResponseReturnValue:
    wanted = request.form.get("wochenbrief") == "an"
    digests.choose(current_actor(), wanted=wanted)
    flash(_("Sie bekommen den Wochenbrief.") if wanted else _("Sie bekommen keinen Wochenbrief mehr."), "success")
    return redirect(url_for(".show_digest"))


@blueprint.get("/verwaltung/zurueckgekommen")
def show_returns() -> ResponseReturnValue:
    return show_form("dispatch/returns.html", ReturnsForm(), outcomes=())


@blueprint.post("/verwaltung/zurueckgekommen")
@commits
def take_in_returns() -> ResponseReturnValue:
    form, outcomes = ReturnsForm(), []
    if form.validate_on_submit():
        with form.accepting():
            outcomes = [_take_in(file) for file in form.files.data[:MOST_FILES]]
    return show_form("dispatch/returns.html", form, outcomes=outcomes)


@blueprint.post("/zurueckgekommen/<mail_id>/erledigt")
@commits
def settle_mail(mail_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for("cases.show_desk")):
        undelivered.settle(mail_id, current_actor())
    flash(_("Erledigt."), "success")
    return redirect(url_for("cases.show_desk"))


def _take_in(file: Any) -> tuple[str, Any]:
    """The name of a file and what became of it."""
    content = file.read(returns.MOST_BYTES + 1)
    return file.filename, OUTCOMES[returns.take_in(content, current_actor())]
