"""What a neighbourhood gives and seeks, for everybody: to look for, to add one's own, to ask for contact."""

from typing import Any, cast

from flask import Response, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from wohnberatung.bridge.neighbour_resources import kinds_by_group, kinds_of_group, resource_kind
from wohnberatung.bridge.neighbourhood_places import place_at
from wohnberatung.core import clock
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.languages import current_language
from wohnberatung.core.pagination import page_number
from wohnberatung.core.settings import in_language
from wohnberatung.core.transactions import commits
from wohnberatung.extensions import csrf
from wohnberatung.resources.forms import PRIVATE, SIDES, AskContactForm, ResourceFilter, entry_form
from wohnberatung.resources.services import contact_requests, entries, offers, tables
from wohnberatung.resources.services.finding import ResourceQuery, find
from wohnberatung.resources.views import blueprint
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

# Key of the session: the link of what this browser sent last, so that it alone sees it once more.
RECEIPT = "resource_receipt"
GROUP = "gruppe-"


@blueprint.get("/nachbarschaft")
def list_resources() -> ResponseReturnValue:
    form = ResourceFilter(request.args)
    asked = form.asked()
    query = _query(asked)
    page = find(query, page_number(request.args.get("seite")))
    return render_template("resources/resources.html", form=form, asked=asked, page=page, query=query)


@blueprint.get("/nachbarschaft.csv")
def export_table() -> ResponseReturnValue:
    response = Response(tables.as_csv(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="nachbarschaft-{clock.today():%Y-%m-%d}.csv"'
    return response


@blueprint.get("/nachbarschaft.json")
def export_records() -> ResponseReturnValue:
    return Response(tables.as_json(), content_type="application/json")


@blueprint.get("/nachbarschaft/eintragen")
def choose_kind() -> ResponseReturnValue:
    return render_template("resources/choose.html", groups=kinds_by_group(), endpoint="resources.ask_entry")


@blueprint.get("/nachbarschaft/eintragen/<side>/<kind>")
def ask_entry(side: str, kind: str) -> ResponseReturnValue:
    return _show_entry(side, kind, _form(side, kind))


@blueprint.post("/nachbarschaft/eintragen/<side>/<kind>")
@csrf.exempt
def send_entry(side: str, kind: str) -> ResponseReturnValue:
    """Judged before anything is written, as judging counts; only what can be stored is counted."""
    form = _form(side, kind)
    held_for = spam.reason_to_hold(form, "resource", text=form.description.data or "") if form.validate() else None
    return _store_entry(side, kind, held_for)


@commits
def _store_entry(side: str, kind: str, held_for: HoldReason | None) -> ResponseReturnValue:
    form = _form(side, kind)
    if form.validate():
        with form.accepting():
            _row, token = entries.submit_private(
                SIDES[side],
                kind,
                form.entry_values(),
                form.contact(),
                consent=form.given_consent(),
                language=current_language().code,
                held_for=held_for,
            )
            session[RECEIPT] = {"token": token, "what": "entry"}
            return redirect(url_for(".show_receipt"))
    return _show_entry(side, kind, form)


@blueprint.get("/nachbarschaft/eingang")
def show_receipt() -> ResponseReturnValue:
    """Only for the browser that sent something: the link of the last thing it sent."""
    receipt = session.get(RECEIPT)
    if receipt is None:
        return redirect(url_for(".list_resources"))
    endpoint = ".show_mine" if receipt["what"] == "entry" else ".show_request"
    link = url_for(endpoint, token=receipt["token"], _external=True, **in_language(current_language()))
    return render_template("resources/receipt.html", what=receipt["what"], link=link)


@blueprint.get("/nachbarschaft/<resource_id>")
def show_resource(resource_id: str) -> ResponseReturnValue:
    shown = offers.offered(entries.shown_resource(resource_id, current_actor()))
    return render_template("resources/resource.html", shown=shown)


@blueprint.get("/nachbarschaft/<resource_id>/kontakt")
def ask_contact(resource_id: str) -> ResponseReturnValue:
    return _show_contact(resource_id, AskContactForm())


@blueprint.post("/nachbarschaft/<resource_id>/kontakt")
@csrf.exempt
def send_contact(resource_id: str) -> ResponseReturnValue:
    form = AskContactForm()
    held_for = spam.reason_to_hold(form, "contact", text=form.message.data or "") if form.validate() else None
    return _store_contact(resource_id, held_for)


@commits
def _store_contact(resource_id: str, held_for: HoldReason | None) -> ResponseReturnValue:
    form = AskContactForm()
    if form.validate():
        with form.accepting():
            _row, token = contact_requests.ask_contact(
                resource_id,
                cast(Any, form.contact()),
                form.message.data,
                consent=form.given_consent(),
                language=current_language().code,
                held_for=held_for,
            )
            session[RECEIPT] = {"token": token, "what": "request"}
            return redirect(url_for(".show_receipt"))
    return _show_contact(resource_id, form)


def _form(side: str, kind: str) -> Any:
    made = entry_form(SIDES.get(side, ""), kind, PRIVATE) if side in SIDES else None
    return made() if made else abort(404)


def _show_entry(side: str, kind: str, form: Any) -> ResponseReturnValue:
    return show_form("resources/entry_form.html", form, side=SIDES[side], kind=resource_kind(kind))


def _show_contact(resource_id: str, form: AskContactForm) -> ResponseReturnValue:
    shown = offers.offered(entries.public_resource(resource_id))
    return show_form("resources/contact_form.html", form, shown=shown)


def _query(asked: dict[str, str]) -> ResourceQuery:
    kind = asked.get("art", "")
    group = kinds_of_group(kind.removeprefix(GROUP)) if kind.startswith(GROUP) else []
    seats = asked.get("plaetze", "")
    return ResourceQuery(
        side=cast(Any, SIDES[asked.get("was", "bieten")]),
        words=asked.get("suche", ""),
        kinds=tuple(group) or ((kind,) if kind else ()),
        place=place_at(asked.get("stadtteil", "")),
        day=asked.get("tag", ""),
        part=asked.get("zeit", ""),
        seats=min(max(int(seats), 1), 1000) if seats else None,
        way_in=asked.get("zugang", ""),
        proven="sicher" in asked,
    )
