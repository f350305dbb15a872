"""Browsers in which somebody has signed in before: what strangers try elsewhere is not counted against them.

A cookie says so, signed and bound to the account; it opens nothing. Without it, failed attempts of strangers could keep
the owner of an account out, and use up the mails that lead back in (OWASP, Authentication Cheat Sheet: device cookies).
"""

from hmac import compare_digest

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug import Response

from wohnberatung.core.abuse import hashed_subject
from wohnberatung.core.ids import new_token
from wohnberatung.web.cookies import Cookie
from wohnberatung.web.limits import client_address, refuse, require, within, within_period

DEVICE = Cookie("device", 180 * 86_400)


def caller_of(email: str) -> str:
    """Who tries to get into this account, for counting: the device where it is known, else the connection."""
    return _device_of(email) or client_address()


def require_way_in(email: str) -> None:
    """Count an attempt; TooMany where a known device, or else all others together, tried too often."""
    device = _device_of(email)
    require("login", *([device] if device else [f"user {email}", client_address()]))


def require_mail(kind: str, email: str) -> None:
    """Count a mail that somebody asks for; TooMany where this caller, or all who are not known together, had too many
    sent to the address.

    One an hour is sent all the same: it lets the owner in, whoever asked for it.
    """
    caller, mailbox = caller_of(email), f"{kind} {email}"
    require("mail", f"{mailbox} {caller}")
    require("login", caller)
    if not (_device_of(email) or within("mailbox", mailbox) or within_period("mailbox_reserve", mailbox)):
        refuse("mailbox_reserve")


def remember_device(response: Response, email: str) -> Response:
    """After signing in: this browser is known from now on."""
    device = (_device_of(email) or "").removeprefix(_MARK) or new_token()
    DEVICE.give(response, _signer().dumps([device, _account(email)]))
    return response


_MARK = "device "


def _device_of(email: str) -> str | None:
    try:
        device, account = _signer().loads(DEVICE.value, max_age=DEVICE.kept_seconds)
    except (BadData, TypeError, ValueError):
        return None
    return f"{_MARK}{device}" if compare_digest(str(account), _account(email)) else None


def _account(email: str) -> str:
    """Tells nobody whose it is who finds the cookie."""
    return hashed_subject("known device", email)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known device")
