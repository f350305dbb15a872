"""The board of all open matches, and the same as a list: narrowed, and moved on card by card."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField
from wtforms.validators import InputRequired

from wohnberatung.brokerage.services import board, matches
from wohnberatung.brokerage.services.scarcity import scarce_home
from wohnberatung.brokerage.services.staleness import is_stalled
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.pagination import page_number
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import VersionedForm
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

# Parts of the address by what they narrow.
PARTS = {"due": "frist", "advisor": "beratung", "borough": "bezirk", "column": "spalte"}
ON_THE_TELEPHONE = "am-telefon"

blueprint.add_app_template_global(is_stalled)
blueprint.add_app_template_global(scarce_home)


class MoveForm(VersionedForm):
    """The next step of a match, chosen on its card: which there are, the table says."""

    step = StringField(validators=[InputRequired()])


@blueprint.get("/vorschlaege")
def list_matches() -> ResponseReturnValue:
    narrowed = narrowed_by()
    page = board.matches_listed(current_actor(), narrowed, page_number(request.args.get("seite")))
    return render_template("brokerage/matches.html", page=page, **filter_choices(narrowed))


@blueprint.get("/vorschlaege/tafel")
def show_board() -> ResponseReturnValue:
    narrowed = narrowed_by()
    return render_template(
        "brokerage/board.html", columns=board.board_of(current_actor(), narrowed), **filter_choices(narrowed)
    )


@blueprint.post("/vorschlaege/<match_id>/weiter")
@commits
def move_match(match_id: str) -> ResponseReturnValue:
    """The step that was chosen on a card: taken at once, or on its own page where it asks for something."""
    form, here = MoveForm(), url_for(".show_board", **address_of(narrowed_by()))
    if not form.validate_on_submit():
        flash(_("Bitte wählen Sie, was als Nächstes geschieht."), "warning")
        return redirect(here)
    key = form.step.data
    if key == ON_THE_TELEPHONE:
        return redirect(url_for(".ask_what_was_said", match_id=match_id))
    if STEPS[key].asks:
        return redirect(url_for(".ask_about_step", match_id=match_id, key=key))
    with refusal_returns_to(here):
        match = matches.advance(match_id, key, current_actor(), version=form.submitted_version)
        flash(_("%(number)s: %(done)s.", number=match.request.receipt_number, done=STEPS[key].done), "success")
    return redirect(here)


def narrowed_by() -> board.MatchFilter:
    """As the address says."""
    return board.MatchFilter(**{name: request.args.get(part, "").strip()[:60] for name, part in PARTS.items()})


def address_of(narrowed: board.MatchFilter) -> dict[str, Any]:
    """What of the filter stands in an address."""
    return {part: value for name, part in PARTS.items() if (value := getattr(narrowed, name))}


def filter_choices(narrowed: board.MatchFilter) -> dict[str, object]:
    """What the form of the filter needs."""
    advisors = {board.MINE: _("mir"), **board.advisors_by_id()}
    if narrowed.advisor and narrowed.advisor not in advisors:
        abort(404)
    return {
        "narrowed": narrowed,
        "address": address_of(narrowed),
        "choices": (
            ("frist", _("Frist"), narrowed.due, [(due.value, words) for due, words in board.DUE_WORDS.items()]),
            ("beratung", _("Zuständig"), narrowed.advisor, list(advisors.items())),
            ("bezirk", _("Stadtbezirk"), narrowed.borough, [(name, name) for name in board.boroughs()]),
            ("spalte", _("Stand"), narrowed.column, [(each.key, each.label) for each in board.COLUMNS]),
        ),
    }
