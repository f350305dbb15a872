"""What a delivery says and we do not read is named, with the number of objects it stands in; what we read is not."""

import pytest

from tests.intake.deliveries import COSTS, FLAT, PLACE, home, openimmo, provider, read


def note(*contents: str) -> str:
    homes = [home(content, obid=f"A{number}") for number, content in enumerate(contents)]
    return " ".join(read(openimmo(provider(*homes))).notes)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('<ausstattung><moebliert moeb="TEIL"/></ausstattung>', "ausstattung/moebliert@moeb=TEIL (1)"),
        ('<ausstattung><bad DUSCHE="true"/></ausstattung>', "ausstattung/bad@dusche (1)"),
        ("<ausstattung><bad><DUSCHE>1</DUSCHE></bad></ausstattung>", "ausstattung/bad@dusche (1)"),
        ("<ausstattung><bad>DUSCHE</bad></ausstattung>", "ausstattung/bad@dusche (1)"),
        (
            "<zustand_angaben><energiepass><jahrgang>2014</jahrgang></energiepass></zustand_angaben>",
            "@jahrgang (1)",
        ),
        ("<flaechen><anzahl_badezimmer>2</anzahl_badezimmer></flaechen>", "flaechen/anzahl_badezimmer (1)"),
        ('<preise><stp_garage stellplatzmiete="60"/></preise>', "preise/stp_garage@stellplatzmiete (1)"),
        ("<preise><hauptmietzinsnetto>500</hauptmietzinsnetto></preise>", "preise/hauptmietzinsnetto (1)"),
        ('<infrastruktur><distanzen distanz_zu="FLUGHAFEN">9</distanzen></infrastruktur>', "distanz_zu=FLUGHAFEN (1)"),
        ("<kontaktperson><name>Beispiel</name></kontaktperson>", "kontaktperson (1)"),
        ('<x><user_defined_simplefield feldname="Traumlage">ja</user_defined_simplefield></x>', "„traumlage“ (1)"),
        ("<freitexte><kurztext>Ruhig</kurztext></freitexte>", "freitexte/kurztext (1)"),
    ],
)
def test_what_is_not_read_is_named(content: str, name: str) -> None:
    assert name in note(FLAT + PLACE + content)


def test_names_are_counted_over_the_delivery_and_the_commonest_stands_first() -> None:
    lodge, sauna = "<sauna>true</sauna>", "<wintergarten>1</wintergarten>"
    said = note(*(f"<ausstattung>{more}</ausstattung>" for more in (lodge + sauna, lodge, lodge, "")))
    assert said.endswith("ausstattung/sauna (3), ausstattung/wintergarten (1).")


@pytest.mark.parametrize(
    "content",
    [
        FLAT + PLACE + COSTS,
        "<flaechen><anzahl_logia>1</anzahl_logia><wohnflaeche>60</wohnflaeche></flaechen>",
        '<ausstattung><kueche EBK="true"/><unterkellert keller="JA"/><heizungsart FERN="1"/></ausstattung>',
        "<ausstattung><kueche>EBK</kueche><sauna>false</sauna><bad><WANNE>true</WANNE></bad></ausstattung>",
        "<zustand_angaben><energiepass><epart>BEDARF</epart></energiepass></zustand_angaben>",
        "<zustand_angaben><energiepass><jahrgang>ohne</jahrgang></energiepass></zustand_angaben>",
        '<ausstattung><bad WANNE="true"/></ausstattung>',
        '<zustand_angaben><zustand zustand_art="GEPFLEGT"/></zustand_angaben><preise><stp_garage/></preise>',
        "<preise><nettokaltmiete>400</nettokaltmiete><kaution_text>3 MM</kaution_text></preise>",
        '<x><user_defined_simplefield feldname="Lichte Türbreite">86</user_defined_simplefield></x>',
    ],
)
def test_what_is_read_or_says_nothing_is_not_named(content: str) -> None:
    assert note(content) == ""


def test_what_is_no_home_to_be_had_is_left_alone() -> None:
    office = "<objektkategorie><objektart><buero_praxen/></objektart></objektkategorie>"
    assert note(office + "<ausstattung><sauna>true</sauna></ausstattung>") == ""
