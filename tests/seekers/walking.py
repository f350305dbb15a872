"""A person who walks through the request form: what they answer at each step, and how far they go."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.infrastructure.client import CheckingClient
from wohnberatung.extensions import db
from wohnberatung.seekers.services.drafts import save_draft

# A wheelchair user with a cat; every other step in order.
ANSWERS: dict[str, dict[str, Any]] = {
    "haushalt": {"household_persons": "2", "household_children": "0", "household_pets": "ja"},
    "alltag": {"profiles": ["wheelchair"], "consent_health": "y"},
    "bedarf": {},
    "wohnung": {"rooms_low": "2", "balcony_importance": "wish"},
    "ort": {"places": ["06", "07"], "nearby": "y"},
    "kosten": {"rent_warm_eur": "650,50", "household_wbs": "ja", "household_wbs_type": "L"},
    "gemeinschaft": {"self_description": "Ein ruhiges Haus mit Garten"},
    "einzug": {"available_from": "01.08.2027", "note": "Bitte nicht vormittags anrufen."},
    "kontakt": {"name": "Erika Beispiel", "reach": "phone", "phone": "0351 1234567"},
    "einwilligung": {"consent_matching": "y", "consent_contact": "y", "consent_advice": "y"},
}


def answer(client: CheckingClient, step: str, fields: Mapping[str, Any], button: str = "Weiter") -> TestResponse:
    """Fill in one step and press a button; shows the page that comes next, or the step with its errors."""
    return client.submit(f"/suche/{step}", fields, button=button)


def walk(client: CheckingClient) -> None:
    """Answer every step, page by page."""
    for step, fields in ANSWERS.items():
        assert answer(client, step, fields).status_code == 200, step


def begin(client: CheckingClient, *, before: str = "pruefen", **changes: Mapping[str, Any]) -> None:
    """Stand at the step `before`, all earlier ones answered; `changes` are other answers by step."""
    steps = [*ANSWERS, "pruefen"]
    done = steps[: steps.index(before)]
    given = {name: value for step in done for name, value in {**ANSWERS[step], **changes.get(step, {})}.items()}
    entries = {name: MultiDict({name: value}).getlist(name) for name, value in given.items() if value is not None}
    _draft, token = save_draft({"entries": entries, "done": done}, step=before)
    db.session.commit()  # within the test's own rollback
    with client.session_transaction() as session:
        session["request_draft"] = token


def send(client: CheckingClient, button: str = "Gesuch absenden") -> TestResponse:
    """Press the last button."""
    return client.submit("/suche/pruefen", button=button)


def token_in(receipt: TestResponse) -> str:
    """The secret of the link on the receipt page."""
    return receipt.request.path.split("/")[2]
