"""What somebody looks for, read from an address: for the engine, and in words that can be taken away one by one.

Nothing of it is stored; the address is all there is.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from matching.kinds import Criterion, IsTrue
from matching.listing import ListingQuery
from matching.option_kinds import Options
from matching.requests import Request
from wohnberatung.bridge.filters import CRITERIA, HOUSEHOLD, HOUSEHOLD_PREFIX, NAMES, FilterForm
from wohnberatung.bridge.needs import StoredRequirement, requirements_of
from wohnberatung.bridge.neighbourhood_fields import NEIGHBOURHOOD
from wohnberatung.bridge.request_form import household_presets, presets_for
from wohnberatung.bridge.summary import profile_words
from wohnberatung.bridge.wording import spoken, with_tolerance

Params = Mapping[str, list[str]]


@dataclass(frozen=True)
class Chip:
    """One thing that is asked, in words; `without` is the address without it. `key` names the criterion."""

    words: str
    without: Params
    key: str = ""


@dataclass(frozen=True)
class UrlSearch:
    """Everything an address asks: requirements as they are stored, the keys of those asked for proven, what the
    household says of itself, a word to look for; `params` are the address itself. `chips` are everything asked, one
    for each option that may be; `filters` take each criterion as a whole."""

    profile: str
    requirements: tuple[StoredRequirement, ...]
    proven: frozenset[str]
    household: Mapping[str, object]
    text: str
    params: Params
    chips: tuple[Chip, ...]
    filters: tuple[Chip, ...]

    @property
    def is_open(self) -> bool:
        """Nothing is asked that the engine could judge."""
        return not self.requirements and not self.household

    def listing_query(self, only: Collection[str] | None = None, *, anywhere: bool = False) -> ListingQuery:
        """For the engine; `anywhere` leaves out the neighbourhoods."""
        taken = [entry for entry in self.requirements if not (anywhere and entry["key"] == NEIGHBOURHOOD.key)]
        return ListingQuery(Request("", requirements_of(taken), self.household), self.proven, only)


def url_search_of(form: FilterForm) -> UrlSearch:
    """What a validated form asks; what was not understood is left out."""
    profile = "" if form.profil.errors else form.profil.data or ""
    profiles = [profile] if profile else []
    filters = [_requirement(form, criterion) for criterion in CRITERIA if form.wanted(criterion) is not None]
    filtered = {entry["key"] for entry in filters}
    household = household_presets(profiles) | form.household_values()
    presets = [preset.as_requirement() for preset in presets_for(profiles, household)]
    return UrlSearch(
        profile=profile,
        requirements=(*filters, *(preset for preset in presets if preset["key"] not in filtered)),
        proven=frozenset(criterion.key for criterion in CRITERIA if form.is_proven(criterion)) & filtered,
        household=household,
        text="" if form.suche.errors else (form.suche.data or "").strip(),
        params=form.understood(),
        chips=tuple(_chips(form, profile)),
        filters=tuple(_whole(form, criterion) for criterion in CRITERIA if criterion.key in filtered),
    )


def _requirement(form: FilterForm, criterion: Criterion) -> StoredRequirement:
    return {
        "key": criterion.key,
        "wanted": form.wanted(criterion),
        "importance": "must",
        "weight": 1,
        "tolerance": _tolerance(form, criterion),
    }


def _tolerance(form: FilterForm, criterion: Criterion) -> float:
    return 1 if criterion is NEIGHBOURHOOD and form.nah.data else criterion.usual_tolerance


def _chips(form: FilterForm, profile: str) -> list[Chip]:
    params = form.understood()
    chips = [Chip(words, _without(params, [form.profil.name])) for words in profile_words([profile] if profile else [])]
    if form.suche.name in params:
        words = _("Stichwort „%(text)s“", text=params[form.suche.name][0].strip())
        chips.append(Chip(words, _without(params, [form.suche.name])))
    for criterion in CRITERIA:
        chips += _chips_of(form, criterion)
    for fact in HOUSEHOLD:
        if (value := form.household_values().get(fact.key)) is not None:
            words = _("%(label)s: %(value)s", label=_(fact.label), value=fact.format(value, spoken()))
            chips.append(Chip(words, _without(params, [HOUSEHOLD_PREFIX + fact.key])))
    return chips


def _chips_of(form: FilterForm, criterion: Criterion) -> Iterator[Chip]:
    """One for each option that may be, else one for the criterion, if anything is asked of it."""
    wanted = form.wanted(criterion)
    if wanted is None:
        return
    whole = _whole(form, criterion)
    if not isinstance(criterion, Options) or not isinstance(wanted, list) or len(wanted) == 1:
        yield whole
        return
    for option in wanted:
        left = {**form.understood(), criterion.key: [other for other in wanted if other != option]}
        yield Chip(_words(form, criterion, [option]), left, criterion.key)


def _whole(form: FilterForm, criterion: Criterion) -> Chip:
    names = [*NAMES[criterion.key], *([form.nah.name] if criterion is NEIGHBOURHOOD else [])]
    return Chip(_words(form, criterion, form.wanted(criterion)), _without(form.understood(), names), criterion.key)


def _words(form: FilterForm, criterion: Criterion, wanted: object) -> str:
    words = label = _(criterion.label)
    if not isinstance(criterion, IsTrue):
        asked = with_tolerance(criterion, criterion.wanted_words(wanted, spoken()), _tolerance(form, criterion))
        words = _("%(label)s: %(wanted)s", label=label, wanted=asked)
    return _("%(words)s (nur sicher)", words=words) if form.is_proven(criterion) else words


def _without(params: Params, names: Collection[str]) -> Params:
    return {name: texts for name, texts in params.items() if name not in names}
