"""Plain pages are read as html5lib reads them, and nothing else is taken for plain."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.infrastructure.client import CheckingClient
from tests.infrastructure.plain_html import ANYWHERE, HOLD, VOID, read_plain

OURS = ("/", "/suche", "/anmelden", "/registrieren", "/projekte", "/hilfe", "/suche/haushalt", "/gibt-es-nicht")
TABLE = "<table><caption>a</caption><thead><tr><th>b</th></tr></thead><tbody><tr><td>c</td></tr></tbody></table>"


def page(body: str, head: str = "<title>Wohnen</title>") -> str:
    return f'<!doctype html>\n<html lang="de">\n<head>\n{head}</head>\n<body>\n{body}</body>\n</html>\n'


def spelled(element: Element) -> tuple[Any, ...]:
    """All of a tree that a test can see."""
    children = [spelled(child) for child in element]
    return element.tag, dict(element.attrib), element.text or "", element.tail or "", children


def by_html5lib(html: str) -> tuple[tuple[Any, ...], list[Any]]:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return spelled(parser.parse(html)), parser.errors


@pytest.mark.parametrize("path", OURS)
def test_pages_of_ours_are_plain(client: CheckingClient, path: str) -> None:
    html = client.get(path, follow_redirects=True).text
    read = read_plain(html)
    assert read is not None
    assert (spelled(read), []) == by_html5lib(html)


@pytest.mark.parametrize(
    "body",
    [
        "<p>Bäder &amp; Küchen&nbsp;&lt;neu&gt; &#34;hier&#39; 🏠</p> danach",
        '<a href="/?a=1&amp;b=2" hidden title="">x</a>',
        "<textarea>\nerste\n\nzweite</textarea><textarea>\r\n</textarea>",
        '<form><select><option value="1" selected>eins</option>\n<option>zwei</option></select><br><input></form>',
        "<ul>\n<li><p>a</p></li><li><ol><li>b</li></ol></li></ul>",
        "<dl><div><dt>a</dt><dd>b</dd></div></dl><dl><dt>c</dt><dd>d</dd></dl>",
        TABLE,
        "<details><summary>a</summary><p>b <strong>c <em>d</em></strong></p></details>",
    ],
)
def test_what_is_closed_in_order_is_what_it_spells(body: str) -> None:
    read = read_plain(page(body))
    assert read is not None
    assert (spelled(read), []) == by_html5lib(page(body))


@pytest.mark.parametrize(
    "html",
    [
        "<p>ohne alles",
        page("<p>a<p>b"),
        page("<p><div>a</div></p>"),
        page("<b><i>a</b></i>"),
        page("<a>a<a>b</a></a>"),
        page("<h1><h2>a</h2></h1>"),
        page("<div><li>a</li></div>"),
        page("<dl><dd><div><dd>a</dd></div></dd></dl>"),
        page("<table><tr><td>a</td></tr></table>"),
        page(TABLE.replace("<tr>", "<tr>x")),
        page("<select><b>a</b></select>"),
        page("<br/>"),
        page("<br></br>"),
        page("<p a=b>x</p>"),
        page("<p a='b'>x</p>"),
        page('<p a="1" a="2">x</p>'),
        page("<P>x</P>"),
        page("<!-- a -->"),
        page("a < b"),
        page("&auml;"),
        page("R&B"),
        page("&#128;"),
        page("a\x00b"),
        page("a\rb"),
        page("<svg></svg>"),
        page("<pre>\na</pre>"),
        page("<script>a &amp; b</script>"),
        page("<script>'<b></b>'</script>"),
        page("", head="<p>a</p>"),
        page("a").replace("<body>", ""),
        page("a").replace("</html>", "</html>b"),
        page("a").replace("<head>", "<head></head><head>"),
        page("a")[:-10],
    ],
)
def test_whatever_else_it_is_is_left_to_html5lib(html: str) -> None:
    assert read_plain(html) is None


TAGS = sorted(ANYWHERE | {name for held in HOLD.values() for name in held} - {"head", "body"})
SAID = st.sampled_from(["", " ", "\n", "a", "&amp;", "\n "])
BODIES = st.recursive(
    SAID,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}" + ("" if tag in VOID else f"</{tag}>"),
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@given(BODIES, BODIES)
@settings(max_examples=300, deadline=None)
def test_of_random_pages_none_is_read_otherwise(first: str, second: str) -> None:
    html = page(first + second)
    if (read := read_plain(html)) is not None:
        assert (spelled(read), []) == by_html5lib(html)
