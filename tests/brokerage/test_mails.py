"""What the mails about proposals say, and above all what they do not say."""

import re

import pytest

from tests.brokerage.cases import DOOR, asked, link_in, mails, offered
from tests.brokerage.ways import BEFORE, TO_COMPLETED, go, sharing
from tests.factories import advisor, make_dwelling, make_offer, make_project, make_request
from tests.infrastructure.pages import faults
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.brokerage.services.matches import advance
from wohnberatung.brokerage.services.steps import STEPS
from wohnberatung.core.steps import Party

OFFICE = "Zentrale Wohnberatung Dresden"
PRIVATE = (
    "Erika",
    "Rollstuhl",
    "wheelchair",
    "Tür",
    "Am Park",
    "Beispielstraße",
    "01307",
    "Dresden",
    "95",
    "Multiple",
    "Wohnung",
    "Angebot",
    "Umzug",
)


def private_things_in(mail):
    told = " ".join((mail.subject, mail.text, mail.html)).replace(OFFICE, "").replace("Wohnberatung", "")
    # Numbers of requests, ids and secrets in links are random and may hold anything.
    told = re.sub(r"DD-\d{4}-\w{6}|\S+://\S+", "", told)
    words = " ".join(word for word in told.split() if "/vorschlag/" not in word).lower()
    return [thing for thing in PRIVATE if thing.lower() in words]


@pytest.fixture
def wheelchair_user(session):
    return sharing(text="Ich habe Multiple Sklerose.", profiles=("wheelchair",))


@pytest.mark.parametrize("key", [step.key for step in STEPS if step.told])
def test_mails_about_proposals_tell_nothing_but_that_there_is_news(wheelchair_user, key):
    group = make_project(name="Haus am Park")
    place = make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=95), title="Platz am Park")
    place.project_id = group.id if key == "split" else None
    match = offered(wheelchair_user, place)
    if key == "withdraw":
        advance(match.id, key, advisor(), given=Given("condition", "Rollstuhl passt nicht durch die Tür"))
    elif key in BEFORE or key in TO_COMPLETED[1:]:
        way = BEFORE[key] if key in BEFORE else TO_COMPLETED[: TO_COMPLETED.index(key)]
        go(match, *way[1:], key)
    elif key in ("hold", "split"):
        go(match, key)
    elif key != "offer":
        take(locked(match.id), key, by=Party.SYSTEM)
    mail = mails()[-1]
    assert mail.mail.template == STEPS[key].told
    assert private_things_in(mail) == []
    assert wheelchair_user.request.receipt_number in mail.subject
    assert link_in(mail).endswith(match.id)
    assert faults(mail.html) == []


def test_the_search_for_private_things_finds_them(session):
    offered(asked())
    mail = mails()[0]
    told = type(mail)(mail.mail, mail.to, mail.subject, mail.text + " Tür Rollstuhl", mail.html)
    assert private_things_in(told) == ["Rollstuhl", "Tür"]


def test_a_helper_who_is_to_be_asked_gets_the_mail(session):
    contact = {"name": "Erika", "reach": "phone", "ask": "helper", "helper": {"email": "otto@example.org"}}
    match = offered(make_request(DOOR, contact=contact))
    assert [mail.to for mail in mails()] == ["otto@example.org"]
    assert match.events[-1].told == ["helper"]


def test_proposals_are_a_running_dialogue_and_not_held_back(session):
    submitted = asked()
    for _ in range(3):
        offered(submitted)
        offered(asked())
    assert {mail.mail.state for mail in mails()} == {"queued"}
