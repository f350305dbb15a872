"""Letters of a case: written with a look before, kept, printed."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.cases import services as cases
from wohnberatung.core.transactions import commits
from wohnberatung.letters import services
from wohnberatung.letters.forms import LetterForm
from wohnberatung.letters.kinds import BY_WORD, KINDS, Kind
from wohnberatung.letters.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form
from wohnberatung.web.noting import noted


@blueprint.get("/faelle/<case_id>/briefe")
@noted("read")
def list_letters(case_id: str) -> ResponseReturnValue:
    case = cases.load_case(case_id, current_actor())
    name = cases.content_of(case)["name"]
    kept = services.letters_of(case)
    return render_template("letters/letters.html", case=case, name=name, kept=kept, kinds=KINDS.values())


@blueprint.get("/faelle/<case_id>/briefe/neu/<word>")
@noted("read")
def begin_letter(case_id: str, word: str) -> ResponseReturnValue:
    case, kind = cases.load_case(case_id, current_actor()), _kind(word)
    return _show(case, kind, LetterForm(**services.suggested(case)))


@blueprint.post("/faelle/<case_id>/briefe/neu/<word>")
@commits(resubmittable=True)
def write_letter(case_id: str, word: str) -> ResponseReturnValue:
    """Shows what it will look like, or keeps it."""
    actor, kind, form = current_actor(), _kind(word), LetterForm()
    case = cases.load_case(case_id, actor)
    if form.validate_on_submit():
        given = {name: form[name].data or "" for name in ("recipient", "salutation", "written")}
        with form.accepting():
            drafted = services.draft(case, kind.key, given, actor)
            if request.form.get("was") != "speichern":
                return _show(case, kind, form, drafted.paper)
            row = services.keep(case, drafted, actor)
            flash(_("Der Brief ist gespeichert."), "success")
            return redirect(url_for(".show_letter", letter_id=row.id))
    return _show(case, kind, form)


@blueprint.get("/briefe/<letter_id>")
@noted("read", "letters", "letter_id")
def show_letter(letter_id: str) -> ResponseReturnValue:
    return render_template("letters/letter.html", kept=services.load_letter(letter_id, current_actor()))


@blueprint.get("/briefe/<letter_id>.pdf")
@noted("read", "letters", "letter_id")
def download_letter(letter_id: str) -> ResponseReturnValue:
    kept = services.load_letter(letter_id, current_actor())
    response = Response(services.pdf_of(kept), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="brief-{kept.letter.case.number}.pdf"'
    return response


def _kind(word: str) -> Kind:
    return BY_WORD.get(word) or abort(404)


def _show(case: Any, kind: Kind, form: LetterForm, paper: dict[str, Any] | None = None) -> ResponseReturnValue:
    return show_form("letters/new.html", form, case=case, kind=kind, paper=paper)
