"""The catalogue holds what DCAT-AP.de makes mandatory, by the tables of its specification.

No validator of the network is asked: the rules below are those of DCAT-AP 3.0 and DCAT-AP.de 3.0 for the classes that
we use, with the values that their vocabularies allow.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.infrastructure.client import CheckingClient
from tests.planning.snapshots import invented
from wohnberatung.planning.cubes import CUBES

EU = "http://publications.europa.eu/resource/authority"
THEMES = "AGRI|ECON|EDUC|ENER|ENVI|GOVE|HEAL|INTR|JUST|REGI|SOCI|TECH|TRAN"
# Class → property → what a value must look like; all of these are mandatory, or recommended and promised by us.
IRI = re.compile(r"https?://\S+|mailto:\S+@\S+")
RULES: dict[str, dict[str, re.Pattern[str]]] = {
    "dcat:Catalog": {
        "dct:title": re.compile(".+"),
        "dct:description": re.compile(".+"),
        "dct:publisher": re.compile(".+"),
        "dcat:dataset": re.compile(".+"),
        "dct:license": re.compile(r"http://dcat-ap\.de/def/licenses/[\w./-]+"),
    },
    "dcat:Dataset": {
        "dct:title": re.compile(".+"),
        "dct:description": re.compile(".+"),
        "dct:identifier": re.compile(r"[\w-]+"),
        "dct:publisher": re.compile(".+"),
        "dcatde:contributorID": re.compile(r"http://dcat-ap\.de/def/contributors/\w+"),
        "dcat:contactPoint": re.compile(".+"),
        "dcat:distribution": re.compile(".+"),
        "dcat:theme": re.compile(rf"{EU}/data-theme/({THEMES})"),
        "dct:accrualPeriodicity": re.compile(rf"{EU}/frequency/(MONTHLY|ANNUAL|QUARTERLY)"),
        "dct:modified": re.compile(r"\d{4}-\d\d-\d\d"),
        "dct:spatial": re.compile(r"http://dcat-ap\.de/def/politicalGeocoding/\w+/\d+"),
        "dct:accessRights": re.compile(rf"{EU}/access-right/PUBLIC"),
    },
    "dcat:Distribution": {
        "dcat:accessURL": IRI,
        "dcat:downloadURL": IRI,
        "dct:format": re.compile(rf"{EU}/file-type/(CSV|XLSX|JSON)"),
        "dcat:mediaType": re.compile(r"https://www\.iana\.org/assignments/media-types/[\w.+/-]+"),
        "dct:license": re.compile(r"http://dcat-ap\.de/def/licenses/dl-by-de/2\.0"),
        "dcatde:licenseAttributionByText": re.compile(".+"),
    },
    "foaf:Organization": {"foaf:name": re.compile(".+")},
    "vcard:Organization": {"vcard:fn": re.compile(".+"), "vcard:hasEmail": re.compile(r"mailto:\S+@\S+")},
    "dct:PeriodOfTime": {
        "dcat:startDate": re.compile(r"\d{4}-\d\d-\d\d"),
        "dcat:endDate": re.compile(r"\d{4}-\d\d-\d\d"),
    },
}


@pytest.fixture
def catalogue(client: CheckingClient, session: Any) -> Any:
    invented(bedarf={"*|*": [100, 90, 80]})
    response = client.get("/planung/katalog.jsonld?sprache=en")
    assert response.mimetype == "application/ld+json"
    return json.loads(response.data)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)
    elif isinstance(value, dict):
        if "@type" in value and "@value" not in value:
            yield value
        for key, each in value.items():
            if key != "@context":
                yield from nodes(each)


def values_of(value: Any) -> list[str]:
    """What a property says: literals, addresses, or that there is a node."""
    return [_said(each) for each in (value if isinstance(value, list) else [value])]


def _said(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return str(value.get("@value") or value.get("@id") or value["@type"])


def test_every_node_has_what_is_mandatory(catalogue: Any) -> None:
    faults = [
        f"{node['@type']} {name}: {node.get(name)}"
        for node in nodes(catalogue)
        for name, pattern in RULES[node["@type"]].items()
        if not node.get(name) or not all(pattern.fullmatch(value) for value in values_of(node[name]))
    ]
    assert faults == []


def test_every_prefix_is_declared_and_every_name_is_one(catalogue: Any) -> None:
    names = {key for node in nodes(catalogue) for key in node if not key.startswith("@")}
    names |= {node["@type"] for node in nodes(catalogue)}
    assert {name.partition(":")[0] for name in names} <= catalogue["@context"].keys()


def test_addresses_are_ones_own_and_lead_to_the_files(catalogue: Any, client: CheckingClient) -> None:
    found = [node for node in nodes(catalogue) if node["@type"] == "dcat:Distribution"]
    assert len(found) == 2 * len(CUBES)
    for node in found:
        assert client.get(urlsplit(node["dcat:downloadURL"]["@id"]).path).status_code == 200
    ids = [node["@id"] for node in nodes(catalogue) if "@id" in node]
    assert len(ids) == len(set(ids))


def test_titles_are_german_whatever_the_reader_speaks(catalogue: Any) -> None:
    titles = [node["dct:title"] for node in nodes(catalogue) if "dct:title" in node]
    assert {title["@language"] for title in titles} == {"de"}
    assert "Wer wo sucht" in [title["@value"] for title in titles]
