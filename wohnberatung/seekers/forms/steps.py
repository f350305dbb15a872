"""Steps of the request form: their base, which puts away what was typed, and those made from the catalogue."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, RadioField, SelectChoice, SelectField, SelectMultipleField

from wohnberatung.bridge.fields import NOT_OFFERED, value_field
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.request_form import FormPage, PresetWish, WishQuestion
from wohnberatung.bridge.requirement_fields import (
    HOW_IMPORTANT,
    RequirementFormMixin,
    form_data,
    wanted_fields,
    wanted_of,
)
from wohnberatung.bridge.summary import Line, household_words, wish_words
from wohnberatung.bridge.wording import by_theme, spoken
from wohnberatung.core.languages import Words, named
from wohnberatung.web.forms import PatientForm

if TYPE_CHECKING:
    from matching.kinds import Criterion
    from matching.requests import Importance

Entries = Mapping[str, list[str]]
LONGEST_ENTRY = 5000
_NOT_TEXT = {"Cc", "Cs", "Cn", "Co"}
_LINE_ENDS = "\n\r\t"


class DraftForm(PatientForm):
    """One step of the request form. Its entries are kept as they were typed, also those that are not valid yet."""

    # Its view keeps the entries in the draft.
    redrawn_on_switch = False

    def entries(self, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """What was entered, by field; a box that was left empty is an empty list."""
        return {name: sent.getlist(name) for name in self._fields if name not in self._own_fields}

    def own_fields(self) -> list[tuple[str, Any]]:
        """Names and fields of what is asked."""
        return [(name, field) for name, field in self._fields.items() if name not in self._own_fields]

    def typed(self) -> dict[str, list[str]]:
        """What a browser would send if nothing were changed, by field."""
        return {name: _typed(field) for name, field in self.own_fields()}

    def fingerprint(self) -> str:
        """Tells whether two forms hold the same: that of a page as it was drawn goes with it, see `save_step`."""
        texts = ((name, " ".join(text.split())) for name, typed in self.typed().items() for text in typed)
        said = sorted((name, text) for name, text in texts if text)
        return sha256(repr(said).encode()).hexdigest()[:16]

    def take_up(self, entries: Entries) -> None:
        """Fill the form in with kept entries; fields that were never shown keep their defaults."""
        for name, field in self._fields.items():
            if name in entries and name not in self._own_fields:
                field.process(MultiDict([(name, value) for value in entries[name]]))

    def summary(self) -> list[Line]:
        """(label, words) of the answers, for the person to check."""
        return []

    @property
    def _own_fields(self) -> tuple[str, ...]:
        return ("csrf_token", "idempotency_key")


def _typed(field: Field) -> list[str]:
    """What a browser would send for the field's data."""
    if isinstance(field, BooleanField):
        return ["y"] if field.data else []
    if isinstance(field, RadioField | SelectMultipleField):
        return [str(option.data) for option in field if option.checked]
    if isinstance(field, SelectField):
        return [str(choice[0]) for choice in field.iter_choices() if choice[2]]
    text = field._value()
    return [text] if text else []


def cleaned(sent: Mapping[str, str] | MultiDict[str, str]) -> MultiDict[str, str]:
    """What a browser sent, without characters that no keyboard types and no page may show, each entry cut off
    where no answer is that long."""
    pairs = sent.items(multi=True) if isinstance(sent, MultiDict) else sent.items()
    return MultiDict([(name, clean_text(value)) for name, value in pairs])


def clean_text(text: str) -> str:
    kept = (letter for letter in text if letter in _LINE_ENDS or unicodedata.category(letter) not in _NOT_TEXT)
    return "".join(kept)[: LONGEST_ENTRY + 1]


HOUSEHOLD_PREFIX = "household_"
# So many wishes that a needs profile has set are read at once; of more, only those that must be.
MOST_PRESETS = 6
IMPORTANCES = [SelectChoice("must", _l("muss sein")), SelectChoice("wish", _l("wäre schön"))]
INDIFFERENT = SelectChoice("", _l("egal"))


@dataclass(frozen=True)
class Wish:
    """One wish as the page shows it: its fields, and what it is good for. `importance` is None where there is
    nothing to weigh; `tolerance` is what is shown beside the value all the same, in words."""

    label: Words
    hint: Words
    explanation: Words
    importance: Field | None
    wanted: tuple[Field, ...]
    tolerance: str = ""

    @property
    def has_errors(self) -> bool:
        return any(field.errors for field in (*self.wanted, self.importance) if field is not None)


@dataclass(frozen=True)
class WishSection:
    """Wishes of one theme, and those that are folded away; `opened` where something of these is answered or wrong."""

    theme: str
    label: Words
    wishes: tuple[Wish, ...]
    opened: bool = True
    folded: tuple[Wish, ...] = ()


class WishesForm(RequirementFormMixin, DraftForm):
    """What a page of the form asks. Made by `wishes_form`, which fills in the class attributes."""

    asks: FormPage
    presets: tuple[PresetWish, ...]
    questions: tuple[WishQuestion, ...]
    folded: tuple[tuple[str, str, tuple[Criterion, ...]], ...]

    @property
    def household_fields(self) -> list[Field]:
        return [self[HOUSEHOLD_PREFIX + fact.key] for fact in self.asks.household]

    def household_values(self) -> dict[str, object]:
        """What the household says of itself, by key; what is unknown is left out."""
        values = {fact.key: self[HOUSEHOLD_PREFIX + fact.key].data for fact in self.asks.household}
        return {key: value for key, value in values.items() if value is not None}

    def stored_requirements(self) -> list[StoredRequirement]:
        """The requirements of this page, as they are stored; what is only half entered asks for nothing yet."""
        found = self.requirements([preset.as_requirement() for preset in self.presets])
        return [entry for entry in found if entry["wanted"] is not None]

    def summary(self) -> list[Line]:
        return [*household_words(self.household_values()), *map(wish_words, self.stored_requirements())]

    def open_wishes(self) -> list[Wish]:
        return [self._wish(question.criterion, question) for question in self.questions]

    def preset_sections(self) -> list[WishSection]:
        """Presets by theme, each with the reason why it is there. Where they are many, musts stand openly and the
        rest is folded away."""
        return [
            self._preset_section(theme, label, group)
            for theme, label, group in by_theme(preset.criterion for preset in self.presets)
        ]

    def _preset_section(self, theme: str, label: str, criteria: tuple[Criterion, ...]) -> WishSection:
        reasons = {preset.criterion.key: preset.explanation for preset in self.presets}
        wishes = {item: self._wish(item, reason=reasons[item.key]) for item in criteria}
        many = len(self.presets) > MOST_PRESETS
        folded = [item for item in criteria if many and self._importance(item) != "must"]
        opened = any(wishes[item].has_errors for item in folded)
        shown = tuple(wish for item, wish in wishes.items() if item not in folded)
        return WishSection(theme, _l(label), shown, opened, tuple(wishes[item] for item in folded))

    def folded_sections(self) -> list[WishSection]:
        """Further wishes by theme; open where one is answered or wrong."""
        return [self._folded_section(*group) for group in self.folded]

    def _folded_section(self, theme: str, label: str, criteria: tuple[Criterion, ...]) -> WishSection:
        wishes = tuple(self._wish(criterion) for criterion in criteria)
        answered = any(self._importance(criterion) for criterion in criteria)
        return WishSection(theme, _l(label), wishes, answered or any(wish.has_errors for wish in wishes))

    def _wish(self, criterion: Criterion, question: WishQuestion | None = None, reason: Words = "") -> Wish:
        importance, *wanted = self._fields_of(criterion)
        return Wish(
            label=(question and question.label) or _l(criterion.label),
            hint=(question and question.hint) or (_l(criterion.fact.hint) if criterion.fact.hint else ""),
            explanation=reason,
            importance=importance if question is None or question.weighed else None,
            wanted=tuple(wanted),
            tolerance=self._tolerance(criterion) if wanted else "",
        )

    def _tolerance(self, criterion: Any) -> str:
        preset = next((preset for preset in self.presets if preset.criterion.key == criterion.key), None)
        tolerance = preset.tolerance if preset else criterion.usual_tolerance
        return criterion.fact.format(tolerance, spoken()) if tolerance else ""

    def question_about(self, criterion: Criterion) -> Words:
        asked = next((question.label for question in self.questions if question.criterion is criterion), "")
        return asked or super().question_about(criterion)

    def _importance(self, criterion: Criterion) -> Importance | Literal[""]:
        """Where the value is what was asked for, there is no wish without one."""
        if self._asks_for_value(criterion) and self._is_empty(criterion):
            return ""
        return super()._importance(criterion)

    def _check(self, criterion: Criterion) -> bool:
        """What somebody typed must not be lost because they did not say how important it is."""
        importance, *wanted = self._fields_of(criterion)
        preset = any(criterion.key == wish.criterion.key for wish in self.presets)
        if wanted and not importance.data and not preset and not self._is_empty(criterion):
            message = _("Wie wichtig ist Ihnen das? Wählen Sie „muss sein“ oder „wäre schön“.")
            importance.errors = [named(self.question_about(criterion), message)]
            return False
        return super()._check(criterion)

    def _is_empty(self, criterion: Criterion) -> bool:
        _importance, *wanted = self._fields_of(criterion)
        return wanted_of(criterion, self._values()) is None and not any(field.errors for field in wanted)

    def _asks_for_value(self, criterion: Criterion) -> bool:
        return any(question.fact.key == criterion.key for question in self.questions) and bool(wanted_fields(criterion))


def wishes_form(page: FormPage, presets: tuple[PresetWish, ...] = (), elsewhere: frozenset[str] = frozenset()) -> Any:
    """The form class for one page: its household facts, then `presets`, then its own wishes but those `elsewhere`."""
    return _made_once(page, presets, elsewhere)


# A page asks the same of nearly everybody, and to make its class takes longer than to draw it.
@lru_cache(maxsize=256)
def _made_once(page: FormPage, presets: tuple[PresetWish, ...], elsewhere: frozenset[str]) -> Any:
    questions = tuple(question for question in page.questions if question.fact.key not in elsewhere)
    folded = page.folded(elsewhere)
    criteria = [preset.criterion for preset in presets] + [question.criterion for question in questions]
    criteria += [criterion for _theme, _label, group in folded for criterion in group]
    fields = {HOUSEHOLD_PREFIX + fact.key: value_field(fact) for fact in page.household}
    for criterion in criteria:
        fields |= dict(_fields(criterion, {question.fact.key: question for question in questions}.get(criterion.key)))
    parts = {
        "asks": page,
        "presets": presets,
        "questions": questions,
        "folded": folded,
        "criteria": tuple(criteria),
    }
    return type("CatalogueStep", (WishesForm,), parts | fields)


def preset_data(presets: tuple[PresetWish, ...], household: Mapping[str, object]) -> dict[str, object]:
    """The data of a form that has these presets and knows this much of the household."""
    wishes = form_data([preset.as_requirement() for preset in presets], [preset.criterion for preset in presets])
    return wishes | {HOUSEHOLD_PREFIX + key: value for key, value in household.items()}


def _fields(criterion: Criterion, question: WishQuestion | None) -> Iterator[tuple[str, Any]]:
    """The wanted value first, then its importance: the order in which both stand on the page."""
    wanted = wanted_fields(criterion)
    if question is not None and not question.weighed:
        wanted = {criterion.key: value_field(criterion.fact, question.label, description=question.hint)}
    yield from wanted.items()
    yield (
        f"{criterion.key}_importance",
        RadioField(
            HOW_IMPORTANT,
            choices=IMPORTANCES if question and wanted else [*IMPORTANCES, INDIFFERENT],
            default="wish" if question and wanted else "",
            invalid_choice_message=NOT_OFFERED,
        ),
    )
