"""Rents follow from amounts by the wording of the interface, unless a sum shows that the sender words it otherwise."""

import pytest

from tests.intake.deliveries import read_home
from wohnberatung.bridge.imports import facts_from
from wohnberatung.intake.services.comparison import understand


def price(**amounts: object) -> str:
    return "".join(f"<{name}>{amount}</{name}>" for name, amount in amounts.items())


def rents(prices: str, area: str = "") -> tuple[object, object, tuple[str, ...]]:
    record = read_home(f"<preise>{prices}</preise><flaechen><wohnflaeche>{area}</wohnflaeche></flaechen>")
    return record.values.get("derived/warm_rent"), record.values.get("derived/gross_cold_rent"), record.notes


@pytest.mark.parametrize(
    ("prices", "warm", "gross_cold"),
    [
        # All amounts are there, and one sum agrees.
        (price(nettokaltmiete=500, nebenkosten=150, heizkosten=60, warmmiete=710), 710, 650),
        (price(nettokaltmiete=500, nebenkosten=150, heizkosten=60, warmmiete=710, heizkosten_enthalten=1), 710, 650),
        (price(nettokaltmiete=400, nebenkosten=90, heizkosten=80, warmmiete=570, heizkosten_enthalten=0), 570, 490),
        (price(kaltmiete=650, nebenkosten=150, heizkosten=60, warmmiete=710), 710, 650),
        (price(kaltmiete=500, nebenkosten=150, heizkosten=60, warmmiete=710), 710, 650),
        (price(nettokaltmiete=500, kaltmiete=650, nebenkosten=150, heizkosten=60, warmmiete=710), 710, 650),
        (price(nettokaltmiete=400, nebenkosten=170, heizkosten=80, warmmiete=570), 570, 490),
        (price(kaltmiete=400, nebenkosten=170, heizkosten=80, warmmiete=570), 570, 490),
        (price(nettokaltmiete=500, nebenkosten=150, heizkosten=60, mietzuschlaege=40, warmmiete=750), 750, 650),
        (price(kaltmiete=405, nettokaltmiete=400, nebenkosten=90, heizkosten=80, warmmiete=570), 570, 490),
        (price(kaltmiete="650,00", heizkosten="59,80", warmmiete="709,80"), 709.8, 650),
        # Without a warm rent the wording counts; the mark on the warm rent then says nothing.
        (price(nettokaltmiete=500, nebenkosten=150, heizkosten=60), 710, 650),
        (price(nettokaltmiete=500, nebenkosten=150, heizkosten=60, heizkosten_enthalten="true"), 710, 650),
        (price(kaltmiete=650, nebenkosten=150, heizkosten=60), 710, 650),
        (price(kaltmiete=650, heizkosten=60), 710, 650),
        (price(nettokaltmiete=410, betriebskosten=90, heizkosten=60), 560, 500),
        (price(nettokaltmiete=500, kaltmiete=650, nebenkosten=150), None, 650),
        (price(nettokaltmiete=500, kaltmiete=500, nebenkosten=150, heizkosten=60), 710, 650),
        (price(nettokaltmiete=400, nebenkosten=90, heizkosten_enthalten="0"), None, 490),
        (price(nettokaltmiete="540,- EUR", nebenkosten="ca. 120 EUR", heizkosten_enthalten=1), 660, None),
        (price(nettokaltmiete="1.150,00 €", nebenkosten="240 EUR", heizkosten=0, heizkosten_enthalten=1), 1390, None),
        (
            price(nettokaltmiete=6600, nebenkosten=1200, heizkosten=600) + '<preis_zeiteinheit zeiteinheit="JAHR"/>',
            700,
            650,
        ),
        # A warm rent with less beside it.
        (price(warmmiete=620), 620, None),
        (price(warmmiete=570, heizkosten=80), 570, 490),
        (price(warmmiete=570, heizkosten=80, heizkosten_enthalten="false"), 650, 570),
        (price(nettokaltmiete=400, nebenkosten=90, warmmiete=490, heizkosten_enthalten="false"), None, 490),
        (price(nettokaltmiete=400, nebenkosten=170, warmmiete=570), 570, None),
        (price(nettokaltmiete=400, nebenkosten=90, warmmiete=570), 570, 490),
        (price(pauschalmiete=450), 450, None),
        # Nothing follows, and nothing is wrong.
        (price(nettokaltmiete=400), None, None),
        (price(warmmiete=0, nettokaltmiete=0), None, None),
        (price(warmmiete=45) + '<preis_zeiteinheit zeiteinheit="TAG"/>', None, None),
        (price(warmmiete=450) + '<waehrung iso_waehrung="CHF"/>', None, None),
    ],
)
def test_rents_are_derived_only_where_they_follow(prices: str, warm: object, gross_cold: object) -> None:
    assert rents(prices) == (warm, gross_cold, ())


@pytest.mark.parametrize(
    ("prices", "warm", "asked"),
    [
        (price(nettokaltmiete=400, nebenkosten=90, heizkosten=80, warmmiete=600), 600, "passen nicht zusammen"),
        (price(kaltmiete=405, nettokaltmiete=400, nebenkosten=90, heizkosten=80), None, "passen nicht zusammen"),
        (price(nettokaltmiete=700, nebenkosten=90, warmmiete=600), None, "passen nicht zusammen"),
        (price(kaltmiete=389, nebenkosten=165), None, "Stecken die Heizkosten"),
        (price(kaltmiete="1.250", warmmiete="1.480"), 1480, "Kaltmiete 1.250 €: mit oder ohne Nebenkosten"),
        (price(kaltmiete=389, nebenkosten=165, heizkosten_enthalten=1), None, "Stecken die Nebenkosten (165"),
    ],
)
def test_what_the_amounts_leave_open_is_asked(prices: str, warm: object, asked: str) -> None:
    found, gross_cold, notes = rents(prices)
    assert (found, gross_cold, len(notes)) == (warm, None, 1)
    assert asked in notes[0]


@pytest.mark.parametrize(
    ("given", "euros", "months"),
    [
        ("3", 1200, 3),
        ("3 MM", 1200, 3),
        ("2 Kaltmieten", 800, 2),
        ("2,5 NKM", 1000, 2.5),
        ("1.200,00", 1200, None),
        ("k.A.", None, None),
    ],
)
def test_a_deposit_in_months_is_worked_out(given: str, euros: object, months: object) -> None:
    read = facts_from(read_home(f"<preise>{price(nettokaltmiete=400, kaution=given)}</preise>").values)
    assert (read.facts.get("deposit_eur"), read.facts.get("deposit_months"), read.faults) == (euros, months, ())


@pytest.mark.parametrize(("given", "months"), [("3", 3), ("1", 1), ("3 MM", 3)])
def test_a_deposit_in_months_of_an_unknown_rent_stays_in_months(given: str, months: float) -> None:
    read = facts_from(read_home(f"<preise>{price(warmmiete=700, kaution=given)}</preise>").values)
    assert (read.facts.get("deposit_eur"), read.facts["deposit_months"], read.faults) == (None, months, ())


def test_a_deposit_in_words_is_read_where_it_names_months() -> None:
    words = price(nettokaltmiete=400, kaution_text="2 Nettokaltmieten")
    assert facts_from(read_home(f"<preise>{words}</preise>").values).facts["deposit_eur"] == 800


@pytest.mark.parametrize(
    ("prices", "net", "running", "heating", "within"),
    [
        (price(nettokaltmiete=500, nebenkosten=150, heizkosten=60, warmmiete=710), 500, 150, 60, False),
        (price(kaltmiete=650, nebenkosten=150, heizkosten=60), 500, 150, 60, False),
        (price(kaltmiete=500, nebenkosten=150, heizkosten=60, warmmiete=710), 500, 150, 60, False),
        (price(nettokaltmiete=450, nebenkosten=200, heizkosten=80, warmmiete=650), 450, 200, 80, True),
        (price(nettokaltmiete=522, nebenkosten=180, warmmiete=702), 522, 180, None, True),
        (price(nettokaltmiete=400, nebenkosten=90, warmmiete=490, heizkosten_enthalten=0), 400, 90, None, False),
        (price(nettokaltmiete=540, nebenkosten=120, heizkosten_enthalten=1), 540, 120, None, True),
        (price(nettokaltmiete=400), 400, None, None, None),
        (price(warmmiete=620, nebenkosten=180), None, 180, None, None),
        (price(kaltmiete=480), None, None, None, None),
        (price(kaltmiete=1250, warmmiete=1480), None, None, None, None),
        (price(kaltmiete=389, nebenkosten=165), 389, 165, None, None),
        (price(nettokaltmiete=389, nebenkosten=165), 389, 165, None, None),
        (price(nettokaltmiete="8.40", nebenkosten=150, heizkosten=70), None, 150, 70, None),
    ],
)
def test_the_amounts_themselves_are_kept(
    prices: str, net: object, running: object, heating: object, within: object
) -> None:
    facts = facts_from(read_home(f"<preise>{prices}</preise>").values).facts
    keys = ("rent_net_cold_eur", "running_costs_eur", "heating_costs_eur", "heating_in_running_costs")
    assert tuple(map(facts.get, keys)) == (net, running, heating, within)


@pytest.mark.parametrize(
    "prices", [price(kaltmiete=480), price(kaltmiete="480,-"), price(kaltmiete=480, warmmiete=640)]
)
def test_a_cold_rent_alone_is_kept_in_words_and_asked_about_once(prices: str) -> None:
    home = read_home(f"<preise>{prices}</preise>")
    assert home.notes == ("Kaltmiete 480 €: mit oder ohne Nebenkosten (Betriebskosten)?",)
    assert home.texts == ("Kaltmiete: 480 €, ohne Angabe, ob Nebenkosten darin sind.",)
    assert not {"rent_net_cold_eur", "rent_gross_cold_eur"} & facts_from(home.values, texts=home.texts).facts.keys()


@pytest.mark.parametrize(
    "prices",
    [price(nettokaltmiete=480), price(kaltmiete=480, nebenkosten=120), price(kaltmiete=480, heizkosten=60), ""],
)
def test_a_cold_rent_whose_costs_are_named_needs_no_words(prices: str) -> None:
    assert read_home(f"<preise>{prices}</preise>").texts == ()


@pytest.mark.parametrize(
    ("prices", "level"),
    [(price(kaltmiete=480, nebenkosten=120), "claimed"), (price(nettokaltmiete=480), "stated")],
)
def test_a_cold_rent_that_may_be_with_costs_is_a_claim(prices: str, level: str) -> None:
    assert facts_from(read_home(f"<preise>{prices}</preise>").values).evidence["rent_net_cold_eur"] == level


@pytest.mark.parametrize(
    ("prices", "area", "said"),
    [
        (
            price(nettokaltmiete="8.40", nebenkosten=150, heizkosten=70),
            "70",
            "Eine Miete von 8,40 € im Monat",
        ),
        (price(nettokaltmiete="8.40"), "70", "je m² gemeint, also 588 €?"),
        (price(warmmiete=41500), "60", "41.500 €"),
        (price(warmmiete=5100), "60", "5.100 €"),
        (price(warmmiete=60), "70", "60 €"),
        (price(mietpreis_pro_qm="8.40"), "70", "nur 8,40 € je m²"),
        (price(warmmiete="12,50"), "", "12,50 €"),
    ],
)
def test_an_amount_that_can_be_no_rent_is_asked_about(prices: str, area: str, said: str) -> None:
    warm, gross_cold, notes = rents(prices, area)
    assert (warm, gross_cold) == (None, None)
    assert said in notes[0]


@pytest.mark.parametrize(("given", "said"), [("drei", "„drei“ ist keine Zahl"), ("siehe Text", "„siehe Text“")])
@pytest.mark.parametrize(
    ("name", "key"),
    [("warmmiete", "rent_warm_eur"), ("kaltmiete", "rent_gross_cold_eur"), ("nebenkosten", "running_costs_eur")],
)
def test_an_amount_in_words_is_named_and_taken_for_none(name: str, key: str, given: str, said: str) -> None:
    read = understand(read_home(f"<preise>{price(**{name: given})}</preise>")).facts
    assert key not in read.facts
    assert [(fault.key, fault.given, said in fault.message) for fault in read.faults] == [(key, given, True)]


@pytest.mark.parametrize("given", ["auf Anfrage", "n. V.", ""])
def test_an_amount_still_to_be_agreed_needs_no_question(given: str) -> None:
    assert understand(read_home(f"<preise>{price(warmmiete=given)}</preise>")).facts.faults == ()


def test_an_amount_with_a_word_for_its_money_is_one() -> None:
    assert rents(price(warmmiete="620 euros"))[0] == 620
    assert "3 €" in rents(price(warmmiete="3 euros"))[2][0]
