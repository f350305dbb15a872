"""Optimistic versions: the version travels in the form and is compared when it comes back."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from wohnberatung.core.errors import Conflict

CHANGED_MEANWHILE = _l(
    "Dieser Eintrag wurde geändert, während Sie ihn bearbeitet haben. Ihre Eingaben sind noch nicht gespeichert."
)


class VersionMixin:
    """A row several people may edit; the database counts its versions and refuses a lost race."""

    version: Mapped[int] = mapped_column(default=1, sort_order=899)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.version}


def check_version(
    row: VersionMixin,
    submitted_version: int | None,
    *,
    current: Mapping[str, str] | None = None,
    submitted: Mapping[str, str] | None = None,
    location: str | None = None,
) -> None:
    """Raise :class:`Conflict` (a 409 page with both texts) unless the form was made from this version.

    ``version_id_col`` alone is not enough: each POST reloads the newest row, so the second of two
    advisors would silently overwrite the first.
    """
    if submitted_version != row.version:
        raise Conflict(str(CHANGED_MEANWHILE), current, submitted, location)
