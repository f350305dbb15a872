"""Pictures inside an OpenImmo document (base64 in `anhaenge/anhang/daten/anhanginhalt`), taken out before it is read.

From then on they are files like those beside a document in an archive, under a name that stands where they stood. That
keeps the document small, and a photograph of more than 10 MB of text is nothing that libxml2 would refuse.
"""

import binascii
import re
from collections.abc import Callable

from wohnberatung.intake.documents import UTF16_STARTS, decode
from wohnberatung.pictures import delivered

INSIDE = "im-dokument/"
# Found in one go from left to right, whatever stands there: nothing in it gives back what it took.
_CONTENT = re.compile(
    rb"(<(?:[\w.-]+:)?anhanginhalt\b[^<>]*+>)\s*+(?:<!\[CDATA\[\s*+)?(?:data:[\w./+-]*+;base64,)?"
    rb"([A-Za-z0-9+/=\s]*+)(?:\]\]>\s*+)?(?=</)",
    re.IGNORECASE,
)
# As much text as the largest picture and a byte more.
_MOST_TEXT = (delivered.LARGEST_FILE // 3 + 1) * 4


def take_out(document: bytes, keep: Callable[[str, bytes], object]) -> bytes:
    """The document with a name in place of each picture; `keep` hears the name and the bytes, once for each picture.

    A picture is called by its digest: the same one has the same name in every delivery. What is no base64 is empty,
    what is too large is cut off one byte after the largest size, so that both are named when they are drawn. Lines
    stay lines, as reports name them.
    """
    if document.startswith(UTF16_STARTS):
        document = decode(document).encode()
    if b"anhanginhalt" not in document.lower():
        return document
    kept = set[str]()

    def name_of(found: re.Match[bytes]) -> bytes:
        text = found[2]
        if not text.strip():
            return found[0]
        content = _decoded(text)
        name = INSIDE + delivered.digest_of(content)
        if name not in kept:
            kept.add(name)
            keep(name, content)
        return found[1] + name.encode() + b"\n" * found[0][len(found[1]) :].count(b"\n")

    return _CONTENT.sub(name_of, document)


def _decoded(text: bytes) -> bytes:
    plain = b"".join(text.split())[:_MOST_TEXT]
    try:
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return b""
