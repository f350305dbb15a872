"""Forms of imports."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from wohnberatung.bridge.fields import NOT_OFFERED
from wohnberatung.intake.headings import NOT_READ, Column, suggestion, words_to_choose
from wohnberatung.web.forms import Form

ACCEPTED = ".zip,.xml,.csv,.xlsx,.ods,.txt"
_COLUMN = "spalte_"


class UploadForm(Form):
    """One file, whose homes it holds, and whether it names all of them."""

    file = FileField(
        _l("Datei auswählen"),
        description=_l(
            "OpenImmo als ZIP oder XML (höchstens 128 MB), oder eine Tabelle als XLSX, ODS oder CSV (höchstens 16 MB)."
            " Die Datei wird erst gelesen und geprüft; übernommen wird nichts, bevor Sie zugestimmt haben."
        ),
        render_kw={"accept": ACCEPTED},
    )
    organisation = SelectField(_l("Wessen Wohnungen sind es?"), validators=[InputRequired()])
    full = BooleanField(
        _l("Die Tabelle enthält alle unsere Angebote"),
        description=_l(
            "Dann enden Angebote früherer Tabellen, die in dieser fehlen. Bei OpenImmo steht das in der Datei selbst."
        ),
    )

    def __init__(self, organisations: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation.choices = organisations
        self.organisation.validate_choice = False

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if not (self.file.data and self.file.data.filename):
            self.file.errors = [_l("Bitte wählen Sie eine Datei aus.")]
        if self.organisation.data not in dict(self.organisation.choices):
            self.organisation.errors = [NOT_OFFERED]
        return bool(valid and not self.errors)


class ColumnsForm(Form):
    """What each column of a table means: one field a column, in the order of `columns`."""

    @classmethod
    def over(cls, columns: Sequence[Column], **options: Any) -> "ColumnsForm":
        """Those that nobody knows begin with what their heading is nearest to."""
        choices = [SelectChoice(NOT_READ, _l("nicht einlesen"))]
        choices += [
            SelectChoice(word, label, optgroup=str(group))
            for group, words in words_to_choose()
            for word, label in words
        ]
        fields = {
            f"{_COLUMN}{number}": SelectField(
                column.heading,
                description=_l("Zum Beispiel: %(examples)s", examples="; ".join(column.examples)),
                choices=choices,
                default=suggestion(column.heading) if column.word is None else column.word,
                invalid_choice_message=NOT_OFFERED,
            )
            for number, column in enumerate(columns)
        }
        form: ColumnsForm = type(cls.__name__, (cls,), fields)(**options)
        return form

    def fields_of(self, columns: Sequence[Column]) -> list[tuple[Column, SelectField]]:
        return [(column, self[f"{_COLUMN}{number}"]) for number, column in enumerate(columns)]


class RemovalsForm(Form):
    """A person says that so many offers shall really end."""

    sure = BooleanField(
        _l("Ja, diese Angebote sollen enden"),
        validators=[InputRequired(_l("Bitte bestätigen Sie, dass die Angebote enden sollen."))],
    )


class TokenForm(Form):
    """A new access for a program."""

    label = StringField(
        _l("Wofür ist der Zugang?"),
        description=_l("Zum Beispiel der Name des Programms, das die Dateien schickt."),
        validators=[
            InputRequired(_l("Bitte geben Sie dem Zugang einen Namen.")),
            Length(max=80, message=_l("Bitte kürzen Sie den Namen auf 80 Zeichen.")),
        ],
    )
    applies = BooleanField(
        _l("Lieferungen gleich übernehmen"),
        description=_l(
            "Sonst wartet jede Lieferung als Vorschau auf Sie. Gefragt werden Sie auch so, wenn ungewöhnlich viele"
            " Angebote enden würden."
        ),
    )
