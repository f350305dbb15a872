"""Forty flats in a clerk's own table: headings of his own, three faults, a total below."""

import io
from typing import Any

import openpyxl

FLATS = 40
FAULTS = {7: ("m2 Wohnen", 9000), 19: ("Beziehbar", "im Frühling"), 33: ("Gesamtbetrag mtl.", 41500)}
# What each of his headings means, by the word that the page offers for it.
OWN_WORDS = {
    "Kurzzeichen": "Objektnummer",
    "Gasse": "Straße",
    "Nummero": "Hausnummer",
    "Wo im Haus": "Lage im Haus",
    "m2 Wohnen": "Wohnfläche",
    "Raeumlichkeiten": "Zimmer",
    "davon ohne alles": "Nettokaltmiete",
    "Vorschuss Betrieb": "Nebenkosten",
    "Vorschuss Wärme": "Heizkosten",
    "Gesamtbetrag mtl.": "Warmmiete",
    "Beziehbar": "Frei ab",
    "Hebeanlage": "Aufzug",
    "Notiz": "Beschreibung",
    "Mieter bisher": "nicht einlesen",
}
KNOWN = ("PLZ", "Ort")


def flat(number: int) -> dict[str, Any]:
    """The cells of one flat by heading."""
    cold, running, heating = 300 + 5 * number, 80 + number, 60.5
    cells = {
        "Kurzzeichen": f"K-{number:02d}",
        "Gasse": ("Probengasse", "Musterallee")[number % 2],
        "Nummero": f"{number} b",
        "Wo im Haus": f"{number % 4 + 1}. OG links",
        "m2 Wohnen": 40 + number / 2,
        "Raeumlichkeiten": "2 ½" if number % 3 else 2,
        "davon ohne alles": f"{cold},- €",
        "Vorschuss Betrieb": running,
        "Vorschuss Wärme": "60,50",
        "Gesamtbetrag mtl.": cold + running + heating,
        "Beziehbar": "1.3.27",
        "Hebeanlage": "x" if number % 2 else "keine",
        "Notiz": "Ruhig, zum Hof",
        "Mieter bisher": "Frau Geheim",
        "PLZ": 1307,
        "Ort": "Dresden",
    }
    heading, fault = FAULTS.get(number, ("Ort", "Dresden"))
    return cells | {heading: fault}


def table() -> bytes:
    """The workbook, with a letterhead above and a total below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Leerstand, Stand 28.11.2026"])
    sheet.append([*OWN_WORDS, *KNOWN])
    for number in range(1, FLATS + 1):
        sheet.append(list(flat(number).values()))
    sheet.append(["Summe", *[None] * 3, 2010.5])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def expected(number: int) -> dict[str, str]:
    """What the stock says of the flat afterwards, by our headings; a faulty value is unknown."""
    cold, running = 300 + 5 * number, 80 + number
    values = {
        "Straße": ("Probengasse", "Musterallee")[number % 2],
        "Hausnummer": f"{number} b",
        "Postleitzahl": "01307",
        "Wohnfläche": f"{40 + number / 2:g}".replace(".", ","),
        "Zimmer": "2,5" if number % 3 else "2",
        "Etage": str(number % 4 + 1),
        "Warmmiete": f"{cold + running + 60.5:g}".replace(".", ","),
        "Bruttokaltmiete": str(cold + running),
        "Frei ab": "01.03.2027",
        "Aufzug": "ja" if number % 2 else "nein",
        "Beschreibung": "Notiz: Ruhig, zum Hof",
    }
    faulty = {7: ("Wohnfläche",), 19: ("Frei ab",), 33: ("Warmmiete", "Bruttokaltmiete")}
    return values | dict.fromkeys(faulty.get(number, ()), "")
