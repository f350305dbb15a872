"""What was refused is not kept: every POST route is driven into a refusal, and the whole database compared.

The forms are those that the pages offer, filled in. Between views and services every service that has written
something then refuses at last: the worst moment, as all its rows are there already.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import FunctionType, ModuleType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from werkzeug.routing import Rule

from tests.brokerage.cases import asked, home, offered
from tests.core.probe import keys
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.refusals.browsers import Filled, Person, address
from tests.refusals.filled_in import AS_ADDRESSED, answers
from wohnberatung.brokerage.models import BrokeredMatch
from wohnberatung.core.actors import ADVISOR
from wohnberatung.core.errors import DomainError
from wohnberatung.extensions import db
from wohnberatung.web.access import ACCESS

Records = Mapping[str, str]
LATE = "Das geht gerade nicht."
# Kept although a deed is refused: who is signed in and what was said to them, and how often somebody tried.
KEPT = {"web_sessions", "rate_counters", "failed_sign_ins"}
# Nothing of these can be refused to those who may open them.
NEVER = {
    "accounts.sign_out": "ends the session, which is the browser's own",
    "accounts.end_all_sessions": "ends sessions",
    "accounts.renew_recovery_codes": "leads to switching on where there is no second step",
    "accounts.enter_passkey": "signs in: asks once the password was right, and tried in tests/accounts",
    "accounts.enter_code": "signs in: asks once the password was right, and tried in tests/accounts",
    "seekers.resume_draft": "binds a draft to the session",
    "accounts.discard_kept_form": "forgets what waits in the session",
    "appointments.choose_time": "puts a free time into the form and stores nothing",
    "cases.read_when": "reads a line and stores nothing",
    "seekers.count_so_far": "counts and stores nothing",
    "brokerage.try_requirements": "ranks and stores nothing",
}
# Refused before anything is written, as the sample records stand.
EARLY = {
    "accounts.sign_in": "a wrong password is counted, in a transaction of its own, and nothing else is written",
    "accounts.choose_organisation": "the choice is the session's; a foreign organisation is not found",
    "accounts.disconnect_city": "nothing is connected",
    "accounts.add_passkey": "the second step with codes comes first",
    "accounts.switch_on_second_factor": "the code does not come from the secret",
    "brokerage.refuse_request": "a request that is in a case or has proposals is not closed",
    "doubles.pick_pair": "what is filled in names no record",
    "dwellings.change_demands": "every criterion wants an answer",
    "learning.go_back": "the first weights hold, and there were none before",
    "learning.propose_weights": "what is filled in is less than any wish may count",
    "planning.begin_report": "of the year before there are no figures, and the draft of this one is there",
    "network.save_search": "every criterion wants an answer",
    "cases.split_household": "every wish that is made to matter wants a value",
    "cases.take_down_request": "every wish that is made to matter wants a value",
    "intake.apply_run": "the delivery has not been read yet",
    "intake.assign_columns": "the delivery has not been read yet",
    "intake.decide_double": "the delivery has not been read yet",
    "intake.undo_run": "the delivery has not been read yet",
    "intake.receive_import": "no token came along",
    "network.send_introduction": "the draft of a site is unknown to others",
    "pictures.move_picture": "there is no other picture to change places with",
}


def rows_of(names: Iterable[str]) -> dict[str, set[tuple[Any, ...]]]:
    """All rows of these tables, but of those that are kept."""
    tables = (db.metadata.tables[name] for name in set(names) - KEPT)
    return {table.name: {tuple(map(repr, row)) for row in db.session.execute(select(table))} for table in tables}


class Writes:
    """The tables that were written to, those of the frame aside, as often as they were."""

    def __init__(self) -> None:
        self.tables: list[str] = []

    def note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        deed = re.match(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)", statement)
        if deed and deed.group(1) not in KEPT | {"idempotency_keys"}:
            self.tables.append(deed.group(1))


class LastWord:
    """A module of services as a view sees it: each of them refuses once it has written something."""

    def __init__(self, module: ModuleType, writes: Writes) -> None:
        self._module, self._writes = module, writes

    def __getattr__(self, name: str) -> Any:
        return refusing(getattr(self._module, name), self._writes)


def refusing(found: Any, writes: Writes) -> Any:
    if isinstance(found, ModuleType):
        return LastWord(found, writes)
    if not isinstance(found, FunctionType):
        return found

    def serve(*arguments: Any, **options: Any) -> Any:
        before = len(writes.tables)
        served = found(*arguments, **options)
        db.session.flush()
        if len(writes.tables) > before:
            raise DomainError(LATE)
        return served

    return serve


def is_service(found: Any) -> bool:
    name = found.__name__ if isinstance(found, ModuleType) else getattr(found, "__module__", "") or ""
    return isinstance(found, ModuleType | FunctionType) and bool(re.match(r"wohnberatung\.\w+\.(services|area)", name))


@pytest.fixture
def refuse_at_last(session: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Writes]]:
    """Call it once everything is stored that shall be there."""
    writes, engine = Writes(), db.engine
    event.listen(engine, "before_cursor_execute", writes.note)

    def begin() -> Writes:
        for name, module in list(sys.modules.items()):
            if re.match(r"wohnberatung\.\w+\.views", name):
                for attribute, found in list(vars(module).items()):
                    if is_service(found):
                        monkeypatch.setattr(module, attribute, refusing(found, writes))
        return writes

    yield begin
    event.remove(engine, "before_cursor_execute", writes.note)


def drive(app: Flask, rule: Rule, people: list[Person], records: Records) -> tuple[int, set[str], str]:
    """Send the rule's form as whoever is offered it. Status, what was said in red, and the page."""
    may = [person for person in people if ACCESS[rule.endpoint] & person.roles]
    person = next((person for person in may if rule.endpoint in person.offered), may[0])
    path = address(app, rule, records)
    token = next(filled.data["csrf_token"] for filled in person.offered.values() if "csrf_token" in filled.data)
    known = None if rule.endpoint in AS_ADDRESSED else person.offered.get(rule.endpoint)
    filled = known or Filled(path or "", {"csrf_token": token})
    assert filled.path, f"{rule.endpoint}: add a record to tests/refusals/records.py"
    data = {**filled.data, **answers(records).get(rule.endpoint, {})}
    answer = person.browser.post(filled.path, data=data)
    with person.browser.session_transaction() as kept:
        said = {message for category, message in kept.pop("_flashes", []) if category == "danger"}
    return answer.status_code, said, answer.text


def test_nothing_of_a_refused_deed_is_kept(
    app: Flask, people: tuple[list[Person], Records], refuse_at_last: Callable[[], Writes]
) -> None:
    writes = refuse_at_last()
    kept, late, early, never = {}, set(), set(), set()
    at_first = rows_of(db.metadata.tables)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if "POST" in (rule.methods or ()) and rule.endpoint not in NEVER:
            writes.tables.clear()
            status, said, page = drive(app, rule, *people)
            if changed := {name for name, rows in rows_of(writes.tables).items() if rows != at_first[name]}:
                kept[rule.endpoint] = changed
            refused = status >= 400 or said
            (late if LATE in said or LATE in page else early if refused else never).add(rule.endpoint)
            assert status < 500, rule.endpoint
    assert kept == {}
    assert rows_of(db.metadata.tables) == at_first, "what no statement names: by triggers, with rows they hang on"
    assert never == set(), "neither refused nor named as never to be"
    assert early == EARLY.keys()


UNREAD = re.compile(r"„[^“]*“ ist kein(?:e Zahl| Datum)|Kein gültige|Keine gültige|Not a valid|Ungültige")


def test_what_no_field_can_read_is_told_with_the_question_of_the_page(people: tuple[list[Person], Records]) -> None:
    """Every form that is offered, filled in with something that is neither a number nor a day nor a time."""
    unnamed, told = [], set()
    for person in people[0]:
        for endpoint, filled in person.offered.items():
            if not filled.typed or endpoint in NEVER:
                continue
            answer = person.browser.post(filled.path, data={**filled.data, **dict.fromkeys(filled.typed, "☃")})
            page = Page(answer.text) if answer.status_code == 400 and answer.mimetype == "text/html" else Page("<p/>")
            asked = {words(label) for label in page.all("label", "legend", "h2", "h3")}
            for link in page.all("a"):
                if link.attrib.get("href", "").startswith("#") and (unread := UNREAD.search(words(link))):
                    question = words(link)[: unread.start()].strip().removesuffix(":")
                    told.add(endpoint)
                    if not question or not any(label.startswith(question) for label in asked):
                        unnamed.append((endpoint, words(link)))
    assert unnamed == []
    assert len(told) > 20, told


def test_a_review_is_not_kept_where_its_offer_is_refused(client: CheckingClient) -> None:
    """The case that showed the kind: the page said refused, and the case of the pair was there all the same."""
    submitted, offer = asked(), home()
    for _number in range(3):
        offered(submitted)
    sign_in(client, make_user(ADVISOR))
    matches = select(func.count()).select_from(BrokeredMatch)
    before = db.session.scalar(matches)
    path = f"/gesuche/{submitted.request.id}/vorschlaege"
    answer = client.post(path, data=keys(client) | {"offer_id": offer.id, "step": "offer"}, follow_redirects=True)
    assert "schon 3 Vorschläge offen" in words(Page(answer.text).root)
    assert db.session.scalar(matches) == before
