"""What those who offer learn before both agreed: every criterion is decided about, and nothing else gets out."""

from hypothesis import find

from matching.catalogue import HOMES
from tests.brokerage.ways import CONSENTS, on_the_way
from tests.factories import make_dwelling, make_offer, make_request
from tests.infrastructure.client import CheckingClient
from tests.matching.cases import wanted
from tests.people import sign_in
from tests.providers.cases import TO_PRESENTED, landlord_of, letters_to
from wohnberatung.brokerage.services.results import open_result, seal_result
from wohnberatung.providers.services.needs import TOLD, WITHHELD, needs_for_provider, told_needs

# As a person might say it, one word for each thing nobody may read.
SECRET = {
    "name": "Xaveria Quellstern",
    "phone": "0351 7654321",
    "email": "quellstern@example.org",
    "address": "Geheimweg 7",
    "note": "Notizwort",
}


def test_every_criterion_of_the_catalogue_is_told_or_withheld_and_none_is_both() -> None:
    known = {criterion.key for criterion in HOMES.criteria}
    assert (known - TOLD - WITHHELD.keys(), (TOLD | WITHHELD.keys()) - known) == (set(), set())
    assert TOLD & WITHHELD.keys() == set()


def _match():
    door = {"key": "inner_door_clear_width_cm", "wanted": 90, "importance": "must"}
    offer = make_offer(
        make_dwelling(level="measured", inner_door_clear_width_cm=95),
        demands=({"key": "wbs", "wanted": True, "importance": "wish"},),
    )
    submitted = make_request(
        door,
        {"key": "rent_warm_eur", "wanted": 777, "importance": "wish"},
        household={"persons": 3, "children": 1, "wbs": True, "care_entitled": True, "deposit_available_eur": 4321},
        text="Textwort Rheuma",
        purposes=CONSENTS,
        contact=SECRET,
    )
    landlord = landlord_of(offer)
    return on_the_way(*TO_PRESENTED, submitted=submitted, offer=offer), landlord


def test_of_no_criterion_more_is_told_than_was_decided(session) -> None:
    """Walks the whole catalogue: with every kind of reason in the result only what is declared as told comes out."""
    match, _landlord = _match()
    stored = open_result(match)
    reasons = [{**stored["reasons"][0], "key": each.key, "wanted": _some(each)} for each in HOMES.criteria]
    seal_result(match, {**stored, "reasons": reasons})
    assert {need["key"] for need in told_needs(match)} == TOLD
    shown = needs_for_provider(match).needs
    assert {need.label for need in shown} == {HOMES.criterion(key).label for key in TOLD}
    withheld = [HOMES.criterion(key).label for key in WITHHELD]
    assert [label for label in withheld if any(label in f"{need.label} {need.wanted}" for need in shown)] == []
    # As a demand on the household, or in words of their own, nothing of it is told.
    for hidden in ({"side": "provider"}, {"private": True}):
        seal_result(match, {**stored, "reasons": [{**reason, **hidden} for reason in reasons]})
        assert told_needs(match) == []


def test_works_for_what_is_withheld_are_withheld_too(session) -> None:
    match, _landlord = _match()
    stored = open_result(match)
    works = [each for criterion in HOMES.criteria for each in criterion.adaptations]
    kept = {"cost_eur": (100, 200), "consent": "owner", "funding": []}
    seal_result(match, {**stored, "adaptations": [{**kept, "measure": w.measure, "label": w.label} for w in works]})
    told = {each.label for each in needs_for_provider(match).works}
    assert "Hausnotruf anschließen" in {each.label for each in works} - told
    assert told <= {works.label for key in TOLD for works in HOMES.criterion(key).adaptations}
    assert told


def _some(criterion):
    """Something that may be wanted of it."""
    return find(wanted(criterion), lambda _value: True) if criterion.key in TOLD else "irgendwas"


def test_no_page_and_no_mail_says_who_it_is(client: CheckingClient, session) -> None:
    match, landlord = _match()
    sign_in(client, landlord)
    pages = client.get("/anbieten/menschen").text + client.get(f"/anbieten/menschen/{match.id}").text
    letters = " ".join(mail.subject + mail.text + mail.html for mail in letters_to(landlord))
    assert "Lichte Breite der Innentüren: mindestens 90" in pages
    for words in (
        *SECRET.values(),
        "Textwort",
        "Rheuma",
        "777",
        "4321",
        "Pflege",
        "WBS",
        "Wohnberechtigungsschein",
        match.request_id,
    ):
        assert words not in pages + letters, words
    assert match.request.receipt_number not in pages + letters
    for words in ("Innentüren", "Wohnung Beispiel", "Angebot Beispiel"):
        assert words not in letters, "a mail says that there is news, and never what it is"
