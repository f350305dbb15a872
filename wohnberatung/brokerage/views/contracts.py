"""From the signature to moving in: the steps in their order, who pays for works, the documents."""

import io
from collections.abc import Sequence

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.brokerage.contract_forms import FundingForm, PaperForm, filled
from wohnberatung.brokerage.forms import MatchStepForm
from wohnberatung.brokerage.services import contracts, matches
from wohnberatung.brokerage.views import blueprint
from wohnberatung.core.transactions import commits
from wohnberatung.pictures.received import ReceivedFile
from wohnberatung.pictures.received_forms import received
from wohnberatung.web.forms import Form, show_form
from wohnberatung.web.refusals import refusal_returns_to
from wohnberatung.web.visitors import audited, current_actor


@blueprint.get("/vorschlaege/<match_id>/vertrag")
def show_contract(match_id: str) -> ResponseReturnValue:
    return render_template("brokerage/contract.html", contract=contracts.contract_sheet(match_id, current_actor()))


@blueprint.get("/vorschlaege/<match_id>/foerderung/neu")
def ask_funding(match_id: str) -> ResponseReturnValue:
    return _show_funding(matches.match_sheet(match_id, current_actor()), FundingForm())


@blueprint.post("/vorschlaege/<match_id>/foerderung/neu")
@commits
def add_funding(match_id: str) -> ResponseReturnValue:
    form = FundingForm()
    form.offer(contracts.programs_to_choose())
    if form.validate_on_submit():
        with form.accepting():
            contracts.save_funding(match_id, current_actor(), **form.funding())
            flash(_("Die Förderung ist festgehalten."), "success")
            return redirect(url_for(".show_contract", match_id=match_id))
    return _show_funding(matches.match_sheet(match_id, current_actor()), form)


@blueprint.get("/vorschlaege/foerderung/<funding_id>")
def ask_about_funding(funding_id: str) -> ResponseReturnValue:
    funding = contracts.load_funding(funding_id, current_actor())
    data = {**filled(**funding.plain_content), "due_on": funding.due_on, "version": funding.version}
    return _show_funding(matches.match_sheet(funding.match_id, current_actor()), FundingForm(data=data))


@blueprint.post("/vorschlaege/foerderung/<funding_id>")
@commits
def change_funding(funding_id: str) -> ResponseReturnValue:
    funding, form = contracts.load_funding(funding_id, current_actor()), FundingForm()
    form.offer(contracts.programs_to_choose())
    if form.validate_on_submit():
        along = {**form.funding(), "funding_id": funding_id, "version": form.submitted_version or 0}
        with form.accepting():
            contracts.save_funding(funding.match_id, current_actor(), **along)
            flash(_("Die Förderung ist festgehalten."), "success")
            return redirect(url_for(".show_contract", match_id=funding.match_id))
    return _show_funding(matches.match_sheet(funding.match_id, current_actor()), form)


@blueprint.get("/vorschlaege/<match_id>/unterlagen/neu")
def ask_paper(match_id: str) -> ResponseReturnValue:
    return _show_paper(match_id, PaperForm())


@blueprint.post("/vorschlaege/<match_id>/unterlagen/neu")
def add_paper(match_id: str) -> ResponseReturnValue:
    """Not under ``@commits`` as a whole: looking through a file must not hold the database's write lock."""
    form = PaperForm()
    matches.match_sheet(match_id, current_actor())
    files = received(form, "file", most=1, needed=True)
    return _keep(match_id, form, files[0]) if files else _show_paper(match_id, form)


@commits
def _keep(match_id: str, form: PaperForm, file: ReceivedFile) -> ResponseReturnValue:
    with form.accepting():
        told = {"kind": form.kind.data, "title": form.title.data or ""}
        contracts.add_paper(match_id, current_actor(), **told, content=file.content, media_type=file.media_type)
        flash(_("Die Datei ist da."), "success")
        return redirect(url_for(".show_contract", match_id=match_id))
    return _show_paper(match_id, form)


@blueprint.get("/vorschlaege/unterlagen/<paper_id>")
@audited("read", "match_papers", "paper_id")
def fetch_paper(paper_id: str) -> ResponseReturnValue:
    paper = contracts.load_paper(paper_id, current_actor())
    name = f"{paper.kind.value}.{paper.media_type.ending}"
    return send_file(io.BytesIO(paper.plain_file), paper.media_type, as_attachment=True, download_name=name)


@blueprint.post("/vorschlaege/unterlagen/<paper_id>/<key>")
@commits
def move_paper(paper_id: str, key: str) -> ResponseReturnValue:
    form, paper = MatchStepForm(), contracts.load_paper(paper_id, current_actor())
    asked = url_for(".show_match", match_id=paper.match_id, _anchor="aufgaben")
    back = asked if paper.task_id else url_for(".show_contract", match_id=paper.match_id)
    with refusal_returns_to(back):
        contracts.move_paper(paper_id, key, current_actor(), version=form.submitted_version)
    flash(_("Erledigt."), "success")
    return redirect(back)


def _show_funding(sheet: matches.MatchSheet, form: FundingForm) -> ResponseReturnValue:
    form.offer(contracts.programs_to_choose())
    names = ("program", "applied_on", "decision", "decided_on", "due_on")
    return _show(sheet, form, _("Förderung festhalten"), names)


def _show_paper(match_id: str, form: PaperForm) -> ResponseReturnValue:
    sheet = matches.match_sheet(match_id, current_actor())
    return _show(sheet, form, _("Datei hinzufügen"), ("kind", "title", "file"))


def _show(sheet: matches.MatchSheet, form: Form, title: str, names: Sequence[str]) -> ResponseReturnValue:
    back, page = url_for(".show_contract", match_id=sheet.match.id), _("Vertrag, Förderung, Umbau")
    return show_form("brokerage/match_form.html", form, sheet=sheet, title=title, names=names, back=back, page=page)
