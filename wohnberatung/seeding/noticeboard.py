"""The invented board and events: put up and announced through the same services as everybody else's."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.accounts.models import Organisation
from wohnberatung.core import clock
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.events.models import DateState, EventState
from wohnberatung.events.services.dates import add_dates
from wohnberatung.events.services.events import begin_event
from wohnberatung.events.services.registering import register
from wohnberatung.events.steps import DATE_STEPS, EVENT_STEPS
from wohnberatung.noticeboard.models import Notice, NoticeState
from wohnberatung.noticeboard.services.notices import begin_notice
from wohnberatung.noticeboard.services.reports import report_content
from wohnberatung.noticeboard.services.senders import post_notice
from wohnberatung.noticeboard.steps import NOTICE_STEPS

Record = Mapping[str, Any]
Store = scoped_session[Session] | Session
OFFICE = Actor(name="Wohnberatung", roles=frozenset({ADVISOR}))
SAID = ("topic", "place", "title", "text", "answer_to", "weeks")
TOLD = ("topic", "place", "title", "text", "address", "support", "spoken", "cost", "contact", "registers", "capacity")
CONSENT = ("2026-11", "Ich willige ein.")


def tell_neighbours(session: Store) -> bool:
    """Store every notice, report and event once; False where some are there already. Flushes and never commits."""
    if session.scalar(select(Notice.id).limit(1)) is not None:
        return False
    table = read_toml("noticeboard.toml")
    names = {each["id"]: each["name"] for each in read_toml("organisations.toml")["organisation"]}
    by_name = {row.name: row.id for row in session.scalars(select(Organisation))}
    owners = {key: by_name[name] for key, name in names.items() if name in by_name}
    notices = {record["title"]: _put_up(record, owners) for record in table["notice"]}
    for record in table["report"]:
        _report(notices[record["notice"]], record)
    for record in table["event"]:
        _announce(record, owners)
    session.flush()
    return True


def _put_up(record: Record, owners: Mapping[str, str]) -> Notice:
    values: Any = {name: record[name] for name in SAID if name in record}
    with clock.put_back(timedelta(days=record["days_ago"])):
        if "email" in record:
            contact = {name: record[name] for name in ("name", "email", "phone") if name in record}
            notice, _token = post_notice(values, contact, consent=CONSENT)
        else:
            notice = begin_notice(values, OFFICE)
            notice.organisation_id = owners.get(record.get("owner", ""))
        NOTICE_STEPS.put(notice, NoticeState(record.get("state", "published")))
    return notice


def _report(notice: Notice, record: Record) -> None:
    content = {"why": record["why"], "email": "melden@nachbarn.example"}
    report_content("aushang", notice.id, ground=record["ground"], content=content)


def _announce(record: Record, owners: Mapping[str, str]) -> None:
    values: Any = {name: record[name] for name in TOLD if name in record}
    event = begin_event(values, OFFICE)
    event.organisation_id = owners.get(record.get("owner", ""))
    event.describe_room(record.get("room", {}))
    day = clock.today() + timedelta(days=record["day"])
    begins, ends = time.fromisoformat(record["begins"]), time.fromisoformat(record["ends"])
    rhythm, times = record.get("rhythm", "once"), record.get("times", 1)
    dates = add_dates(event.id, day=day, begins=begins, ends=ends, rhythm=rhythm, times=times, actor=OFFICE)
    EVENT_STEPS.put(event, EventState.PUBLISHED)
    if record.get("off"):
        DATE_STEPS.put(dates[0], DateState.CALLED_OFF)
    for name, people in record.get("guests", []):
        contact = {"name": name, "phone": "0351 0000199"}
        register(event.id, dates[0].id, people=people, contact=contact, needs={}, consent=CONSENT)
