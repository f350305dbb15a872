"""`python -m benchmarks.searching`: how long the office's search box takes over 20,000 invented people.

The whole way is measured, as the page goes it: the keyed index, the words in memory followed up with the database,
the hits read, opened and checked for rights. On a database of its own, which is thrown away.

November 2026, two busy cores: index 5 s, once per process, in the background when a worker starts; median 42 to 72 ms,
95 % within 90 to 117 ms, as written, with two letters wrong, and with half a surname.
"""

import random
import statistics
import tempfile
import time

from benchmarks.people import WORDS
from wohnberatung import create_app
from wohnberatung.accounts.models import User
from wohnberatung.accounts.services.people import create_user
from wohnberatung.cases.models import Case
from wohnberatung.cases.services.content import seal_content
from wohnberatung.cases.services.search import search, warm
from wohnberatung.config import settings
from wohnberatung.core import schema_version
from wohnberatung.core.actors import ADVISOR, Actor
from wohnberatung.core.ids import new_id
from wohnberatung.core.sealing import new_house_key
from wohnberatung.core.transactions import transaction
from wohnberatung.extensions import db
from wohnberatung.privacy.encryption import new_person_key

PEOPLE = 20_000
QUERIES = 200


def main() -> None:
    """Print the figures."""
    chance = random.Random(2026)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"APP_ENV": "test", "DATABASE_URL": f"sqlite:///{folder}/search.db"}
        environment["FIELD_KEYS"] = f"1:{new_house_key()}"
        with create_app(settings(environment)).app_context():
            schema_version.upgrade()
            actor, names = _fill(chance)
            begun = time.perf_counter()
            found = warm()
            print(f"{found:,} records: the index is built in {time.perf_counter() - begun:.1f} s, once per process")
            _measure("as written", [chance.choice(names) for _ in range(QUERIES)], actor)
            _measure("two letters wrong", [_misspelt(chance.choice(names), chance) for _ in range(QUERIES)], actor)
            _measure("half a surname", [chance.choice(names).split()[-1][:4] for _ in range(QUERIES)], actor)


def _measure(label: str, queries: list[str], actor: Actor) -> None:
    milliseconds = []
    for query in queries:
        db.session.rollback()
        begun = time.perf_counter()
        search(query, actor)
        milliseconds.append((time.perf_counter() - begun) * 1000)
    middle, slow = statistics.median(milliseconds), statistics.quantiles(milliseconds, n=20)[-1]
    print(f"{label}: median {middle:.0f} ms, 95 % within {slow:.0f} ms, slowest {max(milliseconds):.0f} ms")


def _fill(chance: random.Random) -> tuple[Actor, list[str]]:
    with transaction():
        user: User = create_user(
            email="a@example.org", name="Anna", password="vier kleine Igel im Garten", roles=[ADVISOR]
        )
        names = [f"{_one('first_names', chance)} {_surname(chance)}" for _ in range(PEOPLE)]
        for number, name in enumerate(names):
            db.session.add(_case(number, name, user.id, chance))
            if number % 1000 == 999:
                db.session.flush()
                db.session.expunge_all()
        actor = Actor(user.id, user.name, roles=frozenset({ADVISOR}))
    return actor, names


def _case(number: int, name: str, user_id: str, chance: random.Random) -> Case:
    case = Case(id=new_id(), number=f"FA-2026-{number:06}", kind="person", origin="phone", responsible_id=user_id)
    case.person_key = new_person_key()
    street = f"{_surname(chance)}straße {chance.randint(1, 150)}"
    seal_content(case, {"name": name, "address": f"{street}, 01{chance.randint(67, 328)} Dresden"})
    return case


def _surname(chance: random.Random) -> str:
    """A common one, or one put together: a city has thousands of different surnames."""
    if chance.random() < 0.5:
        return _one("surnames", chance)
    return _one("surname_fronts", chance) + _one("surname_backs", chance)


def _one(kind: str, chance: random.Random) -> str:
    return chance.choice(WORDS[kind])


def _misspelt(name: str, chance: random.Random) -> str:
    letters = list(name)
    for _ in range(2):
        letters[chance.randrange(len(letters))] = chance.choice("aeinrst")
    return "".join(letters)


if __name__ == "__main__":
    main()
