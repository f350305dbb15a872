"""Roles and kinds of organisations, in the words of the people who read and choose them."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from wohnberatung.core.actors import LOGIN_ROLES

KINDS = {
    "municipal_company": _l("Städtisches Wohnungsunternehmen"),
    "company": _l("Privates oder börsennotiertes Wohnungsunternehmen"),
    "cooperative": _l("Genossenschaft"),
    "private_owner": _l("Private Eigentümerin, privater Eigentümer"),
    "owner_occupier": _l("Wer selbst im Haus wohnt und ein Zimmer frei hat"),
    "association": _l("Verein"),
    "foundation": _l("Kirche oder Stiftung"),
    "initiative": _l("Mieterinitiative, Wohnprojekt oder Baugemeinschaft"),
    "service_provider": _l("Pflegedienst oder anderer sozialer Dienst"),
    "public_body": _l("Amt oder andere öffentliche Stelle"),
}
ORGANISATION_KINDS = tuple(KINDS)
# Whether the office looks at what they publish before it is public.
TRUST = {
    "reviewed": _l("Die Wohnberatung sieht jede Veröffentlichung vorher an"),
    "live": _l("Was sie veröffentlicht, ist sofort zu sehen"),
}
REVIEWED, LIVE = tuple(TRUST)
MEMBER_ROLE_WORDS = {
    "manager": _l("Leitung: darf auch Mitglieder einladen und das Profil ändern"),
    "editor": _l("Mitarbeit: darf Angebote bearbeiten"),
}
PROFILE_WORDS = {
    "name": _l("Name"),
    "kind": _l("Art"),
    "about": _l("Über uns"),
    "website": _l("Webseite"),
    "person": _l("Ansprechperson"),
    "phone": _l("Telefon"),
    "email": _l("E-Mail"),
    "street": _l("Straße und Hausnummer"),
    "postcode": _l("Postleitzahl"),
    "town": _l("Ort"),
}


ROLE_WORDS = {"provider": _l("Anbieter"), "advisor": _l("Beratung"), "admin": _l("Verwaltung")}


def role_words(roles: Iterable[str]) -> list[str]:
    """In the order of LOGIN_ROLES."""
    held = frozenset(roles)
    return [str(ROLE_WORDS[role]) for role in LOGIN_ROLES if role in held]
