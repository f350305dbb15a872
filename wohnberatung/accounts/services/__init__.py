"""Use cases of accounts. They flush and never commit."""

from wohnberatung.accounts.services.organisations import (
    add_member,
    confirm_organisation,
    contact_of_organisation,
    create_organisation,
    edit_organisation,
    load_organisation,
)
from wohnberatung.accounts.services.people import (
    authenticate,
    change_password,
    create_user,
    disable_user,
    end_sessions,
    find_user,
    load_actor,
    normal_email,
    record_sign_in,
)

__all__ = [
    "add_member",
    "authenticate",
    "change_password",
    "confirm_organisation",
    "contact_of_organisation",
    "create_organisation",
    "create_user",
    "disable_user",
    "edit_organisation",
    "end_sessions",
    "find_user",
    "load_actor",
    "load_organisation",
    "normal_email",
    "record_sign_in",
]
