"""Houses and plots, entered by their owners, with the groups they suit."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.network.forms import SiteForm
from wohnberatung.network.services import searches, sites
from wohnberatung.network.views import blueprint
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import current_actor


@blueprint.get("/haeuser")
def list_sites() -> ResponseReturnValue:
    return render_template("network/sites.html", sites=sites.sites_for(current_actor()))


@blueprint.get("/haeuser/neu")
def ask_site() -> ResponseReturnValue:
    return show_form("network/site_form.html", SiteForm(), site=None)


@blueprint.post("/haeuser/neu")
@commits
def add_site() -> ResponseReturnValue:
    form = SiteForm()
    if form.validate_on_submit():
        with form.accepting():
            site = sites.enter_site(_texts(form), form.fact_values(), current_actor())
            flash(_("Der Entwurf ist gespeichert. Noch sieht ihn nur die Wohnberatung."), "success")
            return redirect(url_for(".show_site", site_id=site.id))
    return show_form("network/site_form.html", form, site=None)


@blueprint.get("/haeuser/<site_id>")
def show_site(site_id: str) -> ResponseReturnValue:
    actor = current_actor()
    site = sites.own_site(site_id, actor)
    return render_template(
        "network/site.html",
        site=site,
        groups=sites.facts_of_site(site),
        suiting=searches.projects_for_site(site_id, actor),
        form=Form(),
    )


@blueprint.get("/haeuser/<site_id>/angaben")
def ask_changes(site_id: str) -> ResponseReturnValue:
    site = sites.own_site(site_id, current_actor())
    return show_form("network/site_form.html", SiteForm(obj=site), site=site)


@blueprint.post("/haeuser/<site_id>/angaben")
@commits
def edit_site(site_id: str) -> ResponseReturnValue:
    form, actor = SiteForm(), current_actor()
    site = sites.own_site(site_id, actor)
    if form.validate_on_submit():
        with form.accepting():
            sites.edit_site(site_id, _texts(form), form.fact_values(), form.submitted_version, actor)
            flash(_("Gespeichert."), "success")
            return redirect(url_for(".show_site", site_id=site_id))
    return show_form("network/site_form.html", form, site=site)


@blueprint.post("/haeuser/<site_id>/stand/<move>")
@commits
def move_site(site_id: str, move: str) -> ResponseReturnValue:
    """Shown to groups, or no longer."""
    actor, here = current_actor(), url_for(".show_site", site_id=site_id)
    with refusal_returns_to(here):
        if move == "zeigen":
            site = sites.publish_site(site_id, actor)
            shown = _("Gruppen, die so etwas suchen, sehen das Haus jetzt.")
            waits = _("Die Wohnberatung sieht sich das Angebot an und schaltet es dann frei.")
            flash(shown if site.status == "published" else waits, "success")
        else:
            sites.withdraw_site(site_id, actor)
            flash(_("Das Haus ist zurückgezogen."), "success")
    return redirect(here)


def _texts(form: Any) -> dict[str, str]:
    return {name: form[name].data or "" for name in ("title", "description", "address")}
