"""A hundred people say yes to one home and no to another: their outcomes become weights, decided on the pages."""

from sqlalchemy import select

from tests.brokerage.cases import CONTACT, home
from tests.brokerage.ways import on_the_way
from tests.factories import make_request
from tests.people import make_user, sign_in
from wohnberatung.bridge.needs import weights_in_force
from wohnberatung.brokerage.services.history import Given, locked, take
from wohnberatung.core.steps import Party
from wohnberatung.jobs import worker
from wohnberatung.jobs.models import Job
from wohnberatung.learning.models import ProposedWeights

WISHES = (
    {"key": "balcony", "wanted": True, "importance": "wish", "weight": 1.5},
    {"key": "garden", "wanted": True, "importance": "wish"},
)
CASES = 100
# So many proposals of one home may be open at once.
PARALLEL = 5


def hundred_cases():
    """Everybody wishes for a balcony a little more than for a garden, and takes the garden."""
    chosen = left = home("Mit Balkon", balcony=True, garden=False)
    for number in range(CASES):
        if number % PARALLEL == 0:
            chosen = home(f"Mit Garten {number}", balcony=False, garden=True)
            left = home(f"Mit Balkon {number}", balcony=True, garden=False)
        submitted = make_request(*WISHES, contact=CONTACT)
        on_the_way("offer", "interested", submitted=submitted, offer=chosen)
        declined = on_the_way("offer", submitted=submitted, offer=left)
        take(locked(declined.id), "declined", by=Party.SEEKER, given=Given("size"))
    return submitted.request


def test_what_a_hundred_people_chose_is_proposed_looked_at_approved_and_taken_back(session, client):
    last = hundred_cases()
    one, other = make_user("admin", "advisor"), make_user("admin", "advisor")
    session.commit()
    sign_in(client, one)
    client.submit("/verwaltung/gewichte", {}, button="Aus den Ergebnissen lernen")
    worker.do_due()
    assert session.scalars(select(Job.result).filter_by(kind="learn_weights")).one() == (
        "Ein Vorschlag für die Gewichte liegt vor."
    )
    row = session.scalars(select(ProposedWeights)).one()
    assert row.factors["garden"] > row.factors["balcony"]
    assert (row.cases, row.proposed_quality > row.present_quality) == (CASES, True)
    address = f"/verwaltung/gewichte/{row.id}"
    assert "Freigeben muss jemand anderes" in client.get(address).text
    sign_in(client, other)
    shown = client.get(address).text
    assert f"Dafür sprechen die Ergebnisse von {CASES} Fällen" in shown
    assert last.receipt_number in shown
    client.submit(address, button="Freigeben: ab jetzt danach reihen")
    assert weights_in_force().version == row.name
    assert row.name in client.get(f"/gesuche/{last.id}").text
    client.submit("/verwaltung/gewichte", button="Zurück zu den Gewichten davor")
    assert weights_in_force().factors == {}
