"""What there is of a delivery at each point of its way: what was read, what is wrong with it, what becomes of it.

A reader fills in records of raw values, keyed and located. Raw means: as the sender meant it, not yet as the catalogue
understands it (`bridge.imports` does that). Applying adds an outcome per object.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.bridge.imports import Raw
from wohnberatung.intake.models import ObjectState

Action = Literal["change", "delete"]
Provider = tuple[str, str]
"""Key and name of whose objects they are."""
STATE_LABELS = {
    ObjectState.NEW: _l("neu"),
    ObjectState.CHANGED: _l("geändert"),
    ObjectState.UNCHANGED: _l("unverändert"),
    ObjectState.WITHDRAWN: _l("zurückgezogen"),
    ObjectState.GONE: _l("nicht mehr dabei"),
    ObjectState.UNKNOWN: _l("war unbekannt"),
    ObjectState.SKIPPED: _l("übersprungen"),
}


@dataclass(frozen=True)
class RawAddress:
    """Where the dwelling is, as the sender says. `unit` tells flats of a house apart; coordinates in degrees.
    `released`: the sender allows showing the street; None where the file has no word on it."""

    street: str = ""
    house_number: str = ""
    unit: str = ""
    postcode: str = ""
    town: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    released: bool | None = None

    @property
    def names_a_place(self) -> bool:
        return bool(self.street or self.postcode or self.town or self.district or self.lat is not None)


@dataclass(frozen=True)
class RawPicture:
    """A picture that a sender names: its path, what it shows in words for those who do not see it, photo or plan.

    `digest` is that of its file, once that is found; `picture_id` the picture drawn from it, where it is new here.
    """

    path: str
    alt: str
    use: str
    digest: str = ""
    picture_id: str = ""


@dataclass(frozen=True)
class RawRecord:
    """One object of a delivery.

    `reference`: the number its landlord calls it by; `values`: path → raw value, paths in lower case;
    `named`: free fields by the name the sender gave them; `texts`: descriptions; `skipped`: in words, why it
    is no home that anybody can have; `position`: in words, where it stands in the file; `offer_id`: our own name of
    the offer, where the file is one that we wrote. `is_whole`: it says all that the sender knows of the home, so what
    it does not name any more is taken back; of any other record that is so for `emptied` alone, columns without a
    word in them (and "description"). `doubted`: columns whose amount cannot be, with the amount and why.
    `pictures`: all it has, None where the file has no word on them.
    """

    provider_key: str
    external_id: str
    reference: str
    action: Action
    position: str
    title: str = ""
    texts: tuple[str, ...] = ()
    address: RawAddress = RawAddress()
    values: Mapping[str, Raw] = field(default_factory=dict)
    named: Mapping[str, Raw] = field(default_factory=dict)
    skipped: str = ""
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    offer_id: str = ""
    is_whole: bool = False
    emptied: tuple[str, ...] = ()
    doubted: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    pictures: tuple[RawPicture, ...] | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.provider_key, self.external_id

    def takes_back(self, name: str) -> bool:
        """Whether silence about it means that the sender does not say it any more."""
        return self.is_whole or name in self.emptied

    @property
    def is_to_be_had(self) -> bool:
        return self.action == "change" and not self.skipped

    def noted(self, note: str) -> "RawRecord":
        return replace(self, notes=(*self.notes, note))

    def as_json(self) -> dict[str, object]:
        """Plain values for the staging table."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "RawRecord":
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
        }
        pictures = plain.get("pictures")
        plain["pictures"] = None if pictures is None else tuple(RawPicture(**one) for one in pictures)
        return cls(**plain | {"address": RawAddress(**stored["address"])})


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
    """A value that is not taken in: its fact, the value as it was given, a sentence that says why."""

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
class ObjectOutcome:
    """One object: `name` for people, `place` how its Stadtteil was found, `claims` read from its text, `faults`
    values that stay unknown, `notes` all else; every one a German sentence. `values` (label, value) are what a new home
    is at a glance, `unknown` the labels that everybody looks for and nobody said; `faulty` are the faults field by
    field, `doubles` dwellings it may be, `position` where it stands in the file, `pictures` the new ones with their
    words."""

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
    pictures: tuple[RawPicture, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.provider_key, self.external_id

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ObjectOutcome":
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
            "pictures": tuple(RawPicture(**one) for one in stored.get("pictures", ())),
            "values": tuple((label, value) for label, value in stored.get("values", ())),
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
class ImportResult:
    """One delivery.

    `providers`: key → name; `full`: what these providers do not name any more is gone; `sent`: the moment the file
    itself names, as ISO text, to the second or the day alone; `faults`: in words, what makes objects or providers
    indistinguishable: with any of them nothing of the delivery may be taken over. `outcomes` come with applying, one
    for each object, and `too_many_removals`: in words, where a person must confirm. `notes`: in words, what else is to
    say about the delivery.
    """

    providers: Mapping[str, str]
    full: bool
    sent: str
    records: tuple[RawRecord, ...]
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    outcomes: tuple[ObjectOutcome, ...] = ()
    too_many_removals: str = ""

    @property
    def pictures(self) -> tuple[RawPicture, ...]:
        return tuple(picture for record in self.records for picture in record.pictures or ())

    @property
    def changes_something(self) -> bool:
        return any(outcome.changes_something for outcome in self.outcomes)

    @property
    def is_amiss(self) -> bool:
        """Whether an object is left out, or a value of one is not taken in."""
        return any(one.faulty or one.state == ObjectState.SKIPPED for one in self.outcomes)

    @property
    def leaves_nothing_to_decide(self) -> bool:
        """Whether it would change nothing, and asks nothing about doubles."""
        return bool(self.outcomes) and not self.changes_something and not any(one.doubles for one in self.outcomes)

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
