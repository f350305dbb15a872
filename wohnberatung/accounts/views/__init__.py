"""Pages of accounts: ways in, one's own account, organisations and their members, administration."""

from wohnberatung.accounts.views import (
    account,
    administration,
    links,
    members,
    organisations,
    people,
    registration,
    second_factor,
    signing_in,
)
from wohnberatung.accounts.views.blueprint import blueprint

__all__ = [
    "account",
    "administration",
    "blueprint",
    "links",
    "members",
    "organisations",
    "people",
    "registration",
    "second_factor",
    "signing_in",
]
