"""Reads a page in which every element is closed where it must be, eight times as fast as html5lib.

The rules of HTML fill a hundred pages, but nearly all of them say what becomes of muddle. A page that closes what it
opens, in order, and puts no element where it would end or move another one, is the tree that it spells out.
`read_plain` reads such pages only, and gives up at whatever it is not sure of: the page is html5lib's then.
"""

import re
from collections.abc import Callable
from html import unescape
from xml.etree.ElementTree import Element, SubElement

SPACE = " \t\n"
DOCTYPE = re.compile(r"<!doctype html>[ \t\n]*", re.IGNORECASE)
# Text, then a tag that begins or ends an element; whatever is written otherwise is not matched.
PIECE = re.compile(r'([^<]*)<(?:/([a-z0-9]+)|([a-z][a-z0-9]*)((?:[ \t\n]+[a-z][a-z0-9-]*(?:="[^"]*")?)*)[ \t\n]*)>')
ATTRIBUTE = re.compile(r'([a-z][a-z0-9-]*)(?:="([^"]*)")?')
# Characters that a page may not hold or that are read as others; references other than those that templates write.
ODD = re.compile(
    r"[^\t\n -~\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0001fffd]|&(?!(?:amp|lt|gt|quot|nbsp|shy|#3[49]);)"
)

VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "source", "wbr"])
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
HEAD = frozenset(["link", "meta", "script", "title"])
# A paragraph ends where one of these begins.
_BLOCKS = """address article aside blockquote dd details dialog div dl dt fieldset figcaption figure footer form header
    hr li main nav ol p section summary table ul"""
BLOCKS = HEADINGS | frozenset(_BLOCKS.split())
_INLINE = """a abbr b br button code datalist em i img input kbd label legend link mark meta meter optgroup option
    output progress script select small source span strong sub sup textarea time title wbr"""
INLINE = frozenset(_INLINE.split())
ANYWHERE = BLOCKS | INLINE
# Those that lie in certain others only, and those that hold certain others only.
PARENTS = {
    "li": frozenset(("ul", "ol")),
    "option": frozenset(("select", "optgroup", "datalist")),
    "optgroup": frozenset(("select",)),
}
HOLD = {
    "html": frozenset(("head", "body")),
    "head": HEAD,
    "table": frozenset(["caption", "thead", "tbody", "tfoot"]),
    **dict.fromkeys(("thead", "tbody", "tfoot"), frozenset(("tr",))),
    "tr": frozenset(("th", "td")),
    "select": frozenset(("option", "optgroup")),
    "optgroup": frozenset(("option",)),
    **dict.fromkeys(("option", "script", "textarea", "title"), frozenset()),
}
WITHOUT_TEXT = HOLD.keys() - {"option", "script", "textarea", "title"}
NOT_IN_ITSELF = frozenset(["a", "button", "form", "option", "p", "select"])


def read_plain(html: str) -> Element | None:
    """The tree of the page, as `html5lib` gives it; None if it is not plain."""
    html = html.replace("\r\n", "\n")
    begun = DOCTYPE.match(html)
    if begun is None or ODD.search(html):
        return None
    read = PIECE.scanner(html, begun.end()).match
    found = read()
    if found is None or found[1] or found[3] != "html" or (root := begin(None, "html", found[4])) is None:
        return None
    end = _fill(root, read)
    return root if end is not None and not html[end:].strip(SPACE) and _has_head_and_body(root, html[end:]) else None


def _has_head_and_body(root: Element, rest: str) -> bool:
    """Also moves the space after the body into it, as browsers do, and drops the space before the head."""
    if [child.tag for child in root] != ["head", "body"]:
        return False
    body, after = root[1], (root[1].tail or "") + rest
    root.text, body.tail = None, None
    add_text(body, after)
    return True


def _fill(root: Element, read: Callable[[], re.Match[str] | None]) -> int | None:
    """Read up to the end of `root`; where in the page that was. None if something is not plain."""
    here, around = root, [root.tag]
    parents: list[Element] = []
    while found := read():
        text, ended, name, attributes = found.groups()
        if text and not add_text(here, text):
            return None
        if ended:
            if ended != here.tag:
                return None
            around.pop()
            if not parents:
                return found.end()
            here = parents.pop()
            continue
        if not fits(name, here.tag, around) or (made := begin(here, name, attributes)) is None:
            return None
        if name not in VOID:
            parents.append(here)
            here = made
            around.append(name)
    return None


def fits(name: str, parent: str, around: list[str]) -> bool:
    """Whether an element may begin there without ending or moving another one."""
    if parent in HOLD:
        if name not in HOLD[parent]:
            return False
    elif name not in ANYWHERE:
        return False
    if name in PARENTS and parent not in PARENTS[name]:
        return False
    if name in ("dt", "dd") and "dl" not in (around[-2:] if parent == "div" else around[-1:]):
        return False
    if name in HEADINGS and parent in HEADINGS:
        return False
    if name in NOT_IN_ITSELF and name in around:
        return False
    return name not in BLOCKS or "p" not in around


def begin(parent: Element | None, name: str, attributes: str) -> Element | None:
    """None if an attribute comes twice."""
    pairs = ATTRIBUTE.findall(attributes) if attributes else []
    values = {key: unescape(value) if "&" in value else value for key, value in pairs}
    if len(values) < len(pairs):
        return None
    return Element(name, values) if parent is None else SubElement(parent, name, values)


def add_text(element: Element, text: str) -> bool:
    """At its end. False if no text belongs there."""
    if element.tag in WITHOUT_TEXT and text.strip(SPACE):
        return False
    if element.tag == "script" and "&" in text:
        return False
    if element.tag == "textarea":
        text = text.removeprefix("\n")
    said = unescape(text) if "&" in text else text
    if len(element):
        element[-1].tail = (element[-1].tail or "") + said or None
    else:
        element.text = (element.text or "") + said or None
    return True
