"""Two devices of one advisor over one draft: the later one never wins silently, and both texts are shown."""

from typing import Any

import pytest

from tests.cases.factories import actor_of, make_case
from tests.infrastructure.client import CheckingClient, find_form, offered_values
from tests.infrastructure.pages import Page
from tests.people import make_user, sign_in
from wohnberatung.cases.models import Case, Consultation
from wohnberatung.cases.services.consultations import Talk, record_consultation, talk_of
from wohnberatung.cases.services.drafts import load_draft
from wohnberatung.cases.services.personal_data import stored_about_case
from wohnberatung.extensions import db

DESK, PHONE = "Am Rechner: Sie kommt kaum in die Wanne.", "Am Telefon: Rückruf am Montag."


@pytest.fixture
def anna(client: CheckingClient) -> Any:
    user = make_user("advisor", name="Anna Beraterin")
    sign_in(client, user)
    return actor_of(user)


@pytest.fixture
def case(anna: Any) -> Case:
    return make_case(anna)


def drawn(client: CheckingClient, path: str) -> dict[str, Any]:
    """The form as a device shows it now."""
    return offered(client.get(path))


def offered(page: Any) -> dict[str, Any]:
    return dict(offered_values(find_form(Page(page.text), {"note"}, "Speichern")))


def typed(client: CheckingClient, case: Case, form: dict[str, Any], note: str, subject: str = "consultation") -> int:
    """What the page's script sends while somebody types; the status of the answer."""
    sent = {name: value for name, value in form.items() if name != "idempotency_key"} | {"note": note}
    answer = client.post(f"/faelle/{case.id}/entwurf/{subject}", data=sent, headers={"Accept": "application/json"})
    return answer.status_code


def note_of(case: Case, actor: Any, subject: str = "consultation") -> object:
    kept = load_draft(case, subject, actor)
    return kept and kept[1]["note"]


def recorded() -> list[Consultation]:
    return list(db.session.scalars(db.select(Consultation)))


def test_what_another_device_wrote_since_is_never_overwritten_by_itself(
    client: CheckingClient, case: Case, anna: Any
) -> None:
    path = f"/faelle/{case.id}/beratung"
    desk = drawn(client, path)
    assert typed(client, case, desk, "Am Rechner") == 200
    phone = drawn(client, path)
    assert phone["note"] == "Am Rechner"
    assert typed(client, case, desk, DESK) == 200
    assert typed(client, case, phone, PHONE) == 409
    assert note_of(case, anna) == DESK
    both = client.post(path, data={**phone, "note": PHONE, "tun": "sichern"})
    assert both.status_code == 409
    for said in (DESK, PHONE, "zwei Fassungen"):
        assert said in both.text
    assert note_of(case, anna) == DESK
    decided = client.post(path, data={**offered(both), "note": f"{DESK} {PHONE}", "tun": "sichern"})
    assert decided.status_code == 302
    assert note_of(case, anna) == f"{DESK} {PHONE}"


def test_a_talk_is_stored_only_once_what_the_other_device_wrote_was_shown(
    client: CheckingClient, case: Case, anna: Any
) -> None:
    path = f"/faelle/{case.id}/beratung"
    desk, phone = drawn(client, path), drawn(client, path)
    typed(client, case, desk, DESK)
    both = client.post(path, data={**phone, "note": PHONE, "minutes": "5"})
    assert (both.status_code, recorded()) == (409, [])
    assert DESK in both.text
    assert client.post(path, data=offered(both)).status_code == 302
    assert [talk_of(case, row).note for row in recorded()] == [PHONE]
    assert note_of(case, anna) is None


def test_a_stored_talk_that_is_changed_on_two_devices_shows_both(client: CheckingClient, case: Case, anna: Any) -> None:
    row = record_consultation(case, Talk("phone", 10, note="alt"), anna)
    path = f"/faelle/{case.id}/beratung/{row.id}"
    desk, phone = drawn(client, path), drawn(client, path)
    typed(client, case, desk, DESK, row.id)
    both = client.post(path, data={**phone, "note": PHONE})
    assert both.status_code == 409
    assert DESK in both.text
    assert talk_of(case, row).note == "alt"
    assert client.post(path, data=offered(both)).status_code == 302
    assert talk_of(case, row).note == PHONE


def test_of_a_talk_that_a_colleague_changed_as_well_every_text_is_shown_in_turn(
    client: CheckingClient, case: Case, anna: Any
) -> None:
    row = record_consultation(case, Talk("phone", 10, note="alt"), anna)
    path = f"/faelle/{case.id}/beratung/{row.id}"
    desk, phone = drawn(client, path), drawn(client, path)
    client.post(path, data={**drawn(client, path), "note": "von Bert"})
    typed(client, case, desk, DESK, row.id)
    mine = client.post(path, data={**phone, "note": PHONE})
    assert DESK in mine.text
    theirs = client.post(path, data=offered(mine))
    assert (theirs.status_code, "von Bert" in theirs.text, PHONE in theirs.text) == (409, True, True)
    assert client.post(path, data=offered(theirs)).status_code == 302
    assert talk_of(case, row).note == PHONE


def test_a_page_whose_answer_got_lost_goes_on_with_its_own_draft(client: CheckingClient, case: Case, anna: Any) -> None:
    desk = drawn(client, f"/faelle/{case.id}/beratung")
    for note in ("Frau", "Frau", "Frau Beispiel"):
        assert typed(client, case, desk, note) == 200
    assert note_of(case, anna) == "Frau Beispiel"


def test_what_a_page_has_not_shown_is_not_thrown_away_from_there(client: CheckingClient, case: Case, anna: Any) -> None:
    path = f"/faelle/{case.id}/beratung"
    desk = drawn(client, path)
    typed(client, case, desk, "Am Rechner")
    old = client.get(path)
    typed(client, case, desk, DESK)
    discard = dict(offered_values(find_form(Page(old.text), set(), "Entwurf verwerfen")))
    address = f"/faelle/{case.id}/entwurf/consultation/verwerfen"
    assert client.post(address, data=discard).status_code == 409
    assert note_of(case, anna) == DESK
    client.submit(path, button="Entwurf verwerfen")
    assert note_of(case, anna) is None


def test_which_page_wrote_a_draft_is_told_to_nobody(client: CheckingClient, case: Case, anna: Any) -> None:
    desk = drawn(client, f"/faelle/{case.id}/beratung")
    typed(client, case, desk, DESK)
    assert DESK in str(stored_about_case(case, anna))
    assert desk["page"] not in str(stored_about_case(case, anna))
