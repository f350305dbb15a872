"""Letters from templates that administrators write: safe placeholders, versions, tagged PDF, kept with the case."""

import io
import re

import pikepdf
import pytest
from flask_babel import force_locale
from sqlalchemy import select

from tests.brokerage.cases import DOOR
from tests.cases.factories import make_advisor, make_case
from tests.factories import make_request
from tests.letters.cases import GIVEN, advised, words_in
from tests.people import make_user, sign_in
from wohnberatung.cases.services.content import nameless
from wohnberatung.cases.services.personal_data import erase_case, stored_about_case
from wohnberatung.cases.services.requests import link_request
from wohnberatung.cases.services.rights import NotYours
from wohnberatung.cases.services.timeline import timeline
from wohnberatung.core.actors import Actor
from wohnberatung.core.errors import Conflict, DomainError, Forbidden
from wohnberatung.core.languages import ENGLISH, TRANSLATED
from wohnberatung.letters.kinds import KINDS
from wohnberatung.letters.models import Letter
from wohnberatung.letters.services.letters import draft, keep, letters_of, load_letter, pdf_of, suggested
from wohnberatung.letters.services.templates import check, parts_of, save_template, template_of, versions_of
from wohnberatung.measures.services.funding import all_programs
from wohnberatung.seeding.homes import fill_tables

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def me():
    return make_advisor("Anna Beraterin")


@pytest.fixture
def administrator():
    return make_advisor("Werner Verwaltung", "admin")


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


@pytest.mark.parametrize("body", ["", "{ziele}", "# Ziele\n{ziele}\n# Maßnahmen"])
def test_a_template_whose_sections_have_nothing_to_say_gives_no_parts(body):
    assert parts_of(body, {}, {"ziele": []}) == []


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
    assert suggested(case, me)["recipient"] == "Erika Beispiel\nElbweg 1\n01307 Dresden"


def test_measures_come_with_funding_its_steps_and_its_date(me):
    told = words_in(draft(advised(me), "measures", GIVEN, me).paper["parts"])
    for expected in ("Pflegekasse: Maßnahmen im Wohnumfeld", "Erst nach der Zusage beauftragen.", "Stand 22.11.2026."):
        assert expected in told, expected


def test_a_city_cites_laws_and_public_bodies_only(me):
    told = words_in(draft(advised(me), "measures", GIVEN, me).paper["parts"])
    assert "Quelle: § 40 Abs. 4 SGB XI." in told
    cited = {part for hint in all_programs() for part in hint.citable}
    assert cited
    assert not [part for part in cited if re.search(r"haufe|vdk|tag24|esport|nullbarriere|pv-quick|ahaus", part)]
    assert [hint.program.key for hint in all_programs() if "§" in hint.program.source and not hint.citable] == []


@pytest.mark.parametrize("written", ["Müller-Platz, Jörg", "Jörg Müller-Platz"])
def test_a_person_whom_a_clerk_wrote_with_a_comma_is_greeted_as_one_says_the_name(me, written):
    begun = suggested(make_case(me, name=written), me)
    assert begun["salutation"] == "Guten Tag, Jörg Müller-Platz,"
    assert begun["recipient"].splitlines()[0] == "Jörg Müller-Platz"


def sums_in(text):
    """Amounts of money and shares, without their marks of thousands and fractions."""
    return {re.sub(r"\D", "", each) for each in re.findall(r"€\s?[\d.,]*\d|\d[\d.,]*\s?(?:€|%)", text)}


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda language: language.code)
def test_programmes_are_told_in_every_language_with_the_same_sums_and_steps(language):
    fill_tables()
    hints = all_programs()
    with force_locale(language.locale):
        told = [(hint, hint.told, hint.told_steps) for hint in hints]
        assert [hint.program.key for hint in hints if not hint.is_translated] == []
    assert len(told) > 15
    for hint, said, steps in told:
        assert sums_in(said["amount"]) == sums_in(hint.program.amount), hint.program.key
        assert sums_in(said["conditions"]) <= sums_in(hint.program.conditions), hint.program.key
        assert len(steps) == len(hint.steps), hint.program.key


def test_an_english_letter_tells_programmes_in_english_without_a_word_about_german_texts(me):
    case = advised(me, language=ENGLISH.code)
    told = words_in(draft(case, "measures", GIVEN | {"language": ENGLISH.code}, me).paper["parts"])
    assert "Commission the works only after it has agreed." in told
    assert "only in German" not in told


def test_a_salutation_without_a_name_has_no_hole(me):
    begun = suggested(make_case(me, name=nameless("DF-2026-K7M2QX"), address="Elbweg 1, 01307 Dresden"), me)
    assert begun["salutation"] == "Guten Tag,"
    assert begun["recipient"] == "Elbweg 1\n01307 Dresden"


def test_a_letter_names_the_person_as_they_have_said_it_meanwhile(me):
    """The case was opened before anybody knew a name, the request tells it: the letter goes to a person, no number."""
    case = make_case(me, name=nameless("DF-2026-K7M2QX"), address="Elbweg 1, 01307 Dresden")
    link_request(case, make_request(DOOR, contact={"name": "Erika Beispiel"}).request.receipt_number, me)
    begun = suggested(case, me)
    assert (begun["recipient"], begun["salutation"]) == (
        "Erika Beispiel\nElbweg 1\n01307 Dresden",
        "Guten Tag, Erika Beispiel,",
    )


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
