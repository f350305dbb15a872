"""What is new in a neighbourhood (Stadtteil) or in the whole city, and which dates are to come. Each area says in its
``AREA`` what it knows of that; feeds, calendars and mails to subscribers tell all of it in the language of the reader.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from wohnberatung.core import clock
from wohnberatung.core.languages import Words, current_language
from wohnberatung.core.manifests import Declared, areas
from wohnberatung.core.settings import in_language, public_link

# What is older is no news, and a date that is over stays in calendars for a while.
NEW_FOR, DATES_KEPT = timedelta(days=90), timedelta(days=30)
MOST_TOLD = 100


@dataclass(frozen=True)
class NewsItem:
    """One thing that everybody may read of. It names nobody.

    `id` stays the same for good and is unique within its kind; `page` is the whole address under which it stands
    (`news_page`), `text` a few plain sentences. A date has `starts_at` and `ends_at` (UTC) and may be `called_off`;
    `changes` counts its changes for calendars. Who was told of an item is told again where its `revision` is another.
    """

    id: str
    title: str
    page: str
    changed_at: datetime
    text: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    where: str = ""
    called_off: bool = False
    changes: int = 0
    revision: str = ""


@dataclass(frozen=True)
class PlaceNews(Declared):
    """One kind of news as an area declares it. `find` takes the code of a neighbourhood, or None for the whole city,
    and gives what is public at present; what is too old is left out by whoever reads it."""

    key: str
    title: Words
    find: Callable[[str | None], Iterable[NewsItem]]


@dataclass(frozen=True)
class ToldNews:
    """An item with its kind."""

    kind: PlaceNews
    item: NewsItem

    @property
    def title(self) -> str:
        """As programs show it: common ones pass over the status of a date."""
        return _("Abgesagt: %(what)s", what=self.item.title) if self.item.called_off else self.item.title

    @property
    def when(self) -> str:
        """Begin of a date by Dresden's clocks; empty where it is none."""
        if self.item.starts_at is None:
            return ""
        begin = clock.to_berlin(self.item.starts_at)
        return _("%(day)s, %(time)s Uhr", day=f"{begin:{current_language().day_format}}", time=f"{begin:%H:%M}")

    @property
    def summary(self) -> str:
        """When and where, and what else is to be said, as one paragraph."""
        parts = (self.when, self.item.where, self.item.text)
        return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())

    @property
    def told_as(self) -> str:
        """What stands for it where somebody was told: another one where they are to be told again."""
        return f"{self.kind.key}/{self.item.id}/{self.item.revision}"

    @property
    def is_over(self) -> bool:
        return self.item.ends_at is not None and self.item.ends_at <= clock.now()


def kinds_of_news() -> list[PlaceNews]:
    """All kinds, in the order of the areas."""
    return [kind for area in areas() for kind in area.place_news]


def news_in(code: str | None, kinds: Collection[str] = ()) -> list[ToldNews]:
    """What is new in this neighbourhood (None: in the whole city), the newest first; of these kinds where any are
    named."""
    since = clock.now() - NEW_FOR
    found = [told for told in _found(code, kinds) if told.item.changed_at > since and not told.is_over]
    return sorted(found, key=lambda told: (told.item.changed_at, told.told_as), reverse=True)[:MOST_TOLD]


def dates_in(code: str | None, kinds: Collection[str] = ()) -> list[ToldNews]:
    """The dates there for a calendar, the earliest first: also those that are called off, and for a while those that
    are over."""
    since = clock.now() - DATES_KEPT
    dated = [told for told in _found(code, kinds) if told.item.ends_at is not None and told.item.ends_at > since]
    return sorted(dated, key=lambda told: (told.item.starts_at or since, told.told_as))


def news_page(endpoint: str, **values: object) -> str:
    """The whole address of a page of ours that opens in the language that is being spoken."""
    return public_link(endpoint, **values, **in_language(current_language()))


def _found(code: str | None, kinds: Collection[str]) -> Iterable[ToldNews]:
    asked = [kind for kind in kinds_of_news() if not kinds or kind.key in kinds]
    return (ToldNews(kind, item) for kind in asked for item in kind.find(code))
