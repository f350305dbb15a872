"""What is new in a neighbourhood as an Atom feed (RFC 4287): the same news give the same bytes in every process.

Ids are tag URIs (RFC 4151) and stay the same when addresses change; the same news in another language is another entry.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask_babel import gettext as _
from lxml import etree

from wohnberatung.bridge.neighbourhood_places import CityPlace
from wohnberatung.core.languages import GERMAN, current_language
from wohnberatung.core.place_news import ToldNews, news_in, news_page
from wohnberatung.core.settings import in_language, public_link, setting
from wohnberatung.core.texts import clean

ATOM = "http://www.w3.org/2005/Atom"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
# The year from which on our ids mean what they mean, and what a feed without entries says of its last change.
IDS_SINCE = 2026
EMPTY_SINCE = datetime(IDS_SINCE, 1, 1, tzinfo=UTC)
CITY = "stadt"


def newest(news: Iterable[ToldNews]) -> datetime:
    """When any of it changed last."""
    return max((told.item.changed_at for told in news), default=EMPTY_SINCE)


def atom_of(place: CityPlace | None) -> tuple[bytes, datetime]:
    """The feed of this neighbourhood, or of the whole city, in the language that is spoken; and its last change."""
    news = news_in(place.code if place else None)
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    feed.set(XML_LANGUAGE, current_language().tag)
    _add(feed, "id", _id("stadtteile", place.slug if place else CITY))
    _add(feed, "title", title_of(place))
    _add(feed, "updated", _moment(newest(news)))
    _link(feed, "self", "application/atom+xml", address_of("places.show_news", place))
    _link(feed, "alternate", "text/html", _page_of(place))
    author = etree.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", setting("OFFICE_NAME"))
    for told in news:
        _entry(feed, told)
    return etree.tostring(feed, encoding="utf-8", xml_declaration=True, pretty_print=True), newest(news)


def title_of(place: CityPlace | None) -> str:
    """What a reader's program calls the feed."""
    return _("Neues aus %(place)s", place=place.name) if place else _("Neues aus der ganzen Stadt")


def address_of(endpoint: str, place: CityPlace | None) -> str:
    """The whole address of a feed: the same view for a neighbourhood, and with `_of_city` for all of them."""
    language = in_language(current_language())
    if place is None:
        return public_link(f"{endpoint}_of_city", **language)
    return public_link(endpoint, slug=place.slug, **language)


def host() -> str:
    """The host that our ids end in."""
    return urlsplit(setting("PUBLIC_URL")).hostname or "localhost"


def _page_of(place: CityPlace | None) -> str:
    return news_page("places.show_place", slug=place.slug) if place else news_page("places.list_places")


def _entry(feed: etree._Element, told: ToldNews) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", _id(told.kind.key, told.item.id))
    _add(entry, "title", told.title)
    _add(entry, "updated", _moment(told.item.changed_at))
    _link(entry, "alternate", "text/html", told.item.page)
    etree.SubElement(entry, f"{{{ATOM}}}category", term=told.kind.key, label=str(told.kind.title))
    _add(entry, "summary", told.summary)


def _id(*parts: str) -> str:
    language = current_language()
    spoken = () if language is GERMAN else (language.code,)
    return f"tag:{host()},{IDS_SINCE}:{'/'.join((*parts, *spoken))}"


def _add(parent: etree._Element, name: str, text: str) -> None:
    """`clean` leaves out what XML forbids."""
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = clean(text)


def _link(parent: etree._Element, relation: str, kind: str, address: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", rel=relation, type=kind, href=address)


def _moment(moment: datetime) -> str:
    """RFC 3339, in UTC, as Atom wants it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
