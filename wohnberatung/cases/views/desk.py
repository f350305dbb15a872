"""The office's desk, and the search."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from wohnberatung.cases import services
from wohnberatung.cases.services import desk, follow_ups, handover
from wohnberatung.cases.services.search import search
from wohnberatung.cases.views import blueprint
from wohnberatung.cases.views.follow_ups import brief_form
from wohnberatung.core import clock
from wohnberatung.web.actors import current_actor

LONGEST_QUERY = 120


@blueprint.get("/heute")
def show_desk() -> ResponseReturnValue:
    actor = current_actor()
    sections = desk.desk_of(actor)
    due = follow_ups.due_follow_ups(actor, clock.today())
    return render_template(
        "cases/desk.html",
        today=clock.today(),
        due=[(row, text, services.content_of(row.case)["name"]) for row, text in due],
        opened=handover.unnoticed_accesses(actor),
        sections=[section for section in sections if section.found.count],
        empty_sections=[section for section in sections if not section.found.count],
        brief=brief_form(),
    )


@blueprint.get("/suchen")
def show_search() -> ResponseReturnValue:
    query = request.args.get("q", "")[:LONGEST_QUERY].strip()
    return render_template("cases/search.html", query=query, groups=search(query, current_actor()))
