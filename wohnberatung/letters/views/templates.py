"""Templates of letters, for administrators: every version stays, an unknown placeholder is refused."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wohnberatung.core.transactions import commits
from wohnberatung.letters import services
from wohnberatung.letters.forms import TemplateForm
from wohnberatung.letters.kinds import BLOCKS, BY_WORD, INLINE, KINDS, Kind
from wohnberatung.letters.views import blueprint
from wohnberatung.web.actors import current_actor
from wohnberatung.web.forms import show_form


@blueprint.get("/verwaltung/briefvorlagen")
def list_templates() -> ResponseReturnValue:
    rows = [(kind, services.template_of(kind.key)) for kind in KINDS.values()]
    return render_template("letters/templates.html", rows=rows)


@blueprint.get("/verwaltung/briefvorlagen/<word>")
def edit_template(word: str) -> ResponseReturnValue:
    """The one in use, or with `fassung` an older one to take up again."""
    kind = _kind(word)
    current = services.template_of(kind.key)
    number = request.args.get("fassung", "")
    shown = services.template_of(kind.key, int(number)) if number.isascii() and number.isdigit() else current
    return _show(kind, TemplateForm(title=shown.title, body=shown.body, version=current.number))


@blueprint.post("/verwaltung/briefvorlagen/<word>")
@commits(resubmittable=True)
def save_template(word: str) -> ResponseReturnValue:
    """Shows what it will look like with placeholders for words, or makes a new version."""
    kind, form = _kind(word), TemplateForm()
    if form.validate_on_submit():
        title, body = form.title.data or "", form.body.data or ""
        with form.accepting():
            services.check(title, "title", inline_only=True)
            services.check(body, "body")
            if request.form.get("was") != "speichern":
                return _show(kind, form, _sample(title, body))
            services.save_template(kind.key, title, body, based_on=form.submitted_version, actor=current_actor())
            flash(_("Die neue Fassung gilt ab sofort."), "success")
            return redirect(url_for(".edit_template", word=word))
    return _show(kind, form)


def _kind(word: str) -> Kind:
    return BY_WORD.get(word) or abort(404)


def _sample(title: str, body: str) -> dict[str, Any]:
    """The template with every placeholder explained in its place."""
    words = {name: f"[{label}]" for name, label in INLINE.items()}
    sections = {name: [{"kind": "paragraph", "text": f"[{label}]"}] for name, label in BLOCKS.items()}
    return {
        "title": services.filled(title, words),
        "parts": services.parts_of(body, words, sections),
        "recipient": "",
        "salutation": _("Guten Tag, …"),
        "closing": _("Freundliche Grüße"),
        "signature": "",
    }


def _show(kind: Kind, form: TemplateForm, paper: dict[str, Any] | None = None) -> ResponseReturnValue:
    return show_form(
        "letters/template.html",
        form,
        kind=kind,
        paper=paper,
        inline=INLINE,
        blocks=BLOCKS,
        versions=services.versions_of(kind.key),
    )
