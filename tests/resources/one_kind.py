"""Declares one more kind of resource before anything else is imported, then tells as JSON where it appears.

Run by test_one_kind.py in a process of its own, as the tables are made when their modules are imported.
"""

import json
import sys
from typing import Any

from matching.criteria import resource_kinds
from matching.criteria.resource_kinds import HELP_FACTS, KNOWLEDGE, ResourceKind

KEY, LABEL = "tools", "Werkzeug leihen"
resource_kinds.KINDS = (
    *resource_kinds.KINDS,
    ResourceKind(key=KEY, label=LABEL, group=KNOWLEDGE, hint="Bohrer und Leiter.", asks=HELP_FACTS, missed=True),
)


def seen(client: Any) -> dict[str, Any]:
    """What each destination makes of the declaration; needs an application context and empty tables."""
    from tests.factories import advisor
    from tests.resources.entries import make_resource
    from wohnberatung.core.transactions import transaction
    from wohnberatung.extensions import db
    from wohnberatung.intake.services.plain_lists import PlainList, PlainRow
    from wohnberatung.resources.models import Resource
    from wohnberatung.resources.services.finding import suiting
    from wohnberatung.resources.services.tables import as_csv, take_in

    with transaction():
        make_resource("Vorlesen")
    missing = LABEL in client.get("/stadtteile/johannstadt-nord").text
    with transaction():
        offer = make_resource("Leiter für alle", kind=KEY)
        need = make_resource("Wer hat eine Leiter?", side="seeks", kind=KEY)
        [found] = suiting(need)
        read = PlainList((PlainRow("Zeile 2", {"überschrift": "Bohrer", "art": LABEL}),), ())
        taken = take_in(read, advisor()).taken
    return {
        "chosen": LABEL in client.get("/nachbarschaft/eintragen").text,
        "form": client.get(f"/nachbarschaft/eintragen/bieten/{KEY}").status_code,
        "filter": f'value="{KEY}"' in client.get("/nachbarschaft").text,
        "listed": "Leiter für alle" in client.get(f"/nachbarschaft?art={KEY}").text,
        "ranked": found.shown.key == offer.id,
        "explained": any(LABEL in sentence for _grade, sentence in found.sentences),
        "missing": missing,
        "place": "Leiter für alle" in client.get("/stadtteile/johannstadt-nord").text,
        "exported": LABEL in as_csv().decode("utf-8-sig"),
        "imported": taken == 1 and db.session.query(Resource).filter_by(title="Bohrer").one().kind == KEY,
    }


def main(database_url: str) -> None:
    from tests.infrastructure.application import new_app
    from wohnberatung.extensions import db

    app = new_app(database_url)
    with app.app_context():
        db.create_all()
    with app.test_request_context():
        print(json.dumps(seen(app.test_client())))


if __name__ == "__main__":
    main(sys.argv[1])
