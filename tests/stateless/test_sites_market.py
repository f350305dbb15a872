"""Every command answers for the sites market as for homes, as JSON and as a table."""

import json

import pytest

from tests.matching.test_golden_sites import INITIATIVES, OFFERS
from tests.stateless.running import run
from wohnberatung.cli import COMMANDS

STATELESS = sorted(name for name, target in COMMANDS.items() if target.place.startswith("wohnberatung.stateless."))
SITES = [{"id": name, **offer} for name, offer in OFFERS.items()]


@pytest.mark.parametrize("form", ["json", "table"])
@pytest.mark.parametrize("command", STATELESS)
def test_a_command_answers_for_sites(command, form, tmp_path):
    outcomes = tmp_path / "outcomes.json"
    outcomes.write_text("[]")
    needed = {"newcomers": ["--offer", "Villa"], "propose-weights": ["--outcomes", str(outcomes)]}
    options = ["--market", "sites", "--format", form, *needed.get(command, [])]
    code, out, errors = run(tmp_path, command, *options, requests=INITIATIVES, offers=SITES)
    assert (code, errors) == (0, "")
    if form == "json":
        assert json.loads(out)["engine"]["catalogue"].startswith("sites-")


def test_a_key_of_the_other_market_is_refused(tmp_path):
    home = {"id": "r", "requirements": [{"key": "rent_warm_eur", "wanted": 600}]}
    code, out, errors = run(tmp_path, "rank", "--market", "sites", requests=[home], offers=SITES)
    assert (code, out) == (2, "")
    assert "rent_warm_eur" in errors
