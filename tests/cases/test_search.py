"""What somebody remembers leads to the record: misspelt, half, by sound, by number; and never to what is hidden."""

from typing import Any

import pytest

from tests.cases.factories import actor_of, make_advisor, make_case
from tests.factories import make_dwelling, make_organisation, make_project, make_request, provider_of
from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.people import make_user, sign_in
from wohnberatung.cases.search.index import Document, Index, fold, sound_of, words_of
from wohnberatung.cases.services.cases import change_case
from wohnberatung.cases.services.consultations import Talk, record_consultation
from wohnberatung.cases.services.content import content_of
from wohnberatung.cases.services.handover import set_blocked
from wohnberatung.cases.services.people import save_person
from wohnberatung.cases.services.personal_data import erase_case
from wohnberatung.cases.services.requests import link_request
from wohnberatung.cases.services.search import search, warm
from wohnberatung.core.errors import Forbidden
from wohnberatung.dwellings.services.dwellings import Address
from wohnberatung.seekers.services.reconfirmation import erase_request


def found(query: str, actor: Any) -> list[str]:
    return [hit.title for group in search(query, actor) for hit in group.hits]


@pytest.mark.parametrize(
    ("one", "other"), [("Meier", "Mayer"), ("Maier", "Meyer"), ("Schmidt", "Schmitt"), ("Müller", "Miller")]
)
def test_names_that_sound_alike_share_a_code(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_the_sounds_are_those_of_the_published_rules() -> None:
    # The examples of Postel's paper, as reference works give them.
    expected = {"Müller-Lüdenscheidt": "65752682", "Wikipedia": "3412", "Breschnew": "17863", "Hans": "068"}
    assert {name: sound_of(name) for name in expected} == expected


def test_umlauts_accents_and_receipt_numbers_are_folded() -> None:
    assert fold("Größe René") == "groesse rene"
    assert words_of("Gesuch DD-2026-K7M2QX") == ["gesuch", "k7m2qx"]


def test_an_index_forgets_what_is_dropped() -> None:
    index = Index(
        [Document("case", "1", (("Erika Meier", 1.0),), person_key_id="k"), Document("case", "2", (("Meier", 1.0),))]
    )
    index.put(Document("case", "2", (("Schulze", 1.0),)))
    assert [key for key, _ in index.find("meier", None, 9)] == [("case", "1")]
    index.drop_person("k")
    assert index.find("meier", None, 9) == []
    assert len(index) == 1


@pytest.mark.parametrize(
    "query",
    [
        "Ilse Müller-Kaden",
        "mueller kaden",
        "Müler Kaden",
        "Kadn",
        "kade",
        "Ilse",
        "Mueler",
        "Muller Ilse",
        "0351 44 55 667",
    ],
)
def test_a_caller_is_found_however_the_name_is_written(session: Any, query: str) -> None:
    anna = make_advisor()
    for name in ("Erika Schulze", "Hans Petersen", "Ida Wolf"):
        make_case(anna, name=name)
    make_case(anna, name="Ilse Müller-Kaden", phone="0351 4455667")
    assert found(query, anna)[:1] == ["Ilse Müller-Kaden"]


@pytest.mark.parametrize("query", ["4455667", "445 56 67", "0351 4455667", "+49 351 4455667", "Tel. 0351/4455667"])
@pytest.mark.parametrize(
    "written",
    [
        "0351 4455667 App. 12",
        "0351 4455667, Apparat 47110",
        "0351 4455667 DW: 47 110",
        "0351/4455667 (Nebenstelle 31415)",
        "0351 4455667-0",
        "Durchwahl 0351 4455667",
        "NSt 4455667",
        "0351 4455667 (Tochter, ab 17 Uhr)",
        "Tel. +49 351 4455667",
        "4455667",
    ],
)
def test_a_number_is_found_with_and_without_its_area(session: Any, written: str, query: str) -> None:
    anna = make_advisor()
    make_case(anna, name="Erika Schulze", phone="0341 4455667")
    make_case(anna, name="Ida Wolf", phone="0351 47110, 0351 31415")
    case = make_case(anna, name="Ilse Kaden", phone=written)
    assert found("47110", anna) == found("0351 31415", anna) == ["Ida Wolf"]
    assert found(query, anna)[:1] == ["Ilse Kaden"]
    assert "Erika Schulze" not in found(query, anna)
    assert content_of(case)["phone"] == written


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("Peschelstraße 31, 01139 Dresden", "Peschelstr."),
        ("Peschelstr. 31, 01139 Dresden", "Peschelstraße"),
        ("Königsbrücker Str. 5", "Königsbrücker Strasse 5"),
        ("Königsbrücker Straße 5", "koenigsbruecker str"),
    ],
)
def test_a_street_is_found_cut_short_or_in_full(session: Any, address: str, query: str) -> None:
    anna = make_advisor()
    make_case(anna, name="Erika Schulze", address="Pestalozzistraße 4")
    make_case(anna, name="Ilse Kaden", address=address)
    assert found(query, anna)[:1] == ["Ilse Kaden"]


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("Олена Пробна", ["Olena Probna", "Probna", "Helena Probna", "Олена", "пробна"]),
        ("Юлія Шевченко", ["Julia Schewtschenko", "Yuliia Shevchenko", "Шевченко"]),
        ("محمد تجريبي", ["Mohammed Tajribi", "Muhammad", "Tadschribi", "محمد", "تجريبي"]),
        ("فاطمة الحسن", ["Fatima", "Fatma", "Fatima Alhasan", "فاطمة"]),
        ("Nguyễn Thị Hương", ["Huong Nguyen", "Nguyen", "Hương"]),
    ],
)
def test_names_in_other_scripts_are_found_by_their_transcription(session: Any, name: str, queries: list[str]) -> None:
    anna = make_advisor()
    for other in ("Erika Schulze", "Hans Petersen", "Ida Wolf", "Іван Коваль", "علي رضا"):
        make_case(anna, name=other)
    make_case(anna, name=name)
    assert {query: found(query, anna)[:1] for query in queries} == {query: [name] for query in queries}


def test_helpers_requests_homes_organisations_and_notes_are_found(session: Any) -> None:
    anna = make_advisor()
    case = make_case(anna, name="Erika Beispiel")
    save_person(case, {"name": "Sven Nachbar"}, role="helper", consent="oral", actor=anna)
    record_consultation(case, Talk("phone", 5, note="Treppenlift geprüft"), anna)
    request = make_request(contact={"name": "Paul Suchend"}).request
    make_dwelling(title="Turmwohnung", address=Address("Prohliser Allee", "10", "01239", "Dresden", ""))
    make_organisation("Elbhang Wohnbau eG")
    make_project(name="Wandelgarten")
    assert found("Nachber", anna) == ["Erika Beispiel"]
    assert found("Treppenlift", anna) == ["Erika Beispiel"]
    assert found(request.receipt_number, anna)[:1] == ["Paul Suchend"]
    assert found(request.receipt_number[-6:].lower(), anna)[:1] == ["Paul Suchend"]
    assert "Turmwohnung" in found("Proliser Alee", anna)
    assert found("Elbhang", anna) == ["Elbhang Wohnbau eG"]
    assert found("Wandelgarten", anna) == ["Wandelgarten"]
    assert found("", anna) == found("qqqqqq", anna) == []


def test_the_index_follows_what_changes(session: Any) -> None:
    anna = make_advisor()
    case = make_case(anna, name="Erika Alt")
    assert found("Alt", anna) == ["Erika Alt"]
    change_case(case, {"name": "Erika Neumann"}, version=case.version, kind="person", consent="oral", actor=anna)
    assert found("Neuman", anna) == ["Erika Neumann"]
    assert found("Alt", anna) == []
    request = make_request(contact={"name": "Otto Weg"}).request
    assert found("Otto", anna) == ["Otto Weg"]
    erase_request(request)
    erase_case(case)
    assert found("Otto", anna) == found("Neumann", anna) == []
    assert warm() == 0, "not even the words in memory stay"


def test_a_blocked_case_with_its_requests_and_talks_is_found_by_one_person_only(session: Any) -> None:
    anna, bert, boss = make_advisor(), make_advisor("Bert Berater"), make_advisor("Chefin", "admin")
    case = make_case(anna, name="Vera Verborgen", phone="0351 777888")
    record_consultation(case, Talk("phone", 5, note="Frauenhaus"), anna)
    request = make_request(contact={"name": "Vera Verborgen"}).request
    link_request(case, request.receipt_number, anna)
    assert "Vera Verborgen" in found("Verborgen", bert)
    set_blocked(case, True, version=case.version, actor=anna)
    for query in ("Vera Verborgen", "0351 777888", "Frauenhaus", request.receipt_number, case.number):
        for other in (bert, boss):
            assert found(query, other) == [], query
    assert found("Verborgen", anna) == ["Vera Verborgen"] * 2


def test_notes_of_others_are_found_by_nobody_else(session: Any) -> None:
    anna, bert = make_advisor(), make_advisor("Bert Berater")
    record_consultation(make_case(anna), Talk("phone", 5, note="Spielschulden"), anna)
    assert found("Spielschulden", anna) == ["Erika Beispiel"]
    assert found("Spielschulden", bert) == []


def test_only_the_office_searches(session: Any) -> None:
    with pytest.raises(Forbidden):
        search("Meier", provider_of())


def test_the_page_leads_to_the_case_or_to_a_new_one(client: CheckingClient) -> None:
    user = make_user("advisor")
    sign_in(client, user)
    case = make_case(actor_of(user), name="Ilse Meier")
    page = Page(client.get("/suchen?q=Maier").text)
    links = [link.attrib["href"] for link in page.all("a") if words(link) == "Ilse Meier"]
    assert links == [f"/faelle/{case.id}"]
    nobody = client.get("/suchen?q=Xaver+Unbekannt").text
    assert "/faelle/neu?name=Xaver+Unbekannt" in nobody
    assert 'value="Xaver Unbekannt"' in client.get("/faelle/neu?name=Xaver+Unbekannt").text
    assert client.get("/suchen").status_code == 200
