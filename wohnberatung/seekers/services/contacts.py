"""A stored contact in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

REACH = {
    "phone": _l("am Telefon"),
    "email": _l("mit einer E-Mail"),
    "post": _l("mit einem Brief"),
    "none": _l("gar nicht, die Person sieht selbst nach"),
}


def contact_words(contact: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, words) of what is known; `contact` as the request form stores it."""
    lines = [
        (_("Name"), contact.get("name") or _("nicht genannt")),
        (_("Möchte eine Antwort"), str(REACH.get(contact.get("reach", ""), _("nicht angegeben")))),
        (_("Telefon"), contact.get("phone")),
        (_("E-Mail"), contact.get("email")),
        (_("Anschrift"), contact.get("address")),
        *_helper_lines(contact),
    ]
    return [(label, words) for label, words in lines if words]


def _helper_lines(contact: Mapping[str, Any]) -> list[tuple[str, str]]:
    helper = contact.get("helper")
    if not helper:
        return []
    asked = _("die helfende Person") if contact.get("ask") == "helper" else _("die Person selbst")
    parts = (helper.get(name) for name in ("name", "relation", "phone", "email"))
    return [(_("Hilft"), ", ".join(part for part in parts if part)), (_("Bitte ansprechen"), asked)]
