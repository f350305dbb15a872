"""Notes about one's own offers and answers: read by those concerned, who may comment, and by the office."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.providers.forms import QualityCommentForm
from wohnberatung.providers.services import quality
from wohnberatung.providers.views import blueprint
from wohnberatung.web.forms import show_form
from wohnberatung.web.visitors import current_actor


@blueprint.get("/anbieten/notizen")
def list_quality() -> ResponseReturnValue:
    actor = current_actor()
    notes = [note for each in sorted(actor.organisation_ids) for note in quality.quality_notes(each, actor)]
    return render_template("providers/quality.html", notes=notes)


@blueprint.get("/anbieten/notizen/<about>")
def ask_comment(about: str) -> ResponseReturnValue:
    _organisation, note = quality.load_note(about, current_actor())
    return _show(note, QualityCommentForm(text=note.comment, version=note.version))


@blueprint.post("/anbieten/notizen/<about>")
@commits
def comment_on_note(about: str) -> ResponseReturnValue:
    form = QualityCommentForm()
    if form.validate_on_submit():
        with form.accepting():
            quality.comment_on(about, form.text.data or "", current_actor(), version=form.submitted_version)
            flash(_("Danke. Ihr Kommentar steht jetzt bei der Notiz."), "success")
            return redirect(url_for(".list_quality"))
    return _show(quality.load_note(about, current_actor())[1], form)


def _show(note: quality.QualityNote, form: QualityCommentForm) -> ResponseReturnValue:
    return show_form("providers/quality_comment.html", form, note=note)


@blueprint.app_template_global("quality_notes_of")
def quality_notes_of(organisation_id: str) -> list[quality.QualityNote]:
    """For the office's page of an organisation."""
    return quality.quality_notes(organisation_id, current_actor())


@blueprint.app_template_global("repeated_notes")
def repeated_notes(organisation_id: str) -> list[tuple[object, int]]:
    """For the office: what stood out more than once."""
    return list(quality.repeated(organisation_id, current_actor()))
