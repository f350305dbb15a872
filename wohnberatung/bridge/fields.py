"""Facts as form fields: what a person enters is parsed by the fact itself, what was refused is shown again.

The data of every field is the engine's value, None where unknown; unknown is always an answer.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import singledispatch
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.widgets import CheckboxInput, ListWidget

from matching import facts as kinds
from matching.criteria import money, size
from matching.language import AT_ONCE, next_such_day
from wohnberatung.bridge.wording import by_theme, spoken
from wohnberatung.bridge.wording import money as in_euros
from wohnberatung.core import clock
from wohnberatung.core.languages import Words

MOST_RADIOS = 6
NOT_KNOWN = _l("weiß nicht")
NOT_OFFERED = _l("Bitte wählen Sie eine der Antworten.")
TOO_LONG = _l("Bitte kürzen Sie die Eingabe.")
CHOOSE = _l("Bitte wählen")
PICK_A_DAY = _l("Tag im Kalender wählen")
# Euro a month: what no home costs a square metre. A single room may: it is small, and costs are shared.
MOST_A_SQUARE_METRE = 60.0
# Less is a slip of the pen even where people live for help.
_LEAST_A_SQUARE_METRE = 0.5
_LEAST_AREA_TO_JUDGE = 20.0
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

# A number, as far as it is not read yet.
_NUMBER = r"\d[\d.,' \u00a0\u202f]*(?:[-–]{1,2}(?=\s|€|$)|[½¼¾])?"
_TWO = re.compile(r"(?P<first>\d+(?:[.,]\d+)?)\s*(?:-|–|bis|oder|to|or)\s*(?P<last>\d+(?:[.,]\d+)?)(?P<unit>\D*)", re.I)
_LIMIT = re.compile(r"(?:max(?:imal)?\b\.?|höchstens|bis(?:\s+zu)?|up to|at most|no more than)\s*(?=[\d€])", re.I)
_EACH_MONTH = re.compile(r"\s*(?:im monat|pro monat|/\s*monat|monatlich|mtl\.?|a month|per month|/\s*month)$", re.I)
_WARM = re.compile(r"\s*\(?\b(?:warm|brutto ?warm|warmmiete|all in|incl\.? heating)\b\)?", re.I)
_COLD = re.compile(r"\b(?:netto|brutto)?-?kalt(?:miete)?\b|\bcold\b", re.I)
_LENGTH = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>m|mm|meter|metres?|millimeter)", re.I)
_PER_CENTIMETRE = {"m": 100.0, "me": 100.0, "mm": 0.1, "mi": 0.1}
_BESIDE_ROOMS = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?[½¼¾]?)\s*-?\s*(?:zi(?:mmer)?\b\.?|z|r|raum|räume|rooms?)?(?:[\s+,;&/-]|und|mit|wohnung|whg\.?|"
    r"küche|kü\.?|kochnische|bad|balkon|diele|flur|kdbb?|kbb?|k|d|b)*",
    re.I,
)
_MONTHS_RENT = re.compile(
    r"(?P<count>\d(?:[.,]\d+)?)\s*x?\s*(?:n?km|mm|(?:netto)?-?kaltmieten?|monatsmieten?|mieten?)\.?", re.I
)


_RENT_AND_AREA = (money.RENT_WARM.key, size.LIVING_AREA.key)


class FactField(StringField):
    """A value written as text, the way of the language that is spoken."""

    def __init__(self, label: Words, *, fact: kinds.Fact, **options: Any) -> None:
        if isinstance(fact, kinds.Day):
            # A script puts a calendar beside the text, which takes what no calendar can: "März 2027", "sofort".
            options["render_kw"] = {"data-calendar": PICK_A_DAY, **(options.get("render_kw") or {})}
        super().__init__(label, **options)
        self.fact = fact

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = _parsed(self.fact, _reckoned(self.fact, valuelist[0]))

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
    """The text as the fact reads it. Raises ValueError, said to the person, where it means something else."""
    text = text.strip()
    two = _TWO.fullmatch(text)
    if two and not _is_date(text):
        raise ValueError(
            gettext(
                "„%(typed)s“ sind zwei Zahlen. Bitte schreiben Sie nur eine, zum Beispiel %(last)s.",
                typed=text[:40],
                last=two["last"],
            )
        )
    if fact.unit == "€":
        return _euros(fact, text)
    if fact.unit == "cm" and (length := _LENGTH.fullmatch(text)):
        return _centimetres(length["number"], length["unit"].lower()[:2])
    if fact is size.ROOMS and (rooms := _BESIDE_ROOMS.fullmatch(text)):
        return rooms["number"]
    if fact is money.DEPOSIT_MONTHS and (months := _MONTHS_RENT.fullmatch(text)):
        return months["count"]
    return text


def _euros(fact: kinds.Measure, text: str) -> str:
    if fact is money.DEPOSIT and (months := _MONTHS_RENT.fullmatch(text)):
        raise ValueError(
            gettext(
                "„%(typed)s“ ist kein Betrag. Schreiben Sie den Betrag in Euro, oder %(count)s bei „%(months)s“.",
                typed=text[:40],
                count=months["count"],
                months=gettext(money.DEPOSIT_MONTHS.label),
            )
        )
    if fact is money.RENT_WARM:
        if _COLD.search(text):
            raise ValueError(
                gettext(
                    "„%(typed)s“ ist eine Miete ohne Heizung. Bitte schreiben Sie die Warmmiete: Miete, Betriebskosten "
                    "und Heizung zusammen.",
                    typed=text[:40],
                )
            )
        text = _WARM.sub("", text)
    return _LIMIT.sub("", _EACH_MONTH.sub("", text), count=1).strip()


def _centimetres(number: str, unit: str) -> str:
    """A length in metres or millimetres; what is no plain number stays as it is, for the fact to refuse."""
    plain = number.strip().replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return number
    return f"{round(float(plain) * _PER_CENTIMETRE[unit], 2):g}".replace(".", ",")


def _is_date(text: str) -> bool:
    return text.count("-") > 1


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
    _fields: dict[str, Field]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for fact in cls.__dict__.get("facts", ()):
            setattr(cls, fact.key, value_field(fact))

    def validate(self, extra_validators: Mapping[str, Sequence[Callable[..., None]]] | None = None) -> bool:
        """Beside the fields themselves: a rent that no home of that size costs is asked about where it was typed."""
        valid = bool(super().validate(extra_validators))
        values = {key: self._fields[key].data for key in _RENT_AND_AREA if key in self._fields}
        question = rent_question(*map(values.get, _RENT_AND_AREA)) if valid else ""
        if question:
            self._fields[money.RENT_WARM.key].errors = [question]
        return valid and not question

    def fact_values(self) -> dict[str, object]:
        """Values by key, None where unknown: ready for `record_facts`."""
        return {fact.key: self._fields[fact.key].data for fact in self.facts}

    def fact_groups(self) -> list[tuple[str, str, list[Field]]]:
        """(theme, label, fields) in the order of the themes."""
        return [
            (theme, label, [self._fields[fact.key] for fact in facts]) for theme, label, facts in by_theme(self.facts)
        ]


def rent_question(rent: float | None, area: float | None) -> str:
    """What to ask about a warm rent in euro a month for that many m²; empty where it may be, or one is not known."""
    if not rent or not area or area < _LEAST_AREA_TO_JUDGE or _may_cost(rent / area):
        return ""
    return gettext(
        "Eine Miete von %(rent)s im Monat für %(area)s m² kann nicht stimmen. Bitte prüfen Sie die Miete und die "
        "Wohnfläche.",
        rent=in_euros(rent),
        area=size.LIVING_AREA.number_words(area, spoken()),
    )


def _may_cost(a_square_metre: float) -> bool:
    return _LEAST_A_SQUARE_METRE <= a_square_metre <= MOST_A_SQUARE_METRE


def fact_form(base: type[BaseForm], facts: Iterable[kinds.Fact]) -> type[FactFormMixin]:
    """A form class made of `base`, see FactFormMixin."""
    return type("FactForm", (FactFormMixin, base), {"facts": tuple(facts)})
