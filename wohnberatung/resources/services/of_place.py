"""What the page of a neighbourhood says of its resources: rooms, offers, needs, and what is missing; and
what feeds and mails tell of them: the title and the kind, never who."""

from dataclasses import dataclass

from wohnberatung.bridge.neighbour_resources import kind_label, kinds_missed, kinds_of_group
from wohnberatung.core.place_news import NewsItem, news_page
from wohnberatung.resources.services.finding import in_place
from wohnberatung.resources.services.offers import ROOM, Offered, all_needs, all_offers

SHOWN = 4


@dataclass(frozen=True)
class PlaceResources:
    """The first rooms, offers and needs, how many there are of each, and kinds that nobody offers. How much is sought
    stands in the figures for planning alone, which are protected."""

    rooms: list[Offered]
    offers: list[Offered]
    needs: list[Offered]
    counts: dict[str, int]
    missing: list[str]


def resources_in(code: str) -> PlaceResources | None:
    """Of the neighbourhood with this code; None where there is nothing at all."""
    offers, needs = in_place(code, all_offers()), in_place(code, all_needs())
    if not offers and not needs:
        return None
    room_kinds = kinds_of_group(ROOM)
    rooms = [row for row in offers if row.kind in room_kinds]
    help_offers = [row for row in offers if row.kind not in room_kinds]
    there = {row.kind for row in offers}
    return PlaceResources(
        rooms=rooms[:SHOWN],
        offers=help_offers[:SHOWN],
        needs=needs[:SHOWN],
        counts={"rooms": len(rooms), "offers": len(help_offers), "needs": len(needs)},
        missing=[kind_label(kind.key) for kind in kinds_missed() if kind.key not in there],
    )


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
