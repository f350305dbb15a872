"""What is known of an offer, fact by fact, and how well."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.derived_kinds import read_off
from matching.facts import Fact, NeighbourhoodCode, Text
from matching.kinds import IDLE, told
from wohnberatung.bridge.columns import FactColumnsMixin
from wohnberatung.bridge.wording import by_theme, spoken
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Forbidden
from wohnberatung.dwellings.models import FactRecord, Offer
from wohnberatung.extensions import db


@dataclass(frozen=True)
class FactRow:
    """One line of a fact sheet; `value` None and `level` None where unknown, `text` is for people. `idle` where other
    facts say that there is nothing to know: no width of a lift where there is none."""

    fact: Fact
    value: Any
    text: str
    level: str | None
    observed_on: date | None
    source: str
    idle: bool = False

    @property
    def known(self) -> bool:
        return self.value is not None

    @property
    def label(self) -> str:
        label = _(self.fact.label)
        # In English a label may be a unit too ("rooms"): small in a sentence, large at the beginning of a line.
        return label[:1].upper() + label[1:]

    @property
    def is_guess(self) -> bool:
        return is_guess(self.fact, self.level)

    @property
    def words(self) -> str:
        """Label and value, and that it is no more than a claim or a guess where so."""
        if self.is_guess:
            return _("%(label)s: vermutlich %(value)s", label=self.label, value=self.text)
        if self.level == "claimed":
            return _("%(label)s: %(value)s (laut Anzeige)", label=self.label, value=self.text)
        return _("%(label)s: %(value)s", label=self.label, value=self.text)

    @property
    def in_own_words(self) -> bool:
        """A text that somebody has written, to be shown as such."""
        return isinstance(self.fact, Text)


@dataclass(frozen=True)
class FactGroup:
    """The facts of one theme in declared order."""

    theme: str
    label: str
    rows: tuple[FactRow, ...]

    @property
    def known(self) -> list[FactRow]:
        """What is known, but for texts in somebody's own words."""
        return [row for row in self.rows if row.known and not row.in_own_words]

    @property
    def unknown(self) -> list[FactRow]:
        return [row for row in self.rows if not row.known and not row.idle]


def fact_sheet(offer: Offer) -> list[FactGroup]:
    """Everything the catalogue asks about what is offered, known or not, with its evidence, by theme."""
    return _groups(offer.parts)


def sheet_of(part: FactColumnsMixin) -> list[FactGroup]:
    """The same of one dwelling, project or offer alone."""
    return _groups((part,))


def _groups(parts: Iterable[FactColumnsMixin]) -> list[FactGroup]:
    rows = (fact_row(part, fact) for part in parts for fact in part.own_facts())
    return [FactGroup(theme, _(label), group) for theme, label, group in by_theme(rows)]


def fact_history(subject: FactColumnsMixin, actor: Actor, key: str | None = None) -> list[FactRecord]:
    """All that was ever said about the subject, newest first; for the office and the owner.

    Raises Forbidden for all others.
    """
    if not (actor.is_staff or actor.belongs_to(subject.organisation_id)):
        raise Forbidden(_("Den Verlauf sehen nur die Wohnberatung und der Anbieter."))
    query = select(FactRecord).where(FactRecord.subject_id == subject.id).order_by(FactRecord.id.desc())
    if key is not None:
        query = query.where(FactRecord.key == key)
    return list(db.session.scalars(query))


def is_guess(fact: Fact, level: str | None) -> bool:
    """Worked out of an address by the office: no advert has claimed it."""
    return level == "claimed" and isinstance(fact, NeighbourhoodCode)


def fact_row(part: FactColumnsMixin, fact: Fact) -> FactRow:
    """What one row knows of one fact, itself or by others: that steps are in the way says that it is not step-free."""
    value = getattr(part, fact.key)
    known = part.evidence.get(fact.key) if value is not None else None
    if known is None:
        return _concluded(part, fact) or FactRow(fact, None, fact.format(None, spoken()), None, None, "")
    observed_on = date.fromisoformat(known["date"])
    return FactRow(fact, value, told(fact, value, spoken()), known["level"], observed_on, known["source"])


def stored_as(fact: Fact, value: object) -> str:
    """A value as it is stored and as pages will read it: of a day that has come both."""
    read, day = told(fact, value, spoken()), fact.format(value, spoken())
    return day if read == day else _("%(told)s (seit %(day)s)", told=read, day=day)


def _concluded(part: FactColumnsMixin, fact: Fact) -> FactRow | None:
    """What the engine concludes where the fact itself is unknown; None where it concludes nothing."""
    criterion = _CONCLUDING.get(fact.key)
    own = {each.key for each in part.own_facts()}
    if criterion is None or any(each.key not in own for each in criterion.facts):
        return None
    facts = {each.key: getattr(part, each.key) for each in criterion.facts}
    known = {key: about for key, about in part.evidence.items() if facts.get(key) is not None}
    value, level = read_off(criterion, facts, {key: about["level"] for key, about in known.items()})
    if value == IDLE:
        return FactRow(fact, None, criterion.found_words(value, spoken()), None, None, "", idle=True)
    if isnan(value) or not known:
        return None
    newest = max(known.values(), key=lambda about: str(about["date"]))
    observed_on = date.fromisoformat(newest["date"])
    text = criterion.found_words(value, spoken())
    return FactRow(fact, criterion.found(value), text, level.name.lower(), observed_on, newest["source"])


_CONCLUDING = {criterion.key: criterion for criterion in HOMES.criteria if len(criterion.facts) > 1}
