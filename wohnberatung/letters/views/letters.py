"""Letters of a case (written with a look before, kept, printed) and their templates in versions."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.cases.services import cases, content
from wohnberatung.core.languages import GERMAN, LANGUAGES
from wohnberatung.core.texts import whole_number
from wohnberatung.core.transactions import commits
from wohnberatung.letters.kinds import BLOCKS, BY_WORD, INLINE, KINDS, LetterKind
from wohnberatung.letters.services import letters, templates
from wohnberatung.letters.views import blueprint
from wohnberatung.papers import LetterPaper, paragraph
from wohnberatung.web.forms import Form, VersionedForm, at_most, show_form
from wohnberatung.web.visitors import audited, current_actor


class LetterForm(Form):
    recipient = TextAreaField(
        _l("An wen geht der Brief?"),
        description=_l("So, wie es auf dem Umschlag steht."),
        validators=[InputRequired(_l("Bitte geben Sie an, an wen der Brief geht.")), at_most(400)],
        render_kw={"rows": 5},
    )
    salutation = StringField(
        _l("Anrede"), validators=[InputRequired(_l("Bitte geben Sie eine Anrede an.")), at_most(200)]
    )
    language = SelectField(
        _l("Sprache des Briefs"),
        description=_l("Vorgeschlagen ist, was die Person liest. Leichte Sprache wird größer gedruckt."),
        choices=[SelectChoice(language.code, language.name) for language in LANGUAGES],
        default=GERMAN.code,
        invalid_choice_message=NOT_OFFERED,
    )
    written = TextAreaField(
        _l("Was Sie selbst schreiben"),
        description=_l("Kurze Sätze, ein Gedanke je Satz. Eine leere Zeile beginnt einen neuen Absatz."),
        validators=[at_most(6000)],
        render_kw={"rows": 8},
    )


class TemplateForm(VersionedForm):
    title = StringField(
        _l("Überschrift des Briefs"),
        validators=[InputRequired(_l("Bitte geben Sie eine Überschrift an.")), at_most(200)],
    )
    body = TextAreaField(
        _l("Text der Vorlage"),
        description=_l(
            "Eine Zeile mit # beginnt eine Zwischenüberschrift, mit - einen Punkt einer Liste. "
            "Eine leere Zeile beginnt einen neuen Absatz."
        ),
        validators=[InputRequired(_l("Bitte schreiben Sie den Text der Vorlage.")), at_most(10000)],
        render_kw={"rows": 24},
    )


@blueprint.get("/faelle/<case_id>/briefe")
@audited("read")
def list_letters(case_id: str) -> ResponseReturnValue:
    case = cases.load_case(case_id, current_actor())
    name = content.content_of(case)["name"]
    kept = letters.letters_about(case, current_actor())
    return render_template("letters/letters.html", case=case, name=name, kept=kept, kinds=KINDS.values())


@blueprint.get("/faelle/<case_id>/briefe/neu/<word>")
@audited("read")
def begin_letter(case_id: str, word: str) -> ResponseReturnValue:
    case, kind = cases.load_case(case_id, current_actor()), _kind_of_letter(word)
    return _show_letter(case, kind, LetterForm(**letters.suggested(case, current_actor())))


@blueprint.post("/faelle/<case_id>/briefe/neu/<word>")
@commits(resubmittable=True)
def write_letter(case_id: str, word: str) -> ResponseReturnValue:
    """Shows what it will look like, or keeps it."""
    actor, kind, form = current_actor(), _kind_of_letter(word), LetterForm()
    case = cases.load_case(case_id, actor)
    if form.validate_on_submit():
        given = {name: form[name].data or "" for name in ("recipient", "salutation", "written", "language")}
        with form.accepting():
            drafted = letters.draft(case, kind.key, given, actor)
            if request.form.get("was") != "speichern":
                form.salutation.data = drafted.paper["salutation"]
                return _show_letter(case, kind, form, drafted.paper)
            row = letters.keep(case, drafted, actor)
            flash(_("Der Brief ist gespeichert."), "success")
            return redirect(url_for(".show_letter", letter_id=row.id))
    return _show_letter(case, kind, form)


@blueprint.get("/briefe/<letter_id>")
@audited("read", "letters", "letter_id")
def show_letter(letter_id: str) -> ResponseReturnValue:
    return render_template("letters/letter.html", kept=letters.load_letter(letter_id, current_actor()))


@blueprint.get("/briefe/<letter_id>.pdf")
@audited("read", "letters", "letter_id")
def download_letter(letter_id: str) -> ResponseReturnValue:
    kept = letters.load_letter(letter_id, current_actor())
    response = Response(letters.pdf_of(kept), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="brief-{kept.letter.case.number}.pdf"'
    return response


def _kind_of_letter(word: str) -> LetterKind:
    return BY_WORD.get(word) or abort(404)


def _show_letter(
    case: Any, kind: LetterKind, form: LetterForm, paper: LetterPaper | None = None
) -> ResponseReturnValue:
    return show_form("letters/new.html", form, case=case, kind=kind, paper=paper)


@blueprint.get("/verwaltung/briefvorlagen")
def list_templates() -> ResponseReturnValue:
    rows = [(kind, templates.template_of(kind.key)) for kind in KINDS.values()]
    return render_template("letters/templates.html", rows=rows)


@blueprint.get("/verwaltung/briefvorlagen/<word>")
def edit_template(word: str) -> ResponseReturnValue:
    """The one in use, or with `fassung` an older one to take up again."""
    kind = _kind_of_template(word)
    current = templates.template_of(kind.key)
    number = whole_number(request.args.get("fassung"))
    shown = current if number is None else templates.template_of(kind.key, number)
    return _show_template(kind, TemplateForm(title=shown.title, body=shown.body, version=current.number))


@blueprint.post("/verwaltung/briefvorlagen/<word>")
@commits(resubmittable=True)
def save_template(word: str) -> ResponseReturnValue:
    """Shows what it will look like with placeholders for words, or makes a new version."""
    kind, form = _kind_of_template(word), TemplateForm()
    if form.validate_on_submit():
        title, body = form.title.data or "", form.body.data or ""
        with form.accepting():
            templates.check(title, "title", inline_only=True)
            templates.check(body, "body")
            if request.form.get("was") != "speichern":
                return _show_template(kind, form, _sample(title, body))
            templates.save_template(kind.key, title, body, based_on=form.submitted_version, actor=current_actor())
            flash(_("Die neue Fassung gilt ab sofort."), "success")
            return redirect(url_for(".edit_template", word=word))
    return _show_template(kind, form)


def _kind_of_template(word: str) -> LetterKind:
    return BY_WORD.get(word) or abort(404)


def _sample(title: str, body: str) -> LetterPaper:
    """The template with every placeholder explained in its place."""
    words = {name: f"[{label}]" for name, label in INLINE.items()}
    sections = {name: [paragraph(f"[{label}]")] for name, label in BLOCKS.items()}
    return {
        "title": templates.filled(title, words),
        "parts": templates.parts_of(body, words, sections),
        "recipient": "",
        "reference": "",
        "salutation": _("Guten Tag, …"),
        "closing": _("Freundliche Grüße"),
        "signature": "",
        "language": GERMAN.code,
    }


def _show_template(kind: LetterKind, form: TemplateForm, paper: LetterPaper | None = None) -> ResponseReturnValue:
    return show_form(
        "letters/template.html",
        form,
        kind=kind,
        paper=paper,
        inline=INLINE,
        blocks=BLOCKS,
        versions=templates.versions_of(kind.key),
    )
