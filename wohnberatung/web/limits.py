"""Rate limits, counted in the database so that all workers count together.

A limit is a sliding estimate over two fixed periods: the hits of this one, plus those of the one before
weighted by how much of it still lies within reach. Subjects are stored as keyed hashes only.
"""

import ipaddress
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial, wraps
from typing import Any, NoReturn

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.abuse import LIMITS, Limit, count_hit, hashed_subject
from wohnberatung.core.errors import TooMany
from wohnberatung.core.models import RateCounter
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.web.requests import SAFE_METHODS
from wohnberatung.web.visitors import current_actor

# Routes that only look like writing: they store nothing and have a limit of their own.
UNCOUNTED = {"seekers.count_so_far"}
# Bytes a route may receive where one megabyte is too little.
UPLOADS: dict[str, int] = {
    "pictures.add_pictures": 40 * 1024 * 1024,
    "messages.write_to_match": 21 * 1024 * 1024,
    "messages.write_by_link": 21 * 1024 * 1024,
    **dict.fromkeys(
        ("brokerage.add_paper", "brokerage.bring_my_paper", "brokerage.bring_provider_paper"), 16 * 1024 * 1024
    ),
    "projects.add_file": 6 * 1024 * 1024,
    "directory.send_list": 17 * 1024 * 1024,
    "resources.send_table": 17 * 1024 * 1024,
    "intake.send_file": 130 * 1024 * 1024,
    "intake.receive_import": 130 * 1024 * 1024,
}
TOO_MANY = _l(
    "Von Ihrem Anschluss kamen in kurzer Zeit sehr viele Anfragen. "
    "Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal."
)


def within(rule: str, subject: str) -> bool:
    """Count one hit of ``subject`` and say whether it is still within the limit.

    Counts in a transaction of its own: call it before the view starts to write, never inside ``@commits``.
    """
    limit = _limit(rule)
    now_hits, before, passed = _counted(rule, subject, limit)
    return now_hits + before * (1 - passed / limit.seconds) <= limit.hits


def within_period(rule: str, subject: str) -> bool:
    """As `within`, for what strangers must not be able to use up ahead: each period begins anew, however often somebody
    asked in the one before."""
    limit = _limit(rule)
    now_hits, _before, _passed = _counted(rule, subject, limit)
    return now_hits <= limit.hits


def _counted(rule: str, subject: str, limit: Limit) -> tuple[int, int, int]:
    """One hit more: those of this period and of the one before, and how many seconds of this one have passed."""
    period, passed = divmod(int(clock.now().timestamp()), limit.seconds)
    hashed = hashed_subject(rule, subject)
    counted_until = datetime.fromtimestamp((period + 2) * limit.seconds, UTC)
    with transaction():
        now_hits = count_hit(rule, hashed, period, counted_until)
        before = db.session.scalar(select(RateCounter.hits).filter_by(rule=rule, subject=hashed, period=period - 1))
    return now_hits, before or 0, passed


def require(rule: str, *subjects: str) -> None:
    """Count a hit for every subject; TooMany (429) if one of them is over its limit."""
    # A list, not a generator: every subject's hit counts, also after the first refusal.
    if not all(list(map(partial(within, rule), subjects))):
        refuse(rule)


def refuse(rule: str) -> NoReturn:
    """TooMany (429), until the limit is another one."""
    raise TooMany(str(TOO_MANY), _limit(rule).seconds)


def limited(rule: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """View decorator, outermost: writing requests beyond the limit of the client's address answer 429."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def counting(*args: Any, **kwargs: Any) -> Any:
            if request.method not in SAFE_METHODS:
                require(rule, client_address())
            return view(*args, **kwargs)

        return counting

    return decorate


def limit_body() -> None:
    """Before anything reads the form: routes that take files may take more than the usual megabyte."""
    if request.endpoint in UPLOADS:
        request.max_content_length = UPLOADS[request.endpoint]


def limit_anonymous_writes() -> None:
    """Before each request: strangers may write sixty times a minute, whatever the page."""
    writes = request.method not in SAFE_METHODS and request.endpoint not in UNCOUNTED
    if writes and not current_actor().is_signed_in:
        require("anonymous_write", client_address())


def client_address() -> str:
    """The client's address; of IPv6 the /64 network, as one household owns all of it."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _limit(rule: str) -> Limit:
    return Limit(*current_app.config.get("LIMITS", {}).get(rule, LIMITS[rule]))
