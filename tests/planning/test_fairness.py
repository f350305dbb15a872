"""Whether a group waits longer: counted with those who still wait, judged as small numbers allow."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from tests.brokerage.cases import home
from tests.brokerage.ways import on_the_way
from tests.factories import make_request
from tests.infrastructure.client import CheckingClient
from tests.people import make_user, sign_in
from tests.planning.snapshots import NOVEMBER, invented
from tests.privacy.trails import trail
from wohnberatung.core import clock
from wohnberatung.extensions import db
from wohnberatung.planning.services import snapshots
from wohnberatung.planning.services.fairness import FairnessOfMonth, Share, judged
from wohnberatung.planning.services.waiting import Wait, groups_of, waits
from wohnberatung.seekers.models import Purpose
from wohnberatung.seekers.services.consents import withdraw_consent

PLACES = ("Altstadt", "Pieschen", "Prohlis")


def crowd(seed: int, number: int, slow: float = 1.0, others: int = 300) -> list[Wait]:
    """`number` who use a wheelchair and wait `slow` times as long, and others; some are still waiting."""
    drawn = np.random.default_rng(seed)
    found = []
    for place in range(number + others):
        profile = "wheelchair" if place < number else "none"
        weeks = drawn.exponential(12 * (slow if profile == "wheelchair" else 1))
        seen = drawn.uniform(1, 60)
        values = {"profile": (profile,), "form": ("any",), "quarter": (PLACES[place % 3],)}
        found.append(Wait(values, int(min(weeks, seen)), bool(weeks < seen), proposals=int(weeks < seen)))
    return found


def told(households: list[Wait]) -> FairnessOfMonth:
    return judged(groups_of(households), NOVEMBER, (NOVEMBER,))


def test_a_group_that_waits_longer_is_a_signal_and_says_how_long() -> None:
    shown = told(crowd(1, 60, slow=4))
    (signal,) = shown.signals
    assert signal.label == "Ich nutze einen Rollstuhl"
    assert signal.half is None or signal.half > 2 * (shown.whole.half or 0)
    assert signal.households == 60
    assert signal.proposed.interval[0] < signal.proposed.share < signal.proposed.interval[1]


def test_where_nobody_waits_longer_signals_are_as_rare_as_the_rule_says() -> None:
    """A hundred cities without any difference: false signals in one of twenty at most, and a few by accident."""
    assert sum(bool(told(crowd(seed, 40)).signals) for seed in range(100)) <= 8


def test_few_are_not_judged_and_their_share_is_said_to_be_uncertain() -> None:
    shown = told(crowd(2, 6, slow=20))
    group = next(each for _dimension, groups in shown.dimensions for each in groups if each.households == 6)
    assert (group.chance, shown.signals) == (None, [])
    low, high = Share(3, 6).interval
    assert (round(low, 2), round(high, 2)) == (0.19, 0.81), "Wilson, as in his paper"
    assert Share(0, 0).interval == (0.0, 1.0)


def test_who_waits_is_counted_until_today_and_who_did_not_agree_is_not(session: Any) -> None:
    on_the_way("offer", "interested", offer=home())
    waiting = make_request(profiles=("wheelchair",)).request
    waiting.created_at = clock.now() - timedelta(weeks=5)
    withdraw_consent(make_request().request, Purpose.MATCHING)
    make_request().request.blocked_at = clock.now()
    long_ago = make_request().request
    long_ago.created_at = clock.now() - timedelta(days=800)
    db.session.flush()
    found = waits(clock.today())
    assert sorted((each.weeks, each.proposed, each.proposals) for each in found) == [(0, True, 1), (5, False, 0)]
    groups = groups_of(found)
    assert groups["profile"]["wheelchair"]["waiting"] == {"5": 1}
    assert sum(groups["*"]["*"]["proposed"].values()) == 1


@pytest.mark.parametrize("month", ["", "?monat=2026-10"])
def test_the_page_is_for_the_administration_and_each_look_is_noted(
    client: CheckingClient, session: Any, month: str
) -> None:
    invented(date(2026, 10, 1), groups_of(crowd(3, 60)))
    invented(NOVEMBER, groups_of(crowd(1, 60, slow=4)))
    sign_in(client, make_user("advisor"))
    assert client.get("/planung/gerechtigkeit").status_code == 403
    sign_in(client, make_user("admin"))
    page = client.get(f"/planung/gerechtigkeit{month}")
    assert page.status_code == 200, page.text[-3000:]
    assert ("wartet länger" in page.text) is not bool(month)
    assert "60" in page.text
    key = "2026-10" if month else "2026-11"
    assert [each.action for each in trail(f"planning_fairness|{key}")] == ["exact_read"]
    assert page.headers["Cache-Control"] == "no-store"


def test_waits_are_forgotten_with_the_exact_figures(session: Any) -> None:
    invented(NOVEMBER, groups_of(crowd(1, 20)))
    assert list(session.scalars(snapshots.waits_before(clock.now() - timedelta(days=1)))) == []
    for each in session.scalars(snapshots.waits_before(clock.now() + timedelta(days=1))).all():
        snapshots.forget_waits(each)
    assert list(session.scalars(snapshots.waits_before(clock.now() + timedelta(days=1)))) == []
