"""An office with its own database, its mail server and its clock, for stories of months in a real browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from time import monotonic
from urllib.parse import urlsplit

import time_machine
from flask import Flask

from tests.infrastructure.processes import open_office
from tests.infrastructure.server import free_port
from tests.mail.servers import Recorder, mail_server, smtp_server
from wohnberatung.brokerage.services.deadlines import keep_deadlines
from wohnberatung.core import clock
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.jobs import services as jobs
from wohnberatung.jobs import worker
from wohnberatung.mail.worker import send_due

LINK = re.compile(r"https?://\S+")


def before_summer_time() -> datetime:
    """A Monday morning in March, two weeks before the clocks change; still to come, as what browsers keep until a day
    that has passed is gone."""
    last_of_march = date(clock.today().year + 1, 3, 31)
    change = last_of_march - timedelta(days=(last_of_march.weekday() + 1) % 7)
    return datetime.combine(change - timedelta(days=13), time(9), tzinfo=clock.BERLIN)


@dataclass
class Town:
    """The office of `app`. Its clock begins at `now` and goes on while its pages are open."""

    app: Flask
    now: datetime
    port: int = field(default_factory=free_port)
    post: int = field(default_factory=free_port)
    recorder: Recorder = field(default_factory=Recorder)
    _opened: float | None = None

    def __post_init__(self) -> None:
        # Where the links of mails lead.
        self.app.config["PUBLIC_URL"] = self.address

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def moment(self) -> datetime:
        """What the clock says."""
        gone = 0.0 if self._opened is None else monotonic() - self._opened
        return self.now + timedelta(seconds=gone)

    @property
    def today(self) -> date:
        return clock.to_berlin(self.moment).date()

    @contextmanager
    def furnishing(self) -> Iterator[None]:
        """To store what is there from the beginning."""
        with self.app.app_context(), time_machine.travel(self.now, tick=False):
            yield
            db.session.commit()

    @contextmanager
    def open(self, after: timedelta = timedelta()) -> Iterator[None]:
        """Its pages, so much later than they were closed. What fell due meanwhile is done before anybody looks."""
        self.now = self.moment + after
        self._opened = monotonic()
        with open_office(self.app, self.port, self.now), self.postman():
            self.work()
            yield
            self.now, self._opened = self.moment, None

    @contextmanager
    def postman(self) -> Iterator[None]:
        """The mail server is there."""
        with mail_server(self.recorder, port=self.post):
            yield

    def work(self) -> None:
        """What is due in the background now; then the post goes."""
        with self.app.app_context(), time_machine.travel(self.moment):
            with transaction():
                jobs.plan()
            worker.do_due()
            send_due(smtp_server(self.post))

    def keep_deadlines(self) -> None:
        """Of the matches, as often as somebody wants to see it."""
        with self.app.app_context(), time_machine.travel(self.moment):
            keep_deadlines()

    def link_to(self, email: str, page: str) -> str:
        """To such a page, in the newest mail to somebody that has one."""
        self.work()
        mails = [mail for mail in self.recorder.mails if mail["To"] == email]
        for mail in reversed(mails):
            if found := [link for link in LINK.findall(text_of(mail)) if urlsplit(link).path.startswith(page)]:
                return str(found[0])
        raise AssertionError([str(mail["Subject"]) for mail in mails])


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
