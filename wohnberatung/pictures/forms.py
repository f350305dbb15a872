"""Forms of pictures."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, SelectChoice, TextAreaField

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.core.constraints import ALT
from wohnberatung.web.forms import Form, at_most

MOST_AT_ONCE = 6
# Telephones turn their own formats into JPEG if a page asks for these.
ACCEPTED = "image/jpeg,image/png,image/webp"


class PictureUploadForm(Form):
    """Up to six files of one use."""

    files = MultipleFileField(
        _l("Bilder auswählen"),
        description=_l(
            "Bis zu %(most)s Bilder auf einmal: JPEG, PNG oder WebP, jedes höchstens 15 MB, zusammen höchstens 40 MB. "
            "Angaben zu Ort und Kamera in der Datei löschen wir.",
            most=MOST_AT_ONCE,
        ),
        render_kw={"accept": ACCEPTED},
    )
    use = RadioField(
        _l("Was ist es?"),
        choices=[SelectChoice("photo", _l("Fotos")), SelectChoice("plan", _l("Grundrisse oder Pläne"))],
        default="photo",
        invalid_choice_message=NOT_OFFERED,
    )

    def chosen(self) -> list[Any]:
        """The files that were really picked."""
        return [file for file in self.files.data or [] if file and file.filename]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        count = len(self.chosen())
        if not count:
            self.files.errors = [_l("Bitte wählen Sie mindestens ein Bild aus.")]
        elif count > MOST_AT_ONCE:
            self.files.errors = [_l("Bitte wählen Sie höchstens %(most)s Bilder auf einmal.", most=MOST_AT_ONCE)]
        return bool(valid and not self.files.errors)


def description_form(pictures: Sequence[Any]) -> type[Form]:
    """A form class with one description per picture, named `alt_` and the picture's id."""
    hint = _l("Für Menschen, die das Bild nicht sehen, zum Beispiel: Bad mit bodengleicher Dusche und Haltegriff.")
    fields = {
        f"alt_{shown.id}": TextAreaField(
            _l("Was ist auf Bild %(number)s zu sehen?", number=number),
            default=shown.alt,
            description=hint,
            validators=[at_most(ALT)],
            render_kw={"rows": 3},
        )
        for number, shown in enumerate(pictures, start=1)
    }
    return type("DescriptionForm", (Form,), fields)
