"""What people ask of the office: the public forms with their receipt, and the list the office works through."""

from typing import Any, NamedTuple

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.advice import receipts
from wohnberatung.advice.forms import (
    AppointmentForm,
    BarrierForm,
    EnquiryForm,
    EnquiryNoteForm,
    EraseEnquiryForm,
    QuestionForm,
)
from wohnberatung.advice.services import answers_by_post, enquiries, held_mails
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import in_language
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.seekers.services import reconfirmation
from wohnberatung.web import limits, spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

blueprint = Blueprint("advice", __name__)
# What the office may look at, by the word in the address.
STATES = {"offen": "open", "quarantaene": "quarantined", "beantwortet": "answered"}


class EnquiryPage(NamedTuple):
    """A public form: what is stored of it, its fields, its page."""

    kind: str
    form: type[EnquiryForm]
    template: str


QUESTION = EnquiryPage("question", QuestionForm, "advice/question.html")
APPOINTMENT = EnquiryPage("appointment", AppointmentForm, "advice/appointment.html")
BARRIER = EnquiryPage("barrier", BarrierForm, "advice/barrier.html")


@blueprint.get("/anfrage")
def ask_question() -> ResponseReturnValue:
    return show_form(QUESTION.template, QuestionForm())


@blueprint.post("/anfrage")
@csrf.exempt
def send_question() -> ResponseReturnValue:
    return _receive(QUESTION)


@blueprint.get("/termin/wunsch")
def request_appointment() -> ResponseReturnValue:
    return show_form(APPOINTMENT.template, AppointmentForm())


@blueprint.post("/termin/wunsch")
@csrf.exempt
def send_appointment() -> ResponseReturnValue:
    return _receive(APPOINTMENT)


@blueprint.get("/barrierefreiheit/rueckmeldung")
def report_barrier() -> ResponseReturnValue:
    return show_form(BARRIER.template, BarrierForm())


@blueprint.post("/barrierefreiheit/rueckmeldung")
@csrf.exempt
def send_barrier() -> ResponseReturnValue:
    return _receive(BARRIER)


@blueprint.get("/eingang")
def show_receipt() -> ResponseReturnValue:
    """Only for the browser that sent something: the number of the last thing it sent."""
    receipt = receipts.remembered()
    if receipt is None:
        return redirect(url_for(".ask_question"))
    token = receipt["token"]
    link = token and url_for(".show_my_enquiry", token=token, _external=True, **in_language(current_language()))
    return render_template("advice/receipt.html", receipt=receipt, link=link)


@blueprint.get("/antwort/<token>")
def show_my_enquiry(token: str) -> ResponseReturnValue:
    limits.require("secret_link", limits.client_address())
    return render_template("advice/my_enquiry.html", mine=enquiries.my_enquiry(token))


@blueprint.get("/anfragen")
def list_enquiries() -> ResponseReturnValue:
    word = request.args.get("stand", "offen")
    state, actor = STATES.get(word, "open"), current_actor()
    page = enquiries.list_enquiries(actor, state, page_number(request.args.get("seite")))
    waiting = {word: enquiries.list_enquiries(actor, each, size=1).total for word, each in STATES.items()}
    rows = [(enquiry, enquiries.content_of(enquiry)) for enquiry in page.items]
    held = [(item, _reason(item.held_for)) for item in reconfirmation.held_requests(actor) if item.held_for is not None]
    return render_template(
        "advice/enquiries.html",
        page=page,
        rows=rows,
        held=held,
        mails=held_mails.held_mails(actor),
        state=state,
        waiting=waiting,
        word=word,
    )


@blueprint.post("/anfragen/gesuch/<request_id>")
@commits
def release_request(request_id: str) -> ResponseReturnValue:
    """A request for a home that looked like spam and is none."""
    released = reconfirmation.release_request(request_id, current_actor())
    flash(_("Das Gesuch %(number)s wird jetzt bearbeitet.", number=released.receipt_number), "success")
    return redirect(url_for(".list_enquiries", stand="quarantaene"))


@blueprint.post("/anfragen/mail/<mail_id>")
@commits
def judge_mail(mail_id: str) -> ResponseReturnValue:
    """A mail that was held back leaves, or is dropped."""
    leaves = request.form.get("tun") == "senden"
    held_mails.judge_mail(mail_id, current_actor(), leaves=leaves)
    flash(_("Die E-Mail wird verschickt.") if leaves else _("Die E-Mail ist verworfen."), "success")
    return redirect(url_for(".list_enquiries", stand="quarantaene"))


@blueprint.get("/anfragen/<enquiry_id>")
def show_enquiry(enquiry_id: str) -> ResponseReturnValue:
    enquiry = enquiries.load_enquiry(enquiry_id, current_actor())
    return _show_enquiry(enquiry, EnquiryNoteForm(version=enquiry.version), EraseEnquiryForm())


@blueprint.post("/anfragen/<enquiry_id>")
@commits
def move_enquiry(enquiry_id: str) -> ResponseReturnValue:
    actor, form = current_actor(), EnquiryNoteForm()
    enquiry = enquiries.load_enquiry(enquiry_id, actor)
    if not form.validate_on_submit():
        return _show_enquiry(enquiry, form, EraseEnquiryForm(formdata=None))
    key = request.form.get("schritt", "")
    with form.accepting():
        enquiries.move_enquiry(
            enquiry,
            key,
            note=form.note.data,
            answer=form.answer.data or "",
            version=form.submitted_version,
            actor=actor,
        )
        if key == enquiries.WRITE:
            flash(_("Der Brief ist fertig. Bitte drucken und verschicken Sie ihn."), "success")
            return redirect(url_for(".show_enquiry", enquiry_id=enquiry_id))
        flash(_("Gespeichert."), "success")
        return redirect(url_for(".list_enquiries"))
    return _show_enquiry(enquiry, form, EraseEnquiryForm(formdata=None))


@blueprint.get("/anfragen/<enquiry_id>/brief.pdf")
def print_answer(enquiry_id: str) -> ResponseReturnValue:
    enquiry, actor = enquiries.load_enquiry(enquiry_id, current_actor()), current_actor()
    response = Response(answers_by_post.letter_of(enquiry, actor), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="brief-{enquiry.receipt_number}.pdf"'
    return response


@blueprint.post("/anfragen/<enquiry_id>/fall")
@commits
def open_case(enquiry_id: str) -> ResponseReturnValue:
    """A case for whoever asked, or the one there is."""
    actor = current_actor()
    case = enquiries.open_case_from_enquiry(enquiries.load_enquiry(enquiry_id, actor), actor)
    return redirect(url_for("cases.show_case", case_id=case.id))


@blueprint.post("/anfragen/<enquiry_id>/loeschen")
@commits
def erase_enquiry(enquiry_id: str) -> ResponseReturnValue:
    enquiry, form = enquiries.load_enquiry(enquiry_id, current_actor()), EraseEnquiryForm()
    if form.validate_on_submit():
        enquiries.erase_enquiry(enquiry)
        flash(_("Die Anfrage ist gelöscht."), "success")
        return redirect(url_for(".list_enquiries"))
    return _show_enquiry(enquiry, EnquiryNoteForm(formdata=None, version=enquiry.version), form)


def _receive(page: EnquiryPage) -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form = page.form()
    held_for = spam.reason_to_hold(form, page.kind, text=form.longest_text) if form.validate() else None
    return _store(page, held_for)


@commits
def _store(page: EnquiryPage, held_for: HoldReason | None) -> ResponseReturnValue:
    form = page.form()
    if not form.validate():
        return show_form(page.template, form)
    enquiry = enquiries.submit_enquiry(
        page.kind,
        form.content(),
        consent=form.given_consent(),
        language=current_language().code,
        held_for=held_for,
    )
    receipts.remember(page.kind, enquiry.receipt_number, enquiries.give_link(enquiry), reachable=form.is_reachable)
    return redirect(url_for(".show_receipt"))


def _show_enquiry(enquiry: Any, form: EnquiryNoteForm, erasing: EraseEnquiryForm) -> ResponseReturnValue:
    return show_form(
        "advice/enquiry.html",
        form if form.errors or not erasing.errors else erasing,
        enquiry=enquiry,
        content=enquiries.content_of(enquiry),
        notes=enquiries.notes_of(enquiry),
        case=enquiries.known_case_of(enquiry, current_actor()),
        moving=form,
        steps=enquiries.steps_of(enquiry),
        erasing=erasing,
        by_post=enquiries.wants_letter(enquiry),
        reason=_reason(enquiry.held_for) if enquiry.held_for else None,
    )


def _reason(held_for: str) -> Any:
    return spam.REASONS[HoldReason(held_for)]
