"""Numbers, amounts and days in the spellings found in real deliveries."""

import pytest

from tests.intake.deliveries import read_home
from wohnberatung.bridge.imports import decimal
from wohnberatung.intake.sections import typed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("88.00", 88), ("88,5", 88.5), ("1.234,50", 1234.5), ("1,234.50", 1234.5), ("1.234.567", 1234567),
        ("12'500", 12500), ("-1", -1), ("650 €", 650), ("650,00 EUR", 650), ("ca. 62 m²", 62), ("2.5", 2.5),
        ("62.125", 62.125), ("0", 0), ("01307", None), ("1.8.2026", None), ("2-3", None), ("drei", None),
        ("", None), ("1e5", None), ("9" * 16, None), ("NaN", None),
    ],
)  # fmt: skip
def test_numbers_are_read_with_point_and_comma(text, number):
    assert decimal(text) == number


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("1.250", "preise/kaltmiete", 1250),
        ("2,100", "preise/kaution", 2100),
        ("1.800,00", "preise/kaution", 1800),
        ("1.250 €", "preise/kaution", 1250),
        ("650.000", "preise/kaltmiete", 650),
        ("1.250", "infrastruktur/distanzen", 1.25),
        ("0.00", "preise/warmmiete", None),
        ("0", "flaechen/wohnflaeche", None),
        ("0", "preise/heizkosten_enthalten", 0),
        ("0", "geo/etage", 0),
        ("ja", "ausstattung/rampe", True),
        ("FALSE", "ausstattung/rampe", False),
        ("  ", "geo/etage", None),
        ("auf Anfrage", "preise/kaution", "auf Anfrage"),
    ],
)
def test_values_are_typed_by_what_can_be_meant(text, path, value):
    assert typed(text, path) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01.08.2027", "2027-08-01"), ("1.8.27", "2027-08-01"), ("2027-08-01", "2027-08-01"),
        ("ab 01.08.2027 oder später", "2027-08-01"), ("1. August 2027", "2027-08-01"),
        ("ab August 2027", "2027-08-01"), ("08/2027", "2027-08-01"), ("08.2027", "2027-08-01"),
        ("sofort", "2026-11-20"), ("ab sofort", "2026-11-20"), ("nach Vereinbarung", None), ("n.V.", None),
        ("auf Anfrage", None), ("sofort oder nach Vereinbarung", "2026-11-20"),
        ("Ende Februar 2027", "2027-02-28"), ("Mitte März 2027", "2027-03-15"), ("Anfang April 2027", "2027-04-01"),
        ("13/02/2027", "2027-02-13"), ("31/12/2026", "2026-12-31"), ("Feb. 2027", "2027-02-01"),
        ("Sept. 2027", "2027-09-01"), ("vermietet bis 31.01.2027", "2027-02-01"),
        ("bis 31.03.2027 bewohnt", "2027-04-01"), ("KW 10/2027", "2027-03-08"),
        ("Mitte März", "Mitte März"), ("Q2/2027", "2027-04-01"), ("02/13/2027", "02/13/2027"),
        ("KW 60/2027", "KW 60/2027"), ("15/03/2027", "2027-03-15"), ("Ende März 2027", "2027-03-31"),
        ("Ende 02/2027", "2027-02-28"), ("10. KW 2027", "2027-03-08"), ("3. Quartal 2027", "2027-07-01"),
        ("gekündigt zum 31.03.2027", "2027-04-01"), ("Mai/Juni 2027", "Mai/Juni 2027"),
        ("April bis Juni 2027", "April bis Juni 2027"), ("Ende KW 10/2027", "Ende KW 10/2027"),
        ("März 27", "März 27"), ("Frühjahr 2027", "Frühjahr 2027"),
        ("nach Sanierung", "nach Sanierung"), ("32.13.2027", "32.13.2027"), ("", None),
    ],
)  # fmt: skip
def test_days_are_read_in_many_spellings(text, day):
    record = read_home(f"<verwaltung_objekt><verfuegbar_ab>{text}</verfuegbar_ab></verwaltung_objekt>")
    assert record.values.get("derived/available_from") == day


def test_a_precise_day_outweighs_words():
    both = "<abdatum>2027-03-01T00:00:00+01:00</abdatum><verfuegbar_ab>sofort</verfuegbar_ab>"
    record = read_home(f"<verwaltung_objekt>{both}</verwaltung_objekt>")
    assert record.values["derived/available_from"] == "2027-03-01"


def test_at_once_stays_the_same_day_when_the_object_is_sent_again_unchanged():
    changed = "<verwaltung_techn><stand_vom>2026-10-02</stand_vom></verwaltung_techn>"
    record = read_home("<verwaltung_objekt><verfuegbar_ab>sofort</verfuegbar_ab></verwaltung_objekt>" + changed)
    assert record.values["derived/available_from"] == "2026-10-02"
