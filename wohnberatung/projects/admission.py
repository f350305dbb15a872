"""How a group decides on somebody new: its rules as data, the choices, and what a count comes to.

The group chooses whom it lives with. No reason is asked and none is stored, so that no protected trait (AGG § 1)
can become one here; what the person learns is the same sentence whatever the count was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import lazy_gettext as _l

from wohnberatung.core.languages import Words

FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
CHOICES = {FOR: _l("Dafür"), AGAINST: _l("Dagegen"), ABSTAIN: _l("Enthaltung")}
ACCEPTED, NOT_ACCEPTED, TOO_FEW = OUTCOMES = ("accepted", "not_accepted", "too_few")
CONSENSUS = "consensus"


@dataclass(frozen=True)
class AdmissionRule:
    """`share` of the votes in favour and against that must be in favour, `quorum` of the members that must vote."""

    label: Words
    share: Fraction
    quorum: Fraction


RULES = {
    CONSENSUS: AdmissionRule(_l("Konsens: niemand stimmt dagegen"), Fraction(1), Fraction(1, 2)),
    "two_thirds": AdmissionRule(_l("Zwei Drittel der Stimmen sind dafür"), Fraction(2, 3), Fraction(1, 2)),
    "majority": AdmissionRule(_l("Mehr als die Hälfte der Stimmen ist dafür"), Fraction(501, 1000), Fraction(1, 2)),
}


def outcome_of(rule: AdmissionRule, counts: Mapping[str, int], electorate: int) -> str:
    """What the votes come to. Abstentions count for the quorum only; nobody in favour is no acceptance."""
    if sum(counts.values()) < rule.quorum * electorate:
        return TOO_FEW
    decided = counts.get(FOR, 0) + counts.get(AGAINST, 0)
    in_favour = counts.get(FOR, 0)
    return ACCEPTED if in_favour and in_favour >= rule.share * decided else NOT_ACCEPTED
