"""What somebody sends who means no good: a request of ours, spoilt in one to three ways that its number decides."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote_from_bytes

from wohnberatung.bridge.filters import HOUSEHOLD_PREFIX, NAMES

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
BOUNDARY = "----boundary"
QUERIES = (
    "ab", "alle", "angebot", "art", "fall", "fassung", "kriterium", "name", "nummer", "organisation", "person", "q",
    "seite", "sicht", "sprache", "stand", "stufe", "suche", "tag", "telefon", "weiter", "wer", "wohnung", "zeigen",
    "zeit", "ort", "profil", f"{HOUSEHOLD_PREFIX}persons", *(name for names in NAMES.values() for name in names),
)  # fmt: skip
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "POST", "GET", "CONNECT", "GÄT", "")

# As bytes: what a text may be, and what only calls itself one.
VALUES: tuple[bytes, ...] = (
    b"", b" ", b"\0", b"a\0b", b"\xed\xa0\x80", b"a\xed\xb0\x80", b"\xff\xfe", b"\xc3", b"\xf4\x90\x80\x80",
    "\ufffe\uffff".encode(), "\u202e\u2066".encode(), "\ufeff".encode(), "e\u0301\u0338>".encode(), "ﬁ㍉".encode(),
    b"x" * 70_000, "ä".encode() * 20_000, b"9" * 5_000, b"-" + b"9" * 400, b"1e400", b"-1", b"0", b"1.5", b"NaN",
    b"Infinity", b"-inf", "١٢".encode(), "²".encode(), "½".encode(), b"0x10", b"1_000", b"9223372036854775808",
    b"0001-01-01", b"9999-12-31", b"2026-02-30", b"01.01.0001", b"31.12.9999", b"2026-W01-1", b"20261201",
    b"00010101T0000Z", b"99991231T2359Z", b"2026-12-01T10:00+99:00", b"0001-01-01T00:00", b"9999-12-31T23:59",
    b"25:00", b"24:00", b"99:99", b"in 99999999999 Wochen", b"am 31.2. um 25:61", "in ² Tagen".encode(),
    b"../../../etc/passwd", b"C:\\con", b"//evil.example", b"/\\evil.example", b"http://[", b"javascript:alert(1)",
    b"<script>alert(1)</script>", b"' OR 1=1 --", b"{{7*7}}", b"{%", b"${jndi:ldap://x}", b"%s%n%(x)s", b"%",
    b"{", b"}{", b"{massnahmen}{massnahmen}", b"{0}{name!r}", b"\\ud800", b"\\x00", b"a\r\nSet-Cookie: x=y", b"\r",
    b"[]", b"{}", b"null", b"true", b"[" * 2_000, b"@", b"a@b", b"a@" + b"b" * 300, b"\"@\"@[::1]", "ä@ö.ü".encode(),
    b"+49", b"+" + b"4" * 200, b"=1+1", b"'", b'"', b";", b",", b"&", b"#", b"?",
)  # fmt: skip
JSON_BODIES: tuple[bytes, ...] = (
    b"{}", b"[]", b"null", b"1", b'"text"', b"true", b"", b"{", b"\xff", b'{"a":' * 3_000, b"[" * 100_000,
    b'[["a", 1]]', b'[1, 2]', b'{"": null}', b'"\\ud800"',
)  # fmt: skip
JSON_VALUES: tuple[object, ...] = (
    None, True, 0, -1, 1.5, 10**400, [], [1], [None], {}, {"a": {"b": []}}, [[[[]]]], "\ud800", "\0", "x" * 9_999,
)  # fmt: skip
TYPES = (
    "", "text/plain", "text/xml", "application/xml", "application/octet-stream", "application/json", "image/png",
    "application/vnd.api+json", FORM, f"{FORM}; charset=utf-16", f"{FORM}; charset=\xff", MULTIPART,
    f"{MULTIPART}; boundary=", f"{MULTIPART}; boundary=\xe4", f"{MULTIPART}; boundary={'b' * 500}",
    f"{MULTIPART}; boundary=\"", f"{MULTIPART}; boundary*=utf-8''%ff", "/", ";", "multipart/mixed; boundary=b", "\xff",
)  # fmt: skip
HOSTS = (
    "", " ", ".", "..", "a..b", ".localhost", "localhost.", "x" * 64, "x" * 64 + ".example", "xn--", "xn--\xff", "ä",
    "localhost:", "localhost:0", "localhost:99999", "localhost:abc", "[", "[::1", "[::1]", "[::1]:80", "a b", "a/b",
    "a@b", "a,b", "a\tb", "%00", "\xff", "evil.example", "127.0.0.1", "-", "_", "x." * 200, "localhost:80:80",
)  # fmt: skip
HEADERS: dict[str, tuple[str, ...]] = {
    "Origin": ("null", "http://[", "http://localhost", "http://evil.example", "\xff", "//", "http://a\u200b"[:8]),
    "Referer": ("http://[", "http://[::1", "http://localhost/\xff", "\x01", "x" * 9_000),
    "Cookie": (
        "session=", "session=\xff", "session=" + "a" * 26, "session=" + "\xe4" * 26, "language=xx", "=;;=", "a" * 9_000,
        'session="\\377"', "session=%ED%A0%80", "language=\xed\xa0\x80",
    ),
    "Accept": ("application/json", "*/*;q=x", "text/html;q=1e400", "\xff", ",", "application/json;q=" + "9" * 500),
    "Accept-Language": ("xx", "de;q=abc", "\xff", "-", "de-" + "x" * 5_000),
    "Idempotency-Key": ("", "\xff", "x" * 101, "k"),
    "X-CSRFToken": ("", "\xff", "a.b.c", "x" * 5_000),
    "Authorization": ("Bearer", "Bearer ", "Bearer \xff", "Basic \xff", "Basic YQ==", "Digest x", "Bearer " + "a" * 26),
    "HX-Request": ("true", "\xff"),
    "Range": ("bytes=0-", "bytes=9-1", "bytes=" + "9" * 5_000 + "-", "x", "bytes=-1", "bytes=0-0,1-1"),
    "If-None-Match": ("*", '"', "W/", "\xff"),
    "If-Modified-Since": ("x", "Thu, 99 Foo 99999", "Thu, 01 Jan 0001 00:00:00 GMT", "9" * 400),
    "If-Range": ("x", '"', "Thu, 01 Jan 9999 00:00:00 GMT"),
    "User-Agent": ("", "\xff", "x" * 9_000, "Firefox"),
    "Content-Length": ("-1", "abc", "99999999999999999999", "9" * 5_000, "1_0", "\xb2"),
    "Transfer-Encoding": ("chunked", "x"),
    "X-Forwarded-For": ("\xff", "1.2.3.4, x", "::::"),
    "X-Forwarded-Host": ("a..b", "\xff"),
    "X-Forwarded-Proto": ("gopher", "\xff"),
}  # fmt: skip
FILES: tuple[tuple[bytes, bytes], ...] = (
    (b"", b""), (b"a.csv", b""), (b"a\0b.xml", b"<a/>"), (b"\xed\xa0\x80.xml", b"<a/>"),
    (b"../../x.zip", b"PK\x03\x04"),
    (b"a.zip", b"PK\x05\x06" + b"\0" * 18), (b"a.zip", b"PK\x05\x06" + b"\xff" * 18), (b"a.xlsx", b"PK\x03\x04" * 99),
    (b"a.csv", b"Objektnummer;PLZ\n\xed\xa0\x80;\xff\n"), (b"a.csv", b'"' * 999), (b"a.csv", b";" * 9_999),
    (b"a.xml", b'<?xml version="1.0" encoding="unicode_escape"?><openimmo>\\ud800\xff</openimmo>'),
    (b"a.xml", b'<?xml version="1.0" encoding="utf-7"?><openimmo>+2AA-\xff</openimmo>'),
    (b"a.xml", b'<?xml version="1.0" encoding="hex"?>\xff'), (b"a.xml", b"<openimmo>" + b"<a>" * 5_000),
    (b"a.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), (b"a.xml", b"<a>&#xD800;&#0;</a>"),
    (b"a.xml", b'<openimmo xmlns:x="' + b"y" * 9_999 + b'"/>'), (b"a.xml", b"\xff\xfe<\0\0\xd8"), (b"a.xml", b"<"),
    (b"a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 30), (b"a.jpg", b"\xff\xd8\xff\xe0" + b"\xff" * 60),
    (b"a.gif", b"GIF89a" * 9),
    (b"a.pdf", b"%PDF-1.7"), (b"a.pdf", b"%PDF-9.9\n%%EOF\n" * 9), (b"x" * 5_000 + b".pdf", b"%PDF-1.7\n%%EOF\n"),
    (b"a.webp", b"RIFF\0\0\0\0WEBPVP8 "), (b"a.tif", b"II*\0\xff\xff\xff\xff"), (b"con.xml", b"\xef\xbb\xbf" * 9),
)  # fmt: skip


@dataclass
class Shot:
    """A request as it goes over the line. `path` is the text of its address, percent signs decoded."""

    method: str
    path: bytes
    fields: list[tuple[bytes, bytes]]
    files: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)
    query: list[tuple[bytes, bytes]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = FORM
    body: bytes | None = None
    deeds: list[str] = field(default_factory=list)

    def sent(self) -> bytes:
        """The body, in the encoding that its content type names."""
        if self.body is not None:
            return self.body
        if self.method in ("GET", "HEAD"):
            return b""
        if self.content_type.startswith(MULTIPART):
            return b"".join(map(_part, self.fields)) + b"".join(map(_file, self.files)) + f"--{BOUNDARY}--\r\n".encode()
        return urlencoded(self.fields)


def urlencoded(pairs: Sequence[tuple[bytes, bytes]]) -> bytes:
    return "&".join(f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in pairs).encode()


def _part(pair: tuple[bytes, bytes]) -> bytes:
    return b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY.encode(), *pair)


def _file(file: tuple[bytes, bytes, bytes]) -> bytes:
    head = b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n' % (BOUNDARY.encode(), *file[:2])
    return head + b"Content-Type: application/octet-stream\r\n\r\n" + file[2] + b"\r\n"


def spoil(shot: Shot, parts: Sequence[bytes], draw: Random) -> Shot:
    """Spoil it in one to three ways. `parts` are the pieces of its path that name a record."""
    for _number in range(draw.choice((1, 1, 2, 3))):
        deed = draw.choice(DEEDS if shot.method == "POST" else DEEDS_WITHOUT_FORM)
        if deed is spoil_path:
            spoil_path(shot, draw, parts)
        else:
            deed(shot, draw)
        shot.deeds.append(deed.__name__)
    return shot


def spoil_path(shot: Shot, draw: Random, parts: Sequence[bytes] = ()) -> None:
    known = [part for part in parts if part and part in shot.path]
    value = draw.choice(VALUES)[:3_000]
    if known:
        shot.path = shot.path.replace(draw.choice(known), value, 1)
    else:
        shot.path += draw.choice((b"", b"/")) + value


def spoil_query(shot: Shot, draw: Random) -> None:
    for _number in range(draw.choice((1, 1, 3))):
        shot.query.append((draw.choice(QUERIES).encode(), draw.choice(VALUES)[:3_000]))


def spoil_values(shot: Shot, draw: Random) -> None:
    guarded = (b"csrf_token", b"idempotency_key")
    places = [at for at, (name, _value) in enumerate(shot.fields) if name not in guarded or draw.random() < 0.05]
    for at in draw.sample(places, min(len(places), draw.choice((1, 1, 2, 9)))):
        shot.fields[at] = shot.fields[at][0], draw.choice(VALUES)


def spoil_fields(shot: Shot, draw: Random) -> None:
    """Fields left out, doubled, called otherwise."""
    if shot.fields:
        at = draw.randrange(len(shot.fields))
        name, value = shot.fields[at]
        shot.fields[at : at + 1] = draw.choice(
            (
                [],
                [(name, value), (name, draw.choice(VALUES))],
                [(draw.choice(VALUES)[:999], value)],
                [(name + b"-0", value)],
            )
        )
    if draw.random() < 0.1:
        shot.fields += [(b"f%d" % number, b"v") for number in range(1_500)]


def send_multipart(shot: Shot, draw: Random) -> None:
    shot.content_type = f"{MULTIPART}; boundary={BOUNDARY}"
    names = [name for name, _content in shot.fields] + [b"file", b"files", b"picture"]
    for _number in range(draw.choice((1, 1, 3))):
        shot.files.append((draw.choice(names), *draw.choice(FILES)))
    if draw.random() < 0.3:
        whole = shot.sent()
        cut = whole[: draw.randrange(len(whole) + 1)]
        shot.body = draw.choice((cut, whole.replace(b"\r\n", b"\n"), whole + b"more"))


def send_json(shot: Shot, draw: Random) -> None:
    shot.content_type = draw.choice(("application/json", "application/vnd.api+json", "application/json; charset=x"))
    fields: dict[str, object] = {
        name.decode(errors="replace"): text.decode(errors="replace") for name, text in shot.fields
    }
    for name in fields:
        if draw.random() < 0.3 and "csrf" not in name:
            fields[name] = draw.choice(JSON_VALUES)
    shot.body = draw.choice((json.dumps(fields).encode(), json.dumps(fields).encode(), draw.choice(JSON_BODIES)))


def send_other_type(shot: Shot, draw: Random) -> None:
    shot.content_type = draw.choice(TYPES)
    if draw.random() < 0.3:
        shot.body = draw.choice((*VALUES, *JSON_BODIES))


def spoil_host(shot: Shot, draw: Random) -> None:
    shot.headers["Host"] = draw.choice(HOSTS)


def spoil_header(shot: Shot, draw: Random) -> None:
    name = draw.choice(tuple(HEADERS))
    shot.headers[name] = draw.choice(HEADERS[name])


def change_method(shot: Shot, draw: Random) -> None:
    shot.method = draw.choice(METHODS)


Deed = Callable[[Shot, Random], None]
DEEDS_WITHOUT_FORM: tuple[Deed, ...] = (
    spoil_path, spoil_query, spoil_query, spoil_query, spoil_host, spoil_header, spoil_header, change_method,
)  # fmt: skip
DEEDS: tuple[Deed, ...] = (
    spoil_path, spoil_query, spoil_values, spoil_values, spoil_values, spoil_values, spoil_values, spoil_fields,
    send_multipart, send_multipart, send_json, send_other_type, spoil_host, spoil_header, change_method,
)  # fmt: skip
