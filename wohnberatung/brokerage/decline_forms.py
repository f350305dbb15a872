"""Forms of a no: what the office confirms with it, and what the one who gives it may have measured."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice
from wtforms.validators import InputRequired

from wohnberatung.bridge.fields import NOT_OFFERED, value_field
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.requirement_fields import form_data, requirement_form
from wohnberatung.bridge.typed_fields import DayField
from wohnberatung.brokerage.consequences import consequence_of
from wohnberatung.brokerage.forms import step_form
from wohnberatung.brokerage.reasons import DeclineReason
from wohnberatung.core.steps import Party, Step
from wohnberatung.core.texts import whole_number
from wohnberatung.web.forms import PatientForm, VersionedForm

if TYPE_CHECKING:
    from matching.facts import Fact
    from matching.kinds import Criterion

MEASURED, SAID = "measured", "said"


class WithConsequences(VersionedForm):
    """A step that confirms a reason: beside the note what the reason needs to take effect."""

    facts: Sequence["Fact"] = ()
    criteria: Sequence["Criterion"] = ()
    request_version = HiddenField()

    def measures(self) -> dict[str, object]:
        """What was entered, by key of the fact; what was left empty is not among it."""
        return {fact.key: value for fact in self.facts if (value := self.data.get(fact.key)) is not None}

    @property
    def was_measured(self) -> bool:
        return bool(self.data.get("known_by") != SAID)

    def wanted(self, before: Iterable[StoredRequirement]) -> list[StoredRequirement] | None:
        """The requirements that were asked about, as they are from now on; None where nothing was asked."""
        return self.requirements(before) if self.criteria else None

    @property
    def asked_of_version(self) -> int | None:
        return whole_number(self.request_version.data)


def confirming_form(
    step: Step[Any],
    reason: DeclineReason,
    facts: Sequence["Fact"],
    criteria: Sequence["Criterion"],
    known: Mapping[str, str],
) -> Any:
    """The form class of a step that confirms `reason`. `known` says by key how well a fact is known now."""
    fields: dict[str, Any] = {"facts": tuple(facts), "criteria": tuple(criteria)}
    if facts:
        fields["known_by"] = RadioField(
            _l("Woher wissen Sie es?"),
            choices=[
                SelectChoice(MEASURED, _l("Wir haben gemessen: Es gilt ab sofort")),
                SelectChoice(SAID, _l("Die Person sagt es: Wir messen noch nach")),
            ],
            default=MEASURED,
            validators=[InputRequired(_l("Bitte wählen Sie, woher Sie es wissen."))],
            invalid_choice_message=NOT_OFFERED,
        )
        fields |= {fact.key: value_field(fact, description=known[fact.key]) for fact in facts}
    if day := consequence_of(reason).day:
        fields["until"] = DayField(day, validators=[InputRequired(_l("Bitte geben Sie den Tag an."))])
    base = type("Confirming", (WithConsequences, step_form(step, Party.OFFICE)), fields)
    return requirement_form(base, fields["criteria"]) if fields["criteria"] else base


def filled_with(criteria: Sequence["Criterion"], stored: Iterable[StoredRequirement]) -> dict[str, object]:
    """The data of the fields that ask about the request, as it is stored."""
    return form_data(stored, criteria)


def measuring_form(facts: Sequence["Fact"]) -> Any:
    """The form class in which the one who declined says what they have measured."""
    fields = {fact.key: value_field(fact) for fact in facts}
    return type("Measuring", (MeasuringForm,), {**fields, "facts": tuple(facts)})


class MeasuringForm(PatientForm, VersionedForm):
    """What somebody measured in a home that did not suit."""

    facts: Sequence["Fact"] = ()

    def measures(self) -> dict[str, object]:
        """What was entered, by key of the fact."""
        return {fact.key: value for fact in self.facts if (value := self.data.get(fact.key)) is not None}

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Something must be there: whoever has measured nothing goes back."""
        valid = bool(super().validate(*args, **kwargs))
        if valid and not self.measures():
            field = self[self.facts[0].key]
            field.errors, valid = [_("Bitte tragen Sie ein, was Sie gemessen haben, oder gehen Sie zurück.")], False
        return valid
