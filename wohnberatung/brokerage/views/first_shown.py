"""A home that is first shown to those who need what it has: who that is, and until when, for the office."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.brokerage.services import first_shown
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.web.forms import VersionedForm, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor

blueprint.add_app_template_global(first_shown.first_shown_until)
blueprint.add_app_template_global(first_shown.needs_it, "needs_it_first")


class FirstShownForm(VersionedForm):
    """Until when."""

    until = DayField(
        _l("Bis zu welchem Tag zuerst?"),
        description=_l("Ein Tag in den nächsten acht Wochen. Danach ist die Wohnung für alle da."),
        validators=[InputRequired(_l("Bitte geben Sie den Tag an."))],
    )


@blueprint.get("/angebote/<offer_id>/zuerst")
def show_first(offer_id: str) -> ResponseReturnValue:
    sheet = first_shown.first_sheet(offer_id, current_actor())
    return _show(sheet, FirstShownForm(until=sheet.until, version=sheet.version))


@blueprint.post("/angebote/<offer_id>/zuerst")
@commits
def declare_first(offer_id: str) -> ResponseReturnValue:
    form = FirstShownForm()
    if form.validate_on_submit():
        with form.accepting():
            first_shown.declare_first(offer_id, form.until.data, current_actor(), version=form.submitted_version)
            flash(_("Festgehalten. So lange wird die Wohnung zuerst denen vorgeschlagen, die sie brauchen."), "success")
            return redirect(url_for(".show_first", offer_id=offer_id))
    return _show(first_shown.first_sheet(offer_id, current_actor()), form)


@blueprint.post("/angebote/<offer_id>/zuerst/beenden")
@commits
def end_first(offer_id: str) -> ResponseReturnValue:
    form, here = VersionedForm(), url_for(".show_first", offer_id=offer_id)
    with refusal_returns_to(here):
        first_shown.declare_first(offer_id, None, current_actor(), version=form.submitted_version)
    flash(_("Die Wohnung ist jetzt für alle da."), "success")
    return redirect(here)


def _show(sheet: Any, form: VersionedForm) -> ResponseReturnValue:
    return show_form("brokerage/first_shown.html", form, sheet=sheet)
