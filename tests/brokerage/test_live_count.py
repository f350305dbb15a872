"""What there is for a request that is still being written: counted on the way, stored nowhere."""

import re

import pytest

from matching.catalogue import HOMES
from matching.outlook import count_outlooks
from matching.ranking import rank
from tests.factories import make_dwelling, make_offer
from tests.infrastructure.client import find_form, offered_values
from tests.infrastructure.pages import Page, words
from tests.seekers.walking import begin
from wohnberatung.bridge.frames import current_supply
from wohnberatung.bridge.needs import engine_request, read_needs
from wohnberatung.brokerage.services.live_count import live_count_of
from wohnberatung.extensions import db
from wohnberatung.seekers.models import HousingRequest

DOOR = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
BALCONY = {"key": "balcony", "wanted": True, "importance": "must"}


@pytest.fixture
def homes(session):
    for width, balcony in ((92, True), (80, True), (92, False), (92, False), (60, False)):
        make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=width, balcony=balcony))
    make_offer(make_dwelling(level="measured", balcony=True))
    session.flush()


def test_the_count_is_that_of_the_whole_ranking(homes):
    request = engine_request("draft", read_needs({"requirements": [DOOR, BALCONY]}))
    with current_supply() as supply:
        outlooks = [match.outlook for match in rank(request, supply.frame, top=None).matches]
        count = count_outlooks(request, supply.frame)
    assert (count.fits, count.clarify, count.adapt) == tuple(map(outlooks.count, ("fits", "clarify", "adapt")))
    assert count.fits == 1


@pytest.mark.parametrize(
    ("balconies", "said"),
    [
        ((True, True), "2 passen nach einem Umbau."),
        ((True, None), "2 passen nach einem Umbau, bei 1 davon sind noch Fragen offen."),
        ((None, None), "2 können nach einem Umbau passen, bei allen sind noch Fragen offen."),
        ((None,), "1 kann nach einem Umbau passen, Fragen sind noch offen."),
    ],
)
def test_a_home_that_needs_works_and_answers_is_not_counted_as_one_that_needs_works(client, session, balconies, said):
    for balcony in balconies:
        make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=80, balcony=balcony))
    session.flush()
    needs = {"requirements": [DOOR, BALCONY]}
    count = live_count_of(needs).count
    assert (count.adapt, count.adapt_open) == (len(balconies), balconies.count(None))
    wanted = {"inner_door_clear_width_cm": "90", "inner_door_clear_width_cm_importance": "must"}
    alone = {"haushalt": {"household_pets": None}, "alltag": {"profiles": None}}
    begin(client, before="kosten", wohnung={**wanted, "balcony_importance": "must"}, **alone)
    assert said in " ".join(client.get("/suche/kosten").text.split())


def test_where_few_are_left_the_costliest_must_is_named(homes):
    costliest = live_count_of({"requirements": [DOOR, BALCONY]}).costliest
    assert costliest.label == HOMES.criterion("balcony").label
    assert costliest.without - costliest.now == 2


def test_nothing_is_counted_while_nothing_must_be_or_it_cannot_be_read(homes):
    assert live_count_of({"requirements": []}) is None
    assert live_count_of({"requirements": [DOOR | {"importance": "wish"}]}) is None
    assert live_count_of({"requirements": [DOOR | {"wanted": "breit"}]}) is None


def test_the_form_tells_on_the_way_and_stores_no_request(client, homes):
    assert "Nach Ihren Antworten bis hierher" not in client.get("/suche/haushalt").text
    begin(client, before="kosten")
    page = client.get("/suche/kosten").text
    assert "Nach Ihren Antworten bis hierher: " in page
    assert db.session.query(HousingRequest).count() == 0


def asked_while_filling_in(client, step, **fields):
    """What a script asks as somebody changes one thing in a step and pauses."""
    page = Page(client.get(f"/suche/{step}").text)
    form = find_form(page, set(fields), "")
    data = dict(offered_values(form)) | fields
    return client.post(form.attrib["data-live-count"], data=data, headers={"HX-Request": "true"})


def test_a_script_hears_the_count_for_what_stands_in_the_step_and_nothing_is_stored(client, homes):
    begin(client, before="kosten", wohnung={"inner_door_clear_width_cm": "90"})
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=95, balcony=True), rent_warm_eur=900)
    before = fitting(asked_while_filling_in(client, "kosten", rent_warm_eur="2000").text)
    cheap = asked_while_filling_in(client, "kosten", rent_warm_eur="100", rent_warm_eur_importance="must")
    assert fitting(cheap.text) < before
    assert "<html" not in cheap.text
    assert 'value="100"' not in client.get("/suche/kosten").text


def fitting(part):
    return sum(
        int(number) for number in re.findall(r"(\d+) (?:Angebote? passt|Angebote? passen|ist noch|sind noch)", part)
    )


def test_the_count_can_be_opened_and_keeps_what_stands_in_the_step(client, homes):
    begin(client, before="kosten", wohnung={"inner_door_clear_width_cm": "90"})
    form = find_form(Page(client.get("/suche/kosten").text), {"rent_warm_eur"}, "")
    data = dict(offered_values(form)) | {"rent_warm_eur": "70x", "aktion": "ansehen"}
    found = client.post("/suche/kosten", data=data, follow_redirects=True)
    assert found.request.path == "/suche/gefunden"
    groups = live_count_of({"requirements": [DOOR]}).count
    assert (
        found.text.count('class="kern-card kern-card--interactive home"') == groups.fits + groups.clarify + groups.adapt
    )
    assert "70x" in client.get("/suche/kosten").text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", ("Passt Lichte Breite der Innentüren: 95 cm", "Noch zu klären Stufenlos erreichbar")),
        ("en", ("Suits Clear width of the inner doors: 95 cm", "Still to be clarified Reachable")),
    ],
)
def test_each_home_that_is_found_says_how_it_suits(client, session, language, told):
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=95))
    make_offer(make_dwelling())
    session.flush()
    begin(client, before="kosten", wohnung={"inner_door_clear_width_cm": "90"})
    found = words(Page(client.get(f"/suche/gefunden?sprache={language}").text).root)
    assert [sentence in found for sentence in told] == [True, True]


def views_of(response):
    (listed,) = (nav for nav in Page(response.text).all("nav") if nav.attrib.get("class") == "views")
    return list(listed.iter("a"))


def test_every_offer_that_is_counted_is_on_one_of_its_pages(client, session):
    for width in (80, *(92 for _home in range(23))):
        make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=width))
    session.flush()
    begin(client, before="kosten", wohnung={"inner_door_clear_width_cm": "90"})
    first = client.get("/suche/gefunden")
    assert "1 bis 20 von 23" in words(Page(first.text).root)
    (onward,) = (link.attrib["href"] for link in Page(first.text).all("a") if link.attrib.get("rel") == "next")
    second = client.get(onward)
    assert "21 bis 23 von 23" in words(Page(second.text).root)
    views = [(words(link), link.attrib["href"], link.attrib.get("aria-current")) for link in views_of(second)]
    assert views == [
        ("Das Beste von allem", "/suche/gefunden", None),
        ("Zu klären (23)", "/suche/gefunden?sicht=klaeren", "page"),
        ("Passt nach Anpassung (1)", "/suche/gefunden?sicht=anpassung", None),
    ]
    assert [link.attrib.get("aria-current") for link in views_of(first)] == ["page", None, None]
    homes = [set(re.findall(r'href="/angebote/(\w{26})', page.text)) for page in (first, second)]
    assert (len(homes[0]), len(homes[1]), len(homes[0] | homes[1])) == (21, 3, 24)
    assert "1 bis 20 von 23" in words(Page(client.get("/suche/gefunden?sicht=passt-nicht&seite=9").text).root)


def test_of_one_offer_it_says_one(client, session):
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=92))
    session.flush()
    begin(client, before="kosten", wohnung={"inner_door_clear_width_cm": "90"})
    page = client.get("/suche/kosten").text
    assert re.search(r"1 Angebot passt|1 ist noch zu klären|1 passt nach", page)
    assert not re.search(r"\b1 (?:Angebote|sind|passen)", page)


def test_what_is_half_typed_counts_as_not_asked(client, homes):
    begin(client, before="kosten")
    answer = asked_while_filling_in(client, "kosten", rent_warm_eur="65x")
    assert (answer.status_code, "Nach Ihren Antworten" in answer.text) == (200, True)


def test_asking_often_costs_neither_the_form_nor_an_error(app, client, homes, monkeypatch):
    monkeypatch.setitem(app.config, "LIMITS", {"live_count": (1, 60), "anonymous_write": (1, 60)})
    begin(client, before="kosten")
    answers = [asked_while_filling_in(client, "kosten", rent_warm_eur="700").status_code for _ in range(3)]
    assert answers == [200, 204, 204]
    assert client.submit("/suche/kosten", {"rent_warm_eur": "700"}, button="Weiter").status_code == 200


def test_there_is_no_count_for_a_step_that_is_none(client, homes):
    token = Page(client.get("/suche/haushalt").text)
    data = dict(offered_values(find_form(token, {"filled_in_for"}, "")))
    assert client.post("/suche/gibtesnicht/stand", data=data).status_code == 404
