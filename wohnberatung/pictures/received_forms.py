"""Fields of forms that take files, PDF or pictures: looked at while no transaction is open."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField, MultipleFileField
from wtforms.validators import Optional

from wohnberatung.core.errors import DomainError
from wohnberatung.pictures.received import ReceivedFile, receive
from wohnberatung.web.forms import Form

ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,image/avif,image/heic,image/tiff"
# Bytes of a form with them, with room for its words.
MOST_BYTES = 21 * 1024 * 1024


def file_field(label: Any) -> FileField:
    """For one file. That nothing was chosen is said by `received`."""
    hint = _l("PDF mit höchstens 5 MB oder ein Foto. Wo und wann es gemacht ist, löschen wir aus dem Foto.")
    return FileField(label, description=hint, validators=[Optional()], render_kw={"accept": ACCEPTED})


def files_field(label: Any, most: int) -> MultipleFileField:
    """For up to so many files, or none."""
    hint = _l(
        "Bis zu %(most)s Dateien: PDF mit höchstens 5 MB oder Fotos, alle zusammen höchstens 20 MB. "
        "Wo und wann ein Foto gemacht ist, löschen wir aus der Datei.",
        most=most,
    )
    return MultipleFileField(label, description=hint, validators=[Optional()], render_kw={"accept": ACCEPTED})


def received(form: Form, name: str, *, most: int, needed: bool = False) -> list[ReceivedFile] | None:
    """The files of a valid form's field `name`; None where the form is to be shown again with what is wrong.

    Takes a moment: the view must not hold the database's write lock meanwhile.
    """
    if not form.validate_on_submit():
        return None
    sent = form[name].data
    chosen = [file for file in (sent if isinstance(sent, list) else [sent]) if file and file.filename]
    with form.accepting():
        if needed and not chosen:
            raise DomainError(_("Bitte wählen Sie eine Datei aus."), name)
        if len(chosen) > most:
            said = ngettext("Bitte höchstens %(num)s Datei.", "Bitte höchstens %(num)s Dateien auf einmal.", most)
            raise DomainError(said, name)
        files = [receive(file.read(), file.filename, name) for file in chosen]
        for file in chosen:
            file.stream.seek(0)
        return files
    return None
