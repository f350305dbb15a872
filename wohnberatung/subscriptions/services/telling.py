"""Telling subscribers what is new: each of them of each thing once, all that is new in one mail.

What somebody was told is stored in the transaction that puts their mail into the outbox. So a worker that dies, or two
that run at once, tell nothing twice; and what became public late, whatever moment it carries, is told the next time.
"""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask_babel import force_locale
from sqlalchemy import ColumnElement, and_, exists, or_, select

from wohnberatung.bridge.place_fields import place_names
from wohnberatung.core import clock
from wohnberatung.core.languages import language_of
from wohnberatung.core.place_news import ToldNews, news_in
from wohnberatung.core.settings import in_language, public_link
from wohnberatung.core.transactions import add_rows, each_in_its_own_transaction
from wohnberatung.extensions import db
from wohnberatung.mail.models import MailState, OutgoingMail
from wohnberatung.mail.services.outbox import queue_mail
from wohnberatung.mail.services.returned import refused_for_good
from wohnberatung.subscriptions.models import NewsSubscription, Often, SubscriptionState, ToldNewsItem
from wohnberatung.subscriptions.services.subscribing import erase_subscription

# Who wants to know at once gets no more than one mail in so long.
QUIET = timedelta(hours=1)
MONDAY_AT = timedelta(hours=7)
MOST_IN_MAIL = 40

News = Callable[[str | None, str], list[ToldNews]]


def tell_news() -> int:
    """A mail to each subscriber whose time has come and for whom there is something new; returns how many. Raises
    LeftUndone for those where it failed."""
    due = select(NewsSubscription.id).where(NewsSubscription.state == SubscriptionState.CONFIRMED, _is_due())
    ids, news = db.session.scalars(due.order_by(NewsSubscription.id)).all(), _read_once()

    def tell(subscription_id: str) -> bool:
        return _tell(subscription_id, news)

    return sum(each_in_its_own_transaction(ids, tell))


def end_undeliverable() -> int:
    """An address at which mail does not arrive for good is erased; returns how many. Raises LeftUndone for those where
    it failed."""
    failed = (OutgoingMail.person_key_id == NewsSubscription.person_key_id) & (OutgoingMail.state == MailState.FAILED)
    gone = select(NewsSubscription.id).where(exists().where(failed, refused_for_good()))
    return sum(each_in_its_own_transaction(db.session.scalars(gone).all(), _end))


def week_begins(day: date) -> datetime:
    """Monday morning of this day's week, as a moment."""
    return clock.start_of_day(day - timedelta(days=day.weekday())) + MONDAY_AT


def _is_due() -> ColumnElement[bool]:
    now, week = clock.now(), week_begins(clock.today())
    at_once = and_(NewsSubscription.often == Often.AT_ONCE, NewsSubscription.told_at <= now - QUIET)
    if now < week:
        return at_once
    return or_(at_once, and_(NewsSubscription.often == Often.WEEKLY, NewsSubscription.told_at < week))


def _tell(subscription_id: str, news: News) -> bool:
    locked = select(NewsSubscription).where(NewsSubscription.id == subscription_id, _is_due())
    row = db.session.scalar(locked.with_for_update(of=NewsSubscription))
    if row is None:
        return False
    found = _new_for(row, news)
    if found or row.often == Often.WEEKLY:
        row.told_at = clock.now()
    if found:
        _write(row, found[:MOST_IN_MAIL], len(found) - len(found[:MOST_IN_MAIL]))
        told = [{"subscription_id": row.id, "item": _stands_for(each), "told_at": row.told_at} for each in found]
        add_rows(ToldNewsItem, told)
    db.session.flush()
    return bool(found)


def _new_for(row: NewsSubscription, news: News) -> list[ToldNews]:
    """What became new since they confirmed, of the kinds they want, and they were not told yet: the newest first."""
    places: list[str | None] = [None] if row.citywide else [*row.places]
    every = {each.told_as: each for code in places for each in news(code, row.language)}
    told = set(db.session.scalars(select(ToldNewsItem.item).where(ToldNewsItem.subscription_id == row.id)))
    wanted = [
        each
        for each in every.values()
        if (not row.kinds or each.kind.key in row.kinds)
        and (row.confirmed_at is None or each.item.changed_at > row.confirmed_at)
        and _stands_for(each) not in told
    ]
    return sorted(wanted, key=lambda each: (each.item.changed_at, each.told_as), reverse=True)


def _write(row: NewsSubscription, found: list[ToldNews], more: int) -> None:
    token, spoken = row.plain_content["token"], in_language(language_of(row.language))
    kinds = {each.kind.key: each.kind for each in found}
    queue_mail(
        "news",
        to=row.plain_content["email"],
        language=row.language,
        person_key=row.person_key,
        in_dialogue=True,
        leave_link=public_link("subscriptions.leave", token=token, **spoken),
        places=place_names(row.places),
        groups=[(kind.title, [each for each in found if each.kind is kind]) for kind in kinds.values()],
        more=more,
        token=token,
    )


def _read_once() -> News:
    """What is new in a place, read once for all who want to know of it in one language."""
    known: dict[tuple[str | None, str], list[ToldNews]] = {}

    def news(code: str | None, language: str) -> list[ToldNews]:
        if (code, language) not in known:
            with force_locale(language_of(language).locale):
                known[code, language] = news_in(code)
        return known[code, language]

    return news


def _stands_for(each: ToldNews) -> str:
    return hashlib.sha256(each.told_as.encode()).hexdigest()


def _end(subscription_id: str) -> int:
    erase_subscription(db.session.get_one(NewsSubscription, subscription_id))
    return 1
