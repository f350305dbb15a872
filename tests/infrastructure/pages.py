"""What every HTML page must be, whichever test fetched it. Each fault is one sentence."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

from tests.infrastructure.plain_html import read_plain

TEXT_FREE_INPUTS = frozenset({"hidden", "submit", "button", "reset", "image"})
REFERENCES = {"for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage"}
LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "link": "href"}
MASK, DOTS = "•", frozenset("·\u00ad")
HEARD = ("aria-label", "alt", "title", "placeholder")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page:
    """A parsed page and its text form, for looking around in tests as well."""

    def __init__(self, html: str) -> None:
        self.root, self.syntax_errors = parsed(html)
        self.parents = {child: parent for parent in self.root.iter() for child in parent}
        self.ids = [element.attrib["id"] for element in self.root.iter() if "id" in element.attrib]
        self.labels = {label.attrib.get("for", ""): words(label) for label in self.root.iter("label")}

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements of these kinds in the order of the page; all elements without a kind."""
        return (element for element in self.root.iter() if not tags or element.tag in tags)

    def around(self, element: Element, tag: str) -> Iterator[Element]:
        """The elements of this kind that it lies in, from the inside out."""
        parent = self.parents.get(element)
        if parent is not None:
            yield from (parent,) if parent.tag == tag else ()
            yield from self.around(parent, tag)

    def lies_in(self, element: Element, tag: str) -> bool:
        return any(True for _each in self.around(element, tag))


@lru_cache(maxsize=8)
def parsed(html: str) -> tuple[Element, list[str]]:
    """The tree of a page and its errors of syntax; read once, though the page is looked at when it comes and again
    when a test fills in its form. A page without muddle needs no reader that knows what becomes of muddle."""
    if (plain := read_plain(html)) is not None:
        return plain, []
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    return root, [f"line {line}: {code} {details}" for (line, _), code, details in parser.errors]


def words(element: Element | None) -> str:
    """The text in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


# Tokens and ids, which are others each time a page is drawn and which no rule looks at.
FRESH = re.compile(r'(?<=value=")[\w.-]{60,}(?=")|[a-z2-7]{26}')
_good: set[int] = set()


def faults(html: str) -> list[str]:
    """Everything wrong with a whole page. One that was drawn before but for its tokens and ids is as good as it was."""
    drawn = hash(FRESH.sub(kept_apart({}), html))
    if drawn in _good:
        return []
    page = Page(html)
    found = [fault for rule in RULES for fault in rule(page)]
    if not found:
        _good.add(drawn)
    return found


def kept_apart(numbers: dict[str, str]) -> Callable[[re.Match[str]], str]:
    """Replaces what is fresh by its number on the page: ids that are alike stay alike, others stay others."""
    return lambda match: numbers.setdefault(match[0], f"#{len(numbers)}")


def syntax_is_valid(page: Page) -> Iterator[str]:
    yield from page.syntax_errors


def frame_is_complete(page: Page) -> Iterator[str]:
    if not page.root.attrib.get("lang"):
        yield "the page does not tell its language"
    for tag in ("title", "h1", "main"):
        found = [words(element) for element in page.all(tag)]
        if len(found) != 1 or not found[0]:
            yield f"the page has {len(found)} elements {tag}, it needs one with text: {found}"


def headings_descend_in_steps(page: Page) -> Iterator[str]:
    before = 0
    for heading in page.all(*HEADINGS):
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"heading level {level} follows level {before}: {words(heading)!r}"
        before = level


def ids_are_unique_and_found(page: Page) -> Iterator[str]:
    yield from (f"id {name!r} occurs {times} times" for name, times in Counter(page.ids).items() if times > 1)
    known = set(page.ids)
    for element in page.all():
        for attribute in element.attrib.keys() & REFERENCES:
            for name in element.attrib[attribute].split():
                if name not in known:
                    yield f"{element.tag} {attribute}={name!r} leads nowhere"
        target = element.attrib.get("href", "") if element.tag == "a" else ""
        if target.startswith("#") and target[1:] not in known:
            yield f"link {target!r} leads nowhere"


def fields_have_labels(page: Page) -> Iterator[str]:
    for field in filter(is_named_by_label, page.all()):
        named = field.attrib.get("aria-label") or field.attrib.get("aria-labelledby")
        if not named and not page.labels.get(field.attrib.get("id", "-")) and not page.lies_in(field, "label"):
            yield f"field {field.attrib.get('name')!r} has no label"


def fields_are_told_apart(page: Page) -> Iterator[str]:
    """Within a form, by what a listener hears: the label after the legends of the groups around it."""
    for form in page.all("form"):
        heard = Counter(spoken_name(page, field) for field in form.iter() if is_named_by_label(field))
        # Words that a test has masked are alike for another reason (tests/languages/masking.py).
        alike = {name: times for name, times in heard.items() if times > 1 and MASK not in name}
        yield from (f"{times} fields are called {name!r}" for name, times in alike.items())


def is_named_by_label(field: Element) -> bool:
    kind = field.attrib.get("type", "text")
    return field.tag in ("select", "textarea") or (field.tag == "input" and kind not in TEXT_FREE_INPUTS)


def spoken_name(page: Page, field: Element) -> str:
    groups = [words(group[0]) for group in page.around(field, "fieldset") if len(group)]
    label = page.labels.get(field.attrib.get("id", "-"), "")
    own = field.attrib.get("aria-label") or label or field.attrib.get("name", "")
    return ": ".join([*reversed(groups), own])


def hints_are_tied_to_what_they_are_about(page: Page) -> Iterator[str]:
    """A hint that no field names is passed over by whoever goes from field to field."""
    named = {name for element in page.all() for name in element.attrib.get("aria-describedby", "").split()}
    for hint in page.all("div"):
        if "kern-hint" in hint.attrib.get("class", "").split() and hint.attrib.get("id") not in named:
            yield f"no field names the hint {words(hint)!r}"


def nothing_is_joined_by_dots(page: Page) -> Iterator[str]:
    """A voice passes over a middle dot: "Lift: yes · Step-free: no" is heard as "yes step-free, no …". Inside a word it
    is read by fingers as a sign, and so is a soft hyphen."""
    for element in page.all():
        texts = (element.text, element.tail, *(element.attrib.get(name) for name in HEARD))
        yield from (
            f"words are joined by a dot: {text.strip()!r}" for text in texts if text and set("·\u00ad") & set(text)
        )


def controls_have_names(page: Page) -> Iterator[str]:
    for control in page.all("a", "button", "summary"):
        pictures = [image.attrib.get("alt", "") for image in control.iter("img")]
        if not (words(control) or control.attrib.get("aria-label") or any(pictures)):
            yield f"a {control.tag} has no name: {control.attrib}"
    for image in page.all("img"):
        if "alt" not in image.attrib:
            yield f"image {image.attrib.get('src')!r} has no alt"


def groups_have_legends(page: Page) -> Iterator[str]:
    for group in page.all("fieldset"):
        if not words(next(iter(group), None)) or group[0].tag != "legend":
            yield f"a fieldset does not begin with its legend: {group.attrib}"


def nothing_is_inline(page: Page) -> Iterator[str]:
    for element in page.all():
        handlers = [name for name in element.attrib if name == "style" or name.startswith("on")]
        if handlers:
            yield f"{element.tag} carries {', '.join(handlers)}"
        if element.tag == "style" or (element.tag == "script" and "src" not in element.attrib and not is_data(element)):
            yield f"an inline {element.tag}"
        if element.attrib.get("href", "").lower().startswith("javascript:"):
            yield "a javascript: link"


def is_data(script: Element) -> bool:
    """A block for search engines, which no browser runs. Broken JSON raises and fails the test."""
    return script.attrib.get("type") == "application/ld+json" and isinstance(json.loads(words(script)), dict)


def everything_is_loaded_from_here(page: Page) -> Iterator[str]:
    for element in page.all(*LOADED):
        address = element.attrib.get(LOADED[element.tag], "")
        if re.match(r"(?:[a-z][a-z0-9+.-]*:)?//", address, re.IGNORECASE):
            yield f"{element.tag} is loaded from {address!r}"


def writing_forms_are_protected(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        names = {field.attrib.get("name") for field in form.iter("input")}
        if form.attrib.get("method", "").lower() != "post":
            continue
        if "csrf_token" not in names:
            yield f"the form {form.attrib} has no CSRF token"
        if "idempotency_key" not in names:
            yield f"the form {form.attrib} has no idempotency_key: sent twice it would count twice"


def form_of(page: Page, button: Element) -> str:
    """The id of the form that a button belongs to: the one it names, or the one it stands in; empty without either."""
    around: Element | None = button
    while around is not None and around.tag != "form":
        around = page.parents.get(around)
    return button.attrib.get("form", "") or ("" if around is None else around.attrib.get("id", ""))


def enter_sends_a_form(page: Page) -> Iterator[str]:
    """Enter in a field presses the first button on the page that belongs to its form, also one that stands outside."""
    first: dict[str, Element] = {}
    for button in page.all("button"):
        first.setdefault(form_of(page, button), button)
    for owner, button in first.items():
        if owner and "formaction" in button.attrib:
            yield f"Enter in the form {owner!r} presses {words(button)!r} and leads elsewhere"


def errors_are_summed_up(page: Page) -> Iterator[str]:
    """The list with the heading ``fehler`` comes with every refused field."""
    invalid = [element.attrib.get("id") for element in page.all() if element.attrib.get("aria-invalid") == "true"]
    if invalid and "fehler" not in page.ids:
        yield f"{invalid} are marked as wrong, but there is no summary of errors"


def nothing_is_unfinished(page: Page) -> Iterator[str]:
    text = words(page.root)
    yield from (f"the page shows {rest!r}" for rest in ("{{", "{%", "%(", "&amp;", "&lt;") if rest in text)


RULES: tuple[Callable[[Page], Iterator[str]], ...] = (
    syntax_is_valid,
    frame_is_complete,
    headings_descend_in_steps,
    ids_are_unique_and_found,
    fields_have_labels,
    controls_have_names,
    groups_have_legends,
    fields_are_told_apart,
    hints_are_tied_to_what_they_are_about,
    nothing_is_joined_by_dots,
    nothing_is_inline,
    everything_is_loaded_from_here,
    writing_forms_are_protected,
    enter_sends_a_form,
    errors_are_summed_up,
    nothing_is_unfinished,
)
