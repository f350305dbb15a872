"""Who gets news of neighbourhoods by mail in the invented office, and what they were told of so far."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from seed_data.files import read_toml
from wohnberatung.core import clock
from wohnberatung.subscriptions.models import NewsSubscription
from wohnberatung.subscriptions.services.subscribing import Wishes, ask_for_news, confirm
from wohnberatung.subscriptions.services.telling import tell_news

Record = Mapping[str, Any]
Store = scoped_session[Session] | Session


def subscribe(session: Store) -> bool:
    """Store everything once; False where it is there already. Flushes and never commits."""
    if session.scalar(select(NewsSubscription.id).limit(1)) is not None:
        return False
    for record in read_toml("accounts.toml")["subscription"]:
        _subscribe(record)
    tell_news()
    return True


def _subscribe(record: Record) -> None:
    wishes = Wishes(
        citywide=not record["places"],
        places=record["places"],
        kinds=record["kinds"],
        often=record["often"],
        language=record["language"],
    )
    with clock.put_back(timedelta(days=record["days_ago"])):
        confirm(ask_for_news(record["email"], wishes))
