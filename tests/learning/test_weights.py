"""Weights of wishes: what people chose speaks for them, one person proposes, another approves, all lists follow."""

import pytest
from sqlalchemy import select

from tests.brokerage.cases import CONTACT, home, reviewed
from tests.brokerage.ways import on_the_way
from tests.factories import advisor, make_request
from tests.people import make_user, sign_in
from wohnberatung.accounts.services.people import load_actor
from wohnberatung.bridge.needs import weights_in_force
from wohnberatung.brokerage.services.history import Given, take
from wohnberatung.brokerage.services.rankings import ranked_list
from wohnberatung.brokerage.services.results import result_of
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.core.steps import Party
from wohnberatung.jobs import worker
from wohnberatung.jobs.models import Job
from wohnberatung.learning.models import ProposedWeights, WeightsState
from wohnberatung.learning.services.outcomes import outcome_of, real_cases
from wohnberatung.learning.services.weight_pages import weights_page, weights_sheet
from wohnberatung.learning.services.weights import ask_to_learn, decide, go_back, propose_by_hand
from wohnberatung.learning.steps import APPROVE, DISCARD

WISHES = (
    {"key": "balcony", "wanted": True, "importance": "wish"},
    {"key": "garden", "wanted": True, "importance": "wish", "weight": 1.5},
)


def admin():
    return load_actor(make_user("admin", "advisor").id)


def in_force(session, key, percent):
    """Proposed by one, approved by another."""
    row = propose_by_hand(admin(), key, percent)
    decide(row.id, APPROVE, admin(), version=row.version)
    session.commit()
    return row


@pytest.fixture
def torn(session):
    """Somebody who wishes for a garden more than for a balcony, and two homes with one of them each."""
    submitted = make_request(*WISHES, contact=CONTACT)
    home("Balkon", balcony=True, garden=False)
    home("Garten", balcony=False, garden=True)
    session.commit()
    return submitted.request


def best(request):
    return ranked_list(request.id, advisor()).matches[0].offer.title


def test_whoever_proposes_does_not_approve(session):
    one, other = admin(), admin()
    row = propose_by_hand(one, "balcony", 200)
    assert row.state == WeightsState.PROPOSED
    with pytest.raises(Forbidden, match="vier Augen"):
        decide(row.id, APPROVE, one, version=row.version)
    assert weights_in_force().factors == {}
    decide(row.id, APPROVE, other, version=row.version)
    assert weights_in_force().factors == {"balcony": 2.0}
    with pytest.raises(Conflict):
        decide(row.id, DISCARD, other, version=None)


def test_an_advisor_decides_about_no_weights(session):
    row = propose_by_hand(admin(), "balcony", 200)
    for attempt in (lambda: propose_by_hand(advisor(), "balcony", 300), lambda: go_back(advisor())):
        with pytest.raises(Forbidden):
            attempt()
    with pytest.raises(Forbidden):
        decide(row.id, APPROVE, advisor(), version=row.version)


@pytest.mark.parametrize(
    ("key", "percent"), [("balcony", 400), ("balcony", 0), ("gibt_es_nicht", 200), ("garden", 100)]
)
def test_no_wish_is_silenced_and_none_drowns_the_others(session, key, percent):
    with pytest.raises(DomainError):
        propose_by_hand(admin(), key, percent)


def test_lists_follow_what_is_in_force_and_back(session, torn):
    in_force(session, "balcony", 300)
    assert best(torn) == "Balkon"
    in_force(session, "balcony", 10)
    assert best(torn) == "Garten"
    assert go_back(admin()).factors == {"balcony": 3.0}
    session.commit()
    assert best(torn) == "Balkon"
    assert go_back(admin()).name == "default-1"
    assert weights_in_force().factors == {}
    with pytest.raises(Conflict):
        go_back(admin())
    states = session.scalars(select(ProposedWeights.state)).all()
    assert states.count(WeightsState.IN_FORCE) == 1


def test_what_was_proposed_beside_other_weights_is_renewed_before_it_is_approved(session, client, torn):
    row, other = propose_by_hand(admin(), "balcony", 300), make_user("admin", "advisor")
    in_force(session, "garden", 50)
    address = f"/verwaltung/gewichte/{row.id}"
    with pytest.raises(Conflict, match="andere Gewichte in Kraft"):
        decide(row.id, APPROVE, load_actor(other.id), version=row.version)
    session.rollback()
    sign_in(client, other)
    page = client.get(address).text
    assert ("ab jetzt danach reihen" in page, "Inzwischen gelten andere Gewichte" in page) == (False, True)
    page = client.submit(address, button="Erneuern: mit den Gewichten von jetzt vorschlagen")
    renewed = session.scalars(select(ProposedWeights).filter_by(state=WeightsState.PROPOSED)).one()
    assert (page.request.path, renewed.factors) == (
        f"/verwaltung/gewichte/{renewed.id}",
        {"balcony": 3.0, "garden": 0.5},
    )
    decide(renewed.id, APPROVE, admin(), version=renewed.version)
    assert weights_in_force().factors == {"balcony": 3.0, "garden": 0.5}


def test_a_stored_result_names_the_weights_it_was_made_with(session):
    row = in_force(session, "balcony", 200)
    match = reviewed()
    assert result_of(match).engine["weights"] == row.name


def test_whose_lists_would_change_is_seen_before(session, torn):
    in_force(session, "garden", 110)
    row = propose_by_hand(admin(), "balcony", 300)
    sheet = weights_sheet(row.id, admin())
    assert (sheet.looked_at, [change.request for change in sheet.changed]) == (1, [torn])
    assert [step.key for step in sheet.steps] == [APPROVE, DISCARD]
    own = weights_sheet(row.id, load_actor(row.proposed_by))
    assert [step.key for step in own.steps] == [DISCARD]


def test_what_people_chose_and_turned_down_becomes_a_case(session):
    submitted = make_request(*WISHES, contact=CONTACT, purposes=("advice", "matching", "health", "contact", "sharing"))
    liked = on_the_way("offer", "interested", submitted=submitted, offer=home("Balkon", balcony=True, garden=False))
    other = on_the_way("offer", submitted=submitted, offer=home("Garten", balcony=False, garden=True))
    assert outcome_of(other) is None
    take(other, "declined", by=Party.SEEKER, given=Given("too_expensive"))
    session.commit()
    assert (outcome_of(liked).accepted, outcome_of(other).accepted) == (True, False)
    assert outcome_of(other).because == "rent_warm_eur"
    (case,) = real_cases()
    assert sorted(case.accepted) == [0.0, 1.0]
    assert set(case.keys) == {"balcony", "garden"}


def test_too_few_outcomes_propose_nothing_and_say_so(session):
    ask_to_learn(admin())
    session.commit()
    worker.do_due()
    told = session.scalars(select(Job.result).where(Job.kind == "learn_weights")).one()
    assert told.startswith("Erst 0 Fälle")
    assert weights_page(admin()).versions == []


def test_two_administrators_do_it_on_the_pages(session, client, torn):
    one, other = make_user("admin", "advisor"), make_user("admin", "advisor")
    sign_in(client, one)
    page = client.submit("/verwaltung/gewichte", {"key": "balcony", "percent": "250"})
    assert "Sie haben das selbst vorgeschlagen" in page.text
    row = session.scalars(select(ProposedWeights)).one()
    address = f"/verwaltung/gewichte/{row.id}"
    assert "ab jetzt danach reihen" not in client.get(address).text
    sign_in(client, other)
    assert torn.receipt_number in client.get(address).text
    page = client.submit(address, button="Freigeben: ab jetzt danach reihen")
    assert "ab jetzt so gereiht" in page.text
    assert row.name in client.get(f"/gesuche/{torn.id}").text
    page = client.submit("/verwaltung/gewichte", button="Zurück zu den Gewichten davor")
    assert "Es gelten wieder die Gewichte default-1" in page.text
