"""The current goes while the office writes: whatever the disk kept of the log, the office opens as it was after one of
its commits, and after none that came before one it had kept whole.

An image is the database as it was at the last checkpoint, with the log as the disk may have left it: cut off anywhere,
its end zeroed as by a file system that had only promised the blocks, or overwritten with what lay there before.
"""

import random
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, select, text

from tests.mail.letters import queue
from wohnberatung.core.database import engine_options, prepare_engine
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.mail.models import OutgoingMail

COMMITS, MAILS_EACH, IMAGES = 12, 3, 120


def written(app, file):
    """Bytes of the log after each commit, of a database whose last checkpoint is before the first of them."""
    log, sizes = file.with_name(f"{file.name}-wal"), []
    # While somebody reads, the log is neither emptied nor begun anew.
    with app.app_context(), db.engine.connect() as reader:
        reader.execute(select(OutgoingMail.id)).all()
        for _number in range(COMMITS):
            with transaction():
                for _each in range(MAILS_EACH):
                    queue()
            sizes.append(log.stat().st_size)
        return file.read_bytes(), log.read_bytes(), sizes


def images(log, sizes, chance):
    """What the disk may have kept: the bytes of the log, and how many of them are as they were written."""
    for number in range(IMAGES):
        kept = chance.choice((*sizes, chance.randrange(len(log)), chance.randrange(len(log))))
        lost = len(log) - kept
        tail = (b"", bytes(lost), chance.randbytes(lost))[number % 3]
        yield log[:kept] + tail, kept


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.only_on("sqlite")
def test_every_image_of_a_power_cut_opens_to_a_prefix_of_the_commits(own_app, tmp_path, seed, figure):
    database, log, sizes = written(own_app, Path(own_app.config["SQLALCHEMY_DATABASE_URI"].database))
    assert all(before < after for before, after in pairwise(sizes))
    for number, (image, kept) in enumerate(images(log, sizes, random.Random(seed))):
        file = tmp_path / f"{number}.sqlite3"
        file.write_bytes(database)
        file.with_name(f"{file.name}-wal").write_bytes(image)
        engine = create_engine(f"sqlite:///{file}", **engine_options(make_url("sqlite://")))
        prepare_engine(engine)
        with engine.connect() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            mails = connection.execute(text("SELECT count(*) FROM outgoing_mails")).scalar_one()
        engine.dispose()
        whole = sum(size <= kept for size in sizes)
        assert divmod(mails, MAILS_EACH) in ((whole, 0), (whole + 1, 0)), (number, kept)
    figure(f"{IMAGES} images of {COMMITS} commits, all open, 0 half transactions, 0 commits lost that the disk had")
