"""PDF files that a form takes, as its field `file`: looked through while no transaction is open."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms.validators import Optional

from wohnberatung.core.received_pdfs import check_pdf
from wohnberatung.web.forms import Form


def pdf_field() -> FileField:
    """That nothing was chosen is said by `looked_through`, like all else about the file."""
    return FileField(
        _l("PDF-Datei"),
        description=_l("Höchstens 5 MB, ohne Formulare und Programme."),
        validators=[Optional()],
        render_kw={"accept": "application/pdf"},
    )


def looked_through(form: Form) -> bytes | None:
    """The bytes of a valid form's `file`; None where the form is to be shown again with what is wrong.

    Takes a moment: the view must not hold the database's write lock meanwhile.
    """
    if form.validate_on_submit():
        file = form["file"].data
        with form.accepting():
            content = bytes(file.read()) if file else b""
            check_pdf(content)
            file.stream.seek(0)
            return content
    return None
