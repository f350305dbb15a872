"""Forms begun but not sent."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.committed import committed
from tests.factories import make_request
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page
from tests.seekers.walking import begin
from wohnberatung.core import clock
from wohnberatung.core.errors import NotFound
from wohnberatung.privacy import retention
from wohnberatung.privacy.encryption import KeyDestroyed
from wohnberatung.seekers.area import RETENTION
from wohnberatung.seekers.models import RequestDraft
from wohnberatung.seekers.services.drafts import load_draft, save_draft


def test_a_draft_is_resumed_by_its_link(session):
    _draft, token = save_draft({"persons": "2"}, step="household")
    again, same_token = save_draft({"persons": "3"}, step="home", token=token)
    session.expire_all()
    assert load_draft(token) == (again, {"persons": "3"})
    assert (same_token, again.step, session.query(RequestDraft).count()) == (token, "home", 1)


def test_nobody_opens_a_draft_with_another_secret_or_of_another_form(session):
    draft, token = save_draft({}, step="household")
    for wrong, form in ((draft.id, "request"), (token, "offer")):
        with pytest.raises(NotFound):
            load_draft(wrong, form)


def test_a_sent_form_leaves_no_draft(session):
    draft, token = save_draft({"persons": "2"}, step="check")
    make_request(draft=draft)
    with pytest.raises(NotFound):
        load_draft(token)
    with pytest.raises(KeyDestroyed):
        _ = draft.plain_answers


def test_a_forgotten_draft_expires(session):
    _draft, token = save_draft({"persons": "2"}, step="household")
    with time_machine.travel(clock.now() + timedelta(days=31)):
        with pytest.raises(NotFound):
            load_draft(token)
        save_draft({"persons": "4"}, step="household")
        assert committed(retention.carry_out)(next(rule for rule in RETENTION if rule.key == "drafts")).count == 1
    assert session.query(RequestDraft).count() == 1


def after_the_session(client, path):
    """The fields of a page that lay open until the session of its browser was over."""
    page = Page(client.get(path).text)
    form = find_form(page, {"entwurf"}, "")
    client.delete_cookie("session")
    return dict(offered_values(form))


@pytest.mark.parametrize("button", ["weiter", "zurueck", "spaeter"])
def test_a_step_that_lay_open_for_a_day_loses_nothing(client, button):
    begin(client, before="kosten")
    fields = after_the_session(client, "/suche/kosten") | {"rent_warm_eur": "777", "aktion": button}
    shown = client.post("/suche/kosten", data=fields)
    assert shown.status_code == 400
    assert "lange offen" in shown.text
    again = dict(offered_values(find_form(Page(shown.text), {"rent_warm_eur"}, "")))
    assert again["rent_warm_eur"] == "777"
    assert client.post("/suche/kosten", data=again | {"aktion": button}).status_code == 302
    assert "Johannstadt" in client.get("/suche/ort").text
    (answers,) = (load_draft(again["entwurf"])[1],)
    assert answers["entries"]["rent_warm_eur"] == ["777"]
    assert answers["entries"]["household_persons"] == ["2"]


def test_the_last_page_of_a_lost_session_still_sends_the_request(client):
    begin(client)
    fields = after_the_session(client, "/suche/pruefen")
    shown = client.post("/suche/pruefen", data=fields)
    assert (shown.status_code, "lange offen" in shown.text) == (400, True)
    again = dict(offered_values(find_form(Page(shown.text), {"entwurf"}, "Gesuch absenden")))
    assert "ist angekommen" in client.post("/suche/pruefen", data=again, follow_redirects=True).text


def test_no_other_site_can_plant_a_draft(client):
    _draft, token = save_draft({"entries": {}, "done": []}, step="")
    answer = client.post("/suche/haushalt", data={"entwurf": token}, headers={"Origin": "https://anderswo.example"})
    assert answer.status_code == 400
    with client.session_transaction() as session:
        assert "request_draft" not in session


def test_a_draft_is_resumed_on_another_device(client, app):
    begin(client, before="kosten")
    page = client.submit("/suche/kosten", {"rent_warm_eur": "650"}, button="Später weitermachen").text
    link = re.search(r"/suche/entwurf/\w+", page).group()
    other = app.test_client()
    assert "Möchten Sie weitermachen?" in other.get(link).text
    assert other.submit(link, button="Weitermachen").request.path == "/suche/kosten"
    assert 'value="650"' in other.get("/suche/kosten").text


def drawn(client, step):
    """The fields of a step as a tab shows them now."""
    return dict(offered_values(find_form(Page(client.get(f"/suche/{step}").text), {"entwurf"}, "")))


def shown(client, step, *names):
    fields = drawn(client, step)
    return tuple(fields.get(name) or "" for name in names)


MONEY = ("rent_warm_eur", "household_deposit_available_eur")


def test_an_older_tab_that_changed_nothing_empties_nothing(client):
    begin(client, before="kosten")
    older = drawn(client, "kosten")
    client.submit("/suche/kosten", dict(zip(MONEY, ("650", "1200"), strict=True)), button="Weiter")
    passed = client.post("/suche/kosten", data=older | {"aktion": "weiter"})
    assert (passed.status_code, passed.headers["Location"]) == (302, "/suche/gemeinschaft")
    assert shown(client, "kosten", *MONEY) == ("650", "1200")


@pytest.mark.parametrize("button", ["weiter", "zurueck", "spaeter"])
def test_two_tabs_that_say_different_things_are_both_shown_and_one_is_chosen(client, button):
    begin(client, before="kosten")
    older = drawn(client, "kosten")
    client.submit("/suche/kosten", dict(zip(MONEY, ("650", "1200"), strict=True)), button="Weiter")
    both = client.post("/suche/kosten", data=older | {"rent_warm_eur": "700", "aktion": button})
    assert both.status_code == 409
    for said in ("650", "700", "1.200", "inzwischen geändert"):
        assert said in both.text
    assert shown(client, "kosten", *MONEY) == ("650", "1200")
    decided = dict(offered_values(find_form(Page(both.text), {"entwurf"}, ""))) | {"aktion": button}
    assert client.post("/suche/kosten", data=decided).status_code == 302
    assert shown(client, "kosten", *MONEY) == ("700", "")


def test_a_letter_written_on_two_devices_is_never_overwritten_silently(client, app):
    begin(client, before="einzug")
    page = client.submit("/suche/einzug", {"note": "Von zu Hause"}, button="Später weitermachen").text
    link = re.search(r"/suche/entwurf/\w+", page).group()
    phone = app.test_client()
    phone.submit(link, button="Weitermachen")
    on_phone = drawn(phone, "einzug")
    client.submit("/suche/einzug", {"note": "Von zu Hause, und der Hund kommt mit"}, button="Weiter")
    both = phone.post("/suche/einzug", data=on_phone | {"note": "Vom Handy", "aktion": "weiter"})
    assert both.status_code == 409
    for said in ("Von zu Hause, und der Hund kommt mit", "Vom Handy"):
        assert said in both.text
