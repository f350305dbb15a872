"""Homes are entered and changed by those who offer them; every fact goes through `record_facts`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from matching.catalogue import HOMES
from wohnberatung.bridge.needs import StoredRequirement
from wohnberatung.bridge.questionnaires import (
    by_owner,
    neighbourhood_from_postcode,
    neighbourhood_name,
    neighbourhood_of,
    questions_by_theme,
)
from wohnberatung.core.actors import Actor
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import DomainError
from wohnberatung.dwellings.models import Dwelling, Offer
from wohnberatung.dwellings.services.dwellings import Address, find_or_create_dwelling, save_dwelling
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.lifecycle import back_to_review
from wohnberatung.dwellings.services.offers import CLOSED, save_offer
from wohnberatung.dwellings.services.wording import objections_to

Versions = tuple[int | None, int | None]


@dataclass(frozen=True)
class Basics:
    """The short form: where, what it is called, the facts of the headlines by key (None: not known)."""

    address: Address
    title: str
    address_released: bool
    facts: Mapping[str, object]


@dataclass(frozen=True)
class ThemeProgress:
    """One theme of details: how many of its facts are known."""

    theme: str
    label: str
    known: int
    asked: int


def enter_offer(organisation_id: str, basics: Basics, *, actor: Actor) -> Offer:
    """A draft for the organisation's dwelling at that address: the one we know there, else a new one.

    Raises DomainError at `organisation` where the person does not belong to it and at `street` where an offer of the
    dwelling is open already, FactsRefused for values that cannot be.
    """
    if not (actor.is_staff or actor.belongs_to(organisation_id)):
        raise DomainError(_("Bitte wählen Sie, für wen Sie anbieten."), "organisation")
    dwelling = find_or_create_dwelling(
        organisation_id=organisation_id,
        address=basics.address,
        address_released=basics.address_released,
        actor=actor,
    )
    if any(known.status not in CLOSED for known in dwelling.offers):
        raise DomainError(_("Für diese Wohnung gibt es schon ein offenes Angebot. Bitte ändern Sie dieses."), "street")
    offer = save_offer(dwelling=dwelling, title=basics.title or _title_for(basics), actor=actor)
    if not dwelling.title:
        save_dwelling(dwelling, title=offer.title, actor=actor)
    # A field left empty says nothing: what is known of a dwelling from the last time stays.
    state_facts(offer, {key: value for key, value in basics.facts.items() if value is not None}, actor=actor)
    _locate(offer, actor)
    return offer


def change_basics(offer: Offer, basics: Basics, *, versions: Versions, actor: Actor) -> tuple[str, ...]:
    """The same form again; returns the labels of what stays as it was measured."""
    _check_versions(offer, versions, basics.facts)
    if offer.dwelling is not None:
        address = _kept_in_place(offer.dwelling, basics.address)
        save_dwelling(offer.dwelling, address=address, address_released=basics.address_released, actor=actor)
    before = objections_to(offer)
    save_offer(offer, title=basics.title or offer.title or _title_for(basics), actor=actor)
    back_to_review(offer, before, actor)
    kept = state_facts(offer, basics.facts, actor=actor)
    _locate(offer, actor)
    return kept


def state_facts(
    offer: Offer,
    values: Mapping[str, object],
    *,
    actor: Actor | None,
    source: str = "",
    versions: Versions | None = None,
) -> tuple[str, ...]:
    """Take in what the provider states of an offer and its dwelling. Returns the labels of facts that stay as they
    are, because somebody has measured them. Conflict where `versions` are not the stored ones."""
    if versions is not None:
        _check_versions(offer, versions, values)
    said_by = source or (_("Eingabe der Wohnberatung") if actor and actor.is_staff else _("Eingabe des Anbieters"))
    kept: list[str] = []
    for owner, facts in by_owner(values).items():
        part = next((part for part in offer.parts if part.fact_owner == owner), None)
        if part is None:
            continue
        report = record_facts(part, facts, "stated", source=said_by, actor=actor)
        kept += [_(HOMES.fact(key).label) for key in report.kept_stronger]
    return tuple(kept)


def change_text(offer: Offer, *, title: str, description: str, version: int | None, actor: Actor) -> bool:
    """Title and free text; True where the office will read the offer again first."""
    texts = {_("Überschrift"): (offer.title, title), _("Beschreibung"): (offer.description, description)}
    _check_version(offer, version, texts)
    before = objections_to(offer)
    save_offer(offer, title=title.strip() or offer.title, description=description.strip(), actor=actor)
    return back_to_review(offer, before, actor)


def change_demands(offer: Offer, demands: Sequence[StoredRequirement], *, version: int | None, actor: Actor) -> bool:
    """What is asked of a household; True where the office will read the offer again first."""
    _check_version(offer, version, {})
    before = objections_to(offer)
    save_offer(offer, demands=demands, actor=actor)
    return back_to_review(offer, before, actor)


def theme_progress(offer: Offer) -> list[ThemeProgress]:
    """The details by theme, as far as the offer's own parts hold them."""
    known = {key for part in offer.parts for key in part.known_facts()}
    return [
        ThemeProgress(theme, _(label), sum(fact.key in known for fact in facts), len(facts))
        for theme, label, facts in questions_by_theme(owners_of(offer))
    ]


def owners_of(offer: Offer) -> tuple[str, ...]:
    """Which kinds of facts the offer can hold."""
    return tuple(part.fact_owner for part in offer.parts)


def _kept_in_place(home: Dwelling, given: Address) -> Address:
    """The form asks for no town and no coordinates: the town stays, and so does the point unless the house changed."""
    same = (home.street, home.house_number, home.postcode) == (given.street, given.house_number, given.postcode)
    lat, lon = (home.lat, home.lon) if same else (given.lat, given.lon)
    return replace(given, town=home.town or given.town, lat=lat, lon=lon)


def _locate(offer: Offer, actor: Actor) -> None:
    """Where nobody said in which neighbourhood it lies, the postcode may tell."""
    home = offer.dwelling
    if home is None or neighbourhood_of({fact.key: getattr(home, fact.key) for fact in home.own_facts()}):
        return
    facts, level, found_by = neighbourhood_from_postcode(home.postcode)
    record_facts(home, facts, level, source=_("aus der Postleitzahl"), sentences=found_by, actor=actor)


def _title_for(basics: Basics) -> str:
    code = neighbourhood_of(basics.facts) or neighbourhood_of(neighbourhood_from_postcode(basics.address.postcode)[0])
    return _("Wohnung in %(place)s", place=neighbourhood_name(code)) if code else _("Wohnung")


def _check_versions(offer: Offer, versions: Versions, values: Mapping[str, object]) -> None:
    """Conflict with both texts: of every fact of the form, what is stored and what was entered."""
    current: dict[str, str] = {}
    submitted: dict[str, str] = {}
    for part in offer.parts:
        for fact in part.own_facts():
            if fact.key in values:
                current[_(fact.label)] = fact.format(getattr(part, fact.key))
                submitted[_(fact.label)] = fact.format(values[fact.key])
    for row, version in zip((offer, offer.dwelling), versions, strict=True):
        if row is not None:
            check_version(row, version, current=current, submitted=submitted)


def _check_version(offer: Offer, version: int | None, texts: Mapping[str, tuple[str, str]]) -> None:
    current = {label: both[0] for label, both in texts.items()}
    check_version(offer, version, current=current, submitted={label: both[1] for label, both in texts.items()})
