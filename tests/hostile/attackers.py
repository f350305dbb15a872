"""Who attacks: a provider, somebody of the office and a stranger, at every route, with a record of everything.

Each request is taken back afterwards, so that all of them meet the same office, and each follows from its number alone.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextvars import Context
from random import Random
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote_to_bytes
from wsgiref.types import WSGIEnvironment

from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app

from tests.hostile.attacks import FORM, Shot, spoil, urlencoded
from tests.refusals.browsers import Filled, Person, address
from tests.refusals.filled_in import answers
from wohnberatung.extensions import db
from wohnberatung.web.access import ACCESS


class Target(NamedTuple):
    """A route as one person reaches it, and the form they would send there."""

    endpoint: str
    method: str
    person: int
    filled: Filled


class Failure(NamedTuple):
    """A request to which the server had no answer: `number` brings it again."""

    number: int
    told: str
    error: str


class Attackers:
    """Needs `app` on a database of its own or one that is rolled back, where `office` is, which nothing limits."""

    def __init__(self, app: Flask, office: tuple[list[Person], Mapping[str, str]]) -> None:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        self.app, self.errors = app, list[BaseException]()
        self.people, self.records = office
        self.targets = sorted(self._targets())
        self._notice_errors()

    def _targets(self) -> Iterator[Target]:
        for rule in self.app.url_map.iter_rules():
            path = address(self.app, rule, self.records) or rule.rule
            for method in (rule.methods or set()) & {"GET", "POST"}:
                for number, person in enumerate(self.people):
                    if ACCESS[rule.endpoint] & person.roles:
                        known = person.offered.get(rule.endpoint, Filled(path, {})) if method == "POST" else None
                        yield Target(rule.endpoint, method, number, known or Filled(path, {}))

    def _notice_errors(self) -> None:
        """Keep what the error page is made of: the page itself tells nothing about it."""
        handlers = self.app.error_handler_spec[None][None]
        usual: Any = handlers[Exception]

        def notice(error: Exception) -> Any:
            self.errors.append(error)
            return usual(error)

        handlers[Exception] = notice

    def attack(self, numbers: Iterable[int]) -> list[Failure]:
        """Send the requests of these numbers; those that ended in a fault of ours."""
        return [failure for number in numbers for failure in self._attack(number)]

    def shot(self, number: int) -> tuple[Target, Person, Shot]:
        """The request of that number: the first of them meet every target once."""
        draw = Random(number)
        target = self.targets[number % len(self.targets)]
        person = self.people[target.person]
        path, _mark, query = target.filled.path.partition("?")
        token = next(filled.data["csrf_token"] for filled in person.offered.values() if "csrf_token" in filled.data)
        given = {"csrf_token": token, **target.filled.data, **answers(self.records).get(target.endpoint, {})}
        values = [(name, value) for name, several in given.items() for value in _texts(several)]
        pairs = [(name.encode(), value.encode()) for name, value in values]
        asked = [(name.encode(), value.encode()) for name, value in parse_qsl(query)]
        shot = Shot(target.method, unquote_to_bytes(path), pairs, query=asked)
        return target, person, spoil(shot, [value.encode() for value in self.records.values()], draw)

    def _attack(self, number: int) -> Iterator[Failure]:
        target, person, shot = self.shot(number)
        self.errors.clear()
        connection = db.session.connection()
        before = connection.begin_nested()
        try:
            status = Context().run(answer, self.app, environment(shot, person))
        except BaseException as error:
            status = 500
            self.errors.append(error)
            if not isinstance(error, Exception):
                raise
        finally:
            before.rollback()
        if status >= 500:
            told = f"{status} {shot.method} {target.endpoint} {'+'.join(shot.deeds)}"
            yield Failure(number, told, " / ".join(map(where, self.errors)))


def _texts(value: Any) -> list[str]:
    """Of what a test client takes, what is no file."""
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, str)]


def environment(shot: Shot, person: Person) -> WSGIEnvironment:
    """The request as a server hands it on."""
    cookies = (person.browser.get_cookie(name) for name in ("session", "language"))
    headers = {"Cookie": "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies if cookie)} | shot.headers
    body = shot.sent()
    made = create_environ("/", "http://localhost")
    made |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    length = made.pop("HTTP_CONTENT_LENGTH", str(len(body)))
    return made | {
        "REQUEST_METHOD": shot.method.encode().decode("latin-1"),
        "PATH_INFO": shot.path.decode("latin-1"),
        "QUERY_STRING": urlencoded(shot.query).decode(),
        "CONTENT_TYPE": shot.content_type if body or shot.content_type != FORM else "",
        "CONTENT_LENGTH": length,
        "wsgi.input": io.BytesIO(body),
    }


def answer(app: Flask, environ: WSGIEnvironment) -> int:
    """The status, once the whole answer was read."""
    parts, status, _headers = run_wsgi_app(app, environ, buffered=True)
    for _part in parts:
        pass
    if close := getattr(parts, "close", None):
        close()
    return int(status.split()[0])


def where(error: BaseException) -> str:
    """Its type, words and the last of our own lines that it passed."""
    places, trace = [], error.__traceback__
    while trace is not None:
        if "site-packages" not in (name := trace.tb_frame.f_code.co_filename) and "wohnberatung/" in name:
            places.append(f"{name.rpartition('wohnberatung/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__}: {str(error)[:120]!r} at {' '.join(places[-3:])}"
