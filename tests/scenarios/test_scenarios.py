"""What planners could do: asked on a page, worked out by the worker, held beside today."""

import csv
import io

import pytest
from sqlalchemy import func, select

from matching.catalogue import HOMES
from matching.criteria.location import DISTRICT
from matching.frame import Frame
from matching.neighbourhoods import DRESDEN
from matching.profiles import PROFILES
from matching.requests import Request, Requirement, SupplyRow
from matching.supply_gap import found_for
from matching.whatif.scenarios import new_homes, with_limits, with_rents, within
from tests.factories import advisor, make_dwelling, make_offer, make_request
from tests.people import make_user, sign_in
from tests.privacy.trails import trail
from wohnberatung.core.actors import ADMIN
from wohnberatung.core.errors import Forbidden, NotFound
from wohnberatung.extensions import db
from wohnberatung.jobs import worker
from wohnberatung.scenarios.kinds import ScenarioKind
from wohnberatung.scenarios.models import PlanningScenario
from wohnberatung.scenarios.services import scenarios

NEW = "/planung/szenarien/neu/"
PROHLIS = next(each.code for each in DRESDEN.neighbourhoods if each.name.startswith("Prohlis-Nord"))
LEVEL_SHOWER = {"key": "shower_level", "wanted": True, "importance": "must"}


def at_most_rent(amount):
    return {"key": "rent_warm_eur", "wanted": amount, "importance": "must"}


def in_prohlis():
    return {"key": DISTRICT.key, "wanted": [PROHLIS], "importance": "must"}


@pytest.fixture
def administrator(client, session):
    user = make_user(ADMIN)
    sign_in(client, user)
    return user


def counts(seeking=0, possible=(0, 0), fits=(0, 0), newly=0):
    """Today and then."""
    return {
        "seeking": seeking,
        "possible": possible[0],
        "possible_then": possible[1],
        "fits": fits[0],
        "fits_then": fits[1],
        "newly": newly,
    }


def worked_out(client, kind, fields):
    """Its page, once the worker is through."""
    shown = client.submit(f"{NEW}{kind}", fields)
    assert shown.status_code == 200
    worker.do_due()
    scenario = db.session.scalars(select(PlanningScenario).order_by(PlanningScenario.asked_at.desc())).first()
    return scenario, client.get(f"/planung/szenarien/{scenario.id}").text


@pytest.mark.parametrize("profile", [each.key for each in PROFILES])
def test_a_new_home_fits_whoever_has_the_need_it_is_built_for(profile):
    presets = next(each for each in PROFILES if each.key == profile).requirements
    wanted = tuple(Requirement(each.key, HOMES.criterion(each.key).read_wanted(each.wanted)) for each in presets)
    homes = new_homes(HOMES, 4, profile, [DRESDEN.neighbourhoods[0].code, PROHLIS], {"rent_warm_eur": 600})
    frame = Frame(HOMES, homes)
    assert len(found_for(Request("seeks", wanted), frame).fitting) == 4
    assert [row.facts[DISTRICT.key] for row in homes].count(PROHLIS) == 2


def test_rents_and_limits_move_only_what_is_known_and_meant():
    near = SupplyRow("a", {DISTRICT.key: PROHLIS, "rent_warm_eur": 500})
    far = SupplyRow("b", {"rent_warm_eur": 500})
    unknown = SupplyRow("c", {DISTRICT.key: PROHLIS})
    changed = with_rents([near, far, unknown], 10, within([PROHLIS]))
    assert [row.facts.get("rent_warm_eur") for row in changed] == [pytest.approx(550), 500, None]
    asks = Request("r", (Requirement("rent_warm_eur", 600), Requirement("rooms", 2)))
    (richer,) = with_limits([asks], 5)
    assert [each.wanted for each in richer.requirements] == [pytest.approx(630), 2]


def test_new_homes_in_prohlis_and_whom_they_serve(client, administrator):
    for _household in range(3):
        make_request(LEVEL_SHOWER, in_prohlis(), profiles=("wheelchair",))
    make_request({"key": "pets_allowed", "wanted": True, "importance": "must"})
    fields = {"count": "2", "profile": "wheelchair", "place": PROHLIS, "rooms": "2", "rent": "520,50"}
    scenario, page = worked_out(client, "homes", fields)
    assert scenario.findings["total"] == counts(4, (0, 4), (0, 3), newly=4)
    assert scenario.findings["cells"]["profile"]["wheelchair"] == counts(3, (0, 3), (0, 3), newly=3)
    # Two homes house two of the three, whatever fits; nobody knows yet whether they take pets.
    assert scenario.findings["shortage"] == [4, 2]
    assert scenario.touched == 2
    assert "2 neue Wohnungen, Prohlis-Nord, gebaut für: Ich nutze einen Rollstuhl, 2 Zimmer, 520,50 € warm" in page
    assert "Für 4, für die heute nichts passt, käme dann etwas Neues ohne Umbau infrage" in page
    assert "Ohne Unterschied" not in page
    assert "Genaue Zahlen" in page


def test_works_in_one_street_serve_those_who_wait_for_them(client, administrator):
    make_request(LEVEL_SHOWER)
    here, there = make_dwelling(shower_level=False), make_dwelling(shower_level=False)
    make_offer(here)
    make_offer(there)
    street = f"{here.street} {here.house_number}"
    scenario, page = worked_out(client, "equip", {"feature": "shower", "street": street})
    assert (scenario.touched, scenario.homes) == (1, 2)
    assert scenario.findings["total"] == counts(1, (1, 1), (0, 1), newly=1)
    assert street in page


@pytest.mark.parametrize(("kind", "percent", "fits"), [("rents", "−10", (0, 1)), ("limits", "+10 %", (0, 1))])
def test_rents_that_fall_and_limits_that_rise(client, administrator, kind, percent, fits):
    make_request({**at_most_rent(600), "tolerance": 0})
    make_offer(make_dwelling(), rent_warm_eur=650)
    scenario, _page = worked_out(client, kind, {"percent": percent})
    assert scenario.findings["total"] == counts(1, (0, 1), fits, newly=1)


def test_the_same_once_more_is_the_same_to_the_letter(client, administrator):
    make_request(LEVEL_SHOWER)
    first, _page = worked_out(client, "homes", {"count": "1", "profile": "wheelchair"})
    client.submit(f"/planung/szenarien/{first.id}", button="Mit dem Stand von jetzt noch einmal rechnen")
    worker.do_due()
    one, other = db.session.scalars(select(PlanningScenario)).all()
    assert (one.inputs, one.findings, one.catalogue) == (other.inputs, other.findings, other.catalogue)
    make_request(LEVEL_SHOWER)
    client.submit(f"/planung/szenarien/{first.id}", button="Mit dem Stand von jetzt noch einmal rechnen")
    worker.do_due()
    assert len(set(db.session.scalars(select(PlanningScenario.inputs)))) == 2


def test_who_is_blocked_or_did_not_agree_is_in_no_scenario(client, administrator):
    make_request(LEVEL_SHOWER, purposes=("advice", "contact"))
    scenario, _page = worked_out(client, "homes", {"count": "1", "profile": "wheelchair"})
    assert scenario.findings["total"] == counts()


def test_what_cannot_be_is_refused_at_its_field_and_kept(client, administrator):
    shown = client.submit(f"{NEW}homes", {"count": "0", "rooms": "zwei", "rent": "520"})
    assert "Bitte eine ganze Zahl von 1 bis 1000." in shown.text
    assert 'value="520"' in shown.text
    assert "Bitte eine ganze Zahl von −50 bis 50" in client.submit(f"{NEW}limits", {"percent": "80"}).text
    assert db.session.scalar(select(func.count()).select_from(PlanningScenario)) == 0
    assert client.get(f"{NEW}mond").status_code == 404


def test_it_is_taken_away_listed_noted_and_deleted(client, administrator):
    make_request(LEVEL_SHOWER)
    scenario, _page = worked_out(client, "homes", {"count": "1", "profile": "wheelchair"})
    rows = list(
        csv.reader(
            io.StringIO(client.get(f"/planung/szenarien/{scenario.id}.csv").text.lstrip("\ufeff")), delimiter=";"
        )
    )
    assert rows[1] == ["Alle", "", "1", "0", "1", "0", "1", "1"]
    assert "1 neue Wohnung" in client.get("/planung/szenarien").text
    looks = trail(f"planning_scenarios|{scenario.id}")
    assert {entry.action for entry in looks} == {"exact_read"}
    assert len(looks) == 3, "after it was asked for, when it was made, and as a file"
    page = f"/planung/szenarien/{scenario.id}"
    client.submit(page, button="Löschen")
    assert client.get(page).status_code == 404


def test_only_the_administration_may(session):
    with pytest.raises(Forbidden):
        scenarios.ask(ScenarioKind.LIMITS, {"place": "", "percent": 5.0}, advisor())
    with pytest.raises(NotFound):
        scenarios.get_scenario("x" * 26)
