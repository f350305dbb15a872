"""Files that no row names: what a killed process or a restored backup leaves behind."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from wohnberatung.core import clock
from wohnberatung.core.settings import setting
from wohnberatung.extensions import db
from wohnberatung.pictures import folder
from wohnberatung.pictures.models import Picture

# Longer than any upload takes, whose row is not committed yet.
LEFT_ALONE = timedelta(hours=1)


def sweep() -> int:
    """Delete files of the folder without a row that are older than an hour; returns how many."""
    if not setting("PICTURES_DIR"):
        return 0
    before = clock.now() - LEFT_ALONE
    known = set(db.session.scalars(select(Picture.id)))
    lost = [
        path
        for path in folder.all_files()
        if path.name.partition(".")[0] not in known and datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)
