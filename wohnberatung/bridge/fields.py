"""Facts as form fields: what a person enters is parsed by the fact itself, what was refused is shown again.

The data of every field is the engine's value, None where unknown; unknown is always an answer.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import singledispatch
from types import MappingProxyType
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput, ListWidget

from matching import facts as kinds
from matching.criteria import money
from matching.language import AT_ONCE, next_such_day
from wohnberatung.bridge.doubted_amounts import DOUBTED, SHOWN, Doubt, doubt_about, months_in
from wohnberatung.bridge.wording import by_theme, spoken
from wohnberatung.core import clock
from wohnberatung.core.languages import Words

MOST_RADIOS = 6
NOT_KNOWN = _l("weiß nicht")
NOT_OFFERED = _l("Bitte wählen Sie eine der Antworten.")
TOO_LONG = _l("Bitte kürzen Sie die Eingabe.")
CHOOSE = _l("Bitte wählen")
PICK_A_DAY = _l("Tag im Kalender wählen")
_EUROS = kinds.Measure(key="euros", label="", unit="€", low=0, high=1_000_000, step=0.01)
# A listener hears a sign in brackets as a sign, or not at all.
_UNITS_AS_WORDS = {
    "€": _l("in Euro"),
    "€/m²": _l("in Euro je Quadratmeter"),
    "m²": _l("in Quadratmetern"),
    "kWh/(m²·a)": _l("in Kilowattstunden je Quadratmeter und Jahr"),
    "m": _l("in Metern"),
    "cm": _l("in Zentimetern"),
    "%": _l("in Prozent"),
}

_TWO = re.compile(r"(?P<first>\d+(?:[.,]\d+)?)\s*(?:-|–|bis|oder|to|or)\s*(?P<last>\d+(?:[.,]\d+)?)(?P<unit>\D*)", re.I)
_LIMIT = re.compile(r"(?:max(?:imal)?\b\.?|höchstens|bis(?:\s+zu)?|up to|at most|no more than)\s*(?=[\d€])", re.I)
_COLD = re.compile(r"\b(?:netto|brutto)?-?kalt(?:miete)?\b|\bcold\b", re.I)


class FactField(StringField):
    """A value written as text, the way of the language that is spoken."""

    def __init__(self, label: Words, *, fact: kinds.Fact, **options: Any) -> None:
        if isinstance(fact, kinds.Day):
            # A script puts a calendar beside the text, which takes what no calendar can: "März 2027", "sofort".
            options["render_kw"] = {"data-calendar": PICK_A_DAY, **(options.get("render_kw") or {})}
        super().__init__(label, **options)
        self.fact = fact

    # What is asked about the amount, where it can hardly be meant as it stands.
    doubt: Doubt | None = None
    agreed: tuple[str, ...] = ()

    def process(self, formdata: Any, *more: Any, **options: Any) -> None:
        self.agreed = tuple(formdata.getlist(self.agreed_name)) if formdata else ()
        super().process(formdata, *more, **options)

    @property
    def agreed_name(self) -> str:
        """Under which the answer to the doubt is sent."""
        return f"{self.name}_agreed"

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = _parsed(self.fact, _reckoned(self.fact, valuelist[0]))

    def settle(self, values: Mapping[str, object]) -> None:
        """Doubt the amount beside the `values` of the form; where the person has said what is meant, take that."""
        typed = str(self.raw_data[0]) if self.raw_data else ""
        self.doubt = doubt_about(self.fact, typed, values) if typed and isinstance(self.fact, kinds.Measure) else None
        for answer in self.doubt.answers if self.doubt else ():
            if answer.sent in self.agreed:
                self.data, self.process_errors, self.doubt = answer.amount, (), None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        if isinstance(self.fact, kinds.Measure):
            return self.fact.number_words(self.data, spoken())
        return self.fact.format(self.data, spoken())


class LongTextField(TextAreaField):
    """Free text; the data is None where nothing is written."""

    def __init__(self, label: Words, *, fact: kinds.Fact, **options: Any) -> None:
        super().__init__(label, **options)
        self.fact = fact

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = _parsed(self.fact, valuelist[0]) or None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.data or ""


class CheckboxesField(SelectMultipleField):
    """Any number of options as checkboxes; the data is None where none is ticked."""

    data: list[str] | None
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data or None


def _reckoned(fact: kinds.Fact, text: str) -> str:
    """Days that only today tells: "sofort" is today, "1. März" the next one. No fact knows what day it is; and amounts
    without the words around them."""
    if isinstance(fact, kinds.Measure):
        return _number_in(fact, text)
    if not isinstance(fact, kinds.Day):
        return text
    day = clock.today() if AT_ONCE.search(text) else next_such_day(text, clock.today())
    return day.isoformat() if day else text


def _number_in(fact: kinds.Measure, text: str) -> str:
    """The text as the fact reads it. Raises ValueError, said to the person, where it means something else. Only in a
    form is a limit ("bis 700") as good as the number."""
    text = text.strip()
    two = _TWO.fullmatch(text)
    if two and text.count("-") < 2:  # no date
        raise ValueError(
            gettext(
                "„%(typed)s“ sind zwei Zahlen. Bitte schreiben Sie nur eine, zum Beispiel %(last)s.",
                typed=text[:SHOWN],
                last=two["last"],
            )
        )
    if fact is money.DEPOSIT and (months := months_in(text)):
        raise ValueError(
            gettext(
                "„%(typed)s“ ist kein Betrag. Schreiben Sie den Betrag in Euro, oder %(count)s bei „%(months)s“.",
                typed=text[:SHOWN],
                count=f"{months:g}".replace(".", ","),
                months=gettext(money.DEPOSIT_MONTHS.label),
            )
        )
    if fact is money.RENT_WARM and _COLD.search(text):
        raise ValueError(
            gettext(
                "„%(typed)s“ ist eine Miete ohne Heizung. Bitte schreiben Sie die Warmmiete: Miete, Betriebskosten "
                "und Heizung zusammen.",
                typed=text[:SHOWN],
            )
        )
    return _LIMIT.sub("", text, count=1) if fact.unit == "€" else text


def _parsed(fact: kinds.Fact, text: str) -> Any:
    """The value; what is refused is said without the key, which is nothing for people."""
    try:
        return fact.parse(text, spoken())
    except kinds.FactError as error:
        raise ValueError(error.said(spoken())) from error


def value_field(fact: kinds.Fact, label: Words | None = None, **options: object) -> UnboundField:
    """An unbound field for one fact; `label` replaces the fact's own, `options` go to the field."""
    options.setdefault("description", _l(fact.hint) if fact.hint else "")
    return _field(fact, fact_label(fact) if label is None else label, options)


def several_field(fact: kinds.Fact, label: Words | None = None, **options: object) -> UnboundField:
    """An unbound field that takes any number of the fact's options or neighbourhoods."""
    options.setdefault("description", _l(fact.hint) if fact.hint else "")
    return _checkboxes(fact_label(fact) if label is None else label, options_of(fact), options)


def euro_field(label: Words, **options: object) -> UnboundField:
    """An unbound field for an amount that is no fact; the data is None where nothing is entered."""
    return _field(_EUROS, label, options)


def fact_label(fact: kinds.Fact) -> Words:
    """The label, with the unit where the label does not name it."""
    unit = getattr(fact, "unit", "")
    named = re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", fact.label, re.IGNORECASE)
    return _l(fact.label) if named else with_unit(_l(fact.label), fact)


def with_unit(label: Words, fact: kinds.Fact) -> Words:
    """The label, with the unit of the fact's values in words; the label alone where they have none."""
    unit = getattr(fact, "unit", "")
    if unit in _UNITS_AS_WORDS:
        return _l("%(label)s %(in_unit)s", label=label, in_unit=_UNITS_AS_WORDS[unit])
    return _l("%(label)s (%(unit)s)", label=label, unit=_l(unit)) if unit else label


def options_of(fact: kinds.Fact) -> list[tuple[str, Words]]:
    """Keys and labels to choose from; neighbourhoods by name."""
    if isinstance(fact, kinds.NeighbourhoodCode):
        neighbourhoods = sorted(fact.city.neighbourhoods, key=lambda each: each.name)
        return [(each.code, each.name) for each in neighbourhoods]
    return [(key, _l(label)) for key, label in getattr(fact, "options", {}).items()]


@singledispatch
def _field(fact: kinds.Fact, label: Words, options: dict[str, Any]) -> UnboundField:
    raise TypeError(f"no form field for {type(fact).__name__}")


@_field.register
def _(fact: kinds.Measure, label: Words, options: dict[str, Any]) -> UnboundField:
    keyboard = "numeric" if float(fact.step).is_integer() else "decimal"
    options["render_kw"] = {"inputmode": "text" if fact.endless else keyboard} | options.get("render_kw", {})
    return FactField(label, fact=fact, **options)


@_field.register
def _(fact: kinds.Day, label: Words, options: dict[str, Any]) -> UnboundField:
    return FactField(label, fact=fact, **options)


@_field.register
def _(fact: kinds.Text, label: Words, options: dict[str, Any]) -> UnboundField:
    options["render_kw"] = {"maxlength": fact.longest, "rows": 6} | options.get("render_kw", {})
    return LongTextField(label, fact=fact, **options)


@_field.register
def _(fact: kinds.Flag, label: Words, options: dict[str, Any]) -> UnboundField:
    return _one_of(RadioField, fact, label, [("ja", _l("ja")), ("nein", _l("nein")), ("", NOT_KNOWN)], options)


@_field.register
def _(fact: kinds.Choice, label: Words, options: dict[str, Any]) -> UnboundField:
    shown = options_of(fact)
    if len(shown) <= MOST_RADIOS:
        return _one_of(RadioField, fact, label, [*shown, ("", NOT_KNOWN)], options)
    return _one_of(SelectField, fact, label, [("", NOT_KNOWN), *shown], options)


@_field.register
def _(fact: kinds.Choices, label: Words, options: dict[str, Any]) -> UnboundField:
    return _checkboxes(label, options_of(fact), options)


@_field.register
def _(fact: kinds.NeighbourhoodCode, label: Words, options: dict[str, Any]) -> UnboundField:
    return _one_of(SelectField, fact, label, [("", NOT_KNOWN), *options_of(fact)], options)


def _one_of(
    field: Callable[..., Any], fact: kinds.Fact, label: Words, choices: list[tuple[str, Words]], options: dict[str, Any]
) -> UnboundField:
    offered = [SelectChoice(value, shown) for value, shown in choices]
    messages = {"invalid_value_message": NOT_OFFERED, "invalid_choice_message": NOT_OFFERED}
    return field(label, choices=offered, coerce=fact.parse, **messages, **options)


def _checkboxes(label: Words, choices: list[tuple[str, Words]], options: dict[str, Any]) -> UnboundField:
    return CheckboxesField(
        label,
        choices=[SelectChoice(value, shown) for value, shown in choices],
        invalid_choice_message=NOT_OFFERED,
        **options,
    )


class FactFormMixin(Form):
    """A form with one field for each of its `facts`; `form(obj=dwelling)` fills it from the row."""

    facts: ClassVar[tuple[kinds.Fact, ...]] = ()
    # What is known of the same thing and not asked here.
    beside: Mapping[str, Any] = MappingProxyType({})
    _fields: dict[str, Field]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for fact in cls.__dict__.get("facts", ()):
            setattr(cls, fact.key, value_field(fact))

    def validate(self, extra_validators: Mapping[str, Sequence[Callable[..., None]]] | None = None) -> bool:
        """Beside the fields themselves: an amount that can hardly be meant is asked about where it was typed."""
        amounts = [self._fields[fact.key] for fact in DOUBTED if fact.key in self._fields]
        for field in amounts:
            field.settle({**self.beside, **self.fact_values()})
        valid = bool(super().validate(extra_validators))
        doubted = [field for field in amounts if field.doubt]
        for field in doubted:
            field.errors = [field.doubt.question]
        return valid and not doubted

    def fact_values(self) -> dict[str, object]:
        """Values by key, None where unknown: ready for `record_facts`."""
        return {fact.key: self._fields[fact.key].data for fact in self.facts}

    def fact_groups(self) -> list[tuple[str, str, list[Field]]]:
        """(theme, label, fields) in the order of the themes."""
        return [
            (theme, label, [self._fields[fact.key] for fact in facts]) for theme, label, facts in by_theme(self.facts)
        ]


def fact_form(base: type[BaseForm], facts: Iterable[kinds.Fact]) -> type[FactFormMixin]:
    """A form class made of `base`, see FactFormMixin."""
    return type("FactForm", (FactFormMixin, base), {"facts": tuple(facts)})
