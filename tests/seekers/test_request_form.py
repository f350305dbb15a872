"""The request form as a person goes through it: steps, profiles, errors, going back, coming again."""

from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.pages import Page, words
from tests.seekers.walking import ANSWERS, answer, begin, walk
from wohnberatung.core import clock
from wohnberatung.seekers.models import RequestDraft


def text_of(response: Any) -> str:
    return words(Page(response.text).root.find(".//main"))


def values_on(response: Any, name: str) -> list[str]:
    """Values of the fields of that name as the page shows them: texts, ticked boxes, chosen radios."""
    fields = [field for field in Page(response.text).all("input", "textarea") if field.attrib.get("name") == name]
    texts = [words(field) if field.tag == "textarea" else field.attrib.get("value", "") for field in fields]
    chosen = [field.attrib.get("type") not in ("radio", "checkbox") or "checked" in field.attrib for field in fields]
    return [text for text, is_chosen in zip(texts, chosen, strict=True) if is_chosen]


def errors_on(response: Any) -> dict[str, str]:
    """The error summary: message by the id its link leads to."""
    assert response.status_code == 400
    page = Page(response.text)
    summary = next(box for box in page.all("div") if "error-summary" in box.attrib.get("class", ""))
    return {link.attrib["href"][1:]: words(link) for link in summary.iter("a")}


def test_every_step_leads_to_the_next_and_the_last_to_the_answers(client: CheckingClient) -> None:
    steps = [*ANSWERS, "pruefen"]
    for step, following in pairwise(steps):
        reached = answer(client, step, ANSWERS[step])
        assert (reached.status_code, reached.request.path) == (200, f"/suche/{following}")
    shown = text_of(reached)
    for expected in (
        "Ich nutze einen Rollstuhl",
        "mindestens 90 cm (muss sein)",
        "Haustiere erlaubt",
        "Johannstadt-Nord oder Johannstadt-Süd und in der Nähe (wäre schön)",
        "höchstens 650,50 €, Spielraum 10 € (wäre schön)",
        "Ein ruhiges Haus mit Garten",
        "spätestens 01.08.2027",
        "Erika Beispiel",
    ):
        assert expected in shown


def test_profiles_set_requirements_with_their_reasons(client: CheckingClient) -> None:
    begin(client, before="bedarf")
    page = client.get("/suche/bedarf")
    assert "Damit der Rollstuhl durch jede Tür passt." in text_of(page)
    assert "Damit das Tier mit einziehen darf." in text_of(page)
    assert values_on(page, "inner_door_clear_width_cm") == ["90"]
    assert values_on(page, "inner_door_clear_width_cm_importance") == ["must"]
    assert values_on(page, "wc_seat_height_cm_low") == ["46"]
    assert values_on(page, "household_needs_wheelchair_home") == ["ja"]


def test_what_a_profile_has_set_is_asked_only_once(client: CheckingClient) -> None:
    begin(client, before="wohnung")
    assert 'name="shower_level_importance"' not in client.get("/suche/wohnung").text


def test_without_a_profile_and_a_pet_there_is_no_step_of_needs(client: CheckingClient) -> None:
    answer(client, "haushalt", {"household_pets": "nein"})
    reached = answer(client, "alltag", {})
    assert reached.request.path == "/suche/wohnung"
    assert "Schritt 3 von 10" in text_of(reached)
    assert 'name="shower_level_importance"' in reached.text
    assert client.get("/suche/bedarf").headers["Location"] == "/suche"


def test_nothing_but_the_way_to_answer_and_one_consent_is_mandatory(client: CheckingClient) -> None:
    for step in ("haushalt", "alltag", "wohnung", "ort", "kosten", "gemeinschaft", "einzug"):
        assert answer(client, step, {}).status_code == 200, step
    assert answer(client, "kontakt", {"reach": "none"}).status_code == 200
    assert answer(client, "einwilligung", {"consent_matching": "y"}).request.path == "/suche/pruefen"


WRONG = [
    ("haushalt", {"household_persons": "wir"}, "household_persons", "Personen im Haushalt: „wir“ ist keine Zahl."),
    ("haushalt", {"household_persons": "2,5"}, "household_persons", "Bitte geben Sie eine ganze Zahl an"),
    ("haushalt", {"household_persons": "99"}, "household_persons", "nicht plausibel"),
    ("haushalt", {"household_persons": "2", "household_children": "2"}, "household_children", "nicht nur Kinder"),
    ("alltag", {"consent_health": None}, "consent_health", "Ohne Ihre Einwilligung"),
    ("bedarf", {"inner_door_clear_width_cm": "breit"}, "inner_door_clear_width_cm", "„breit“ ist keine Zahl."),
    ("bedarf", {"inner_door_clear_width_cm": ""}, "inner_door_clear_width_cm", "egal"),
    ("bedarf", {"wc_seat_height_cm_low": "55"}, "wc_seat_height_cm_high", "größer"),
    ("wohnung", {"rooms_low": "viele"}, "rooms_low", "„viele“ ist keine Zahl."),
    ("wohnung", {"rooms_low": "5", "rooms_high": "3"}, "rooms_high", "größer"),
    ("ort", {"places": None, "search": "Johanstadt"}, "search", "Welchen Stadtteil meinen Sie"),
    ("ort", {"places": None, "search": "qqqq"}, "search", "finden wir keinen Stadtteil"),
    ("ort", {"stop_distance_m": "200"}, "stop_distance_m_importance-0", "Haltestelle: Wie wichtig ist Ihnen das?"),
    ("kosten", {"rent_warm_eur": "sechshundert"}, "rent_warm_eur", "ist keine Zahl"),
    ("kosten", {"household_deposit_available_eur": "-5"}, "household_deposit_available_eur", "nicht plausibel"),
    ("gemeinschaft", {"self_description": "x" * 4001}, "self_description", "höchstens 4000 Zeichen"),
    ("einzug", {"available_from": "bald"}, "available_from", "einziehen? „bald“ ist kein Datum."),
    ("einzug", {"available_from": "31.2.2027"}, "available_from", "„31.2.2027“ ist kein Datum."),
    ("einzug", {"available_from": "1.3.1927"}, "available_from", "Meinen Sie wirklich das Jahr 1927?"),
    ("einzug", {"available_from": "1.3.3027"}, "available_from", "Meinen Sie wirklich das Jahr 3027?"),
    ("kosten", {"rent_warm_eur": "1.2000"}, "rent_warm_eur", "„1.2000“ ist keine Zahl."),
    ("kosten", {"rent_warm_eur": "1,200"}, "rent_warm_eur", "zahlen? Meinen Sie 1200 oder 1,2?"),
    ("kosten", {"rent_warm_eur": "0"}, "rent_warm_eur", "Meinen Sie wirklich 0 €?"),
    ("kosten", {"rent_warm_eur": "600-700"}, "rent_warm_eur", "„600-700“ sind zwei Zahlen."),
    ("einzug", {"available_from": "01.08.2020", "available_from_importance": "must"}, "available_from", "ist vorbei"),
    ("einzug", {"note": "x" * 2001}, "note", "sonst noch wissen? Bitte kürzen Sie den Text auf 2.000 Zeichen."),
    ("kontakt", {"reach": None}, "reach-0", "Bitte wählen Sie, wie wir Ihnen antworten sollen."),
    ("kontakt", {"phone": ""}, "phone", "Bitte ergänzen Sie: Telefonnummer."),
    ("kontakt", {"phone": "12"}, "phone", "nicht vollständig"),
    ("kontakt", {"phone": "12 oder 34"}, "phone", "nicht vollständig"),
    ("kontakt", {"reach": "email", "email": "erika@"}, "email", "stimmt noch nicht"),
    ("kontakt", {"reach": "post"}, "address", "Bitte ergänzen Sie: Postanschrift."),
    ("einwilligung", {"consent_matching": None}, "consent_matching", "dürfen wir nicht nach passenden Angeboten"),
    ("einwilligung", {"consent_contact": None}, "consent_contact", "dürfen wir keine Kontaktdaten speichern"),
    ("einwilligung", {"consent_health": None}, "consent_health", "dürfen wir sie nicht speichern"),
]


@pytest.mark.parametrize(
    "typed",
    ["0351 5550111 oder 0152 5550111", "0351/555 01 11", "0351 5550111, ab 16 Uhr", "0351 5550111; 9 bis 12:30 Uhr"],
)
def test_telephone_numbers_are_taken_as_people_write_them(client: CheckingClient, typed: str) -> None:
    begin(client, before="kontakt")
    assert answer(client, "kontakt", {"reach": "phone", "phone": typed}).request.path == "/suche/einwilligung"


def test_at_once_is_a_day_to_move_in(client: CheckingClient) -> None:
    begin(client, before="einzug")
    answer(client, "einzug", {**ANSWERS["einzug"], "available_from": "sofort"})
    for step in ("kontakt", "einwilligung"):
        reached = answer(client, step, ANSWERS[step])
    assert f"spätestens {clock.today():%d.%m.%Y}" in text_of(reached)


@pytest.mark.parametrize(("step", "fields", "target", "message"), WRONG)
def test_an_error_names_its_field_and_keeps_the_entries(
    client: CheckingClient, step: str, fields: dict[str, Any], target: str, message: str
) -> None:
    begin(client, before=step)
    refused = answer(client, step, {**ANSWERS[step], **fields})
    assert message in errors_on(refused)[target]
    assert target not in errors_on(refused)[target], "no key in a sentence for people"
    for name, value in fields.items():
        if isinstance(value, str) and value:
            assert values_on(refused, name) == [value]
    assert "Fehler:" in Page(refused.text).root.findtext(".//title")
    assert client.get(f"/suche/{step}").status_code == 200, "what was refused is not kept as an answer"


def test_an_error_in_something_folded_away_opens_it(client: CheckingClient) -> None:
    begin(client, before="wohnung")
    refused = answer(client, "wohnung", {"floor": "oben", "floor_importance": "must"})
    page = Page(refused.text)
    field = next(field for field in page.all("input") if field.attrib.get("name") == "floor")
    details = next(box for box in page.all("details") if field in list(box.iter()))
    assert "open" in details.attrib


def test_going_back_keeps_also_what_is_not_valid_yet(client: CheckingClient) -> None:
    begin(client, before="kosten")
    back = answer(client, "kosten", {"rent_warm_eur": "unklar"}, button="Zurück")
    assert (back.status_code, back.request.path) == (200, "/suche/ort")
    assert values_on(client.get("/suche/kosten"), "rent_warm_eur") == ["unklar"]
    assert answer(client, "kosten", {}).status_code == 400


def test_back_from_the_first_step_is_the_start(client: CheckingClient) -> None:
    assert answer(client, "haushalt", {"household_persons": "3"}, button="Zurück").request.path == "/suche"
    assert values_on(client.get("/suche/haushalt"), "household_persons") == ["3"]


def test_going_back_without_consent_keeps_nothing_about_health(client: CheckingClient) -> None:
    answer(client, "haushalt", {})
    answer(client, "alltag", {"profiles": ["wheelchair"]}, button="Zurück")
    assert values_on(client.get("/suche/alltag"), "profiles") == []


def test_other_profiles_bring_other_presets(client: CheckingClient) -> None:
    begin(client)
    own = {"corridor_width_cm": "130", "corridor_width_cm_importance": "must"}
    client.submit("/suche/bedarf?pruefen=1", own, button="Speichern")
    changed = client.submit("/suche/alltag?pruefen=1", {"profiles": ["walker"]}, button="Speichern")
    assert changed.request.path == "/suche/bedarf", "the new presets must be seen"
    assert values_on(changed, "inner_door_clear_width_cm") == ["80"]
    assert values_on(changed, "grab_bars_importance") == ["wish"], "also where the form had asked and heard nothing"
    assert values_on(changed, "corridor_width_cm") == ["130"], "what the person chose stays"
    done = client.submit("/suche/bedarf?pruefen=1", {}, button="Speichern")
    assert done.request.path == "/suche/pruefen"
    assert "Ich gehe mit dem Rollator" in text_of(done)


def test_a_profile_that_is_taken_back_leaves_nothing_behind(client: CheckingClient) -> None:
    walk(client)
    client.submit("/suche/alltag?pruefen=1", {"profiles": None, "consent_health": None}, button="Speichern")
    client.submit("/suche/bedarf?pruefen=1", {}, button="Speichern")
    shown = text_of(client.get("/suche/pruefen", follow_redirects=True))
    assert "Haustiere erlaubt" in shown
    assert "Innentüren" not in shown
    assert "rollstuhlgerechte" not in shown


def test_an_earlier_wish_outlives_the_profile_that_presets_it(client: CheckingClient) -> None:
    begin(client, before="wohnung", haushalt={"household_pets": "nein"}, alltag={"profiles": None})
    answer(client, "wohnung", {"shower_level_importance": "wish"})
    answer(client, "alltag", {"profiles": ["wheelchair"], "consent_health": "y"})
    assert values_on(client.get("/suche/bedarf"), "shower_level_importance") == ["wish"]


def test_a_change_from_the_last_page_leads_back_to_it(client: CheckingClient) -> None:
    begin(client)
    changed = client.submit("/suche/kosten?pruefen=1", {"rent_warm_eur": "700"}, button="Speichern")
    assert changed.request.path == "/suche/pruefen"
    assert "höchstens 700 €" in text_of(changed)


def test_a_consent_that_becomes_necessary_is_asked_for(client: CheckingClient) -> None:
    begin(client, kontakt={"reach": "none", "phone": None}, einwilligung={"consent_contact": None})
    assert client.get("/suche/pruefen").status_code == 200
    client.submit("/suche/kontakt?pruefen=1", {"reach": "phone", "phone": "0351 1234567"}, button="Speichern")
    asked = client.get("/suche/pruefen", follow_redirects=True)
    assert asked.request.path == "/suche/einwilligung"
    assert values_on(asked, "consent_contact") == []


def test_a_misspelt_neighbourhood_is_found_and_confirmed(client: CheckingClient) -> None:
    begin(client, before="ort")
    found = answer(client, "ort", {"search": "Johanstadt"}, button="Stadtteil suchen")
    assert found.request.path == "/suche/ort"
    assert "Gefunden zu „Johanstadt“" in text_of(found)
    assert values_on(found, "places") == []
    assert announced_by_focus(found).startswith("Gefunden zu „Johanstadt“")
    assert answer(client, "ort", {"places": ["07"]}).request.path == "/suche/kosten"


def announced_by_focus(response: Any) -> str:
    """What is read out where a search leads to."""
    (place,) = (element for element in Page(response.text).all() if element.attrib.get("id") == "gefunden")
    assert place.attrib["tabindex"] == "-1"
    return words(place)


def test_a_search_that_finds_nothing_says_so_where_it_leads_to(client: CheckingClient) -> None:
    begin(client, before="ort")
    found = answer(client, "ort", {"search": "Hintertupfingen"}, button="Stadtteil suchen")
    assert "finden wir keinen Stadtteil von Dresden" in announced_by_focus(found)


def test_no_two_fields_of_a_step_sound_alike(client: CheckingClient) -> None:
    """Also in a list of all fields, without the groups around them."""
    begin(client)
    for key in ("bedarf", "wohnung", "ort", "kosten", "gemeinschaft", "einzug"):
        page = Page(client.get(f"/suche/{key}").text)
        texts = [field for field in page.all("input") if field.attrib.get("type", "text") in ("text", "checkbox")]
        heard = [page.labels[field.attrib["id"]] for field in texts if page.lies_in(field, "form")]
        assert sorted(set(heard)) == sorted(heard), key
        choices = [words(group[0]) for group in page.all("fieldset") if group.attrib.get("role") == "radiogroup"]
        assert sorted(set(choices)) == sorted(choices), key
        assert "€" not in "".join(heard), "units are words"


def test_what_changes_meanwhile_is_said_in_few_words(client: CheckingClient) -> None:
    begin(client, before="kosten")
    page = Page(client.get("/suche/kosten").text)
    live = [
        element for element in page.all() if element.attrib.get("aria-live") or element.attrib.get("role") == "status"
    ]
    assert not any(map(words, live)), "nothing is said of a page that has just been read"
    (spoken,) = (element.attrib["data-spoken"] for element in page.all("section") if "data-spoken" in element.attrib)
    assert spoken.count(";") == 2
    assert len(spoken) < 120


def test_a_postcode_leads_to_its_neighbourhoods(client: CheckingClient) -> None:
    begin(client, before="ort")
    found = answer(client, "ort", {"search": "01307"}, button="Stadtteil suchen")
    group = next(box for box in Page(found.text).all("fieldset") if "found" in box.attrib.get("class", ""))
    assert "Johannstadt-Nord Johannstadt-Süd" in words(group)


def test_a_draft_is_taken_up_on_another_device(client: CheckingClient, session: Any) -> None:
    begin(client, before="kosten")
    later = answer(client, "kosten", {"rent_warm_eur": "500"}, button="Später weitermachen")
    link = next(a.attrib["href"] for a in Page(later.text).all("a") if "/suche/entwurf/" in a.attrib["href"])
    other = client.application.test_client()
    assert other.get("/suche/kosten").headers["Location"] == "/suche"
    resumed = other.submit(link.removeprefix("http://localhost"), button="Weitermachen")
    assert resumed.request.path == "/suche/kosten"
    assert values_on(resumed, "rent_warm_eur") == ["500"]
    assert session.scalar(select(func.count()).select_from(RequestDraft)) == 1


def test_a_wrong_link_to_a_draft_opens_nothing(client: CheckingClient) -> None:
    assert client.get("/suche/entwurf/aaaaaaaaaaaaaaaaaaaaaaaaaa").status_code == 404


def test_a_draft_can_be_thrown_away(client: CheckingClient, session: Any) -> None:
    begin(client, before="ort")
    gone = client.submit("/suche", button="Angaben löschen und neu beginnen")
    assert "Ihre Angaben sind gelöscht." in text_of(gone)
    assert session.scalar(select(func.count()).select_from(RequestDraft)) == 0
    assert values_on(client.get("/suche/haushalt"), "household_persons") == [""]


def test_nobody_begins_in_the_middle(client: CheckingClient) -> None:
    for path in ("/suche/kosten", "/suche/pruefen", "/suche/spaeter"):
        assert client.get(path).headers["Location"] == "/suche"
    assert client.get("/suche/gibt-es-nicht").status_code == 404


def test_the_answers_are_shown_only_when_every_step_is_answered(client: CheckingClient) -> None:
    begin(client, before="kosten")
    assert client.get("/suche/pruefen").headers["Location"] == "/suche/kosten?pruefen=1"


def test_personal_pages_are_not_kept_by_the_browser(client: CheckingClient) -> None:
    begin(client)
    for path in ("/suche/kontakt", "/suche/pruefen", "/suche/spaeter"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
