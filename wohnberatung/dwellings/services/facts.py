"""The one way in for facts (`record_facts`): what is better known stays, everything said is kept in the history; and
back to what was known before somebody's delivery, where nobody has said anything since (`restore_facts`)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from flask_babel import gettext as _
from sqlalchemy import select

from matching.facts import FactError
from matching.requests import EVIDENCE_NAMES
from wohnberatung.bridge.columns import FactColumnsMixin, KnownBy
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, check_may_edit
from wohnberatung.core.errors import DomainError, Forbidden
from wohnberatung.core.transactions import add_rows
from wohnberatung.dwellings.models import FactRecord
from wohnberatung.extensions import db

Levels = str | Mapping[str, str]
FactValues = dict[str, object]
"""Values by key as the kinds of facts parse them; None where unknown."""
KnownFacts = dict[str, tuple[object, KnownBy | None]]
"""Values by key, each with its evidence."""


class FactsRefused(DomainError):
    """Values that cannot be: `faults` maps the key of a fact to a sentence; nothing was stored."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        field, message = next(iter(faults.items()))
        super().__init__(message, field)
        self.faults = dict(faults)


@dataclass(frozen=True)
class FactsReport:
    """What became of the given facts, by key. `kept_stronger`: better or newer knowledge stands."""

    stored: tuple[str, ...]
    kept_stronger: tuple[str, ...]
    unchanged: tuple[str, ...]


class _Outcome(Enum):
    STORED = "stored"
    KEPT_STRONGER = "kept_stronger"
    UNCHANGED = "unchanged"


def parse_facts(subject: type[FactColumnsMixin] | FactColumnsMixin, raw: Mapping[str, object]) -> FactValues:
    """Values of the subject's own facts as they will be stored; FactsRefused names every fault."""
    own = {fact.key: fact for fact in subject.own_facts()}
    values, faults = {}, {}
    for key, given in raw.items():
        if key not in own:
            faults[key] = _("Das Merkmal „%(key)s“ gibt es hier nicht.", key=key[:60])
            continue
        try:
            values[key] = own[key].parse(given)
        except FactError as error:
            faults[key] = error.message
    if faults:
        raise FactsRefused(faults)
    return values


def record_facts(
    subject: FactColumnsMixin,
    facts: Mapping[str, object],
    level: Levels,
    *,
    observed_on: date | None = None,
    source: str = "",
    actor: Actor | None = None,
    sentences: Mapping[str, str] | None = None,
    replaces: Collection[str] = (),
) -> FactsReport:
    """Take in facts of a dwelling, an offer or a project, as people or files write them.

    `level` is claimed, stated or measured, for all or by key. A weaker level, or an older date at the same
    level, never replaces what is known; it is kept in the history and reported. None declares a fact unknown.
    What the sources named in `replaces` said gives way whatever its level, unless it was measured or is newer: who
    claimed something can take it back.
    `actor` None is the office's own machinery (imports, commands).

    Raises FactsRefused for values that cannot be, DomainError at `observed_on` for a day that is yet to come, Forbidden
    for a stranger, or for a provider who says something was measured.
    """
    day = observed_on or clock.today()
    if day > clock.today():
        raise DomainError(_("Das Datum der Angabe liegt in der Zukunft."), "observed_on")
    values = parse_facts(subject, facts)
    levels = {key: level if isinstance(level, str) else level[key] for key in values}
    _check_levels(subject, levels.values(), actor)
    outcomes = {key: _weigh(subject, key, value, levels[key], day, replaces) for key, value in values.items()}
    stored, kept, unchanged = (
        tuple(key for key, outcome in outcomes.items() if outcome is wanted) for wanted in _Outcome
    )
    _set_current(subject, {key: values[key] for key in stored}, levels, day, source)
    repeated = _said_before(subject, {key: values[key] for key in kept}, levels, source)
    said = {"subject_kind": subject.fact_owner, "subject_id": subject.id, "observed_on": day, "source": source}
    said |= {"recorded_by": actor.user_id if actor else None, "recorded_at": clock.now()}
    lines = [
        {**said, "key": key, "value": values[key], "level": levels[key], "current": key in stored}
        | {"sentence": (sentences or {}).get(key, "")}
        for key in (*stored, *kept)
        if key not in repeated
    ]
    # One statement for each line would be a large part of what taking in a stock costs.
    add_rows(FactRecord, lines)
    return FactsReport(stored, kept, unchanged)


def known_now(subject: FactColumnsMixin) -> KnownFacts:
    """Every known fact of a dwelling, an offer or a project by key: its value and its evidence."""
    evidence = subject.evidence or {}
    return {key: (value, evidence.get(key)) for key, value in subject.known_facts().items()}


def restore_facts(subject: FactColumnsMixin, before: KnownFacts, after: KnownFacts, source: str) -> int:
    """Set back what changed from `before` to `after` and still stands as it was left then; returns how many.

    The history keeps both and gains a line that says by `source` why the older value stands again.
    """
    current, nothing = known_now(subject), (None, None)
    evidence, restored = dict(subject.evidence or {}), 0
    for key in sorted(before.keys() | after.keys()):
        # Read back from JSON a pair is a list.
        (value, proof), (became, last_proof) = before.get(key, nothing), after.get(key, nothing)
        if (value, proof) == (became, last_proof) or current.get(key, nothing) != (became, last_proof):
            continue
        setattr(subject, key, value)
        evidence.pop(key, None)
        if proof:
            evidence[key] = proof
        if said_by := proof or last_proof:
            db.session.add(_line(subject, key, value, said_by, source))
        restored += 1
    subject.evidence = evidence
    db.session.flush()
    return restored


def _set_current(
    subject: FactColumnsMixin, stored: Mapping[str, object], levels: Mapping[str, str], day: date, source: str
) -> None:
    evidence = dict(subject.evidence or {})
    for key, value in stored.items():
        setattr(subject, key, value)
        evidence[key] = {"level": levels[key], "date": day.isoformat(), "source": source}
        if value is None:
            del evidence[key]
    if stored:
        subject.evidence = evidence
    db.session.flush()


def _check_levels(subject: FactColumnsMixin, levels: Iterable[str], actor: Actor | None) -> None:
    if unknown := set(levels) - set(EVIDENCE_NAMES):
        raise ValueError(f"no such level of evidence: {sorted(unknown)}")
    if actor is None or actor.is_staff:
        return
    check_may_edit(actor, subject.organisation_id)
    if "measured" in levels:
        raise Forbidden(_("Als gemessen gelten nur Angaben, die die Wohnberatung geprüft hat."))


def _weigh(
    subject: FactColumnsMixin, key: str, value: object, level: str, day: date, replaces: Collection[str]
) -> _Outcome:
    """Stronger is a higher level, then a newer date. The same value again is news only as a new survey."""
    known = (subject.evidence or {}).get(key)
    if known is None:
        return _Outcome.UNCHANGED if value is None else _Outcome.STORED
    offered = (EVIDENCE_NAMES.index(level), day.isoformat())
    standing = (EVIDENCE_NAMES.index(known["level"]), known["date"])
    if known["source"] in replaces and known["level"] != "measured" and known["date"] <= day.isoformat():
        is_news = (value, level) != (getattr(subject, key), known["level"])
        return _Outcome.STORED if is_news else _Outcome.UNCHANGED
    if value == getattr(subject, key):
        surveyed_again = level == "measured" and offered > standing
        return _Outcome.STORED if offered[0] > standing[0] or surveyed_again else _Outcome.UNCHANGED
    return _Outcome.STORED if offered >= standing else _Outcome.KEPT_STRONGER


def _said_before(subject: FactColumnsMixin, kept: FactValues, levels: Mapping[str, str], source: str) -> set[str]:
    """Keys whose latest word from this source was the same: a feed repeats itself every night."""
    if not kept:
        return set()
    history = select(FactRecord).where(
        FactRecord.subject_id == subject.id, FactRecord.key.in_(kept), FactRecord.source == source
    )
    latest = {record.key: record for record in db.session.scalars(history.order_by(FactRecord.id))}
    return {key for key, record in latest.items() if (record.value, record.level) == (kept[key], levels[key])}


def _line(subject: FactColumnsMixin, key: str, value: object, proof: KnownBy, source: str) -> FactRecord:
    record = FactRecord(key=key, value=value, level=proof["level"], current=True, source=source, sentence="")
    record.subject_kind, record.subject_id = subject.fact_owner, subject.id
    record.observed_on = date.fromisoformat(proof["date"])
    return record
