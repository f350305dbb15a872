"""As many hostile requests as wanted: ``python -m tests.hostile 20000 [FIRST]``. Tells which were a fault of ours."""

import logging
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from tests.hostile.attackers import Attackers, Failure
from tests.infrastructure.application import rolled_back, running_app
from tests.infrastructure.databases import SQLiteDatabases
from tests.refusals.browsers import people_with_everything
from wohnberatung.web.limits import LIMITS

AT_ONCE = 1_000


def main(count: int, first: int = 0) -> int:
    """Exit status 1 if anything failed."""
    logging.disable()
    failures: dict[str, list[Failure]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        address = SQLiteDatabases(Path(folder), Path(folder)).copy()
        with running_app(address) as app, rolled_back(app):
            app.config.update(PICTURES_DIR=folder, LIMITS=dict.fromkeys(LIMITS, (100_000_000, 60)))
            attackers = Attackers(app, people_with_everything(app))
            begun = time.monotonic()
            print(f"{len(attackers.targets)} targets", flush=True)
            for start in range(first, first + count, AT_ONCE):
                for failure in attackers.attack(range(start, min(start + AT_ONCE, first + count))):
                    failures[failure.error].append(failure)
                    print(f"#{failure.number} {failure.told}: {failure.error}", flush=True)
                print(f"{start + AT_ONCE - first} {time.monotonic() - begun:.0f} s, {len(failures)} kinds", flush=True)
    for error, found in sorted(failures.items(), key=lambda item: -len(item[1])):
        print(f"{len(found)} times {error}", *(f"  #{each.number} {each.told}" for each in found[:4]), sep="\n")
    print(f"{sum(map(len, failures.values()))} of {count} ended in a fault of ours.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
