"""Forms of what follows a contract: a funding programme, a document."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from wohnberatung.bridge.fields import CHOOSE, NOT_OFFERED
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.brokerage.signing import DECISIONS, PAPER_KINDS, FundingDecision
from wohnberatung.pictures.received_forms import file_field
from wohnberatung.web.forms import Form, VersionedForm, at_most


class FundingForm(VersionedForm):
    """Which programme, and what became of the application; the programmes to choose from come from the tables."""

    program = SelectField(
        _l("Wer soll zahlen?"),
        validators=[InputRequired(_l("Bitte wählen Sie, wer zahlen soll."))],
        invalid_choice_message=NOT_OFFERED,
    )
    applied_on = DayField(
        _l("Beantragt am"), description=_l("Leer, solange noch nichts beantragt ist."), validators=[Optional()]
    )
    decision = SelectField(
        _l("Entscheidung"),
        choices=[SelectChoice(key.value, label) for key, label in DECISIONS.items()],
        default=FundingDecision.OPEN.value,
        invalid_choice_message=NOT_OFFERED,
    )
    decided_on = DayField(_l("Entschieden am"), validators=[Optional()])
    due_on = DayField(
        _l("Wann nachsehen?"),
        description=_l("An diesem Tag steht es unter „Heute“, zum Beispiel vor einer Frist der Förderstelle."),
        validators=[Optional()],
    )

    def offer(self, programs: list[tuple[str, str]]) -> None:
        """The programmes of today; one that was noted before stays among them."""
        known = {key for key, _name in programs}
        kept = [(self.program.data, self.program.data)] if self.program.data and self.program.data not in known else []
        self.program.choices = [SelectChoice("", CHOOSE), *(SelectChoice(*each) for each in (*programs, *kept))]

    def funding(self) -> dict[str, Any]:
        """As `save_funding` takes it."""
        return {name: self[name].data for name in ("program", "applied_on", "decision", "decided_on", "due_on")}


def filled(program: str, applied_on: str | None, decision: str, decided_on: str | None) -> dict[str, Any]:
    """The data of the form, as it is stored."""
    days = {"applied_on": applied_on, "decided_on": decided_on}
    read = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return {"program": program, "decision": decision, **read}


class PaperForm(Form):
    """A document to be kept with the match."""

    kind = SelectField(
        _l("Was ist das?"),
        choices=[SelectChoice("", CHOOSE), *(SelectChoice(kind.value, label) for kind, label in PAPER_KINDS.items())],
        validators=[InputRequired(_l("Bitte wählen Sie, was das ist."))],
        invalid_choice_message=NOT_OFFERED,
    )
    title = StringField(
        _l("Titel"),
        description=_l("Zum Beispiel: Mietvertrag vom 3. Mai."),
        validators=[InputRequired(_l("Bitte geben Sie der Datei einen Titel.")), at_most(120)],
    )
    file = file_field(_l("Datei"))
