"""What is wrong in a delivery, and whether it was wrong in the last one already: who sends the same faults every night
is told of them, not asked every night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from matching.catalogue import HOMES
from wohnberatung.extensions import db
from wohnberatung.intake.models import ImportRecord, ImportRun, ObjectState, RunState
from wohnberatung.intake.result import ObjectOutcome

# Deliveries that are looked through: an organisation may send a file for each of its houses in turn.
LAST_DELIVERIES = 10
MOST_COMPARED = 1000
MOST_NAMED = 5
Wrong = frozenset[tuple[str, str]]
"""What is wrong with one object: keys of facts with the values that were given, and why it is left out."""


@dataclass(frozen=True)
class Amiss:
    """`words`: sentences that name what is wrong, apart by whether it was before; `is_new`: something was not."""

    words: str = ""
    is_new: bool = False


def amiss_in(run_id: str, outcomes: Sequence[ObjectOutcome]) -> Amiss:
    """Compared with what the organisation's last deliveries of this format said of the same objects. Reads only."""
    wrong = {one.key: (one, said) for one in outcomes if (said := _wrong(one))}
    if not wrong:
        return Amiss()
    before = _before(run_id, list(wrong)[:MOST_COMPARED])
    lasting = [one for key, (one, said) in wrong.items() if said <= before.get(key, frozenset())]
    fresh = [one for key, (one, said) in wrong.items() if not said <= before.get(key, frozenset())]
    told = []
    if lasting:
        told.append(_("Fehlerhaft oder übersprungen wie zuvor: %(names)s.", names=_names(lasting)))
    if fresh:
        told.append(_("Neu fehlerhaft oder übersprungen: %(names)s.", names=_names(fresh)))
    return Amiss(" ".join(told), bool(fresh))


def _wrong(outcome: ObjectOutcome) -> Wrong:
    faults = {(fault.key, fault.given) for fault in outcome.faulty}
    left_out = {("", note) for note in outcome.notes[-1:]} if outcome.state == ObjectState.SKIPPED else set()
    return frozenset(faults | left_out)


def _before(run_id: str, keys: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Wrong]:
    """By object what was wrong with it when it was last delivered."""
    run = db.session.get_one(ImportRun, run_id)
    theirs = (ImportRun.organisation_id == run.organisation_id) & (ImportRun.format == run.format)
    taken = select(ImportRun.id).where(theirs, ImportRun.state == RunState.PROMOTED, ImportRun.id != run_id)
    last = db.session.scalars(taken.order_by(ImportRun.promoted_at.desc()).limit(LAST_DELIVERIES)).all()
    found: dict[tuple[str, str], Wrong] = {}
    for earlier in last:
        left = [external_id for key in keys if key not in found for external_id in key[1:]]
        if not left:
            break
        reports = select(ImportRecord.report).where(ImportRecord.run_id == earlier, ImportRecord.external_id.in_(left))
        for outcome in map(ObjectOutcome.from_json, db.session.scalars(reports)):
            found.setdefault(outcome.key, _wrong(outcome))
    return found


def _names(outcomes: Sequence[ObjectOutcome]) -> str:
    named = [_name(outcome) for outcome in outcomes[:MOST_NAMED]]
    if more := len(outcomes) - len(named):
        named.append(_("und %(count)s weitere", count=more))
    return "; ".join(named)


def _name(outcome: ObjectOutcome) -> str:
    """The object as its landlord calls it, with the facts that are wrong."""
    labels = ", ".join(dict.fromkeys(str(HOMES.fact(fault.key).label) for fault in outcome.faulty))
    return f"{outcome.name} ({labels})" if labels else outcome.name
