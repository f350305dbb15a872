"""Rents follow from amounts by the wording of the interface, unless a sum shows that the sender words it otherwise."""

import pytest

from tests.intake.deliveries import read_home
from wohnberatung.bridge.imports import facts_from


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
        # A warm rent with less beside it.
        (price(warmmiete=620), 620, None),
        (price(warmmiete=570, heizkosten=80), 570, 490),
        (price(warmmiete=570, heizkosten=80, heizkosten_enthalten="false"), 650, 570),
        (price(nettokaltmiete=400, nebenkosten=90, warmmiete=490, heizkosten_enthalten="false"), None, 490),
        (price(nettokaltmiete=400, nebenkosten=170, warmmiete=570), 570, None),
        (price(nettokaltmiete=400, nebenkosten=90, warmmiete=570), 570, 490),
        (price(kaltmiete="1.250", warmmiete="1.480"), 1480, None),
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
        (price(nettokaltmiete="540,- EUR", nebenkosten="ca. 120 EUR", heizkosten_enthalten=1), None, "Stecken die"),
    ],
)
def test_what_the_amounts_leave_open_is_asked(prices: str, warm: object, asked: str) -> None:
    found, gross_cold, notes = rents(prices)
    assert (found, gross_cold, len(notes)) == (warm, None, 1)
    assert asked in notes[0]


@pytest.mark.parametrize(
    ("given", "euros"),
    [("3", 1200), ("3 MM", 1200), ("2 Kaltmieten", 800), ("2,5 NKM", 1000), ("1.200,00", 1200), ("k.A.", "k.A.")],
)
def test_a_deposit_in_months_is_worked_out(given: str, euros: object) -> None:
    assert read_home(f"<preise>{price(nettokaltmiete=400, kaution=given)}</preise>").values["preise/kaution"] == euros


@pytest.mark.parametrize(("given", "told"), [("3", "3 Monatsmieten"), ("1", "1 Monatsmiete"), ("3 MM", "3 MM")])
def test_a_deposit_in_months_of_an_unknown_rent_is_told_as_a_fault(given: str, told: str) -> None:
    record = read_home(f"<preise>{price(warmmiete=700, kaution=given)}</preise>")
    read = facts_from(record.values)
    assert "deposit_eur" not in read.facts
    assert [fault.given for fault in read.faults] == [told]


@pytest.mark.parametrize(
    ("prices", "area", "said"),
    [
        (price(nettokaltmiete="8.40", nebenkosten=150, heizkosten=70), "70", "8,40 €"),
        (price(warmmiete=41500), "60", "41500,00 €"),
        (price(warmmiete=60), "70", "60,00 €"),
        (price(warmmiete="12,50"), "", "12,50 €"),
    ],
)
def test_an_amount_that_can_be_no_rent_is_asked_about(prices: str, area: str, said: str) -> None:
    warm, gross_cold, notes = rents(prices, area)
    assert (warm, gross_cold) == (None, None)
    assert said in notes[0]
