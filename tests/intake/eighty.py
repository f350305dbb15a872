"""Eighty flats of a landlord as a ZIP archive of OpenImmo, with the faults that programs and people make."""

from tests.intake.deliveries import FLAT, full, home, openimmo, provider, zipped

FLATS = 80
STREETS = ("Erfundene Straße", "Musterweg", "Beispielallee", "Probengasse")
# By the number of the flat: what is wrong with it, in the terms of the interface.
FAULTS = {
    3: "<flaechen><wohnflaeche>9000</wohnflaeche></flaechen>",
    17: "<preise><warmmiete>690</warmmiete><kaution>drei Mieten</kaution></preise>",
    29: "<zustand_angaben><baujahr>19777</baujahr></zustand_angaben>",
    44: "<flaechen><wohnflaeche>62</wohnflaeche><anzahl_zimmer>250</anzahl_zimmer></flaechen>",
    61: "<verwaltung_objekt><verfuegbar_ab>im Frühling</verfuegbar_ab></verwaltung_objekt>",
}
PARKING = 72
DELETED = 73


def flat(number: int, rent: int = 600) -> str:
    if number == DELETED:
        return home("", obid=f"A{number}", extern=f"WE {number}", action="DELETE")
    if number == PARKING:
        parking = "<objektkategorie><objektart><parken/></objektart></objektkategorie>"
        return home(parking, obid=f"A{number}", extern=f"WE {number}")
    place = (
        f"<geo><plz>01307</plz><ort>Dresden</ort><strasse>{STREETS[number % 4]}</strasse>"
        f"<hausnummer>{number}</hausnummer><regionaler_zusatz>Johannstadt-Nord</regionaler_zusatz>"
        f"<etage>{number % 6}</etage></geo>"
    )
    usual = f"<preise><warmmiete>{rent + number}</warmmiete></preise>"
    usual += f"<flaechen><wohnflaeche>{40 + number % 50}</wohnflaeche></flaechen>"
    return home(FLAT + place + FAULTS.get(number, usual), obid=f"A{number}", extern=f"WE {number}")


def archive(
    name: str = "Wohnhof Genossenschaft (erfunden)", anid: str = "AN80", rent: int = 600, whole: bool = False
) -> bytes:
    """The ZIP; the same to the byte for the same arguments. `whole`: as a full delivery."""
    flats = provider(*(flat(number, rent) for number in range(1, FLATS + 1)), anid=anid, name=name)
    return zipped(full(flats) if whole else openimmo(flats), "bilder/titel.jpg")
