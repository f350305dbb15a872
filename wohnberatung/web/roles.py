"""Who is meant in the access table: sets of roles."""

from wohnberatung.core.actors import ADMIN, ADVISOR, LINK, PROVIDER, PUBLIC

ANYBODY = frozenset({PUBLIC})
LINK_HOLDERS = frozenset({LINK})
PROVIDERS = frozenset({PROVIDER})
OFFICE = frozenset({ADVISOR, ADMIN})
ADMINS = frozenset({ADMIN})
SIGNED_IN = PROVIDERS | OFFICE
