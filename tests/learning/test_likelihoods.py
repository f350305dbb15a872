"""What the night learns about unknown facts reaches every list, and people can look at how good it is."""

import numpy as np
import pytest

from matching.learning.likelihood import LEAST_KNOWN
from matching.requests import Evidence
from tests.factories import make_dwelling, make_offer
from tests.people import make_user, sign_in
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.leanings import pack
from wohnberatung.extensions import db
from wohnberatung.jobs.services import find
from wohnberatung.learning.models import LearnedLikelihoods
from wohnberatung.learning.services import likelihoods as services

KEY = "step_free"


@pytest.fixture
def city(session):
    """New houses are step-free, old ones are not; of two of each kind it is not known."""
    rng = np.random.default_rng(3)
    unknown = {}
    for number in range(2 * LEAST_KNOWN + 4):
        year = 2015 if number % 2 else 1905
        facts = {"year_built": year + int(rng.integers(0, 9)), "floor": int(rng.integers(0, 6))}
        if number >= 4:
            facts[KEY] = bool(number % 2) ^ bool(rng.random() < 0.05)
        offer = make_offer(make_dwelling(**facts))
        if number < 4:
            unknown.setdefault(year, offer.id)
    session.commit()
    return unknown


def likelihood(offer_id):
    """What the engine takes the unknown fact of an offer for, in log-odds against the base rate."""
    with current_supply() as supply:
        criterion = supply.frame.market.criterion(KEY)
        column, row = supply.frame.level_column(criterion), supply.frame.position[offer_id]
        levels = column.levels()
        level = int(column.codes(len(supply.frame))[row])
        assert levels.evidence[level] == Evidence.NONE
        return float(levels.lean[level])


def test_what_was_learned_reaches_the_frame_and_survives_a_later_change(city):
    assert {likelihood(offer) for offer in city.values()} == {0.0}
    row = services.learn_likelihoods()
    services.keep(row)
    assert likelihood(city[2015]) > 0.5
    assert likelihood(city[1905]) < -0.5
    later = make_offer(make_dwelling(year_built=2019))
    assert likelihood(later.id) == 0.0, "what came later waits for the next night"
    assert likelihood(city[2015]) > 0.5
    assert next(item for item in row.report if item["key"] == KEY)["leans"]


def test_the_night_s_job_learns_and_old_nights_are_forgotten(city):
    for _night in range(services.KEPT + 1):
        db.session.add(LearnedLikelihoods(catalogue="old", offers=1, report=[], leanings=pack([], [])))
    db.session.commit()
    told = find("likelihoods").run(None)
    assert f"Aus {2 * LEAST_KNOWN + 4} Angeboten" in told
    kept = db.session.query(LearnedLikelihoods.catalogue).order_by(LearnedLikelihoods.id).all()
    assert len(kept) == services.KEPT
    assert kept[-1][0].startswith("homes-")


def test_administrators_see_how_good_it_is_and_nobody_else(client, city):
    services.keep(services.learn_likelihoods())
    sign_in(client, make_user("admin"))
    page = client.get("/verwaltung/gelerntes")
    assert page.status_code == 200
    assert "wird genutzt" in page.text
    assert "zu wenig bekannt" in page.text
    sign_in(client, make_user("advisor"))
    assert client.get("/verwaltung/gelerntes").status_code == 403


def test_before_the_first_night_the_page_says_so(client, session):
    sign_in(client, make_user("admin"))
    assert "Noch nichts gelernt" in client.get("/verwaltung/gelerntes").text
