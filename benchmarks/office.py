"""A whole office for a measurement: database, servers and worker as an operator runs them, with invented data."""

import csv
import io
import json
import os
import random
import re
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.infrastructure.postgres import PostgresServer
from tests.infrastructure.server import OPERATORS_SETTINGS, ROOT, command, gunicorn
from wohnberatung.core.sealing import new_house_key

PASSWORD = "Messung-Elbe-2026"
CLERK, ADVISOR = "messung@firma.example", "messung@amt.example"
SHARE = 0.3
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_ID = re.compile(r"/[a-z2-7]{26,}")
LIMITS = "login=10000/300,anonymous_write=100000/60,upload=1000/60,secret_link=100000/300,live_count=100000/60"
HEADINGS = (
    *("Objektnummer", "Straße", "Hausnummer", "Lage im Haus", "Postleitzahl", "Ort"),
    *("Titel", "Beschreibung", "Zimmer", "Wohnfläche", "Warmmiete", "Etage"),
)
STREETS = ("Beispielallee", "Musterweg", "Probengasse", "Erfundene Straße", "Testufer")


class Visitor:
    """Somebody at a browser of their own."""

    def __init__(self, address: str, name: str, pages: tuple[str, ...]) -> None:
        self.address, self.name, self.pages = address, name, pages
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        return self._send(urllib.request.Request(self.address + path))

    def sign_in(self, email: str) -> "Visitor":
        found = _TOKEN.search(self.get("/anmelden"))
        assert found is not None
        values = {"csrf_token": found[1], "email": email, "password": PASSWORD}
        self._send(urllib.request.Request(self.address + "/anmelden", urllib.parse.urlencode(values).encode()))
        return self

    def shown(self, page: str) -> str:
        """The page without what differs from run to run."""
        return _ID.sub("/…", page)

    def _send(self, request: urllib.request.Request) -> str:
        request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self._cookies.items()))
        request.add_header("Origin", self.address)
        try:
            with _OPENER.open(request, timeout=120) as answer:
                headers, text = answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            if error.code != 302:
                raise RuntimeError(f"{request.full_url}: {error.code}") from error
            headers, text = error.headers, ""
        for cookie in headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self._cookies[name] = value
        return text


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_NoRedirect)


@dataclass
class Office:
    """`tables` are two deliveries of the same homes, of which one text differs."""

    address: str
    token: str
    tables: tuple[bytes, bytes]
    visitors: list[Visitor] = field(default_factory=list)

    def deliver(self, document: bytes) -> str:
        """The id of the run that a worker reads and takes over."""
        edge = "ENDE"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="bestand.csv"\r\n\r\n'
        body = head.encode() + document + f"\r\n--{edge}--\r\n".encode()
        request = urllib.request.Request(f"{self.address}/api/v1/imports", body)
        request.add_header("Content-Type", f"multipart/form-data; boundary={edge}")
        return str(self._asked(request)["id"])

    def state_of(self, run: str) -> str:
        return str(self._asked(urllib.request.Request(f"{self.address}/api/v1/imports/{run}"))["state"])

    def _asked(self, request: urllib.request.Request) -> dict[str, object]:
        request.add_header("Authorization", f"Bearer {self.token}")
        with _OPENER.open(request, timeout=120) as answer:
            found: dict[str, object] = json.load(answer)
        return found


@contextmanager
def running_office(database: str, rows: int) -> Iterator[Office]:
    """Filled, served and worked for on `SQLite` or `PostgreSQL`, all of it gone at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder}/office.sqlite3"
        if database == "PostgreSQL":
            server = PostgresServer()
            stack.callback(server.stop)
            url = server.url()
        environment = {name: value for name, value in os.environ.items() if name not in OPERATORS_SETTINGS}
        environment |= {"APP_ENV": "test", "DATABASE_URL": url, "INSTANCE_DIR": str(folder), "LIMITS": LIMITS}
        environment |= {"SECRET_KEY": "m" * 64, "FIELD_KEYS": f"messung:{new_house_key()}", "LOG_LEVEL": "warning"}
        filled = subprocess.run(
            [command("python"), "-m", "benchmarks.office"],
            env=environment,
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        told = json.loads(filled.stdout.splitlines()[-1])
        address = stack.enter_context(gunicorn(folder, environment))
        with (folder / "worker.log").open("w") as log:
            worker = subprocess.Popen(
                [command("wohnberatung"), "work"], env=environment, cwd=ROOT, stdout=log, stderr=log
            )
        stack.callback(worker.wait)
        stack.callback(worker.terminate)
        office = Office(address, told["token"], (delivery(rows), delivery(rows, "Neu gestrichen.")))
        office.visitors = [
            Visitor(address, "seeker", ("/", "/angebote", told["offer"], "/suche", told["link"])),
            Visitor(address, "provider", ("/anbieten", "/einlesen", "/anbieten/menschen")).sign_in(CLERK),
            Visitor(address, "advisor", ("/heute", "/gesuche", told["request"], "/vorschlaege")).sign_in(ADVISOR),
        ]
        yield office


def delivery(rows: int, changed: str = "") -> bytes:
    """A table of so many homes; the text of the first one says what has changed."""
    chance, text = random.Random(7), io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADINGS)
    for number in range(rows):
        rooms, storey, house = chance.randint(1, 5), number % 6, 1 + number // 30
        said = changed if number == 0 and changed else "Erfundene Wohnung in ruhiger Lage."
        place = [
            f"M{number:05d}",
            STREETS[number % len(STREETS)],
            house,
            f"{storey}. OG {number % 30}",
            "01307",
            "Dresden",
        ]
        home = [f"{rooms} Zimmer, Haus {house}", said, rooms, 25 + 18 * rooms + number % 13]
        writer.writerow([*place, *home, 300 + 140 * rooms + number % 97, storey])
    return text.getvalue().encode()


def fill() -> dict[str, str]:
    """The invented city, a company whose deliveries are taken over at once, and what visitors look at."""
    from sqlalchemy import select

    from wohnberatung import create_app
    from wohnberatung.accounts.services import organisations
    from wohnberatung.accounts.services.people import create_user, load_actor
    from wohnberatung.core import schema_version
    from wohnberatung.core.ids import hash_token, new_token
    from wohnberatung.core.transactions import transaction
    from wohnberatung.dwellings.models import Offer
    from wohnberatung.intake.services.uploads import create_token
    from wohnberatung.seeding import homes
    from wohnberatung.seekers.models import HousingRequest

    with create_app().app_context():
        schema_version.upgrade()
        with transaction() as session:
            homes.fill(session, SHARE)
            owner = organisations.create_organisation(name="Messbau", kind="company", confirmed=True, trust="live")
            clerk = create_user(email=CLERK, name="Mia Mess", password=PASSWORD, roles=["provider"])
            organisations.add_member(clerk.id, owner.id, "manager")
            office = create_user(email=ADVISOR, name="Max Mess", password=PASSWORD, roles=["admin", "advisor"])
            session.flush()
            actor = load_actor(office.id)
            assert actor is not None
            _row, secret = create_token(owner.id, actor, label="Messung", applies=True)
            offer = session.scalars(select(Offer).where(Offer.status == "published").limit(1)).one()
            request = session.scalars(select(HousingRequest).where(HousingRequest.state == "active").limit(1)).one()
            request.token_hash = hash_token(link := new_token())
            return {
                "token": secret,
                "offer": f"/angebote/{offer.id}",
                "request": f"/gesuche/{request.id}",
                "link": f"/mein-gesuch/{link}",
            }


if __name__ == "__main__":
    print(json.dumps(fill()))
