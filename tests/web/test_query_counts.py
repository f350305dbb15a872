"""A page costs the same number of statements however many rows it shows: what belongs to them comes along at once."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask

from tests.appointments.cases import TUESDAY, at
from tests.brokerage.cases import DOOR, home, reviewed
from tests.cases.factories import actor_of, make_advisor, make_case
from tests.factories import make_dwelling, make_request
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.queries import sent_statements
from tests.tenancy.samples import Tenant, add_records, make_tenant
from wohnberatung.advice.services.enquiries import submit_enquiry
from wohnberatung.appointments.services.booking import book
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.consultations import Talk, record_consultation
from wohnberatung.cases.services.drafts import save_draft
from wohnberatung.cases.services.follow_ups import add_follow_up, understand
from wohnberatung.cases.services.handover import break_glass
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core.abuse import HoldReason
from wohnberatung.core.actors import PROVIDER, Actor
from wohnberatung.doubles.models import DoubleKind, DoubleState, LikelyDouble
from wohnberatung.extensions import db
from wohnberatung.seekers.services.messages import write_my_message
from wohnberatung.web.access import ACCESS

# Lists behind a choice, beside all pages without arguments.
CHOSEN = (
    f"/termine?ab={TUESDAY.isoformat()}",
    "/suchen?q=Erika",
    "/suchen?q=Wanne",
    "/doppelte?art=request",
    "/doppelte?art=case",
    "/doppelte?art=dwelling",
    "/anfragen?stand=quarantaene",
    "/faelle?alle=1",
)
# What costs more with more rows, and why that is right.
GROWING: dict[str, str] = {}


class Office(NamedTuple):
    """An advisor who also administrates, and a colleague with cases of their own."""

    me: Actor
    colleague: Actor
    hours: Iterator[int]


def fill(office: Office, tenant: Tenant) -> None:
    """One more of everything that lists show, of one's own and of others."""
    add_records(tenant)
    cases = [make_case(actor, name="Erika Beispiel") for actor in (office.me, office.colleague, office.colleague)]
    break_glass(cases[1], "Die Tochter ist am Telefon.", office.me)
    for case in cases:
        fill_case(case, office, next(office.hours))
    dwellings = [make_dwelling(tenant.organisation) for _side in range(2)]
    requests = [make_request(DOOR) for _side in range(2)]
    pairs = {
        DoubleKind.DWELLING: [dwelling.id for dwelling in dwellings],
        DoubleKind.REQUEST: [submitted.request.id for submitted in requests],
        DoubleKind.CASE: [case.id for case in cases[:2]],
    }
    for kind, (a, b) in pairs.items():
        for state in (DoubleState.OPEN, DoubleState.DISTINCT):
            one, other = sorted((a, b)) if state == DoubleState.OPEN else sorted((a, b), reverse=True)
            db.session.add(LikelyDouble(kind=kind, a_id=one, b_id=other, probability=0.9, fields={}, state=state))
    submit_enquiry("question", {"question": "Wer bezahlt einen Treppenlift?"})
    submit_enquiry("question", {"question": "Buy now"}, held_for=HoldReason.SAME_TEXT)
    make_request(DOOR, held_for=HoldReason.SAME_TEXT)
    db.session.flush()


def fill_case(case: Case, office: Office, hour: int) -> None:
    actor = office.me if case.responsible_id == office.me.user_id else office.colleague
    submitted = make_request(DOOR, contact={"name": "Erika Beispiel", "reach": "phone", "phone": "0351 4711"})
    link_request(case, submitted.request.receipt_number, actor)
    write_my_message(submitted.token, "Darf mein Hund mit?")
    reviewed(submitted, home(), actor)
    record_consultation(case, Talk("phone", 12, note="Erika kommt kaum noch in die Wanne."), actor)
    add_follow_up(case, said("heute anrufen"), actor)
    save_draft(case, "consultation", {"note": "angefangen"}, actor)
    moment = at(6) + timedelta(minutes=60 * hour)
    assert actor.user_id
    book("phone", moment, (actor.user_id,), {"name": "Erika Beispiel"}, case=case)


def said(line: str) -> Any:
    understood = understand(line)
    assert understood is not None
    return understood


@pytest.fixture
def tenant(session: Any, picture_folder: Path) -> Tenant:
    return make_tenant()


def lists(app: Flask, *roles: str) -> list[str]:
    """Addresses of all pages without arguments that one of these roles may open."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.arguments and "GET" in (rule.methods or ()) and ACCESS[rule.endpoint] & set(roles)
    )


def costs(client: CheckingClient, paths: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        client.get(path)  # so that nothing is read for the first time
        with sent_statements() as statements:
            client.get(path)
        found[path] = list(statements)
    return found


def grown(before: dict[str, list[str]], after: dict[str, list[str]]) -> dict[str, str]:
    """What is sent more often than before, by page."""
    return {
        path: repeated(before[path], statements)
        for path, statements in after.items()
        if len(statements) > len(before[path]) and path not in GROWING
    }


def repeated(before: list[str], after: list[str]) -> str:
    more = {each: after.count(each) - before.count(each) for each in after}
    return "\n".join(f"{times} times more: {each[:300]}" for each, times in more.items() if times > 0)


def test_no_page_of_the_office_costs_more_with_more_rows(app: Flask, client: CheckingClient, tenant: Tenant) -> None:
    user = make_user("advisor", "admin")
    office = Office(actor_of(user), make_advisor("Bert Berater"), count())
    fill(office, tenant)
    sign_in(client, user)
    paths = [*lists(app, "advisor", "admin"), *CHOSEN]
    before = costs(client, paths)
    for _again in range(2):
        fill(office, tenant)
    assert grown(before, costs(client, paths)) == {}


def test_no_page_of_an_organisation_costs_more_with_more_rows(
    app: Flask, client: CheckingClient, tenant: Tenant
) -> None:
    sign_in(client, tenant.user)
    paths = lists(app, PROVIDER)
    before = costs(client, paths)
    for _again in range(2):
        add_records(tenant)
    assert grown(before, costs(client, paths)) == {}
