"""The type face of papers, as the build unpacks it."""

import struct
import zlib

from hatch_build import unpacked_woff

GLYPHS, NAMES = b"many glyphs " * 40, b"abc"


def packed(tables: dict[bytes, bytes]) -> bytes:
    """A WOFF file; what does not get smaller is stored as it is."""
    entries, body, start = b"", b"", 44 + 20 * len(tables)
    for tag, table in tables.items():
        stored = min(zlib.compress(table), table, key=len)
        entries += struct.pack(">4s4I", tag, start + len(body), len(stored), len(table), 7)
        body += stored
    return struct.pack(">4s4sIH", b"wOFF", b"\0\1\0\0", 0, len(tables)) + bytes(30) + entries + body


def test_every_table_of_a_packed_font_comes_out_whole_and_aligned() -> None:
    font = unpacked_woff(packed({b"glyf": GLYPHS, b"name": NAMES}))
    assert struct.unpack(">4s4H", font[:12]) == (b"\0\1\0\0", 2, 32, 1, 0)
    found = {}
    for place in range(2):
        tag, checksum, offset, length = struct.unpack(">4s3I", font[12 + 16 * place : 28 + 16 * place])
        assert (checksum, offset % 4) == (7, 0)
        found[tag] = font[offset : offset + length]
    assert found == {b"glyf": GLYPHS, b"name": NAMES}
