"""The matching workplace: requests, their ranked homes with reasons, other requirements, pairs, notes."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.wording import decision_of, payers_of
from wohnberatung.brokerage.forms import MatchStepForm, PairNoteForm, trial_form
from wohnberatung.brokerage.services import live_count, pairs, request_sheets, requirement_trials, results, rows
from wohnberatung.brokerage.services.rankings import ShownList
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.web import spam
from wohnberatung.web.forms import show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import audited, current_actor

LONGEST_WORDS = 100

# What the list can be narrowed to, by the word in the address.
VIEWS = {"passt": "fits", "klaeren": "clarify", "anpassung": "adapt", "passt-nicht": "misses"}


@blueprint.app_template_global("live_count_of")
def live_count_of(journey: Any) -> Any:
    """For the steps of the request form, which lies in an area that knows nothing of offers."""
    return live_count.live_count_of(journey.needs())


@blueprint.app_template_global("found_for")
def found_for(journey: Any, view: str, number: int) -> Any:
    """For the page that opens this count: the first of each view, or a page of one."""
    return live_count.found_for(journey.needs(), VIEWS.get(view, ""), number)


@blueprint.app_template_global("view_of")
def view_of(outlook: str) -> str:
    """The word of an outlook in an address."""
    return next(word for word, each in VIEWS.items() if each == outlook)


@blueprint.app_template_global("row_of")
def row_of(offer: Any) -> rows.OfferRow:
    """The figures of an offer in one line."""
    return rows.offer_row(offer)


blueprint.add_app_template_global(results.rules_in_force, "ranked_by")
blueprint.add_app_template_global(decision_of)
blueprint.add_app_template_global(payers_of)


@blueprint.get("/gesuche")
def list_requests() -> ResponseReturnValue:
    sought = request.args.get("nummer", "")
    page = request_sheets.requests_for_list(current_actor(), sought, page_number(request.args.get("seite")))
    return render_template("brokerage/requests.html", page=page, sought=sought)


@blueprint.get("/gesuche/<request_id>")
@audited("read", "housing_requests", "request_id")
def show_ranking(request_id: str) -> ResponseReturnValue:
    view = VIEWS.get(request.args.get("sicht", ""))
    words = request.args.get("suche", "").strip()[:LONGEST_WORDS]
    shown = ShownList.named(view, words, page_number(request.args.get("seite")))
    page = request_sheets.ranking_page(request_id, current_actor(), shown)
    sheet = page.sheet
    held_because = spam.REASONS[HoldReason(sheet.request.held_for)] if sheet.request.held_for else ""
    return render_template(
        "brokerage/ranking.html",
        sheet=sheet,
        listed=page.listed,
        advice=page.advice,
        asked_offer=page.asked_offer,
        view=view,
        words=words,
        views={outlook: name for name, outlook in VIEWS.items()},
        held_because=held_because,
    )


@blueprint.post("/gesuche/<request_id>/schliessen")
@commits
def refuse_request(request_id: str) -> ResponseReturnValue:
    form, back = MatchStepForm(), redirect(url_for(".show_ranking", request_id=request_id))
    if not form.validate_on_submit():
        return back
    closed = request_sheets.refuse_request(request_id, current_actor(), version=form.submitted_version)
    flash(_("Das Gesuch %(number)s ist geschlossen.", number=closed.receipt_number), "success")
    return redirect(url_for(".list_requests"))


@blueprint.get("/gesuche/<request_id>/probieren")
def show_trial(request_id: str) -> ResponseReturnValue:
    """The form as it is stored; with `kriterium` and `stufe` one must is eased already."""
    tried = _trial_request(request_id)
    requirements = tried.requirements
    if key := request.args.get("kriterium"):
        requirements = requirement_trials.eased(tried, key, request.args.get("stufe", 0, int))
    form = trial_form(tried.criteria, requirements)
    form.version.data = str(tried.request.version)
    return _trial_page(tried, form, requirements)


@blueprint.post("/gesuche/<request_id>/probieren")
def try_requirements(request_id: str) -> ResponseReturnValue:
    """The list as it would be; nothing is stored. A script asks for the list alone."""
    tried = _trial_request(request_id)
    form = trial_form(tried.criteria)
    requirements = form.requirements(tried.requirements) if form.validate_on_submit() else None
    return _trial_page(tried, form, requirements, part="HX-Request" in request.headers)


@blueprint.post("/gesuche/<request_id>/anforderungen")
@commits
def save_requirements(request_id: str) -> ResponseReturnValue:
    tried = _trial_request(request_id)
    form = trial_form(tried.criteria)
    if form.validate_on_submit():
        wanted = form.requirements(tried.requirements)
        with form.accepting():
            requirement_trials.save_requirements(
                request_id, current_actor(), version=form.submitted_version or 0, requirements=wanted
            )
            flash(_("Die Anforderungen sind gespeichert. Die Liste ist neu."), "success")
            return redirect(url_for(".show_ranking", request_id=request_id))
    return _trial_page(tried, form, None)


@blueprint.get("/gesuche/<request_id>/vergleich")
def compare_offers(request_id: str) -> ResponseReturnValue:
    with refusal_returns_to(url_for(".show_ranking", request_id=request_id), "warning"):
        comparison = pairs.compare(request_id, request.args.getlist("angebot"), current_actor())
    return render_template("brokerage/comparison.html", comparison=comparison)


@blueprint.get("/gesuche/<request_id>/angebote/<offer_id>")
def show_pair(request_id: str, offer_id: str) -> ResponseReturnValue:
    sheet = pairs.pair_sheet(request_id, offer_id, current_actor())
    return show_form("brokerage/pair.html", PairNoteForm(), sheet=sheet)


@blueprint.post("/gesuche/<request_id>/angebote/<offer_id>")
@commits
def write_note(request_id: str, offer_id: str) -> ResponseReturnValue:
    form = PairNoteForm()
    if form.validate_on_submit():
        pairs.write_note(request_id, offer_id, current_actor(), form.text.data)
        flash(_("Die Notiz ist gespeichert."), "success")
        return redirect(url_for(".show_pair", request_id=request_id, offer_id=offer_id))
    return show_form("brokerage/pair.html", form, sheet=pairs.pair_sheet(request_id, offer_id, current_actor()))


def _trial_request(request_id: str) -> requirement_trials.TrialRequest:
    """What is asked, with the criteria that were added to the form (`dazu`, any number)."""
    return requirement_trials.trial_request_of(request_id, current_actor(), request.values.getlist("dazu"))


def _trial_page(
    tried: requirement_trials.TrialRequest, form: Any, requirements: Any, part: bool = False
) -> ResponseReturnValue:
    trial = None
    if requirements is not None:
        with form.accepting():
            trial = requirement_trials.try_out(tried, [entry for entry in requirements if entry["importance"]])
    page = "brokerage/_trial.html" if part else "brokerage/trial.html"
    return show_form(page, form, tried=tried, trial=trial, added=request.values.getlist("dazu"))
