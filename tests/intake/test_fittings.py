"""Kitchen, cellar, parking, heating, condition and energy certificate of an OpenImmo object, as facts."""

import pytest

from tests.intake.deliveries import read_home
from wohnberatung.bridge.imports import facts_from


def facts(content: str) -> dict[str, object]:
    record = read_home(content)
    return dict(facts_from(record.values, record.named).facts)


@pytest.mark.parametrize(
    ("fittings", "key", "value"),
    [
        ('<kueche EBK="true"/>', "fitted_kitchen", True),
        ('<kueche EBK="false" PANTRY="true"/>', "fitted_kitchen", True),
        ("<kueche>EBK</kueche>", "fitted_kitchen", True),
        ('<kueche OFFEN="true"/>', "fitted_kitchen", None),
        ('<unterkellert keller="JA"/>', "cellar", True),
        ('<unterkellert keller="TEIL"/>', "cellar", True),
        ('<unterkellert keller="NEIN"/>', "cellar", False),
        ('<stellplatzart TIEFGARAGE="true"/>', "parking_space", True),
        ('<stellplatzart GARAGE="false"/><stellplatzart FREIPLATZ="1"/>', "parking_space", True),
        ('<stellplatzart GARAGE="false"/>', "parking_space", None),
        ('<heizungsart ZENTRAL="true"/><befeuerung FERN="true"/>', "heating_kind", "central"),
        ('<befeuerung FERN="true"/>', "heating_kind", "district"),
        ('<heizungsart ETAGE="true"/>', "heating_kind", "flat"),
        ('<bad WANNE="true"/>', "has_bathtub", True),
        ("<bad>Wanne</bad>", "has_bathtub", True),
        ('<bad DUSCHE="true"/>', "shower_level", None),
        ('<befeuerung GAS="true"/>', "energy_source", "gas"),
        ('<befeuerung LUFTWP="true"/>', "energy_source", "heat_pump"),
    ],
)
def test_fittings_are_read(fittings: str, key: str, value: object) -> None:
    assert facts(f"<ausstattung>{fittings}</ausstattung>").get(key) == value


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (
            "<energiepass><epart>VERBRAUCH</epart><energieverbrauchkennwert>98,4 kWh/(m²*a)</energieverbrauchkennwert>"
            "<primaerenergietraeger>Erdgas</primaerenergietraeger><wertklasse>C</wertklasse></energiepass>",
            {
                "energy_certificate": "consumption",
                "energy_kwh_sqm": 98.4,
                "energy_source": "gas",
                "energy_class": "C",
            },
        ),
        (
            "<energiepass><epart>BEDARF</epart><endenergiebedarf>71.5</endenergiebedarf></energiepass>",
            {"energy_certificate": "demand", "energy_kwh_sqm": 71.5},
        ),
        ("<energiepass><jahrgang>nicht_noetig</jahrgang></energiepass>", {"energy_certificate": "not_needed"}),
        ("<energiepass><jahrgang>ohne</jahrgang></energiepass>", {"energy_certificate": "missing"}),
        ("<energiepass><jahrgang>2014</jahrgang></energiepass>", {}),
        ('<zustand zustand_art="ERSTBEZUG"/>', {"home_condition": "first_use"}),
        ('<zustand zustand_art="TEIL_VOLLRENOVIERUNGSBED"/>', {"home_condition": "needs_renovation"}),
        ('<zustand zustand_art="NACH_VEREINBARUNG"/>', {}),
    ],
)
def test_condition_and_certificate_are_read(state: str, expected: dict[str, object]) -> None:
    assert facts(f"<zustand_angaben>{state}</zustand_angaben>") == expected


@pytest.mark.parametrize(("storeys", "expected"), [("4", 4), ("1", 1), ("0", None)])
def test_the_storeys_of_the_house_are_read(storeys: str, expected: float | None) -> None:
    assert facts(f"<geo><anzahl_etagen>{storeys}</anzahl_etagen></geo>").get("house_storeys") == expected


def test_a_type_of_permit_outweighs_the_mere_word_that_one_is_needed() -> None:
    needed = "<verwaltung_objekt><wbs_sozialwohnung>true</wbs_sozialwohnung></verwaltung_objekt>"
    field = '<user_defined_simplefield feldname="WBS-Typ">{}</user_defined_simplefield>'
    assert facts(needed)["wbs_type"] == "L"
    assert facts(needed + f"<x>{field.format('gMW')}</x>")["wbs_type"] == "gMW"
    record = read_home(needed + f"<x>{field.format('R')}</x>")
    read = facts_from(record.values, record.named)
    assert ([fault.given for fault in read.faults], read.facts["wbs_type"]) == (["R"], "L")
