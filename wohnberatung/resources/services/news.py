"""What a neighbourhood gives and seeks, as feeds and mails tell of it: the title and the kind, never who."""

from wohnberatung.bridge.neighbour_resources import kind_label
from wohnberatung.core.place_news import NewsItem, news_page
from wohnberatung.resources.services.finding import in_place
from wohnberatung.resources.services.offers import Offered, all_needs, all_offers


def new_resources(code: str | None) -> list[NewsItem]:
    """What is public in this neighbourhood, or in the whole city, each under the page it has. A room that belongs to
    an entry of the directory is told there."""
    found = [*all_offers(), *all_needs()]
    return [_item(each) for each in (found if code is None else in_place(code, found)) if each.resource]


def _item(each: Offered) -> NewsItem:
    assert each.resource is not None
    return NewsItem(
        id=each.resource.id,
        title=f"{kind_label(each.kind)}: {each.title}",
        page=news_page("resources.show_resource", resource_id=each.resource.id),
        changed_at=each.resource.confirmed_at,
        text=each.text,
    )
