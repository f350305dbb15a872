"""Who was advised about what within a year, by the codes of the office's tables."""

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select

from wohnberatung.cases.models import Case, Consultation
from wohnberatung.cases.services.rights import known_to
from wohnberatung.core import clock
from wohnberatung.core.actors import VISITOR
from wohnberatung.extensions import db
from wohnberatung.planning.services.categories import UNKNOWN
from wohnberatung.planning.services.counting import Coordinates, CountedRecord

YEAR = timedelta(days=365)


def year_before(day: date) -> tuple[date, date]:
    """The first day of the year that ends with this one, and the first day that is not counted any more."""
    end = day + timedelta(days=1)
    return end - YEAR, end


def advised(day: date) -> list[CountedRecord]:
    """One record for each case with a talk in the year until that day; blocked ones are not among them. A case counts
    once for each combination, however often somebody has called."""
    first, end = (clock.start_of_day(each) for each in year_before(day))
    query = select(Consultation).join(Case).where(known_to(VISITOR))
    query = query.where(Consultation.held_at >= first, Consultation.held_at < end)
    talks: dict[str, list[Consultation]] = defaultdict(list)
    for talk in db.session.scalars(query.order_by(Consultation.id)):
        talks[talk.case_id].append(talk)
    return [_record(case_id, found) for case_id, found in talks.items()]


def _record(case_id: str, talks: list[Consultation]) -> CountedRecord:
    reasons = {(talk.reason or UNKNOWN, talk.result or UNKNOWN) for talk in talks}
    return CountedRecord(
        case_id, {}, pairs={"anlaesse": tuple(sorted(reasons)), "themen": tuple(sorted(_topics(talks)))}
    )


def _topics(talks: list[Consultation]) -> set[Coordinates]:
    return {
        (topic, talk.age_group or UNKNOWN)
        for talk in talks
        for topic in [row.topic for row in talk.topic_rows] or [UNKNOWN]
    }
