"""Weights of wishes: proposed from outcomes or by hand, approved by a second person, taken back; all of it kept."""

import hashlib
import json
from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from matching.catalogue import HOMES
from matching.learning.wish_weights import HAND_SET, LEAST, MOST, TooFewCases, Weights, WeightsProposal, propose
from wohnberatung.bridge.needs import weights_changed, weights_in_force
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor, only_administration
from wohnberatung.core.changes import check_version
from wohnberatung.core.errors import Conflict, DomainError, Forbidden, NotFound
from wohnberatung.core.steps import Party
from wohnberatung.core.transactions import transaction
from wohnberatung.core.work import Running
from wohnberatung.extensions import db
from wohnberatung.jobs.services import enqueue
from wohnberatung.learning.models import ProposedWeights, WeightsState
from wohnberatung.learning.services.outcomes import real_cases
from wohnberatung.learning.steps import APPROVE, RENEW, REPLACE, WEIGHTS_STEPS

LEARN = "learn_weights"
WISHED = {criterion.key: criterion for criterion in HOMES.criteria}


def ask_to_learn(actor: Actor) -> None:
    """Have the outcomes looked at in the background. Forbidden for all but the administration."""
    only_administration(actor)
    enqueue(LEARN, {"user": actor.user_id or ""}, key=LEARN)


def learn(job: Running) -> str:
    """Propose what the outcomes speak for, in the name of whoever asked, unless the same waits already. What takes long
    is outside of transactions."""
    cases = real_cases()
    present = weights_in_force()
    db.session.rollback()
    try:
        found = propose(cases, present)
    except TooFewCases as error:
        return ngettext(
            "Erst %(num)s Fall sagt etwas über die Gewichte, nötig sind 100.",
            "Erst %(num)s Fälle sagen etwas über die Gewichte, nötig sind 100.",
            error.cases,
        )
    if not found.changes:
        return _("Die Ergebnisse sprechen für die jetzigen Gewichte.")
    with transaction():
        if not _waits(found):
            _keep_learned(found, job.arguments["user"])
    return _("Ein Vorschlag für die Gewichte liegt vor.")


def _waits(found: WeightsProposal) -> bool:
    waiting = select(ProposedWeights.id).filter_by(
        state=WeightsState.PROPOSED, name=found.proposed.version, based_on=found.present.version, cases=found.cases
    )
    return db.session.scalar(waiting.limit(1)) is not None


def _keep_learned(found: WeightsProposal, user_id: str) -> None:
    db.session.add(
        ProposedWeights(
            name=found.proposed.version,
            factors=dict(found.proposed.factors),
            based_on=found.present.version,
            base_factors=dict(found.present.factors),
            cases=found.cases,
            present_quality=found.present_quality,
            proposed_quality=found.proposed_quality,
            proposed_by=user_id,
        )
    )


def propose_by_hand(actor: Actor, key: str, percent: int) -> ProposedWeights:
    """The weights in force with one factor changed. DomainError at `key` or `percent` where that cannot be."""
    only_administration(actor)
    if key not in WISHED:
        raise DomainError(_("Dieses Kriterium gibt es nicht."), "key")
    low, high = round(LEAST * 100), round(MOST * 100)
    if not low <= percent <= high:
        raise DomainError(_("Erwartet wird eine Zahl von %(low)s bis %(high)s.", low=low, high=high), "percent")
    present, factor = weights_in_force(), percent / 100
    if present.factor(key) == factor:
        raise DomainError(_("So ist es schon."), "percent")
    return _proposed({**present.factors, key: factor}, present, actor)


def _proposed(factors: Mapping[str, float], present: Weights, actor: Actor) -> ProposedWeights:
    """By hand, beside those that are in force."""
    other = {key: value for key, value in factors.items() if value != 1.0}
    row = ProposedWeights(name=_named(other), factors=other, proposed_by=actor.user_id or "")
    row.based_on, row.base_factors = present.version, dict(present.factors)
    db.session.add(row)
    db.session.flush()
    return row


def is_outdated(row: ProposedWeights, present: Weights) -> bool:
    """Whether others are in force by now than when these were proposed: what they would change is not true any more."""
    return row.state == WeightsState.PROPOSED and row.based_on != present.version


def decide(weights_id: str, key: str, actor: Actor, *, version: int | None) -> ProposedWeights:
    """Approve, discard, or renew; gives back the row, or the one that came in its place. NotFound where there are none
    of that id, Forbidden to approve what one has proposed oneself, Conflict where somebody has decided meanwhile, or
    others came into force since they were proposed."""
    only_administration(actor)
    row = db.session.scalar(select(ProposedWeights).filter_by(id=weights_id).with_for_update())
    if row is None:
        raise NotFound(_("Diese Gewichte gibt es nicht."))
    if version is not None:
        check_version(row, version)
    WEIGHTS_STEPS.check(row, key, by=Party.OFFICE)
    if key == APPROVE:
        if row.proposed_by == actor.user_id:
            raise Forbidden(_("Das gibt jemand anderes aus der Verwaltung frei: vier Augen."))
        _check_base(row, _make_room())
    WEIGHTS_STEPS.take(row, key, by=Party.OFFICE)
    row.decided_by, row.decided_at = actor.user_id, clock.now()
    db.session.flush()
    weights_changed()
    return _renewed(row, actor) if key == RENEW else row


def _check_base(row: ProposedWeights, present: ProposedWeights | None) -> None:
    """Asked of what was in force until this moment, under its lock."""
    name = present.name if present else HAND_SET.version
    if row.based_on != name:
        raise Conflict(
            _(
                "Seit diesem Vorschlag sind andere Gewichte in Kraft getreten (%(name)s). Was er ändern würde, stimmt"
                " deshalb nicht mehr. Bitte erneuern Sie den Vorschlag.",
                name=name,
            )
        )


def _renewed(row: ProposedWeights, actor: Actor) -> ProposedWeights:
    """What it changed beside the old ones, changed beside the present ones; from outcomes, they are looked at again."""
    if row.cases:
        ask_to_learn(actor)
        return row
    changed = {
        key: row.factors.get(key, 1.0)
        for key in row.factors.keys() | row.base_factors.keys()
        if row.factors.get(key, 1.0) != row.base_factors.get(key, 1.0)
    }
    present = weights_in_force()
    return _proposed({**present.factors, **changed}, present, actor)


def go_back(actor: Actor) -> ProposedWeights:
    """Those before the present ones are in force again, at once: two people have agreed to them before. Conflict where
    there were none before."""
    only_administration(actor)
    if not weights_in_force().factors or (present := _make_room()) is None:
        raise Conflict(_("Es gelten die ersten Gewichte. Davor gab es keine."))
    decided = select(ProposedWeights).filter_by(state=WeightsState.REPLACED).order_by(ProposedWeights.decided_at)
    been = db.session.scalars(decided).all()
    # Also those that came back have the place at which they first held.
    first = next(number for number, row in enumerate(been) if row.name == present.name)
    earlier = been[first - 1] if first else None
    name, factors = (earlier.name, dict(earlier.factors)) if earlier else (HAND_SET.version, {})
    again = ProposedWeights(name=name, factors=factors, state=WeightsState.IN_FORCE, proposed_by=actor.user_id or "")
    again.based_on, again.base_factors = present.name, dict(present.factors)
    again.decided_by, again.decided_at = actor.user_id, clock.now()
    db.session.add(again)
    db.session.flush()
    weights_changed()
    return again


def _make_room() -> ProposedWeights | None:
    """What was in force until now, which is not any more."""
    row = db.session.scalar(select(ProposedWeights).filter_by(state=WeightsState.IN_FORCE).with_for_update())
    if row is not None:
        WEIGHTS_STEPS.take(row, REPLACE, by=Party.SYSTEM)
        db.session.flush()
    return row


def weights_of(row: ProposedWeights) -> Weights:
    """As the engine takes them."""
    return Weights(row.name, row.factors)


def _named(factors: Mapping[str, float]) -> str:
    """After the content, as the engine names what it learns."""
    if not factors:
        return HAND_SET.version
    return "hand-" + hashlib.sha256(json.dumps(factors, sort_keys=True).encode()).hexdigest()[:10]
