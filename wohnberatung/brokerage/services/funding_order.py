"""The order in which works are paid for: the application first, the decision where the programme wants it, the order
last. Source: funding notes; what was ordered before is mostly not funded."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from wohnberatung.advice.models import FundingProgram
from wohnberatung.advice.services.parameters import funding_programs
from wohnberatung.brokerage.models import BrokeredMatch, MatchFunding
from wohnberatung.brokerage.signing import FundingDecision
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db


def fundings_of(match: BrokeredMatch) -> list[MatchFunding]:
    """Programmes noted for this match, the oldest first."""
    query = select(MatchFunding).where(MatchFunding.match_id == match.id)
    return list(db.session.scalars(query.order_by(MatchFunding.created_at, MatchFunding.id)))


def programs_named(keys: Iterable[str]) -> dict[str, FundingProgram]:
    """Programmes as they stand today, by key; those that are over are missing."""
    return {program.key: program for program in funding_programs(list(keys))}


def works_may_be_ordered(match: BrokeredMatch) -> None:
    """Raises DomainError where a programme was not applied for yet, or has yet to decide before works may begin."""
    contents = [funding.plain_content for funding in fundings_of(match)]
    programs = programs_named(content["program"] for content in contents)
    for content in contents:
        program = programs.get(content["program"])
        name = program.name if program else content["program"]
        if content["applied_on"] is None:
            raise DomainError(
                _(
                    "Erst der Antrag, dann die Bestellung: „%(program)s“ ist noch nicht beantragt. Was vorher bestellt "
                    "ist, wird meist nicht gefördert.",
                    program=name,
                )
            )
        if program and program.decided_before_works and content["decision"] == FundingDecision.OPEN:
            raise DomainError(
                _("„%(program)s“ hat noch nicht entschieden. Bestellt wird erst nach der Zusage.", program=name)
            )


def check_day_of_order(match: BrokeredMatch, day: date | None) -> None:
    """Raises DomainError at `until` where the works were ordered before a programme decided that has to."""
    contents = [funding.plain_content for funding in fundings_of(match)]
    programs = programs_named(content["program"] for content in contents)
    decided = [
        content["decided_on"]
        for content in contents
        if content["decided_on"] and (program := programs.get(content["program"])) and program.decided_before_works
    ]
    if day is not None and decided and day < date.fromisoformat(max(decided)):
        raise DomainError(_("Bestellt wird erst nach der Zusage: Dieser Tag liegt davor."), "until")
