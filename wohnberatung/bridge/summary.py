"""A request in plain words: what must be, what would be nice, who the household is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.catalogue import HOMES
from matching.kinds import Criterion, IsTrue
from matching.option_kinds import Resembles
from matching.profiles import PROFILES
from wohnberatung.bridge.needs import Needs, StoredRequirement
from wohnberatung.bridge.request_form import FORM_PAGES
from wohnberatung.bridge.wording import by_theme, spoken, with_tolerance

Line = tuple[str, str]
_PROFILE_LABELS = {profile.key: profile.label for profile in PROFILES}
_ASKED_AS = {question.fact.key: question.label for page in FORM_PAGES for question in page.questions if question.label}


@dataclass(frozen=True)
class NeedsSummary:
    """Labels of the chosen profiles; (label, words) of the household; wishes by theme as (label, lines); free text."""

    profiles: tuple[str, ...]
    household: tuple[Line, ...]
    wishes: tuple[tuple[str, tuple[Line, ...]], ...]
    text: str


def needs_summary(needs: Needs) -> NeedsSummary:
    """Checked needs, as `read_needs` gives them."""
    entries = {entry["key"]: entry for entry in needs["requirements"]}
    criteria = [criterion for criterion in HOMES.criteria if criterion.key in entries]
    return NeedsSummary(
        profiles=profile_words(needs["profiles"]),
        household=household_words(needs["household"]),
        wishes=tuple(
            (_(label), tuple(wish_words(entries[criterion.key]) for criterion in group))
            for _theme, label, group in by_theme(criteria)
        ),
        text=needs["text"],
    )


def profile_words(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(_(_PROFILE_LABELS[key]) for key in keys)


def household_words(values: Mapping[str, object]) -> tuple[Line, ...]:
    """(label, words) of what is known of the household."""
    known = (fact for fact in HOMES.household if values.get(fact.key) is not None)
    return tuple((_(fact.label), fact.format(values[fact.key], spoken())) for fact in known)


def wish_words(entry: StoredRequirement) -> Line:
    """(label, words) of one requirement, for the person who asks: what is wanted, and whether it must be."""
    criterion = HOMES.criterion(entry["key"])
    must = entry["importance"] == "must"
    if isinstance(criterion, Resembles):
        return _label(criterion), str(entry["wanted"])
    if isinstance(criterion, IsTrue) and entry["wanted"] is True:
        return _label(criterion), _("muss sein") if must else _("wäre schön")
    wanted = with_tolerance(criterion, criterion.wanted_words(entry["wanted"], spoken()), entry["tolerance"])
    words = _("%(wanted)s (muss sein)", wanted=wanted) if must else _("%(wanted)s (wäre schön)", wanted=wanted)
    return _label(criterion), words


def _label(criterion: Criterion) -> str:
    """As the seeker was asked; the fact's own label speaks to the one who offers."""
    return str(_ASKED_AS.get(criterion.key) or _(criterion.label))
