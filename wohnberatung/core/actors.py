"""The acting person, as services see them: a value, not a row and not a request."""

from dataclasses import dataclass

PUBLIC, LINK, PROVIDER, ADVISOR, ADMIN = "public", "link", "provider", "advisor", "admin"
LOGIN_ROLES = (PROVIDER, ADVISOR, ADMIN)
STAFF = frozenset({ADVISOR, ADMIN})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: ``user_id`` is None for visitors; ids are public ids."""

    user_id: str | None = None
    name: str = ""
    email: str = ""
    roles: frozenset[str] = frozenset()
    organisation_ids: frozenset[str] = frozenset()

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Works for the advisory office: advisors and administrators."""
        return not STAFF.isdisjoint(self.roles)

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def belongs_to(self, organisation_id: str | None) -> bool:
        return organisation_id is not None and organisation_id in self.organisation_ids


VISITOR = Actor()
