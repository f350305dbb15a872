"""The board for everybody, and a private person's notice."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.bridge.neighbourhood_places import place_at, place_of
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import public_link
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.noticeboard.forms import NoticeFilter, PersonNoticeForm
from wohnberatung.noticeboard.services import finding, notices, senders
from wohnberatung.noticeboard.services.finding import NoticeQuery
from wohnberatung.noticeboard.views import blueprint
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/aushaenge")
def list_notices() -> ResponseReturnValue:
    form = NoticeFilter(request.args)
    asked = form.asked()
    query = NoticeQuery(place=place_at(asked.get("stadtteil", "")), topic=asked.get("thema", ""))
    page = finding.find_notices(query, page_number(request.args.get("seite")))
    return render_template("noticeboard/notices.html", form=form, asked=asked, page=page, place=query.place)


@blueprint.get("/aushaenge/<notice_id>")
def show_notice(notice_id: str) -> ResponseReturnValue:
    actor = current_actor()
    notice = notices.shown_notice(notice_id, actor)
    return render_template(
        "noticeboard/notice.html",
        notice=notice,
        place=place_of(notice.place),
        may_edit=actor.is_staff or actor.belongs_to(notice.organisation_id),
        address=public_link("noticeboard.show_notice", notice_id=notice_id),
    )


@blueprint.get("/aushaenge/neu")
def ask_notice() -> ResponseReturnValue:
    place = place_at(request.args.get("stadtteil", ""))
    return show_form("noticeboard/write.html", PersonNoticeForm(place=place.code if place else ""))


@blueprint.post("/aushaenge/neu")
@csrf.exempt
def send_notice() -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form = PersonNoticeForm()
    held_for = spam.reason_to_hold(form, "notice", text=form.text.data or "") if form.validate() else None
    return _store(held_for)


@commits
def _store(held_for: HoldReason | None) -> ResponseReturnValue:
    form = PersonNoticeForm()
    if form.validate():
        with form.accepting():
            senders.post_notice(
                form.values(),
                form.contact(),
                consent=form.given_consent(),
                language=current_language().code,
                held_for=held_for,
            )
            return redirect(url_for(".show_sent"))
    return show_form("noticeboard/write.html", form)


@blueprint.get("/aushaenge/abgesendet")
def show_sent() -> ResponseReturnValue:
    """Says nothing of what was sent: the link is in the mail alone, as only that proves whose the address is."""
    return render_template("noticeboard/sent.html")
