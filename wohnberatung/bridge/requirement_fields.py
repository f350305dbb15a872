"""Criteria as form fields: how important something is, and what is wanted of it.

Names: `<key>_importance` for must, wish or indifferent; `<key>` for the wanted value, or `<key>_low` and
`<key>_high` for a range. A yes-or-no criterion has its importance only: who wants it wants it to be so.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from functools import singledispatch
from typing import Any, ClassVar, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, RadioField, SelectChoice
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from matching import kinds, option_kinds
from matching.facts import FactError
from matching.requests import Importance
from wohnberatung.bridge.fields import NOT_OFFERED, several_field, value_field, with_unit
from wohnberatung.bridge.needs import StoredRequirement, is_over
from wohnberatung.bridge.wording import by_theme, spoken
from wohnberatung.core.languages import Words, named

IMPORTANCES = [
    SelectChoice("must", _l("Das brauche ich unbedingt")),
    SelectChoice("wish", _l("Das wäre schön")),
    SelectChoice("", _l("Das ist mir egal")),
]
HOW_IMPORTANT = _l("Wie wichtig ist Ihnen das?")


def requirement_fields(criterion: kinds.Criterion) -> dict[str, UnboundField]:
    """Unbound fields by name: the importance first, then what is wanted."""
    wanted = wanted_fields(criterion)
    importance = RadioField(
        HOW_IMPORTANT if wanted else _l(criterion.label),
        choices=IMPORTANCES,
        default="",
        description="" if wanted or not criterion.fact.hint else _l(criterion.fact.hint),
        invalid_choice_message=NOT_OFFERED,
    )
    return {f"{criterion.key}_importance": importance, **wanted}


@singledispatch
def wanted_fields(criterion: kinds.Criterion) -> dict[str, UnboundField]:
    """The fields in which the wanted value is entered."""
    raise TypeError(f"no form fields for {type(criterion).__name__}")


@wanted_fields.register
def _wanted_bound(criterion: kinds.Bounds) -> dict[str, UnboundField]:
    return {criterion.key: value_field(criterion.fact, _worded(criterion))}


@wanted_fields.register
def _wanted_range(criterion: kinds.Within) -> dict[str, UnboundField]:
    fact = criterion.fact
    return {
        f"{criterion.key}_low": value_field(fact, with_unit(_l("Mindestens"), fact)),
        f"{criterion.key}_high": value_field(fact, with_unit(_l("Höchstens"), fact), description=""),
    }


@wanted_fields.register
def _nothing_wanted(criterion: kinds.IsTrue) -> dict[str, UnboundField]:
    return {}


@wanted_fields.register
def _wanted_options(criterion: option_kinds.Options) -> dict[str, UnboundField]:
    return {criterion.key: several_field(criterion.fact, _l("Eines davon"))}


@wanted_fields.register
def _wanted_text(criterion: option_kinds.Resembles) -> dict[str, UnboundField]:
    return {criterion.key: value_field(criterion.fact)}


def wanted_of(criterion: kinds.Criterion, values: Mapping[str, object]) -> object:
    """The wanted value in entered `values` by field name; None where nothing was entered."""
    if isinstance(criterion, kinds.IsTrue):
        return True
    if isinstance(criterion, kinds.Within):
        wanted = [values.get(f"{criterion.key}_low"), values.get(f"{criterion.key}_high")]
        return None if wanted == [None, None] else wanted
    return values.get(criterion.key)


DAY_IS_OVER = _l(
    "Dieser Tag ist vorbei. Wenn er ein Muss ist, passt kein Angebot mehr. Bitte nennen Sie einen späteren Tag, oder "
    "machen Sie einen Wunsch daraus."
)


def form_data(stored: Iterable[StoredRequirement], criteria: Iterable[kinds.Criterion]) -> dict[str, object]:
    """Stored requirements as the data of a requirement form: `form(data=form_data(…))`."""
    known = {criterion.key: criterion for criterion in criteria}
    data: dict[str, object] = {}
    for entry in stored:
        key, wanted = entry["key"], entry["wanted"]
        if key not in known:
            continue
        data[f"{key}_importance"] = entry["importance"]
        if isinstance(known[key], kinds.Within) and isinstance(wanted, Sequence):
            data[f"{key}_low"], data[f"{key}_high"] = wanted
        else:
            data[key] = wanted
    return data


class RequirementFormMixin(Form):
    """A form that asks how important each of its `criteria` is and what is wanted."""

    criteria: ClassVar[tuple[kinds.Criterion, ...]] = ()
    # By key of the criterion: the names of its fields, its importance first.
    _names_by_key: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    _fields: dict[str, Field]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        made = {criterion.key: requirement_fields(criterion) for criterion in cls.__dict__.get("criteria", ())}
        inherited = ChainMap(*(dict(base.__dict__.get("_names_by_key", {})) for base in cls.__mro__))
        cls._names_by_key = {**inherited, **{key: tuple(fields) for key, fields in made.items()}}
        # A field that the class words in its own way stays.
        for fields in made.values():
            for name, field in fields.items():
                if name not in cls.__dict__:
                    setattr(cls, name, field)

    def requirements(self, before: Iterable[StoredRequirement] = ()) -> list[StoredRequirement]:
        """What is asked, as it is stored. What the form does not ask is kept from `before` (stored or preset)."""
        kept = {entry["key"]: entry for entry in before}
        weighed = [(criterion, self._importance(criterion)) for criterion in self.criteria]
        return [self._requirement(item, weight, kept.get(item.key)) for item, weight in weighed if weight]

    def requirement_groups(self) -> list[tuple[str, str, list[tuple[kinds.Criterion, list[Field]]]]]:
        """(theme, label, [(criterion, its fields)]) in the order of the themes."""
        return [
            (theme, label, [(criterion, self._fields_of(criterion)) for criterion in criteria])
            for theme, label, criteria in by_theme(self.criteria)
        ]

    def question_of(self, field: Field) -> Words:
        """What the page asks where the field stands: a field of a criterion ("Mindestens") says only a part of it."""
        found = (item for item in self.criteria if field in self._fields_of(item))
        return next((self.question_about(criterion) for criterion in found), field.label.text)

    def question_about(self, criterion: kinds.Criterion) -> Words:
        return _l(criterion.label)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Beside the fields themselves: what is asked for must say what is wanted."""
        valid = super().validate(*args, **kwargs)
        checked = [self._check(criterion) for criterion in self.criteria]
        return bool(valid and all(checked))

    def _requirement(
        self, criterion: kinds.Criterion, importance: Importance, kept: StoredRequirement | None
    ) -> StoredRequirement:
        wanted = wanted_of(criterion, self._values())
        return {
            "key": criterion.key,
            "wanted": kept["wanted"] if kept and isinstance(criterion, kinds.IsTrue) else wanted,
            "importance": importance,
            "weight": kept["weight"] if kept else 1,
            "tolerance": kept["tolerance"] if kept else criterion.usual_tolerance,
        }

    def _check(self, criterion: kinds.Criterion) -> bool:
        fields = self._fields_of(criterion)
        if not self._importance(criterion) or any(field.errors for field in fields):
            return True
        if self._importance(criterion) == "must" and is_over(criterion, wanted_of(criterion, self._values())):
            fields[-1].errors = [named(self.question_about(criterion), DAY_IS_OVER)]
            return False
        try:
            criterion.read_wanted(wanted_of(criterion, self._values()))
        except FactError as error:
            missing = wanted_of(criterion, self._values()) is None
            asked = _("Bitte geben Sie an, was Sie brauchen, oder wählen Sie „egal“.")
            said = asked if missing else error.said(spoken())
            fields[-1].errors = [named(self.question_about(criterion), said)]
            return False
        return True

    def _importance(self, criterion: kinds.Criterion) -> Importance | Literal[""]:
        return self._fields[f"{criterion.key}_importance"].data or ""

    def _values(self) -> dict[str, object]:
        return {name: field.data for name, field in self._fields.items()}

    def _fields_of(self, criterion: kinds.Criterion) -> list[Field]:
        return [self._fields[name] for name in self._names_by_key[criterion.key]]


def requirement_form(base: type[BaseForm], criteria: Iterable[kinds.Criterion]) -> type[RequirementFormMixin]:
    """A form class made of `base`, see RequirementFormMixin."""
    return type("RequirementForm", (RequirementFormMixin, base), {"criteria": tuple(criteria)})


@singledispatch
def _worded(criterion: kinds.Criterion) -> Words:
    return with_unit(_l("Gewünscht"), criterion.fact)


@_worded.register
def _worded_at_least(criterion: kinds.AtLeast) -> Words:
    return with_unit(_l("Mindestens"), criterion.fact)


@_worded.register
def _worded_at_most(criterion: kinds.AtMost) -> Words:
    return with_unit(_l("Höchstens"), criterion.fact)


@_worded.register
def _worded_not_later(criterion: kinds.NotLater) -> Words:
    return _l("Spätestens am")
