"""The published tables as open data: a catalogue in the terms of DCAT-AP.de 3.0, as JSON-LD.

Source: GovData, DCAT-AP.de Spezifikation 3.0 with its vocabularies for licences, themes, file types and how often data
are renewed; addresses of the vocabularies of the EU as published by the Publications Office. Always in German, as it is
read by programs; titles are marked with their language.
"""

import json
from datetime import date

from flask_babel import force_locale
from sqlalchemy import func, select

from wohnberatung.core.languages import GERMAN
from wohnberatung.core.settings import public_link, setting
from wohnberatung.extensions import db
from wohnberatung.planning.cubes import CUBES, Cube
from wohnberatung.planning.models import PlanningSnapshot

EU = "http://publications.europa.eu/resource/authority"
LICENCE = "http://dcat-ap.de/def/licenses/dl-by-de/2.0"
FORMATS = (
    ("CSV", "text/csv", "planning.export_csv"),
    ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "planning.export_xlsx"),
)
THEMES = ("SOCI", "REGI")
KEYWORDS = ("Wohnen", "barrierefreies Wohnen", "Wohnungsbedarf", "Sozialplanung", "Stadtentwicklung")
# Dresden in the register of German municipalities.
PLACE = "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/14612000"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Node = dict[str, object]


def catalogue() -> str:
    """All tables with what programs must know of them: title, licence, publisher, place, time, files."""
    times = (func.min(PlanningSnapshot.month), func.max(PlanningSnapshot.month), func.max(PlanningSnapshot.taken_at))
    first, last, taken_at = db.session.execute(select(*times)).one()
    with force_locale(GERMAN.locale):
        datasets = [_dataset(cube, first, last, taken_at.date()) for cube in CUBES] if last else []
    home = public_link("planning.show_overview")
    return json.dumps({"@context": CONTEXT, **_catalogue(home, datasets)}, ensure_ascii=False, indent=1)


def _catalogue(home: str, datasets: list[Node]) -> Node:
    return {
        "@id": f"{home}#katalog",
        "@type": "dcat:Catalog",
        "dct:title": _german("Zahlen der Wohnberatung für die Planung"),
        "dct:description": _german(
            "Was gesucht und angeboten wird und was Beratung erreicht: monatlich, nach festen Tabellen, geschützt"
            " nach der Cell-Key-Methode und auf 5 gerundet. Zahlen unter 10 werden nicht genannt."
        ),
        "dct:publisher": _publisher(),
        "dct:license": {"@id": LICENCE},
        "dct:language": {"@id": f"{EU}/language/DEU"},
        "foaf:homepage": {"@id": home},
        "dcat:dataset": datasets,
    }


def _dataset(cube: Cube, first: date, last: date, modified: date) -> Node:
    page = public_link("planning.show_cube", cube=cube.key)
    return {
        "@id": f"{page}#daten",
        "@type": "dcat:Dataset",
        "dct:identifier": f"planung-{cube.key}",
        "dct:title": _german(str(cube.title)),
        "dct:description": _german(str(cube.about)),
        "dct:publisher": _publisher(),
        "dcatde:contributorID": {"@id": "http://dcat-ap.de/def/contributors/landeshauptstadtDresden"},
        "dcat:contactPoint": _contact(),
        "dcat:keyword": [_german(word) for word in KEYWORDS],
        "dcat:theme": [{"@id": f"{EU}/data-theme/{theme}"} for theme in THEMES],
        "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/MONTHLY"},
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:spatial": {"@id": PLACE},
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": _day(first), "dcat:endDate": _day(last)},
        "dct:issued": _day(first),
        "dct:modified": _day(modified),
        "dct:language": {"@id": f"{EU}/language/DEU"},
        "dcat:landingPage": {"@id": page},
        "dcat:distribution": [_distribution(cube, *each) for each in FORMATS],
    }


def _distribution(cube: Cube, name: str, media_type: str, endpoint: str) -> Node:
    address = public_link(endpoint, cube=cube.key)
    return {
        "@id": f"{address}#datei",
        "@type": "dcat:Distribution",
        "dct:title": _german(f"{cube.title} ({name})"),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:format": {"@id": f"{EU}/file-type/{name}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "dct:license": {"@id": LICENCE},
        "dcatde:licenseAttributionByText": _german(setting("OFFICE_NAME")),
        "dcatap:availability": {"@id": "http://publications.europa.eu/resource/authority/planned-availability/STABLE"},
    }


def _publisher() -> Node:
    return {"@type": "foaf:Organization", "foaf:name": _german(setting("OFFICE_NAME"))}


def _contact() -> Node:
    address = setting("OFFICE_EMAIL") or setting("MAIL_FROM")
    return {
        "@type": "vcard:Organization",
        "vcard:fn": setting("OFFICE_NAME"),
        "vcard:hasEmail": {"@id": f"mailto:{address}"},
    }


def _german(text: str) -> Node:
    return {"@value": text, "@language": "de"}


def _day(day: date) -> Node:
    return {"@value": day.isoformat(), "@type": "xsd:date"}
