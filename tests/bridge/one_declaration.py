"""Declares one more fact and criterion before anything else is imported, then tells as JSON where they appear.

Run by test_one_declaration.py in a process of its own, as the tables are made when their modules are imported.
"""

import json
import sys
from typing import Any

from matching.criteria import rooms
from matching.facts import Flag, From, Hint
from matching.kinds import IsTrue

KEY = "has_herb_bed"
HERB_BED = Flag(
    key=KEY,
    label="Kräuterbeet",
    theme="rooms",
    imports=(From("ausstattung/kraeuterbeet"),),
    aliases=("hochbeet",),
    hints=(Hint(r"\bkräuterbeet\b", True),),
)
rooms.FACTS = (*rooms.FACTS, HERB_BED)
rooms.CRITERIA = (*rooms.CRITERIA, IsTrue(HERB_BED, prior=0.1))
REQUIREMENT = {"key": KEY, "wanted": True, "importance": "must"}


def seen() -> dict[str, Any]:
    """What each destination makes of the declaration; needs an application context and empty tables."""
    from tests.factories import make_offer, make_request
    from wohnberatung.bridge.needs import engine_request
    from wohnberatung.brokerage.services.rankings import rank_homes
    from wohnberatung.core.transactions import transaction
    from wohnberatung.dwellings.services.facts import record_facts
    from wohnberatung.dwellings.services.sheets import fact_sheet
    from wohnberatung.extensions import db
    from wohnberatung.seekers.services.requests import needs_of

    with transaction():
        with_bed, without, unknown = make_offer(), make_offer(), make_offer()
        record_facts(with_bed.dwelling, {KEY: "ja"}, "stated")
        record_facts(without.dwelling, {KEY: "nein"}, "stated")
        request = make_request(REQUIREMENT).request
    matches = rank_homes(engine_request("r", needs_of(request))).matches
    stored = db.session.execute(db.text(f"SELECT count(*) FROM dwellings WHERE {KEY}")).scalar()
    sheet = {row.fact.key: row.text for group in fact_sheet(with_bed) for row in group.rows}
    return {
        "column": stored,
        "sheet": sheet[KEY],
        "ranked": [_name(match.offer, with_bed=with_bed, without=without, unknown=unknown) for match in matches],
        "sentence": matches[0].reasons[0].sentence.partition(" (")[0],
        **_without_database(),
    }


def _name(offer_id: str, **offers: Any) -> str:
    return next(name for name, offer in offers.items() if offer.id == offer_id)


def _without_database() -> dict[str, Any]:
    from werkzeug.datastructures import MultiDict
    from wtforms import Form

    from matching.catalogue import HOMES
    from wohnberatung.bridge.fields import fact_form
    from wohnberatung.bridge.imports import facts_from
    from wohnberatung.bridge.request_form import HOME
    from wohnberatung.bridge.requirement_fields import requirement_form

    provider = fact_form(Form, HOMES.facts_of("dwelling"))(MultiDict({KEY: "ja"}))
    seeker = requirement_form(Form, HOMES.criteria)(MultiDict({f"{KEY}_importance": "must"}))
    by_path = facts_from({"ausstattung/kraeuterbeet": True})
    by_column = facts_from({}, {"hochbeet": "ja"})
    by_text = facts_from({}, texts=["Helle Wohnung. Mit Kräuterbeet im Hof."])
    return {
        "form": provider.fact_values()[KEY],
        "label": str(provider[KEY].label.text),
        "request_form": [theme for theme, _label, criteria in HOME.folded() if KEY in [item.key for item in criteria]],
        "asked": [(one["key"], one["wanted"]) for one in seeker.requirements()],
        "imported": [found.facts.get(KEY) for found in (by_path, by_column, by_text)],
        "claimed": by_text.evidence.get(KEY),
    }


def main(database_url: str) -> None:
    from tests.infrastructure.application import new_app
    from wohnberatung.extensions import db

    app = new_app(database_url)
    with app.test_request_context():
        db.create_all()
        print(json.dumps(seen()))


if __name__ == "__main__":
    main(sys.argv[1])
