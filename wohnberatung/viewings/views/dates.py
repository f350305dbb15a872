"""The page of a viewing: propose, choose, call off, say how to get in."""

from typing import Any

from flask import Response, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.viewings.forms import ArrivalForm, DatesForm, DeedForm
from wohnberatung.viewings.services import calendar_file, corrections, dates, sheets
from wohnberatung.viewings.services.sides import Standing
from wohnberatung.viewings.views import blueprint
from wohnberatung.viewings.views.doors import back_to, page, standing
from wohnberatung.web.date_forms import ChosenDate
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/besichtigungen")
def list_viewings() -> ResponseReturnValue:
    return render_template("viewings/viewings.html", sheets=sheets.listed_viewings(current_actor()))


@page()
def show_viewing(match_id: str, token: str | None = None) -> ResponseReturnValue:
    return _show(standing(match_id, token))


@page("/termine", method="POST")
@commits
def propose_dates(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here, form = standing(match_id, token), DatesForm()
    if form.validate():
        moments = [dates.moment_at(day, at) for day, at in form.moments()]
        with form.accepting():
            dates.propose(here, moments, version=form.submitted_version, for_side=form.side.data)
            flash(_("Die Termine sind vorgeschlagen. Jetzt wählt die andere Seite."), "success")
            return back_to(here)
    return _show(here, proposing=form)


@page("/wahl", method="POST")
@commits
def choose_date(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here, form = standing(match_id, token), ChosenDate()
    viewing = sheets.viewing_sheet(here).viewing
    form.offer(viewing.moments if viewing else [])
    if form.validate():
        with form.accepting():
            chosen = form.chosen()
            dates.choose(here, chosen, version=form.submitted_version)
            said = _("Der Termin steht fest.") if chosen else _("Wir fragen nach anderen Terminen.")
            flash(said, "success")
            return back_to(here)
    return _show(here, choosing=form)


@page("/absage", method="POST")
@commits
def call_off(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here, form = standing(match_id, token), DeedForm()
    if form.validate():
        with form.accepting():
            dates.call_off(here, version=form.submitted_version)
            flash(_("Der Termin ist abgesagt. Die andere Seite bekommt Bescheid."), "success")
            return back_to(here)
    return _show(here, calling_off=form)


@page("/weg", method="POST")
@commits
def describe_arrival(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here, form = standing(match_id, token), ArrivalForm()
    if form.validate():
        with form.accepting(stored=lambda: _arrival_form(sheets.viewing_sheet(here))):
            sheets.describe_arrival(here, form.said(), version=form.submitted_version)
            flash(_("Der Weg ist beschrieben."), "success")
            return back_to(here)
    return _show(here, describing=form)


@page("/termin.ics")
def download_viewing(match_id: str, token: str | None = None) -> ResponseReturnValue:
    here = standing(match_id, token)
    file = calendar_file.viewing_calendar(here)
    if file is None:
        return back_to(here)
    response = Response(file, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="besichtigung.ics"'
    return response


def _arrival_form(sheet: sheets.ViewingSheet) -> ArrivalForm:
    return ArrivalForm(formdata=None, data={**sheet.arrival, "version": sheet.version})


def _show(here: Standing, **refused: Any) -> ResponseReturnValue:
    """The page with whatever form was refused; the others as they are."""
    sheet = sheets.viewing_sheet(here)
    version = {"formdata": None, "version": sheet.version}
    choosing = refused.get("choosing") or ChosenDate(**version)
    return show_form(
        "viewings/viewing.html",
        next(iter(refused.values()), None) or DeedForm(**version),
        sheet=sheet,
        here=here,
        proposing=refused.get("proposing") or DatesForm(**version),
        choosing=choosing.offer(sheet.viewing.moments if sheet.viewing else []),
        describing=refused.get("describing") or _arrival_form(sheet),
        corrections=corrections.waiting_corrections(current_actor(), here.match.id) if here.is_office else [],
    )
