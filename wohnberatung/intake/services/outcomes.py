"""What becomes of each object of a delivery, and the words about it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from matching.catalogue import HOMES
from wohnberatung.bridge.districts import District
from wohnberatung.bridge.intake import LEAST_CERTAIN, IntakeFacts
from wohnberatung.dwellings.models import Offer
from wohnberatung.intake.models import ObjectState
from wohnberatung.intake.records import RawRecord

LONGEST_WORDS = 80
STATE_LABELS = {
    ObjectState.NEW: lazy_gettext("neu"),
    ObjectState.CHANGED: lazy_gettext("geändert"),
    ObjectState.UNCHANGED: lazy_gettext("unverändert"),
    ObjectState.WITHDRAWN: lazy_gettext("zurückgezogen"),
    ObjectState.GONE: lazy_gettext("nicht mehr dabei"),
    ObjectState.UNKNOWN: lazy_gettext("war unbekannt"),
    ObjectState.SKIPPED: lazy_gettext("übersprungen"),
}


@dataclass(frozen=True)
class Difference:
    """One field before and after, as a person reads it."""

    label: str
    before: str
    after: str

    @property
    def words(self) -> str:
        values = {"label": self.label, "before": self.before, "after": self.after}
        if not self.before:
            return _("%(label)s ist neu: %(after)s.", **values)
        if not self.after:
            return _("%(label)s entfällt; bisher %(before)s.", **values)
        return _("%(label)s ändert sich von %(before)s zu %(after)s.", **values)


@dataclass(frozen=True)
class FaultyField:
    """A value that stays unknown: its fact, the value as it was given, a sentence that says why."""

    key: str
    given: str
    words: str


@dataclass(frozen=True)
class Compared:
    """One field of two homes side by side; `word` is agree, differ or blank."""

    label: str
    ours: str
    theirs: str
    word: str


@dataclass(frozen=True)
class Double:
    """A dwelling we have that the object may be: what it is called, how likely (0 to 1), field by field."""

    dwelling_id: str
    name: str
    probability: float
    fields: tuple[Compared, ...]


@dataclass(frozen=True)
class Outcome:
    """One object: `name` for people, `place` how its Stadtteil was found, `claims` read from its text, `faults`
    values that stay unknown, `notes` all else; every one a German sentence. `faulty` are the faults field by field,
    `doubles` dwellings it may be, `position` where it stands in the file."""

    provider_key: str
    external_id: str
    name: str
    state: ObjectState
    offer_id: str | None = None
    place: str = ""
    differences: tuple[Difference, ...] = ()
    claims: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    faulty: tuple[FaultyField, ...] = ()
    doubles: tuple[Double, ...] = ()
    position: str = ""

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Outcome":
        """The outcome that `dataclasses.asdict` made these plain values of."""
        doubles = (
            Double(**{**double, "fields": tuple(Compared(**field) for field in double["fields"])})
            for double in stored.get("doubles", ())
        )
        parts = {
            "state": ObjectState(stored["state"]),
            "differences": tuple(Difference(**one) for one in stored["differences"]),
            "faulty": tuple(FaultyField(**one) for one in stored.get("faulty", ())),
            "doubles": tuple(doubles),
        }
        return cls(**{**stored, **parts})

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])

    @property
    def lines(self) -> tuple[str, ...]:
        """All that is to say about the object, a sentence each."""
        changes = tuple(change.words for change in self.differences)
        place = (self.place,) if self.place else ()
        return (*place, *changes, *self.claims, *self.faults, *self.notes)

    @property
    def changes_something(self) -> bool:
        return self.state in (ObjectState.NEW, ObjectState.CHANGED, ObjectState.WITHDRAWN, ObjectState.GONE)


@dataclass(frozen=True)
class Report:
    """A whole delivery. `too_many_removals`: in words, where a person must confirm; else empty."""

    outcomes: tuple[Outcome, ...]
    notes: tuple[str, ...]
    too_many_removals: str

    @property
    def changes_something(self) -> bool:
        return any(outcome.changes_something for outcome in self.outcomes)

    @property
    def summary(self) -> str:
        """How many objects of each state, and how many values stay unknown."""
        counts = Counter(outcome.state for outcome in self.outcomes)
        return _(
            "Objekte in der Lieferung: %(all)s, davon %(new)s neu, %(changed)s geändert, %(unchanged)s unverändert, "
            "%(ended)s zurückgezogen, %(rest)s ohne Bedeutung für uns. Nicht verwendbare Werte: %(faults)s.",
            all=len(self.outcomes),
            new=counts[ObjectState.NEW],
            changed=counts[ObjectState.CHANGED],
            unchanged=counts[ObjectState.UNCHANGED],
            ended=counts[ObjectState.WITHDRAWN] + counts[ObjectState.GONE],
            rest=counts[ObjectState.UNKNOWN] + counts[ObjectState.SKIPPED],
            faults=sum(len(outcome.faults) for outcome in self.outcomes),
        )


def name_of(record: RawRecord, offer: Offer | None = None) -> str:
    """What the landlord would call it: number and street, as the record says them, else as we know them."""
    street = f"{record.address.street} {record.address.house_number}".strip()
    if not street and offer is not None and (home := offer.dwelling):
        street = f"{home.street} {home.house_number}".strip()
    return ", ".join(part for part in (record.reference or record.external_id, street) if part)


def place_words(district: District | None) -> str:
    if district is None:
        return _("Stadtteil: unbekannt; weder Name noch Koordinaten noch Postleitzahl führen zu einem.")
    values = {"name": district.name, "percent": round(district.certainty * 100), "how": district.how}
    if district.certainty < LEAST_CERTAIN:
        return _("Stadtteil: unbekannt, denn %(name)s ist nur zu %(percent)s %% sicher (%(how)s).", **values)
    return _("Stadtteil: %(name)s, zu %(percent)s %% sicher (%(how)s).", **values)


def snapshot(offer: Offer) -> dict[str, str]:
    """Everything a delivery may change, by label, as a person reads it."""
    texts = {_("Titel"): offer.title, _("Beschreibung"): offer.description}
    if home := offer.dwelling:
        texts[_("Adresse")] = home.address
        texts[_("Wohnungsnummer")] = home.unit
        texts[_("Adresse öffentlich")] = _("ja") if home.address_released else _("nein")
        texts[_("Koordinaten")] = "" if home.lat is None else f"{home.lat:.5f}, {home.lon:.5f}"
    for part in offer.parts:
        known = part.known_facts()
        texts |= {fact.label: fact.format(known[fact.key]) for fact in part.own_facts() if fact.key in known}
    return texts


def differences(before: dict[str, str], after: dict[str, str]) -> tuple[Difference, ...]:
    return tuple(
        Difference(label, _short(before.get(label, "")), _short(after.get(label, "")))
        for label in after | before
        if before.get(label, "") != after.get(label, "")
    )


def claim_words(read: IntakeFacts, place: str) -> tuple[str, ...]:
    """What was read out of prose, with the sentence it came from; the place has words of its own."""
    return tuple(
        _(
            "%(label)s: %(value)s, laut Anzeige: „%(sentence)s“",
            label=HOMES.fact(key).label,
            value=HOMES.fact(key).format(read.facts[key]),
            sentence=sentence,
        )
        for key, sentence in read.sentences.items()
        if sentence != place
    )


def fault_words(read: IntakeFacts) -> tuple[str, ...]:
    return tuple(
        _(
            "%(label)s bleibt unbekannt: %(message)s Bitte berichtigen.",
            label=HOMES.fact(fault.key).label,
            message=fault.message,
        )
        for fault in read.faults
    )


def faulty_fields(read: IntakeFacts) -> tuple[FaultyField, ...]:
    words = fault_words(read)
    return tuple(
        FaultyField(fault.key, fault.given[:200], said) for fault, said in zip(read.faults, words, strict=True)
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1]}…"
