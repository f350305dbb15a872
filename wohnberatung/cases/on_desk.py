"""What this area puts on the desk, also for the areas below it, which know no desk."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.desk import SHOWN, Found, Line, desk_section
from wohnberatung.cases.services.drafts import my_drafts
from wohnberatung.cases.services.rights import may_open
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.dwellings.services.desk import offers_in_review
from wohnberatung.seekers.models import RequestState
from wohnberatung.seekers.services import contact_of, list_requests, waiting_messages
from wohnberatung.seekers.services.keeping import held_requests, unanswered


@desk_section("drafts", _l("Angefangene Notizen"), position=15)
def begun_notes(actor: Actor) -> Found:
    drafts = [draft for draft in my_drafts(actor) if may_open(draft.case, actor)]
    lines = [
        Line(
            content_of(draft.case)["name"],
            _("gesichert um %(time)s Uhr", time=f"{clock.to_berlin(draft.saved_at):%H:%M}"),
            "cases.begin_consultation" if draft.subject == "consultation" else "cases.edit_consultation",
            {"case_id": draft.case_id}
            | ({} if draft.subject == "consultation" else {"consultation_id": draft.subject}),
        )
        for draft in drafts[:SHOWN]
    ]
    return Found(len(drafts), lines)


@desk_section("new_requests", _l("Neue Gesuche"), position=50)
def new_requests(actor: Actor) -> Found:
    page = list_requests(actor, states=[RequestState.NEW], size=SHOWN)
    lines = [
        Line(
            contact_of(request).get("name") or _("ohne Namen"),
            f"{request.receipt_number}, {clock.to_berlin(request.created_at):%d.%m.%Y}",
            "brokerage.show_ranking",
            {"request_id": request.id},
        )
        for request in page.items
    ]
    return Found(page.total, lines, "brokerage.list_requests")


@desk_section("unanswered", _l("Noch gesucht? Bitte nachfragen"), position=80)
def to_be_asked(actor: Actor) -> Found:
    requests = unanswered(actor)
    lines = [
        Line(request.receipt_number, "", "brokerage.show_ranking", {"request_id": request.id})
        for request in requests[:SHOWN]
    ]
    return Found(len(requests), lines, "seekers.list_unanswered")


@desk_section("held", _l("Quarantäne: vielleicht Spam"), position=90)
def held(actor: Actor) -> Found:
    requests = held_requests(actor)
    lines = [
        Line(request.receipt_number, "", "brokerage.show_ranking", {"request_id": request.id})
        for request in requests[:SHOWN]
    ]
    return Found(len(requests), lines, "advice.list_enquiries", {"stand": "quarantaene"})


@desk_section("reviews", _l("Angebote zu prüfen"), position=60)
def offers_to_review(actor: Actor) -> Found:
    waiting = offers_in_review(actor)
    lines = [
        Line(each.title, each.organisation, "dwellings.show_review", {"offer_id": each.offer.id})
        for each in waiting[:SHOWN]
    ]
    return Found(len(waiting), lines, "dwellings.list_reviews")


@desk_section("messages", _l("Nachrichten, die auf Antwort warten"), position=25)
def messages(actor: Actor) -> Found:
    waiting = waiting_messages(actor)
    lines = [
        Line(
            contact_of(each.request).get("name") or _("ohne Namen"),
            f"{each.request.receipt_number}, {clock.to_berlin(each.since):%d.%m.%Y}",
            "seekers.show_messages",
            {"request_id": each.request.id},
        )
        for each in waiting[:SHOWN]
    ]
    return Found(len(waiting), lines, "seekers.list_messages")
