"""The letter about the best homes: read line by line, nothing left out, what fits apart from what must be asked."""

import io
import re

import pikepdf
import pytest

from tests.brokerage.cases import BALCONY, DOOR, home
from tests.cases.factories import make_advisor, make_case
from tests.factories import make_dwelling, make_offer, make_request
from tests.letters.cases import GIVEN, MEASURE, advised, words_in
from wohnberatung.bridge.request_form import presets_for
from wohnberatung.brokerage.services.rankings import ranked_list
from wohnberatung.cases.services.requests import link_request
from wohnberatung.core.errors import DomainError
from wohnberatung.dwellings.services.facts import record_facts
from wohnberatung.dwellings.services.sheets import fact_sheet
from wohnberatung.letters.services.homes import told_home
from wohnberatung.letters.services.letters import draft, keep, load_letter, suggested
from wohnberatung.measures.services.measures import add_measure
from wohnberatung.seeding.homes import fill

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def me():
    return make_advisor("Anna Beraterin")


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


def lines_of(parts):
    """Every heading, paragraph and point in its order."""
    return [line for part in parts for line in part.get("items", [part.get("text", "")]) if line]


def test_homes_that_suit_stand_apart_from_those_that_must_be_asked_about_first(me, session):
    """With nothing known of what must be, a home is no good home yet; what is not needed there is no merit either."""
    lift = {"key": "lift_cabin_width_cm", "wanted": 110, "importance": "must"}
    case = advised(me)
    link_request(case, make_request(DOOR, lift).request.receipt_number, me)
    make_offer(make_dwelling(level="measured", has_lift=False), title="Ungefragt")
    make_offer(make_dwelling(level="measured", has_lift=False, inner_door_clear_width_cm=95), title="Breite Türen")
    make_offer(make_dwelling(level="measured", has_lift=False, inner_door_clear_width_cm=78), title="Enge Türen")
    session.commit()
    lines = lines_of(draft(case, "homes", GIVEN, me).paper["parts"])
    order = (
        "Diese Wohnungen passen",
        "Breite Türen",
        "Diese Wohnungen können mit einem Umbau passen",
        "Enge Türen",
        "Hier ist etwas noch offen: Wir müssen erst fragen",
        "Ungefragt",
        "Ob die Wohnung passt, wissen wir noch nicht: Alles, was sein muss, ist noch offen.",
    )
    assert [line for line in lines if line in order] == list(order)
    assert not [
        line for line in lines if "nicht nötig" in line or "Aufzugskabine" in line or "passen am besten" in line
    ]


def test_a_wish_that_works_can_mend_is_told_with_the_works_their_price_and_payer(me, session):
    shower = {"key": "shower_level", "wanted": True, "importance": "wish"}
    case = advised(me)
    link_request(case, make_request(shower).request.receipt_number, me)
    make_offer(make_dwelling(level="measured", shower_level=False), title="Am Park", conversion_consent="agreed")
    session.commit()
    lines = lines_of(draft(case, "homes", GIVEN, me).paper["parts"])
    told = lines[lines.index("Das wünschen Sie sich, und das lässt sich ändern:") + 1]
    assert told.startswith("Bodengleiche Dusche: nein. Sie möchten: ja. Möglich ist: ")
    assert re.search(r"etwa [\d.]+ € bis [\d.]+ €\. Vielleicht zahlt: .*Pflegekasse", told), told


@pytest.mark.parametrize(
    ("costs", "means", "told"),
    [
        (
            {"deposit_eur": 1201.59},
            {"deposit_available_eur": 1200},
            "Kaution: 1.201,59 €. Dafür möglich ist nach Ihrer Angabe: 1.200 €. Es fehlen: 1,59 €.",
        ),
        (
            {"shares_eur": 900},
            {"shares_available_eur": 0},
            "Genossenschaftsanteile oder Einlage: 900 €. Dafür möglich ist nach Ihrer Angabe: 0 €. Es fehlen: 900 €.",
        ),
        ({"deposit_eur": 1200}, {"deposit_available_eur": 1200}, None),
        ({"deposit_eur": 1200}, {}, None),
    ],
)
def test_what_costs_more_than_the_household_said_it_can_pay_is_told(me, session, costs, means, told):
    case = advised(me)
    link_request(case, make_request(BALCONY, household={"persons": 1, **means}).request.receipt_number, me)
    make_offer(make_dwelling(level="measured", balcony=True), title="Am Park", **costs)
    session.commit()
    lines = lines_of(draft(case, "homes", GIVEN, me).paper["parts"])
    assert [line for line in lines if "nach Ihrer Angabe" in line] == ([told] if told else [])


def test_an_offer_that_asks_for_the_deposit_is_told_once_with_what_the_person_has_said(me, session):
    demands = [{"key": "deposit_available_eur", "wanted": 1201.59, "importance": "wish"}]
    case = advised(me)
    household = {"persons": 1, "deposit_available_eur": 1200}
    link_request(case, make_request(BALCONY, household=household).request.receipt_number, me)
    make_offer(make_dwelling(level="measured", balcony=True), title="Am Park", deposit_eur=1201.59, demands=demands)
    session.commit()
    (line,) = [
        each for each in lines_of(draft(case, "homes", GIVEN, me).paper["parts"]) if each.startswith("Für die Kaution")
    ]
    assert line.startswith("Für die Kaution möglich: mindestens 1.201,59 €. Das trifft ")
    assert line.endswith("Sie haben angegeben: 1.200 €.")


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
        for line in (point for part in told_home(listed, {}) if part["kind"] == "points" for point in part["items"]):
            label, _colon, said = line.partition(": ")
            row = known.get(label)
            if not said:
                assert row is None, line
            elif row is not None and "trifft" not in said and "noch nichts angegeben" not in said:
                assert said.startswith(row.text), line
                assert (row.level == "claimed") == ("laut Anzeige" in said), line
                compared += 1
    assert compared > 40


@pytest.mark.parametrize(
    ("read", "noted", "title", "greeting", "told"),
    [
        ("en", "", "Homes that may suit you", "Hello Erika Beispiel,", "Must have, and can be changed:"),
        (
            "leicht",
            "",
            "Wohnungen, die vielleicht zu Ihnen passen",
            "Guten Tag, Erika Beispiel!",
            "Das muss sein.\nMan kann es umbauen:",
        ),
        ("de", "en", "Homes that may suit you", "Hello Erika Beispiel,", "Your number is"),
        (
            "de",
            "",
            "Wohnungen, die zu Ihnen passen können",
            "Guten Tag, Erika Beispiel,",
            "Das muss sein und lässt sich ändern:",
        ),
    ],
)
def test_the_letter_is_written_in_the_language_that_its_reader_reads(me, session, read, noted, title, greeting, told):
    """As the form was filled in, else as an advisor has noted it; who reads easy language reads large letters."""
    case = make_case(me, name="Erika Beispiel", address="Elbweg 1, 01307 Dresden", language=noted)
    request = make_request(DOOR, BALCONY, language=read).request
    link_request(case, request.receipt_number, me)
    assert request.language == (noted or read)
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=78), title="Am Park")
    session.commit()
    begun = suggested(case, me)
    assert begun["language"] == request.language
    drafted = draft(case, "homes", begun | {"salutation": "Guten Tag, Erika Beispiel,"}, me)
    words = words_in(drafted.paper["parts"])
    assert (drafted.paper["title"], drafted.paper["salutation"]) == (title, greeting)
    assert told in words or told in drafted.paper["parts"][-2].get("text", ""), words
    kept = keep(case, drafted, me)
    assert load_letter(kept.id, me).language.code == request.language
    document = pikepdf.open(io.BytesIO(kept.plain_pdf))
    assert str(document.Root.Lang) == request.language.replace("leicht", "de")


@pytest.mark.parametrize(
    ("language", "advice", "measures"),
    [
        ("de", ("Ihre Beratung bei uns", "Das haben wir besprochen", "Ihre Ziele"), ("Maßnahmen für Ihre Wohnung",)),
        (
            "leicht",
            ("Unser Gespräch mit Ihnen", "Darüber haben wir gesprochen", "Ihre Ziele"),
            ("Das kann Ihnen in der Wohnung helfen", "Bis 4.180 €.", "§ 40 Abs. 4 SGB XI"),
        ),
        (
            "en",
            ("Your advice session with us", "What we talked about", "Your goals", "Straight stair lift", "proposed"),
            ("Measures for your home", "Up to €4,180 per measure", "As of 22 November 2026"),
        ),
    ],
)
def test_letters_of_advice_and_measures_are_in_the_language_of_their_reader(me, session, language, advice, measures):
    case = advised(me, language=language)
    add_measure(case, MEASURE | {"title": "Treppenlift, gerade Treppe", "option": "stair_lift_straight"}, me)
    begun = suggested(case, me)
    assert begun["language"] == language
    for kind, told in (("advice", advice), ("measures", measures)):
        drafted = draft(case, kind, begun | {"written": "Erster Satz."}, me)
        said = drafted.paper["title"] + " | " + words_in(drafted.paper["parts"])
        assert [words for words in told if words not in said] == [], said


def test_a_home_of_which_little_is_known_does_not_sound_as_if_little_were_open(me, session):
    """Only the first of three musts is known: that is not "some things"."""
    case = make_case(me)
    musts = [DOOR | {"key": key} for key in ("bathroom_door_clear_width_cm", "entrance_door_clear_width_cm")]
    link_request(case, make_request(DOOR, *musts).request.receipt_number, me)
    make_offer(make_dwelling(level="measured", inner_door_clear_width_cm=95), title="Am Park")
    session.commit()
    told = words_in(draft(case, "homes", GIVEN, me).paper["parts"])
    assert "das meiste, was sein muss, wissen wir noch nicht" in told
    assert "manches ist noch zu klären" not in told
