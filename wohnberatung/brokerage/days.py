"""The days that go along with steps of a match: what is asked, where it is kept, and when the state ends by it.

A step that names a day is one row here. Follow-ups are due so many days after moving in. Source: brokerage concept.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wohnberatung.core import clock
from wohnberatung.core.errors import DomainError
from wohnberatung.core.languages import Words

FOLLOW_UPS = (timedelta(days=91), timedelta(days=365))


@dataclass(frozen=True)
class DayOfStep:
    """A day that a step must name, in the form field `until`.

    `column` of the match keeps it. `lies_ahead`: it is still to come, else it has come. It is no earlier than the day
    in the column `not_before`, and no later than that in `not_after`, where there is one; `out_of_order` says so.
    `ends_after`: so long after the beginning of that day the state ends; None where it ends as always. `within`: it is
    no further ahead than that.
    """

    label: Words
    column: str = ""
    lies_ahead: bool = False
    ends_after: timedelta | None = None
    not_before: str = ""
    not_after: str = ""
    out_of_order: Words = ""
    within: timedelta | None = None

    def check(self, day: date | None, match: object) -> date:
        """The day. Raises DomainError at `until` where it is missing, on the wrong side of today, or out of order."""
        if self.lies_ahead and (day is None or day <= clock.today()):
            raise DomainError(_("Bitte wählen Sie einen Tag in der Zukunft."), "until")
        if day is None:
            raise DomainError(_("Bitte geben Sie den Tag an."), "until")
        if not self.lies_ahead and day > clock.today():
            raise DomainError(_("Dieser Tag liegt in der Zukunft. Halten Sie es fest, wenn es so weit ist."), "until")
        if self.within is not None and day > clock.today() + self.within:
            raise DomainError(_("Bitte wählen Sie einen Tag in den nächsten acht Wochen."), "until")
        earliest = getattr(match, self.not_before) if self.not_before else None
        latest = getattr(match, self.not_after) if self.not_after else None
        if (earliest and day < earliest) or (latest and day > latest):
            raise DomainError(str(self.out_of_order), "until")
        return day


_DAY = timedelta(days=1)
_FUNDING_FIRST = _l(
    "Erst der Antrag auf Förderung, dann die Bestellung: Was vorher bestellt ist, wird meist nicht gefördert."
)
DAYS: dict[str, DayOfStep] = {
    "later": DayOfStep(_l("Wann wieder fragen?"), lies_ahead=True, ends_after=timedelta()),
    "hold": DayOfStep(_l("Wann geht es weiter?"), lies_ahead=True, ends_after=timedelta()),
    # Who offers has a week after the day on which they are asked again.
    "postpone": DayOfStep(_l("Wann wieder fragen?"), lies_ahead=True, ends_after=8 * _DAY, within=timedelta(weeks=8)),
    # The state lasts until three days after the day that was agreed on.
    "view": DayOfStep(_l("Tag der Besichtigung"), "viewing_on", lies_ahead=True, ends_after=4 * _DAY),
    "extend": DayOfStep(_l("Reserviert bis"), lies_ahead=True, ends_after=_DAY),
    "contract": DayOfStep(_l("Tag der Unterschrift"), "contract_on"),
    "apply": DayOfStep(
        _l("Tag des Antrags"), "funding_applied_on", not_after="works_ordered_on", out_of_order=_FUNDING_FIRST
    ),
    "order": DayOfStep(
        _l("Tag der Bestellung"), "works_ordered_on", not_before="funding_applied_on", out_of_order=_FUNDING_FIRST
    ),
    "move_in": DayOfStep(
        _l("Tag des Einzugs"),
        "moved_in_on",
        ends_after=FOLLOW_UPS[0] + _DAY,
        not_before="contract_on",
        out_of_order=_l("Der Einzug kann nicht vor dem Vertrag liegen."),
    ),
}
