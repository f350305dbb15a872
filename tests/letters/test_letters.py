"""Letters from templates that administrators write: safe placeholders, versions, tagged PDF, kept with the case."""

import io
import re

import pikepdf
import pytest
from sqlalchemy import select

from tests.brokerage.cases import BALCONY, DOOR, home
from tests.cases.factories import make_advisor, make_case
from tests.factories import make_dwelling, make_offer, make_request
from tests.people import make_user, sign_in
from wohnberatung.bridge.request_form import presets_for
from wohnberatung.brokerage.services.rankings import ranked_list
from wohnberatung.cases.services.content import nameless
from wohnberatung.cases.services.personal_data import erase_case, stored_about_case
from wohnberatung.cases.services.requests import link_request
from wohnberatung.cases.services.rights import NotYours
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core import clock
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.sheets import fact_sheet
from wohnberatung.letters.kinds import KINDS
from wohnberatung.letters.models import Letter
from wohnberatung.letters.services.letters import draft, keep, letters_of, load_letter, pdf_of, suggested
from wohnberatung.letters.services.sections import _home
from wohnberatung.letters.services.templates import check, parts_of, save_template, template_of, versions_of
from wohnberatung.measures.services.funding import all_programs
from wohnberatung.measures.services.measures import add_goal, add_measure
from wohnberatung.seeding.homes import fill, fill_tables
from wohnberatung.surveys.services.surveys import begin_survey, load_survey, save_room

pytestmark = pytest.mark.usefixtures("session")
GIVEN = {"recipient": "Erika Beispiel\nElbweg 1", "salutation": "Guten Tag,", "written": "Erster Satz.\n\nZweiter."}
MEASURE = {
    "title": "Neue Dusche",
    "kind": "adaptation",
    "option": "level_shower",
    "programs": ["sgb11_40_4"],
    "consents": ["landlord"],
}


@pytest.fixture
def me():
    return make_advisor("Anna Beraterin")


@pytest.fixture
def administrator():
    return make_advisor("Werner Verwaltung", "admin")


def words_in(parts):
    return " | ".join(str(value) for part in parts for key, value in part.items() if key != "kind")


def advised(me):
    """A case with a goal, a measure and a surveyed home."""
    fill_tables()
    case = make_case(me, address="Elbweg 1, 01307 Dresden")
    link_request(case, make_request(DOOR, BALCONY).request.receipt_number, me)
    add_goal(case, "Ich möchte allein duschen.")
    add_measure(case, MEASURE, me)
    row = begin_survey(case, me, surveyed_on=clock.today())
    save_room(load_survey(row.id, me), "rooms", {DOOR["key"]: 78}, "", version=0)
    return case


def test_the_first_templates_are_valid_and_every_placeholder_is_used_somewhere():
    for kind in KINDS.values():
        check(kind.title, "title", inline_only=True)
        check(kind.body, "body")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Guten Tag {nahme}", "{nahme}"),
        ("{massnahmen} und mehr", "allein in einer Zeile"),
        ("Ein { zu viel", "geschweifte Klammer"),
        ("{}", "gibt es nicht"),
        ("{name.__class__}", "geschweifte Klammer"),
    ],
)
def test_what_is_no_placeholder_is_refused_with_those_that_are(text, told):
    with pytest.raises(DomainError) as refused:
        check(text, "body")
    assert told in refused.value.message
    assert refused.value.field == "body"


def test_what_is_filled_in_is_never_read_as_a_template():
    parts = parts_of("# Für {name}\n- Punkt {name}\n\nSatz eins\nSatz zwei", {"name": "# {massnahmen}"}, {})
    assert [part["kind"] for part in parts] == ["heading", "points", "paragraph"]
    assert parts[0]["text"] == "Für # {massnahmen}"
    assert parts[2]["text"] == "Satz eins Satz zwei"


def test_a_heading_without_anything_below_it_is_left_out():
    parts = parts_of("# Ziele\n{ziele}\n\n# Kontakt\nRufen Sie an.", {}, {"ziele": []})
    assert [part["text"] for part in parts] == ["Kontakt", "Rufen Sie an."]


def test_templates_have_versions_and_two_administrators_lose_nothing(me, administrator):
    assert template_of("advice").number == 0
    with pytest.raises(Forbidden):
        save_template("advice", "Neu", "Text", based_on=0, actor=me)
    assert save_template("advice", "Neu", "Hallo {name}", based_on=0, actor=administrator) == 1
    with pytest.raises(Conflict):
        save_template("advice", "Anders", "Text", based_on=0, actor=administrator)
    assert save_template("advice", "Neuer", "Hallo", based_on=1, actor=administrator) == 2
    assert [row.number for row in versions_of("advice")] == [2, 1]
    assert template_of("advice", 1).body == "Hallo {name}"


def test_a_summary_tells_goals_barriers_and_measures(me):
    case = advised(me)
    drafted = draft(case, "advice", GIVEN, me)
    told = words_in(drafted.paper["parts"])
    for expected in (
        "Erster Satz.",
        "Ich möchte allein duschen.",
        "Tür verbreitern",
        "etwa 3.000 € bis 10.000 €",
        case.number,
    ):
        assert expected in told, expected
    assert "Diese müssen vorher zustimmen: Vermieterin oder Vermieter." in told
    assert suggested(case)["recipient"] == "Erika Beispiel\nElbweg 1\n01307 Dresden"


def test_measures_come_with_funding_its_steps_and_its_date(me):
    told = words_in(draft(advised(me), "measures", GIVEN, me).paper["parts"])
    for expected in ("Pflegekasse: Maßnahmen im Wohnumfeld", "Erst nach der Zusage beauftragen.", "Stand 22.11.2026."):
        assert expected in told, expected


def test_homes_come_with_reasons_and_only_where_they_may_be_compared(me, session):
    home("Wohnung am Park", balcony=True)
    session.commit()
    case = advised(me)
    told = words_in(draft(case, "homes", GIVEN, me).paper["parts"])
    assert "Wohnung am Park" in told
    with pytest.raises(DomainError):
        draft(make_case(me), "homes", GIVEN, me)


def test_a_letter_of_homes_leaves_nothing_out(me, session):
    """Rent and size, every must, every miss, what is open, what works cost and who may pay."""
    step_free = {"key": "step_free", "wanted": True, "importance": "must"}
    rent = {"key": "rent_warm_eur", "wanted": 600, "importance": "wish"}
    garden = {"key": "garden", "wanted": True, "importance": "wish"}
    case = advised(me)
    link_request(case, make_request(DOOR, step_free, BALCONY, rent, garden).request.receipt_number, me)
    dwelling = make_dwelling(level="measured", inner_door_clear_width_cm=78, threshold_height_cm=5, balcony=False)
    demands = [{"key": "persons", "wanted": [1, 1], "importance": "must"}]
    record_facts(dwelling, {"garden": True}, "claimed", source="Anzeige")
    offer = make_offer(dwelling, title="Am Park", rent_warm_eur=655.5, deposit_eur=900, demands=demands)
    session.commit()
    told = words_in(draft(case, "homes", GIVEN, me).paper["parts"])
    for expected in (
        "655,50 €",
        "Wohnfläche",
        offer.number,
        "Das muss sein und lässt sich ändern:",
        "78 cm. Sie möchten: mindestens 90 cm.",
        "Das muss sein, und wir wissen es noch nicht. Wir fragen nach:",
        "Stufenlos erreichbar",
        "das passt nicht oder nur fast:",
        "Balkon oder Terrasse: nein. Sie möchten: ja.",
        "Sie möchten: höchstens 600 €.",
        "Personen im Haushalt: 1 Person. Dazu haben Sie noch nichts angegeben.",
        "Kaution",
        "Garten: ja (laut Anzeige, noch nicht geprüft)",
        "Pflegekasse: Maßnahmen im Wohnumfeld",
        "Beginnen Sie erst, wenn Sie eine Zusage haben",
        "Mit einem Umbau kann es passen.",
    ):
        assert expected in told, expected
    assert "1 bis 1" not in told


def test_works_are_summed_up_where_there_are_several(me, session):
    shower = {"key": "shower_level", "wanted": True, "importance": "must"}
    case = advised(me)
    link_request(case, make_request(DOOR, shower).request.receipt_number, me)
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=78, shower_level=False), title="Am Park")
    session.commit()
    (works,) = (part for part in draft(case, "homes", GIVEN, me).paper["parts"] if part["kind"] == "table")
    *single, together = [row[1] for row in works["rows"]]
    amounts = [[int(number) for number in re.findall(r"\d+", cost.replace(".", ""))] for cost in [*single, together]]
    assert amounts[-1] == [sum(amount[end] for amount in amounts[:-1]) for end in (0, 1)]


def test_two_doors_are_priced_each_and_consent_stands_beside_the_price(me, session):
    bath = {"key": "bathroom_door_clear_width_cm", "wanted": 80, "importance": "must"}
    case = advised(me)
    link_request(case, make_request(DOOR, bath).request.receipt_number, me)
    narrow = make_dwelling(level="measured", inner_door_clear_width_cm=78, bathroom_door_clear_width_cm=70)
    make_offer(narrow, title="Am Park", conversion_consent="agreed")
    session.commit()
    parts = draft(case, "homes", GIVEN, me).paper["parts"]
    (works,) = (part for part in parts if part["kind"] == "table")
    (row,) = works["rows"]
    assert (row[0], row[1]) == ("Tür verbreitern, 2 Mal, je etwa 1.500 € bis 3.000 €", "etwa 3.000 € bis 6.000 €")
    assert "Die Zustimmung zu den Umbauten liegt vor." in words_in(parts)


def test_a_city_cites_laws_and_public_bodies_only(me):
    told = words_in(draft(advised(me), "measures", GIVEN, me).paper["parts"])
    assert "Quelle: § 40 Abs. 4 SGB XI." in told
    cited = {part for hint in all_programs() for part in hint.citable}
    assert cited
    assert not [part for part in cited if re.search(r"haufe|vdk|tag24|esport|nullbarriere|pv-quick|ahaus", part)]
    assert [hint.program.key for hint in all_programs() if "§" in hint.program.source and not hint.citable] == []


def test_a_salutation_without_a_name_has_no_hole(me):
    begun = suggested(make_case(me, name=nameless("DF-2026-K7M2QX"), address="Elbweg 1, 01307 Dresden"))
    assert begun["salutation"] == "Guten Tag,"
    assert begun["recipient"] == "Elbweg 1\n01307 Dresden"


def test_a_letter_is_kept_sealed_as_tagged_pdf_and_goes_with_the_case(me, session):
    case = advised(me)
    row = keep(case, draft(case, "advice", GIVEN, me), me)
    assert b"Erika" not in row.content + row.pdf
    kept = load_letter(row.id, me)
    with pikepdf.open(io.BytesIO(pdf_of(kept))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("de")
    assert "Brief geschrieben" in [entry.title for entry in timeline(case, me)]
    assert stored_about_case(case, me)["letters"][0]["title"] == "Ihre Beratung bei uns"
    with pytest.raises(NotYours):
        load_letter(row.id, make_advisor("Andere"))
    assert [each.letter for each in letters_of(case)] == [row]
    erase_case(case)
    assert session.scalars(select(Letter.id)).all() == []


def test_an_advisor_looks_at_a_letter_before_it_is_kept_and_prints_it(client, session):
    user = make_user("advisor")
    case = advised(Actor(user.id, user.name, user.email, user.roles))
    sign_in(client, user)
    new = f"/faelle/{case.id}/briefe/neu/beratung"
    assert "Noch kein Brief" in client.get(f"/faelle/{case.id}/briefe").text
    looked = client.submit(new, {"written": "Das Bad ist zu eng."}, button="Vorschau")
    assert "Vorschau: noch nicht gespeichert" in looked.text
    assert session.scalars(select(Letter)).all() == []
    assert client.submit(new, {"recipient": ""}, button="Brief speichern").status_code == 400
    kept = client.submit(new, {"written": "Das Bad ist zu eng."}, button="Brief speichern")
    assert "Das Bad ist zu eng." in kept.text
    letter = session.scalars(select(Letter)).one()
    pdf = client.get(f"/briefe/{letter.id}.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert pdf.headers["Cache-Control"] == "no-store"
    sign_in(client, make_user("advisor"))
    assert client.get(f"/briefe/{letter.id}.pdf").status_code in (302, 403, 404)


def test_an_administrator_changes_a_template(client):
    sign_in(client, make_user("advisor"))
    assert client.get("/verwaltung/briefvorlagen").status_code == 403
    sign_in(client, make_user("admin", "advisor"))
    assert "mitgeliefert" in client.get("/verwaltung/briefvorlagen").text
    path = "/verwaltung/briefvorlagen/beratung"
    wrong = client.submit(path, {"body": "Hallo {nahme}"}, button="Neue Fassung speichern")
    assert wrong.status_code == 400
    assert "{massnahmen}" in wrong.text
    assert "[Liste der Ziele]" in client.submit(path, {"body": "# Ziele\n{ziele}"}, button="Vorschau").text
    assert "gilt ab sofort" in client.submit(path, {"body": "Neu: {name}"}, button="Neue Fassung speichern").text
    assert "Fassung 1" in client.get("/verwaltung/briefvorlagen").text
    assert "wir haben miteinander gesprochen" in client.get(f"{path}?fassung=0").text


def test_a_letter_to_nobody_is_not_kept(me):
    case = make_case(me)
    drafted = draft(case, "advice", {**GIVEN, "recipient": " "}, me)
    with pytest.raises(DomainError) as refused:
        keep(case, drafted, me)
    assert refused.value.field == "recipient"
    assert letters_of(case) == []


def test_every_line_about_the_best_homes_is_what_their_sheets_say(me, session):
    """Read line by line over the invented city: no value differs, no claim stands without its mark, nothing known is
    called unknown. What a rule derives (a lift that is not needed) stands on no sheet."""
    fill(session, 0.15)
    wheelchair = [wish.as_requirement() for wish in presets_for(["wheelchair"], {"persons": 1})]
    request = make_request(*wheelchair, profiles=("wheelchair",), household={"persons": 1}).request
    best = ranked_list(request.id, me).matches[:5]
    assert len(best) == 5
    compared = 0
    for listed in best:
        known = {row.label: row for group in fact_sheet(listed.offer) for row in group.known}
        for line in (point for part in _home(listed) if part["kind"] == "points" for point in part["items"]):
            label, _colon, said = line.partition(": ")
            row = known.get(label)
            if not said:
                assert row is None, line
            elif row is not None and "trifft" not in said and "noch nichts angegeben" not in said:
                assert said.startswith(row.text), line
                assert (row.level == "claimed") == ("laut Anzeige" in said), line
                compared += 1
    assert compared > 40
