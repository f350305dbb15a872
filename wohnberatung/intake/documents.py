"""From the bytes of a delivered document to a tree of plain names, whatever its encoding claims.

Document type definitions are refused before the parser sees them, so no entity is ever declared, let alone
expanded or fetched; libxml2's own limits on depth and text length stay on.
"""

import codecs
import re

from flask_babel import gettext as _
from lxml import etree

from wohnberatung.core.texts import clean
from wohnberatung.intake.archives import Unreadable

_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_PROLOG = re.compile(r"\s*<\?xml\s[^>]{0,300}\?>")
_BEFORE_ROOT = re.compile(r"\s*+(?:<\?.*?\?>\s*+|<!--.*?-->\s*+)*+", re.DOTALL)
UTF16_STARTS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
# These names are written on everything; what is really meant shows in the bytes.
_UNRELIABLE = frozenset({"utf-8", "iso8859-1", "cp1252", "ascii", "utf-16", "utf-16-le", "utf-16-be"})


def parse_document(name: str, data: bytes) -> etree._Element:
    """The root element, its names in lower case and without namespaces. **Raises** `Unreadable`."""
    text = clean(decode(data))
    if prolog := _PROLOG.match(text):
        text = text[prolog.end() :]  # its encoding is settled; before it the parser allows no blank line
    _refuse_other_files(name, text)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            _(
                "%(file)s ist kein fehlerfreies XML, Zeile %(line)s: %(reason)s."
                " Bitte die Ausgabe im Verwaltungsprogramm wiederholen oder dessen Hersteller ansprechen.",
                file=name,
                line=error.lineno or 1,
                reason=(error.msg or "").partition(", line")[0],
            )
        ) from error
    for element in root.iter():
        element.tag = etree.QName(element).localname.lower()
    return root


def decode(data: bytes) -> str:
    """Text from bytes. What is valid UTF-8 with umlauts is UTF-8, however the document labels itself;
    otherwise an uncommon declared encoding is believed, and the rest is UTF-8 with stray Windows bytes."""
    if data.startswith(UTF16_STARTS):
        little = data[:2] in (codecs.BOM_UTF16_LE, b"<\0")
        return data.decode("utf-16-le" if little else "utf-16-be", "replace").removeprefix("\ufeff")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared := _uncommon_encoding(data):
        return data.decode(declared, "replace")
    return data.decode("utf-8", "stray_windows_bytes")


def _uncommon_encoding(data: bytes) -> str | None:
    found = _DECLARED.match(data)
    try:
        encoding = codecs.lookup(found[1].decode("ascii")).name if found else "utf-8"
        "".encode(encoding)  # a codec such as "hex" is none for text
    except LookupError:
        return None
    return None if encoding in _UNRELIABLE else encoding


def _stray_windows_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    try:
        return stray.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return stray.decode("latin-1"), error.end


codecs.register_error("stray_windows_bytes", _stray_windows_bytes)


def _refuse_other_files(name: str, text: str) -> None:
    start = _BEFORE_ROOT.match(text)
    at = start.end() if start else 0
    if text[at : at + len("<!DOCTYPE")].upper() == "<!DOCTYPE":
        raise Unreadable(
            _(
                "%(file)s enthält eine Dokumenttyp-Definition (DOCTYPE). Das ist aus Sicherheitsgründen nicht"
                " erlaubt und für OpenImmo nicht nötig. Bitte ohne DOCTYPE ausgeben.",
                file=name,
            )
        )
    if not text.startswith("<", at):
        raise Unreadable(
            _("%(file)s ist keine XML-Datei. Erwartet wird OpenImmo als XML oder als ZIP-Archiv.", file=name)
        )
