"""Entering and changing an offer: the short form, details by theme, the text, what a household needs."""

from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.bridge.requirement_fields import form_data
from wohnberatung.core.transactions import commits
from wohnberatung.dwellings.forms import BasicsForm, DemandsForm, PlaceForm, TextForm, theme_form
from wohnberatung.dwellings.services import dwellings, entering, lifecycle, provider_desk
from wohnberatung.dwellings.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor

TOWN = "Dresden"


@blueprint.get("/anbieten/neu")
def start_offer() -> ResponseReturnValue:
    return _basics(_prepared(BasicsForm(address_released=False)))


@blueprint.post("/anbieten/neu")
@commits
def enter_offer() -> ResponseReturnValue:
    form = _prepared(BasicsForm())
    if form.validate_on_submit():
        with form.accepting():
            offer = entering.enter_offer(_organisation(form), _entered(form), actor=current_actor())
            flash(
                _("Der Entwurf ist gespeichert. Fügen Sie Bilder hinzu und veröffentlichen Sie ihn dann."),
                "success",
            )
            return redirect(url_for(".show_own_offer", offer_id=offer.id))
    return _basics(form)


@blueprint.get("/anbieten/<offer_id>/wichtigstes")
def edit_basics(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    return _basics(_prepared(_basics_class(offer)(data=_stored(offer)), offer), offer)


@blueprint.post("/anbieten/<offer_id>/wichtigstes")
@commits
def change_basics(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    form = _prepared(_basics_class(offer)(), offer)
    if form.validate_on_submit():
        with form.accepting():
            kept = entering.change_basics(
                offer, _entered(form), versions=form.submitted_versions, actor=current_actor()
            )
            return _saved(offer, kept)
    return _basics(form, offer)


@blueprint.get("/anbieten/<offer_id>/angaben/<theme>")
def edit_theme(offer_id: str, theme: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    return _theme(_theme_class(offer, theme)(data=_stored(offer)), offer, theme)


@blueprint.post("/anbieten/<offer_id>/angaben/<theme>")
@commits
def change_theme(offer_id: str, theme: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    form = _theme_class(offer, theme)()
    form.beside = _stored(offer)
    if form.validate_on_submit():
        kept = entering.state_facts(offer, form.fact_values(), versions=form.submitted_versions, actor=current_actor())
        return _saved(offer, kept)
    return _theme(form, offer, theme)


@blueprint.get("/anbieten/<offer_id>/text")
def edit_text(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    return _text(TextForm(obj=offer), offer)


@blueprint.post("/anbieten/<offer_id>/text")
@commits
def change_text(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    form = TextForm()
    if form.validate_on_submit():
        again = entering.change_text(
            offer,
            title=form.title.data or "",
            description=form.description.data or "",
            version=form.submitted_version,
            actor=current_actor(),
        )
        return _saved(offer, read_again=again)
    return _text(form, offer)


@blueprint.get("/anbieten/<offer_id>/haushalt")
def edit_demands(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    form = DemandsForm(data=form_data(offer.demands, DemandsForm.criteria) | {"version": offer.version})
    return _demands(form, offer)


@blueprint.post("/anbieten/<offer_id>/haushalt")
@commits
def change_demands(offer_id: str) -> ResponseReturnValue:
    offer = lifecycle.own_offer(offer_id, current_actor())
    form = DemandsForm()
    if form.validate_on_submit():
        again = entering.change_demands(
            offer, form.requirements(offer.demands), version=form.submitted_version, actor=current_actor()
        )
        return _saved(offer, read_again=again)
    return _demands(form, offer)


def _stored(offer: Any) -> dict[str, Any]:
    """Everything that the forms show of an offer and its dwelling."""
    data = {fact.key: getattr(part, fact.key) for part in offer.parts for fact in part.own_facts()}
    data |= {"title": offer.title, "version": offer.version, "organisation": offer.organisation_id}
    if offer.dwelling is not None:
        names = ("street", "house_number", "unit", "postcode", "address_released")
        data |= {name: getattr(offer.dwelling, name) for name in names}
        data["dwelling_version"] = offer.dwelling.version
    return data


def _basics_class(offer: Any) -> type[BasicsForm] | type[PlaceForm]:
    return PlaceForm if offer.dwelling is None else BasicsForm


def _prepared(form: Any, offer: Any = None) -> Any:
    """Without the question for whom where there is one answer only, or the offer is there already."""
    if "organisation" not in form:
        return form
    organisations = provider_desk.organisations_for(current_actor())
    if offer is not None or len(organisations) < 2:
        del form.organisation
    else:
        form.organisation.choices = organisations
        chosen = current_actor().acts_for
        if form.organisation.data is None and chosen is not None:
            form.organisation.data = chosen.organisation_id
    return form


def _organisation(form: Any) -> str:
    if "organisation" in form:
        return str(form.organisation.data)
    return next((key for key, _name in provider_desk.organisations_for(current_actor())), "")


def _entered(form: Any) -> entering.Basics:
    named = [name for name in ("street", "house_number", "unit", "postcode") if name in form]
    entered: dict[str, Any] = {name: (form[name].data or "").strip() for name in named}
    return entering.Basics(
        address=dwellings.Address(**entered, town=TOWN),
        title=(form.title.data or "").strip(),
        address_released=bool("address_released" in form and form.address_released.data),
        facts=form.fact_values(),
    )


def _theme_class(offer: Any, theme: str) -> Any:
    return theme_form(theme, entering.owners_of(offer)) or abort(404)


def _saved(offer: Any, kept: tuple[str, ...] = (), read_again: bool = False) -> ResponseReturnValue:
    flash(_("Gespeichert."), "success")
    if kept:
        message = _("Gemessen und darum unverändert: %(facts)s. Ihre Angabe ist vermerkt.", facts=", ".join(kept))
        flash(message, "warning")
    if read_again or offer.status == "review":
        flash(_("Die Wohnberatung liest das Angebot noch einmal, bevor es wieder öffentlich ist."), "info")
    return redirect(url_for(".show_own_offer", offer_id=offer.id))


def _basics(form: Any, offer: Any = None) -> ResponseReturnValue:
    return show_form("dwellings/desk/basics.html", form, offer=offer)


def _theme(form: Any, offer: Any, theme: str) -> ResponseReturnValue:
    label = next(progress.label for progress in entering.theme_progress(offer) if progress.theme == theme)
    return show_form("dwellings/desk/theme.html", form, offer=offer, label=label)


def _text(form: TextForm, offer: Any) -> ResponseReturnValue:
    return show_form("dwellings/desk/text.html", form, offer=offer)


def _demands(form: Any, offer: Any) -> ResponseReturnValue:
    return show_form("dwellings/desk/demands.html", form, offer=offer)
