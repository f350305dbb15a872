"""The public pages of homes as a browser gets them: every one is checked by the client as well."""

import json
import re

import pytest

from tests.dwellings.test_browsing import a_home
from tests.factories import Address, make_dwelling, make_offer, make_project
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from tests.queries import sent_statements
from wohnberatung.bridge.filters import CRITERIA, NAMES
from wohnberatung.core import clock
from wohnberatung.dwellings.models import Offer
from wohnberatung.extensions import db

RENT = "rent_warm_eur"


def heading(response) -> str:
    return words(next(Page(response.text).all("h2")))


def links(response) -> dict[str, str]:
    return {words(link): link.attrib["href"] for link in Page(response.text).all("a")}


def test_the_form_finds_offers_and_every_filter_can_be_taken_away(client):
    a_home("günstig", offered={RENT: 500}, has_lift=True)
    a_home("teuer", offered={RENT: 900}, has_lift=True)
    found = client.get("/angebote", query_string={RENT: "600", "has_lift": "sicher", "step_free": "", "suche": ""})
    assert heading(found).startswith("1 Angebot")
    assert "günstig" in found.text
    without_rent = links(found)["Entfernen: Warmmiete: höchstens 600 €, Spielraum 10 €"]
    assert without_rent == "/angebote?has_lift=sicher"
    assert heading(client.get(without_rent)) == "2 Angebote, alle passen sicher"
    assert links(found)["Alle Filter entfernen"] == "/angebote"


def test_the_page_offers_a_field_for_every_filter(client):
    form = Page(client.get("/angebote").text)
    offered = {field.attrib.get("name") for field in form.all("input", "select")}
    unseen = {name for criterion in CRITERIA[1:] for name in NAMES[criterion.key]} - offered
    assert unseen == set()
    assert {"profil", "ort", "nah", "suche", "haushalt_persons", "haushalt_wbs"} <= offered


def test_nonsense_is_named_and_left_out(client):
    a_home("Wohnung", offered={RENT: 500})
    found = client.get("/angebote?rent_warm_eur=viel&step_free=quatsch&profil=x&seite=-3&ort=Nirgendwo")
    assert found.status_code == 400
    assert "„viel“ ist keine Zahl" in found.text
    assert "lassen wir weg" in found.text
    assert "<title>Fehler: " in found.text
    assert "Wohnung" in found.text


FIELDS = ("suche", "ort", RENT, "district", "rooms_low", "available_from", "profil", "haushalt_persons")
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "query",
    [
        *({name: SCRIPT} for name in FIELDS),
        *(dict.fromkeys(FIELDS, text) for text in ("' OR 1=1 --", SCRIPT, "%", "\\", "ä" * 500, "🏠")),
    ],
    ids=str,
)
def test_strange_text_does_no_harm(client, query):
    a_home("Wohnung")
    found = client.get("/angebote", query_string=query)
    assert found.status_code in (200, 400)
    assert "<script>alert" not in found.text
    assert client.get("/angebote/karte", query_string=query).status_code == 200


def test_pages_follow_one_another_with_everything_asked(client):
    for number in range(28):
        a_home(f"Haus {number}", has_lift=True)
    first = client.get("/angebote?has_lift=ja&rent_warm_eur=900")
    following = links(first)["Nächste Seite"]
    assert "has_lift=ja" in following
    assert "rent_warm_eur=900" in following
    second = client.get(following)
    assert "26 bis 28 von 28" in words(Page(second.text).root)
    assert "So viele Seiten gibt es nicht" in client.get("/angebote?has_lift=ja&seite=99").text
    assert "So viele Seiten gibt es nicht" in client.get("/angebote?seite=99").text


def test_an_empty_list_says_what_to_do(client):
    a_home("Wohnung", offered={RENT: 700}, has_lift=False)
    nothing = client.get("/angebote?rent_warm_eur=300")
    assert "Kein Angebot erfüllt alles" in nothing.text
    assert links(nothing)["Ohne „Warmmiete: höchstens 300 €, Spielraum 10 €“"] == "/angebote"
    both = client.get("/angebote?rent_warm_eur=300&has_lift=ja")
    assert "mehrere Filter weglassen" in both.text


def test_what_there_is_nothing_to_know_about_is_said_to_be_not_needed(client):
    a_home("unten", floor=0)
    found = words(Page(client.get("/angebote?profil=wheelchair").text).root)
    assert "Lichte Breite der Aufzugstür: nicht nötig" in found
    # Of a home of which nothing else is known nobody says that it suits.
    assert ("Spielt hier keine Rolle" in found, "Passt Breite" in found, "Noch zu klären Stufenlos" in found) == (
        True,
        False,
        True,
    )


def test_the_list_names_what_an_offer_wants_to_know_of_the_household(client):
    demand = {"key": "persons", "wanted": [None, 2], "importance": "must"}
    make_offer(make_dwelling(step_free=True), title="Wohnung", demands=(demand,))
    found = words(Page(client.get("/angebote?step_free=ja").text).root)
    assert "Das Angebot fragt noch nach Personen im Haushalt" in found


def test_a_profile_shows_for_each_offer_how_it_suits(client):
    a_home("eng", inner_door_clear_width_cm=60)
    a_home("vielleicht")
    found = client.get("/angebote?profil=wheelchair")
    assert "Zu klären" in found.text
    assert "vielleicht" in found.text
    assert ">eng<" not in found.text
    assert "0 von 9 erfüllt, 9 noch zu klären" in words(Page(found.text).root)


def test_the_list_says_how_works_move_an_offer_and_moves_it(client):
    """The home that needs a door widened stands behind the one that fits; without a wish there is no such order."""
    for title, width in (("breite Türen", 95), ("schmale Türen", 80)):
        make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=width), title=title)
    rule = "je teurer der Umbau, desto weiter."
    page = client.get("/angebote?inner_door_clear_width_cm=90").text
    assert rule in page
    assert page.index("breite Türen") < page.index("schmale Türen")
    assert rule not in client.get("/angebote").text


def test_the_sheet_answers_whether_it_suits_and_keeps_nothing(client):
    home = make_dwelling(
        step_free=True, inner_door_clear_width_cm=85, bathroom_door_clear_width_cm=50, threshold_height_cm=0
    )
    offer = make_offer(home, title="Helle Wohnung")
    address = f"/angebote/{offer.id}?profil=wheelchair&rent_warm_eur=600"
    client.get(address)
    with sent_statements() as statements:
        sheet = client.get(address)
    text = words(Page(sheet.text).root)
    assert "Etwas, das sein muss, fehlt." in text
    assert "Das passt nicht: Lichte Breite der Badtür – 50 cm. Sie möchten: mindestens 90 cm." in text
    assert "Möglich ist: Tür verbreitern. Das kostet etwa 1.500 bis 3.000 €." in text
    assert "Bodengleiche Dusche: noch nicht bekannt." in text
    assert "Das passt: Stufenlos erreichbar – ja." in text
    assert links(sheet)["Wohnungen und Plätze"] == "/angebote?profil=wheelchair&rent_warm_eur=600"
    assert not [sent for sent in statements if re.match(r"INSERT|UPDATE|DELETE", sent)]


def test_the_sheet_asks_again_with_everything_asked_before(client):
    offer = a_home("Wohnung", has_lift=True)
    answer = client.get(f"/angebote/{offer.id}?has_lift=sicher")
    form = next(form for form in Page(answer.text).all("form") if form.attrib.get("class") == "suits__form")
    hidden = {field.attrib["name"]: field.attrib["value"] for field in form.iter("input")}
    assert hidden == {"has_lift": "sicher"}


def test_what_the_offer_asks_is_said(client):
    demand = {"key": "persons", "wanted": [None, 2], "importance": "must"}
    offer = make_offer(title="Wohnung", demands=(demand,))
    text = words(Page(client.get(f"/angebote/{offer.id}?profil=walker").text).root)
    assert "Das fragt das Angebot: Personen im Haushalt – höchstens 2 Personen." in text


def test_a_search_is_shared_with_its_filters(client):
    make_offer(make_dwelling(has_lift=True), title="Mit Aufzug")
    make_offer(make_dwelling(has_lift=False), title="Ohne Aufzug")
    assert "Link zum Weitergeben" not in client.get("/angebote").text
    page = Page(client.get("/angebote?has_lift=sicher").text)
    shared = next(field.attrib["value"] for field in page.all("input") if field.attrib.get("id") == "adresse")
    opened = client.get(shared.partition("/angebote")[1] + shared.partition("/angebote")[2]).text
    assert ("Mit Aufzug" in opened, "Ohne Aufzug" in opened) == (True, False)


def test_a_sheet_is_shared_by_an_address_that_tells_nothing(client):
    offer = make_offer(make_dwelling(district="06", has_lift=True), title="</script> & Söhne", rent_warm_eur=640)
    page = Page(client.get(f"/angebote/{offer.id}?profil=wheelchair").text)
    shared = next(field for field in page.all("input") if field.attrib.get("id") == "adresse")
    assert shared.attrib["value"].endswith(f"/angebote/{offer.id}")
    data = json.loads(
        words(next(script for script in page.all("script") if script.attrib.get("type") == "application/ld+json"))
    )
    assert data["name"] == "</script> & Söhne"
    assert data["itemOffered"]["containedInPlace"]["name"] == "Johannstadt-Nord"
    assert data["url"] == shared.attrib["value"]


def test_a_hidden_street_is_nowhere_on_a_public_page(client):
    address = Address("Geheimweg", "7", "01307", "Dresden", "2. OG", 51.05, 13.77)
    offer = make_offer(make_dwelling(address=address, district="06"), title="Wohnung")
    for path in ("/angebote", "/angebote?district=06", "/angebote/karte", f"/angebote/{offer.id}?profil=walker"):
        page = client.get(path).text
        assert "Geheimweg" not in page
        assert "51.05" not in page
    offer.dwelling.address_released = True
    assert "Geheimweg 7" in client.get(f"/angebote/{offer.id}").text


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        ("reserved", 200, "Diese Wohnung ist reserviert"),
        ("let", 410, "Diese Wohnung ist vermietet"),
        ("withdrawn", 410, "wird nicht mehr angeboten"),
    ],
)
def test_a_link_to_a_home_that_is_gone_says_so_and_leads_to_others_like_it(client, status, answer, said):
    address = Address("Geheimweg", "7", "01307", "Dresden")
    gone = make_offer(make_dwelling(address=address, district="06", rooms=3), title="Bei Frau Beispiel", status=status)
    gone.published_at, gone.description = clock.now(), "Rufen Sie Frau Beispiel an."
    near = make_offer(make_dwelling(district="06", rooms=3), title="Nebenan")
    make_offer(make_dwelling(district="06", rooms=1), title="Ein Zimmer")
    make_offer(make_dwelling(district="11", rooms=3), title="Anderswo")
    make_offer(make_dwelling(district="11", rooms=3), title="Weiter weg")
    page = client.get(f"/angebote/{gone.id}")
    assert page.status_code == answer
    assert said in page.text
    assert "Beispiel" not in page.text
    assert "Geheimweg" not in page.text
    assert "noindex" in page.text
    shown = [page.text.find(title) for title in ("Nebenan", "Ein Zimmer")]
    assert 0 < shown[0] < shown[1]
    assert f"/angebote/{near.id}" in page.text
    assert "/angebote?district=06" in page.text
    sign_in(client, make_user("advisor"))
    assert "Bei Frau Beispiel" in client.get(f"/angebote/{gone.id}").text


def test_what_was_never_public_or_objected_to_is_not_there_at_all(client):
    never, objected, returned = (make_offer(title="Weg", status="withdrawn") for _number in range(3))
    objected.published_at = returned.published_at = clock.now()
    objected.description, returned.review_note = "Keine Ausländer.", "Bitte ändern."
    db.session.flush()
    assert [client.get(f"/angebote/{offer.id}").status_code for offer in (never, objected, returned)] == [404] * 3


def test_a_draft_is_for_the_office_and_not_for_search_engines(client):
    offer = make_offer(title="Entwurf", status="draft")
    assert client.get(f"/angebote/{offer.id}").status_code == 404
    sign_in(client, make_user("advisor"))
    page = client.get(f"/angebote/{offer.id}").text
    assert "application/ld+json" not in page
    assert "Passt das zu mir?" not in page


def test_the_map_leads_to_the_offers_of_a_place(client):
    a_home("dort", district="06", has_lift=True)
    a_home("anderswo", district="11", has_lift=True)
    atlas = client.get("/angebote/karte?has_lift=ja&district=11")
    there = links(atlas)["Johannstadt-Nord (1)"]
    tiles = [link for link in Page(atlas.text).all() if link.tag.endswith("}a")]
    assert [link.attrib["aria-label"] for link in tiles] == [
        "Äußere Neustadt: 1 Angebot",
        "Johannstadt-Nord: 1 Angebot",
    ]
    assert there in {link.attrib["href"] for link in tiles}
    found = client.get(there)
    assert "dort" in found.text
    assert "anderswo" not in found.text
    assert "OpenStreetMap-Mitwirkende" in atlas.text


def test_a_place_in_a_project_leads_to_the_project(client):
    project = make_project(name="Wandelgarten")
    offer = make_offer(project=project, title="Platz")
    sheet = client.get(f"/angebote/{offer.id}")
    assert links(sheet)["Wandelgarten"] == f"/wohnprojekte/{project.id}"
    hidden = make_offer(project=make_project(name="Noch geheim", published=False), title="Platz")
    assert "Noch geheim" not in client.get(f"/angebote/{hidden.id}").text


def test_the_pages_cost_few_queries_however_many_offers(client):
    def sent(path):
        client.get(path)
        with sent_statements() as statements:
            client.get(path)
        return len(statements)

    paths = ("/angebote", "/angebote?profil=wheelchair&ort=Johannstadt", "/angebote/karte")
    a_home("eins", district="06")
    before = [sent(path) for path in paths]
    for number in range(8):
        a_home(f"Haus {number}", district="06")
    assert [sent(path) for path in paths] == before
    assert max(before) <= 6


def test_offers_are_counted_as_stored(client, session):
    a_home("eins")
    a_home("zwei")
    stored = session.query(Offer).filter_by(status="published").count()
    assert heading(client.get("/angebote")) == f"{stored} Angebote"


@pytest.mark.parametrize(
    ("language", "title", "own"),
    [
        ("de", "4-Raum-Wohnung mit Balkon", None),
        ("en", "4 rooms in Johannstadt-Nord", "What the provider calls it:"),
        ("leicht", "4 Zimmer in Johannstadt-Nord", "So nennt es der Vermieter:"),
    ],
)
def test_a_title_is_in_the_language_that_is_read(client, session, language, title, own):
    offer = make_offer(make_dwelling(rooms=4, district="06"), title="4-Raum-Wohnung mit Balkon")
    session.commit()
    page = client.get(f"/angebote/{offer.id}", query_string={"sprache": language}).text
    (heading,) = Page(page).all("h1")
    assert words(heading) == title
    assert ('lang="de">4-Raum-Wohnung mit Balkon' in page) == (own is not None or language == "de")
    assert own is None or own in page
