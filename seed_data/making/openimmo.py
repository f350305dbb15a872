"""A sample delivery for the import: one XML file in a ZIP archive, as a landlord's program might send it."""

import io
import tomllib
import zipfile
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

ENCODING = "ISO-8859-1"
NAMESPACE = "http://www.openimmo.de"
_MIDNIGHT = (2026, 11, 21, 0, 0, 0)
_TRANSFER = {
    "art": "ONLINE", "umfang": "TEIL", "modus": "NEU", "version": "1.2.7", "sendersoftware": "BeispielVerwalter",
    "senderversion": "11.4", "techn_email": "technik@beispia.example", "timestamp": "2026-11-21T02:10:00",
}  # fmt: skip
_CONTACT = {"email_zentrale": "vermietung@beispia.example", "tel_zentrale": "030 23125100", "name": "Vermietungsbüro"}


def sample() -> bytes:
    """The archive, the same to the byte each time: nothing is compressed, nothing is dated today."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("openimmo.xml", _MIDNIGHT), _document())
    return target.getvalue()


def _document() -> bytes:
    root = ElementTree.Element("openimmo", {"xmlns": NAMESPACE})
    ElementTree.SubElement(root, "uebertragung", _TRANSFER)
    provider = ElementTree.SubElement(root, "anbieter")
    _fill(provider, {"anbieternr": "4711", "firma": "Beispia Wohnen AG", "openimmo_anid": "BEISPIA-ANID-0001"})
    for described in _objects():
        _fill(ElementTree.SubElement(provider, "immobilie"), described)
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding=ENCODING)
    return content + b"\n"


def _objects() -> list[dict[str, Any]]:
    text = files("seed_data").joinpath("making/openimmo_flats.toml").read_text(encoding="utf-8")
    objects: list[dict[str, Any]] = tomllib.loads(text)["object"]
    return [_with_contact(described) for described in objects]


def _with_contact(described: dict[str, Any]) -> dict[str, Any]:
    """The contact person stands after the address, where there is one."""
    ordered = {}
    for name, value in described.items():
        ordered[name] = value
        if name == "geo":
            ordered["kontaktperson"] = _CONTACT
    return ordered


def _fill(element: ElementTree.Element, content: dict[str, Any]) -> None:
    for name, value in content.items():
        if name == "#":
            element.text = value
        elif name.startswith("@"):
            element.set(name.removeprefix("@"), value)
        else:
            for one in value if isinstance(value, list) else [value]:
                child = ElementTree.SubElement(element, name)
                _fill(child, one if isinstance(one, dict) else {"#": one})
