"""What is to be posted: letters to those who want no mails, until somebody has put them into a letterbox."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.letters.services import by_post
from wohnberatung.letters.views import blueprint
from wohnberatung.seekers.services import post, told_by_post
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import audited, current_actor


@blueprint.get("/post")
def list_postal() -> ResponseReturnValue:
    return render_template("letters/post.html", waiting=post.letters_to_post(current_actor()))


@blueprint.get("/post/<letter_id>")
@audited("read", "postal_letters", "letter_id")
def show_postal(letter_id: str) -> ResponseReturnValue:
    letter = post.load_postal(letter_id, current_actor())
    until = by_post.last_day_to_answer(letter)
    return render_template("letters/postal.html", letter=letter, paper=post.paper_of(letter), until=until)


@blueprint.get("/post/<letter_id>.pdf")
@audited("read", "postal_letters", "letter_id")
def download_postal(letter_id: str) -> ResponseReturnValue:
    letter = post.load_postal(letter_id, current_actor())
    response = Response(post.pdf_of_postal(letter), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="brief-{letter.request.receipt_number}.pdf"'
    return response


@blueprint.post("/gesuche/<request_id>/brief-statt-link")
@commits
def write_instead_of_link(request_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for("brokerage.show_ranking", request_id=request_id)):
        letter = told_by_post.write_instead_of_link(request_id, current_actor())
    flash(_("Der Brief ist geschrieben. Er wartet darauf, eingeworfen zu werden."), "success")
    return redirect(url_for(".show_postal", letter_id=letter.id))


@blueprint.post("/post/<letter_id>/eingeworfen")
@commits
def mark_posted(letter_id: str) -> ResponseReturnValue:
    letter = by_post.post_letter(letter_id, current_actor())
    if until := by_post.last_day_to_answer(letter):
        flash(_("Vermerkt: eingeworfen. Die Person kann bis zum %(day)s antworten.", day=until), "success")
    else:
        flash(_("Vermerkt: eingeworfen."), "success")
    return redirect(url_for(".list_postal"))
