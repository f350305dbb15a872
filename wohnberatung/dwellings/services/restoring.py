"""Facts are set back to what was known before somebody's delivery, where nobody has said anything since."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wohnberatung.dwellings.models import FactRecord
from wohnberatung.extensions import db

Known = Mapping[str, tuple[Any, dict[str, str] | None]]


def known_now(subject: Any) -> dict[str, tuple[Any, dict[str, str] | None]]:
    """Every known fact of a dwelling, an offer or a project by key: its value and its evidence."""
    evidence = subject.evidence or {}
    return {key: (value, evidence.get(key)) for key, value in subject.known_facts().items()}


def restore_facts(subject: Any, before: Known, after: Known, source: str) -> int:
    """Set back what changed from `before` to `after` and still stands as it was left then; returns how many.

    The history keeps both and gains a line that says by `source` why the older value stands again.
    """
    current, nothing = known_now(subject), (None, None)
    evidence, restored = dict(subject.evidence or {}), 0
    for key in sorted(before.keys() | after.keys()):
        was, became = tuple(before.get(key, nothing)), tuple(after.get(key, nothing))
        if was == became or tuple(current.get(key, nothing)) != became:
            continue
        value, proof = was
        setattr(subject, key, value)
        evidence.pop(key, None)
        if proof:
            evidence[key] = proof
        db.session.add(_line(subject, key, value, proof or became[1], source))
        restored += 1
    subject.evidence = evidence
    db.session.flush()
    return restored


def _line(subject: Any, key: str, value: Any, proof: dict[str, str], source: str) -> FactRecord:
    record = FactRecord(key=key, value=value, level=proof["level"], current=True, source=source, sentence="")
    record.subject_kind, record.subject_id = subject.fact_owner, subject.id
    record.observed_on = date.fromisoformat(proof["date"])
    return record
